// One of a few, told by its number: ‹ 3 of 8 ›.

import { el, icon, say } from "../../../shared/dom.js";
import { ICONS } from "../../../shared/icons.js";

export class Picker {
  // choose(index): another one is wanted
  constructor(noun, choose) {
    this.noun = noun;
    this.index = 0;
    this.count = 1;
    const step = (by, words, shape) => el("button", { type: "button", class: "choice", "aria-label": `${words} ${noun}`,
      title: `${words} ${noun}`, on: { click: () => choose((this.index + by + this.count) % this.count) } }, icon(shape));
    this.told = el("b");
    this.node = el("span", { class: "picker" }, step(-1, "Previous", ICONS.back), this.told, step(1, "Next", ICONS.on));
  }

  show(index, count) {
    [this.index, this.count] = [index, count];
    say(this.told, `${this.noun} ${index + 1} of ${count}`);
  }
}
