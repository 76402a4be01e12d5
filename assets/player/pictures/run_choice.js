// Buttons that choose which of several runs a picture shows.

import { el } from "../../shared/dom.js";
import { runColor } from "../../shared/theme.js";

export class RunChoice {
  constructor(label, select) {
    this.select = select;
    this.node = el("span", { class: "choices", role: "group", "aria-label": label });
  }

  scene(runs, theme, chosen) {
    this.node.replaceChildren(...(runs.length < 2 ? [] : runs.map((run, i) => el("button", {
      class: "choice", type: "button", "aria-pressed": String(i === chosen), on: { click: () => this.select(i) },
    }, el("i", { class: "dot" }), run.scene.name))));
    [...this.node.children].forEach((button, i) => { button.firstChild.style.background = runColor(runs[i], theme, theme.ink); });
  }
}
