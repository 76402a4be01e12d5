// The visitor's own lesson, kept in this browser as the text of its file, which only the server reads. See ui/recorded/kept.py.

import { remember, remembered } from "../shared/remembered.js";

const NAME = "recorded";

// heard: whether the server has read what is kept here; before that nothing is written over it
export function mount({ data: { heard, text }, setTriggerValue }) {
  if (!heard) setTriggerValue("kept", remembered(NAME) ?? "");
  else if (text !== remembered(NAME)) remember(NAME, text);
}
