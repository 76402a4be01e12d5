// Which keys do what the buttons of the timeline do.

const ACTIONS = { " ": "play", ArrowLeft: "back", ArrowRight: "on", ".": "batch", Home: "home", End: "end", r: "reset", R: "reset", b: "branch", B: "branch" };

// Which action a key means here; null when it belongs to whatever has the focus.
export function actionOf(event, root, header) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return null;
  const { target } = event;
  // A link wants Enter alone, and whoever came here by one still has the focus on it.
  if (target !== document.body && target !== document.documentElement && !root.contains(target) && !target.closest?.("a[href]")) return null;
  if (target.matches?.("input, select, textarea, [contenteditable=true]")) return null;
  if (event.key === " " && target.matches?.("button")) return null;
  if (event.key.startsWith("Arrow") && target.closest?.(".units, .chosen")) return null; // they walk among units, or places of a picture
  if (event.key === "ArrowRight" && event.shiftKey) return "batch";
  const action = ACTIONS[event.key] ?? null;
  return action === "branch" && (!header.can_branch || header.present) ? null : action; // clickers send "b" to blank the screen
}
