// Which of several examples is watched: radio buttons, among which arrow keys choose while one of them has the focus.

import { el } from "../../shared/dom.js";

const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export class Watched {
  chosen = 0;

  // changed(): another one was chosen
  /** @param {string} label   @param {() => void} changed   @param {string} kind */
  constructor(label, changed, kind = "") {
    this.changed = changed;
    this.node = el("div", { class: `which ${kind}`.trim(), role: "radiogroup", "aria-label": label });
  }

  // attributes: of each button; inside: what stands in it
  /** @param {{ attributes: object; inside?: Node[] }[]} examples */
  offer(examples) {
    this.node.replaceChildren(...examples.map(({ attributes, inside = [] }, i) =>
      el("button", { type: "button", role: "radio", ...attributes, on: { click: () => this.choose(i) } }, ...inside)));
    this.mark(Math.min(this.chosen, examples.length - 1));
  }

  mark(chosen) {
    this.chosen = chosen;
    [...this.node.children].forEach((button, i) => {
      button.setAttribute("aria-checked", String(i === chosen));
      button.tabIndex = i === chosen ? 0 : -1;
    });
  }

  choose(i) {
    this.mark(i);
    this.changed();
  }

  key(event) {
    const step = STEPS[event.key];
    if (!step || !this.node.contains(event.target)) return false;
    const count = this.node.children.length;
    this.choose((this.chosen + step + count) % count);
    this.node.children[this.chosen].focus();
    return true;
  }
}
