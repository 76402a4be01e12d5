// What a visitor has seen and answered, kept in this browser: a text that only the server reads. See ui/progress.py.

import { remember, remembered } from "../shared/remembered.js";

const NAME = "progress";

// heard: whether the server has read what is kept here; before that nothing is written over it
export function mount({ data, setTriggerValue }) {
  if (!data.heard) setTriggerValue("kept", remembered(NAME) ?? "");
  else if (data.text !== remembered(NAME)) remember(NAME, data.text);
}
