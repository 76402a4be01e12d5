// What a visitor has seen and answered, kept in this browser: a text that only the server reads. See ui/progress.py.

import { remember, remembered } from "../shared/remembered.js";

const NAME = "progress";

let known = null; // what this tab has read or written last

// heard: how often the server has read what is kept here. What another tab has written since is read before it is written over.
export function mount({ data, setTriggerValue }) {
  const here = remembered(NAME) ?? "";
  if (!data.heard || (here !== known && here !== data.text)) setTriggerValue("kept", known = here);
  else if (remember(NAME, data.text)) known = data.text;
}
