// The units of the drawn network as buttons: a click chooses one, arrow keys walk among them.

import { el } from "../../shared/dom.js";

export class UnitButtons {
  // press(unit): it is chosen   look(unit): it has the focus; null: no longer
  constructor({ press, look }) {
    this.press = press;
    this.look = look;
    this.node = el("div", { class: "units", role: "group", "aria-label": "Units of the network" });
    this.node.addEventListener("keydown", (event) => this.#walk(event));
  }

  // words(unit): what its button does   choosable: it can be pressed in
  lay(plan, words, choosable) {
    this.plan = plan;
    const focused = [...this.node.children].indexOf(document.activeElement);
    this.node.replaceChildren(...plan.units.map((unit, i) => this.#button(unit, words(unit), choosable, i)));
    if (focused >= 0) this.node.children[focused]?.focus();
  }

  #button(unit, words, choosable, i) {
    const { size } = this.plan;
    const button = el("button", {
      type: "button", "aria-label": words, "aria-pressed": choosable ? "false" : null, tabindex: i ? "-1" : "0",
      on: { click: () => this.press(unit), focus: () => this.look(unit), blur: () => this.look(null) },
    });
    Object.assign(button.style, { left: `${unit.x - size / 2}px`, top: `${unit.y - size / 2}px`, width: `${size}px`, height: `${size}px` });
    return button;
  }

  // Which one is looked at.
  mark(index) {
    [...this.node.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === index)));
  }

  focus() {
    this.node.querySelector("[aria-pressed=true]")?.focus();
  }

  // Up and down inside a layer, left and right between layers.
  #walk(event) {
    const buttons = [...this.node.children];
    const here = buttons.indexOf(document.activeElement);
    if (here < 0 || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    const { units, columns } = this.plan;
    const column = columns.findIndex(({ members }) => members.includes(units[here]));
    const row = columns[column].members.indexOf(units[here]);
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const { members } = columns[Math.min(columns.length - 1, Math.max(0, column + step[0]))];
    const next = members[Math.min(members.length - 1, Math.max(0, row + step[1]))];
    buttons[here].tabIndex = -1;
    buttons[next.index].tabIndex = 0;
    buttons[next.index].focus();
  }
}
