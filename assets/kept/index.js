// The door from Streamlit to the tables that the browser keeps.

import { unpack } from "../player/film/wire.js";
import { styles } from "../shared/dom.js";
import { readTheme } from "../shared/theme.js";
import { Kept } from "./kept.js";

const lines = new WeakMap();
const styled = styles(...["../shared/tokens.css", "kept.css"].map((name) => new URL(name, import.meta.url).href));

export async function mount({ data, parentElement, setStateValue }) {
  await styled;
  const root = parentElement.querySelector(".kept-tables");
  let line = lines.get(root);
  if (!line) lines.set(root, (line = new Kept(root)));
  line.tell = setStateValue;
  readTheme(root);
  if (data && data !== line.data) {
    line.data = data;
    await line.receive(await unpack(data));
  }
}
