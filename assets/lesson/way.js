// What the buttons Back and Next of a lesson cannot hear by themselves.

const TAKEN = "[role=slider], [type=range], [role=radio], [role=checkbox], [type=checkbox], [type=radio]";

// A presenter's clicker sends Page Up and Page Down. Streamlit's shortcuts do not hear them while a slider or a switch has the
// focus, as it has after it was used.
function turn(event) {
  const way = document.querySelectorAll(".st-key-way button");
  const button = { PageUp: way[0], PageDown: way[way.length - 1] }[event.key];
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

export function mount({ data, parentElement, setTriggerValue }) {
  if (shown !== data.idea) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0); // another idea begins at its top
  [shown, here, tell] = [data.idea, location.pathname, setTriggerValue];
  return () => setTimeout(() => { if (!parentElement.isConnected) tell = null; });
}
