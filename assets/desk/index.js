// The teacher's notes: the stage tells them, a second window of the same browser shows them. Nothing of it goes to the server.

import { styles } from "../shared/dom.js";
import { readTheme } from "../shared/theme.js";
import { Desk } from "./desk.js";

const styled = styles(...["../shared/tokens.css", "desk.css"].map((name) => new URL(name, import.meta.url).href));
const channel = new BroadcastChannel("playground/stage");
const own = String(Math.random()); // several stages may stand open
const WINDOW = "popup,width=560,height=760";

let notes = null; // of this window's stage, while it has one
let desk;

const tell = () => channel.postMessage({ from: own, notes });

channel.addEventListener("message", ({ data }) => {
  if (data === "who?") return void (notes && tell());
  desk?.hear(data);
});

function leave() {
  notes = null;
  tell();
}

window.addEventListener("pagehide", leave);

// A window of its own, always the same one, rather than a tab.
function open(event) {
  const link = event.target.closest?.(".st-key-notes a");
  if (link && window.open(link.href, "playground-notes", WINDOW)) event.preventDefault();
}

document.addEventListener("click", open, { capture: true });

export async function mount({ data, parentElement }) {
  if (!data.notes) {
    await styled;
    const root = parentElement.querySelector(".teachers-desk");
    desk ??= new Desk(() => channel.postMessage("who?"));
    if (desk.node.parentNode !== root) root.replaceChildren(desk.node);
    readTheme(root);
    return;
  }
  notes = data.notes;
  tell();
  return () => setTimeout(() => { if (!parentElement.isConnected && notes === data.notes) leave(); });
}
