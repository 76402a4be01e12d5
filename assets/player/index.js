// The door from Streamlit: called for every message and for every change of theme, on the same element.

import { styles } from "../shared/dom.js";
import { loadPlotly } from "../shared/plotly.js";
import { Player } from "./shell/player.js";

const players = new WeakMap();

const styled = styles(...["../shared/tokens.css", "../shared/timeline.css", "pictures/pictures.css", "pictures/inside.css", "shell/player.css", "pictures/lab.css", "pictures/maps.css", "pictures/sequences.css", "pictures/samples.css"].map((name) => new URL(name, import.meta.url).href));
loadPlotly(); // early: it is the largest file

export async function mount({ data, parentElement, setTriggerValue }) {
  await styled;
  const root = parentElement.querySelector(".film-player");
  let player = players.get(root);
  if (!player) players.set(root, (player = new Player(root)));
  player.send = (ask) => setTriggerValue("ask", ask);
  if (data && data !== player.data) {
    player.data = data;
    await player.inbox.receive(data);
  }
  player.screen.retheme();
  return () => setTimeout(() => leave(root));
}

// Streamlit calls this for a page that is left, but also for a call that a newer message overtook while it was
// awaiting something: then the element stays and its player lives on.
function leave(root) {
  if (root.isConnected) return;
  players.get(root)?.remove();
  players.delete(root);
}
