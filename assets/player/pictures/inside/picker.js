// One of a few, or of many, told by its number: ‹ point [3] of 350 ›.

import { el, icon, say } from "../../../shared/dom.js";
import { ICONS } from "../../../shared/icons.js";

export class Picker {
  // choose(index): another one is wanted
  constructor(noun, choose) {
    this.noun = noun;
    this.index = 0;
    this.count = 1;
    this.choose = choose;
    this.steps = [[-1, "Previous", ICONS.back], [1, "Next", ICONS.on]].map(([by, words, shape]) => Object.assign(
      el("button", { type: "button", class: "choice", on: { click: () => choose((this.index + Number(by) + this.count) % this.count) } }, icon(shape)), { words }));
    this.called = el("span");
    this.field = el("input", { type: "number", min: 1, step: 1, on: { change: () => this.#typed() } });
    this.rest = el("span");
    this.node = el("span", { class: "picker" }, this.steps[0], this.called, this.field, this.rest, this.steps[1]);
  }

  // What is no number of one is set right again.
  #typed() {
    const index = Math.round(Number(this.field.value)) - 1;
    if (this.field.value !== "" && Number.isFinite(index)) this.choose(Math.max(0, Math.min(this.count - 1, index)));
    this.shown = "";
    this.show(this.index, this.count);
  }

  // As the server tells it.
  is({ noun, index, count, names }) {
    this.noun = noun;
    this.field.hidden = names.length > 0;
    this.show(index, count, names[index]);
  }

  show(index, count, name = "") {
    [this.index, this.count] = [index, count];
    const shown = `${this.noun} ${index} ${count} ${name}`;
    if (this.shown === shown) return;
    this.shown = shown;
    say(this.called, name ? `${this.noun}: ${name}` : this.noun);
    say(this.rest, name ? "" : `of ${count.toLocaleString("en-US")}`);
    this.field.max = String(count);
    this.field.value = String(index + 1);
    this.field.style.width = `${String(count).length + 1.6}em`;
    this.field.setAttribute("aria-label", `${this.noun}, 1 to ${count}`);
    for (const button of this.steps) {
      button.title = `${button.words} ${this.noun}`;
      button.setAttribute("aria-label", button.title);
    }
  }
}
