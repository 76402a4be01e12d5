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

let shown;

// Streamlit tells the server of another address, but not that its visitor went back or forward to it.
export function mount({ data, setTriggerValue }) {
  if (shown !== data.idea) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0); // another idea begins at its top
  shown = data.idea;
  const here = location.pathname, gone = new AbortController();
  window.addEventListener("popstate", () => { if (location.pathname === here) setTriggerValue("went", Date.now()); }, { signal: gone.signal });
  document.addEventListener("keydown", turn, { signal: gone.signal, capture: true });
  return () => gone.abort();
}
