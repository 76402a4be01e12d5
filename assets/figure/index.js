// The door from Streamlit: called for every message and for every change of theme, on the same element.

import { styles } from "../shared/dom.js";
import { loadPlotly } from "../shared/plotly.js";
import { Figure } from "./figure.js";

const figures = new WeakMap();

const styled = styles(...["../shared/tokens.css", "../shared/timeline.css", "figure.css"].map((name) => new URL(name, import.meta.url).href));
loadPlotly(); // early: it is the largest file

export async function mount({ data, parentElement, setTriggerValue }) {
  await styled;
  const root = parentElement.querySelector(".live-figure");
  let figure = figures.get(root);
  if (!figure) figures.set(root, (figure = new Figure(root)));
  figure.send = (moved) => setTriggerValue("moved", moved);
  figure.tell = setTriggerValue;
  if (data && !same(data, figure.bytes)) {
    figure.bytes = data;
    figure.receive(JSON.parse(new TextDecoder().decode(data)));
  }
  figure.retheme();
  return () => setTimeout(() => leave(root));
}

// Whenever its script has run, a page sends all its figures: only what changed is drawn again.
const same = (a, b) => a === b || (a.length === b?.length && a.every((byte, i) => byte === b[i]));

// Streamlit calls this for a page that is left, but also when a newer message came: then the element stays.
function leave(root) {
  if (root.isConnected) return;
  figures.get(root)?.remove();
  figures.delete(root);
}
