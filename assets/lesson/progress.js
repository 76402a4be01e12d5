// What a visitor has done, kept in this browser under a name: a text that only the server reads. See ui/progress.py and
// ui/recorded/kept.py.

import { remember, remembered } from "../shared/remembered.js";

// heard: whether the server has read what is kept here; before that nothing is written over it
export function mount({ data: { name, heard, text }, setTriggerValue }) {
  if (!heard) setTriggerValue("kept", remembered(name) ?? "");
  else if (text !== remembered(name)) remember(name, text);
}
