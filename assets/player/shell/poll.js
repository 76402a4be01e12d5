// Hands of a class, counted before the answer is shown: by the keys 1 to 4 or a click, one press a hand; 0 or Backspace takes the
// last one back. The count stands beside the answer.

import { el, say } from "../../shared/dom.js";
/** @import { Header } from "../types.d.ts" */

const FIELDS = "input, select, textarea, [contenteditable=true]";

export class Poll {
  /** @type {Map<string, number[]>} */
  hands = new Map(); // by question: what was chosen, hand by hand

  // root: what gets the focus after a click; reveal(): the answer is to be seen
  /** @param {{ root: HTMLElement, reveal: () => void }} acts */
  constructor({ root, reveal }) {
    this.root = root;
    this.reveal = reveal;
    this.options = el("div", { class: "options" });
    this.hint = el("p", { class: "note" });
    this.node = el("div", { class: "poll", role: "group", "aria-label": "Hands of the class", hidden: true }, this.options, this.hint);
    this.options.addEventListener("mouseup", () => setTimeout(() => this.root.focus({ preventScroll: true }))); // Enter is to show the answer, not to press this again
  }

  // A question that waits for its answer.
  get open() {
    return Boolean(this.poll) && this.poll.right === null;
  }

  /** @param {Header} header */
  scene({ poll }) {
    this.poll = poll ?? null;
    this.node.hidden = !poll;
    if (!poll) return;
    if (!this.hands.has(poll.key)) this.hands.set(poll.key, []);
    this.node.toggleAttribute("data-open", this.open);
    this.options.replaceChildren(...poll.options.map((text, i) => el("button",
      { type: "button", class: "option", disabled: !this.open, "data-right": poll.right === i, on: { click: () => this.#count(i) } },
      el("b", { text: String(i + 1) }), el("span", { text }), el("output", { text: "0" }), el("small"))));
    this.hint.hidden = !this.open;
    say(this.hint, `Keys 1–${poll.options.length} or a click count a hand, 0 takes the last one back. Enter or Page Down shows what happens.`);
    this.#draw();
  }

  #count(option) {
    if (!this.open) return;
    this.hands.get(this.poll.key).push(option);
    this.#draw();
  }

  #draw() {
    const hands = this.hands.get(this.poll.key);
    const counts = this.poll.options.map((_, i) => hands.filter((hand) => hand === i).length);
    [...this.options.children].forEach((button, i) => {
      button.style.setProperty("--share", `${(100 * counts[i]) / Math.max(1, hands.length)}%`);
      button.setAttribute("aria-label", `${this.poll.options[i]}: ${counts[i]} ${counts[i] === 1 ? "hand" : "hands"}${this.poll.right === i ? ", this is what happens" : ""}`);
      say(button.querySelector("output"), String(counts[i]));
      say(button.lastChild, hands.length ? `of ${hands.length}` : "");
    });
  }

  // Whether a key was for this.
  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!this.open || event.ctrlKey || event.altKey || event.metaKey || target.matches?.(FIELDS)) return false;
    const { key, repeat } = event;
    const option = this.poll.options.findIndex((_, i) => key === String(i + 1));
    if (option >= 0 && !repeat) this.#count(option); // a key held down is one hand
    else if ((key === "0" || key === "Backspace") && !repeat) this.#back();
    else if (key === "Enter" && !target.matches?.("button, a")) this.reveal();
    else return option >= 0;
    return true;
  }

  #back() {
    this.hands.get(this.poll.key).pop();
    this.#draw();
  }
}
