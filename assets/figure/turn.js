// A presenter's clicker sends Page Up and Page Down. Streamlit's shortcuts do not hear them while a slider or a switch has the
// focus, as it has after it was used: there they are taken to the lesson's own buttons, Back and Next.

const TAKEN = "[role=slider], [type=range], [role=radio], [role=checkbox], [type=checkbox], [type=radio]";

document.addEventListener("keydown", (event) => {
  const way = document.querySelectorAll(".st-key-way button");
  const button = { PageUp: way[0], PageDown: way[way.length - 1] }[event.key];
  if (!button || !document.activeElement?.matches(TAKEN)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button.click();
}, { capture: true });
