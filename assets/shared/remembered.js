// What this browser remembers of its visitor, by name. Some browsers keep nothing.

const PLACE = "playground/";

/** @param {string} name */
export function remembered(name) {
  try {
    return localStorage.getItem(PLACE + name);
  } catch {
    return null;
  }
}

// null: to be forgotten. Returns whether it could be kept.
/** @param {string} name   @param {string | null} text */
export function remember(name, text) {
  try {
    if (text === null) localStorage.removeItem(PLACE + name);
    else localStorage.setItem(PLACE + name, text);
    return true;
  } catch {
    return false;
  }
}
