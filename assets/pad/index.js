// The door from Streamlit to the drawing pad: called for every message and for every change of theme, on the same element.

import { styles } from "../shared/dom.js";
import { unpack } from "../player/film/wire.js";
import { Pad } from "./pad.js";

const pads = new WeakMap();
const styled = styles(...["../shared/tokens.css", "../player/pictures/maps.css", "pad.css"].map((name) => new URL(name, import.meta.url).href));

export async function mount({ data, parentElement, setTriggerValue }) {
  await styled;
  const root = parentElement.querySelector(".drawing-pad");
  let pad = pads.get(root);
  if (!pad) pads.set(root, (pad = new Pad(root)));
  pad.send = (strokes) => setTriggerValue("strokes", strokes);
  pad.change = (change) => setTriggerValue("examples", change);
  if (data && data !== pad.data) {
    pad.data = data;
    pad.receive(await unpack(data));
  }
  pad.retheme();
}
