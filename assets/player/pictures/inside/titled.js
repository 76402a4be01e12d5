// A panel with a title, a button that closes it, and a line for those who hear what it shows.

import { el, say } from "../../../shared/dom.js";

const SPOKEN = 700; // ms of rest before it is said: while a film plays, every frame would be spoken

export class Titled {
  timer = 0;

  // about: class, label and tabindex of the panel   close(): it is to be closed
  constructor({ class: more = "", label, tabindex }, close, ...parts) {
    this.title = el("h3");
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    const button = el("button", { type: "button", class: "choice close", text: "✕", "aria-label": "Close", title: "Close (Escape)", on: { click: close } });
    this.node = el("div", { class: `inside ${more}`.trim(), role: "group", tabindex, "aria-label": label, hidden: true },
      el("div", { class: "row" }, this.title, el("span", { class: "push" }), button), ...parts, this.live);
  }

  say(words, state) {
    clearTimeout(this.timer);
    if (state !== "playing") this.timer = setTimeout(() => say(this.live, words), SPOKEN);
  }

  remove() {
    clearTimeout(this.timer);
  }
}
