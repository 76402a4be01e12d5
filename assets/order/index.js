// The door from Streamlit to a list that is put in order by hand.

import { styles } from "../shared/dom.js";
import { readTheme } from "../shared/theme.js";
import { WordOrder } from "./order.js";

const lists = new WeakMap();
const styled = styles(...["../shared/tokens.css", "order.css"].map((name) => new URL(name, import.meta.url).href));

export async function mount({ data, parentElement, setTriggerValue }) {
  await styled;
  const root = parentElement.querySelector(".word-order");
  let list = lists.get(root);
  if (!list) lists.set(root, (list = new WordOrder(root)));
  list.send = (put) => setTriggerValue("put", put);
  list.receive(data);
  readTheme(root);
}
