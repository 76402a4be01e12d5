// The visitor's own lesson, kept in this browser as the text of its file, which only the server reads. See ui/recorded/kept.py.

import { remember, remembered } from "../shared/remembered.js";

const NAME = "recorded";

let known = null; // what this tab has read or written last

// heard: whether the server has read what is kept here; before that nothing is written over it. A lesson that did not change in
// this tab is not written: another tab may have recorded one since.
export function mount({ data: { heard, text }, setTriggerValue }) {
  if (!heard) setTriggerValue("kept", known = remembered(NAME) ?? "");
  else if (text !== known && remember(NAME, text)) known = text;
}
