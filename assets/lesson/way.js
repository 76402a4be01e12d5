// What the buttons of a lesson cannot do by themselves: hear a clicker, hear Back and Forward, keep a scene going.

import { calm } from "../shared/motion.js";

const TAKEN = "[role=slider], [type=range], [role=radio], [role=checkbox], [type=checkbox], [type=radio]";

// A presenter's clicker sends Page Up and Page Down. Streamlit's shortcuts do not hear them while a slider or a switch has the
// focus, as it has after it was used.
function turn(event) {
  const name = { PageUp: "back", PageDown: "next" }[event.key];
  const button = /** @type {HTMLElement | null} */ (document.querySelector(`.st-key-lesson-${name} button`));
  if (!button || !document.activeElement?.matches(TAKEN)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button.click();
}

document.addEventListener("keydown", turn, { capture: true });

// Streamlit tells the server of another address, but not that its visitor went back or forward to it. Heard all the time: between
// two messages from the server nothing is mounted for a moment.
let shown, here, tell;
window.addEventListener("popstate", () => { if (location.pathname === here) tell?.("went", Date.now()); });

// A scene is a row of moments that the server shows one after the other; here is known when the next one is due. Where motion is
// to be reduced, the last one comes at once.
let due, timer;
const show = (part) => document.querySelector(`.st-key-idea ${part}`)?.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });

function keepGoing(scene) {
  const present = scene && `${scene.number}/${scene.at}`;
  if (present === due) return;
  clearTimeout(timer);
  if (!scene && due) show("[class*='st-key-ask_']"); // its words, now that the picture is done
  due = present;
  if (!scene) return;
  if (scene.at === 0) show(".live-figure");
  const jump = calm.matches && scene.at < scene.last;
  timer = setTimeout(() => tell?.("moment", jump ? scene.last : scene.at + 1), jump ? 0 : scene.stays * 1000);
}

export function mount({ data, parentElement, setTriggerValue }) {
  if (shown !== data.idea) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0); // another idea begins at its top
  [shown, here, tell] = [data.idea, location.pathname, setTriggerValue];
  keepGoing(data.scene);
  return () => setTimeout(() => { if (!parentElement.isConnected) [tell, due] = [null, null]; });
}
