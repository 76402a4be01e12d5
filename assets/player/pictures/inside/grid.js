// A small picture in numbers: each cell coloured by its sign and by its size beside the largest.

import { el, say } from "../../../shared/dom.js";
import { number } from "../../../shared/spelling.js";

export class Grid {
  constructor() {
    this.caption = el("caption");
    this.body = el("tbody");
    this.node = el("table", { class: "grid" }, this.caption, this.body);
  }

  show(name, rows) {
    say(this.caption, name);
    if (this.body.children.length !== rows.length || this.body.firstChild?.children.length !== rows[0].length) {
      this.body.replaceChildren(...rows.map((row) => el("tr", {}, ...row.map(() => el("td")))));
    }
    const most = Math.max(...rows.flat().map(Math.abs), 1e-300);
    rows.forEach((row, y) => row.forEach((value, x) => {
      const cell = this.body.children[y].children[x];
      say(cell, number(value, 2));
      const share = Math.round((55 * Math.abs(value)) / most);
      cell.style.background = share ? `color-mix(in srgb, var(--${value < 0 ? "negative" : "positive"}) ${share}%, transparent)` : "none";
    }));
  }
}
