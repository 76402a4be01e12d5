// Numbers that are added up, one below the other: a small table whose cells only change their text.

import { el, say } from "../../../shared/dom.js";
import { number } from "../../../shared/spelling.js";

export class Ledger {
  constructor() {
    this.head = el("tr");
    this.body = el("tbody");
    this.node = el("table", { class: "ledger" }, el("thead", {}, this.head), this.body);
  }

  // columns: what stands above them   rows: [name, …numbers]; the last number of each is also a bar, if `bars`
  // strong: from which row on they are results   digits: of the numbers, by column
  show(columns, rows, { bars = true, strong = rows.length, digits = [] } = {}) {
    fill(this.head, columns.length, () => el("th", { scope: "col" }), (cell, i) => say(cell, columns[i]));
    const most = Math.max(...rows.slice(0, strong).map((row) => Math.abs(row[row.length - 1] ?? 0)), 1e-300);
    fill(this.body, rows.length, () => el("tr"), (line, r) => {
      const row = rows[r];
      line.classList.toggle("result", r >= strong);
      fill(line, columns.length, (i) => el(i ? "td" : "th", i ? {} : { scope: "row" }), (cell, i) => {
        const last = i === columns.length - 1;
        const value = row[i];
        say(cell, typeof value === "number" ? number(value, digits[i]) : value ?? "");
        if (!i) cell.title = value ?? "";
        if (last && bars) bar(cell, r < strong ? value : null, most);
      });
    });
  }
}

function bar(cell, value, most) {
  const share = typeof value === "number" && Number.isFinite(value) ? value / most : 0;
  cell.style.setProperty("--share", `${Math.abs(100 * share).toFixed(1)}%`);
  cell.dataset.sign = share < 0 ? "negative" : share > 0 ? "positive" : "none";
}

// So many children, made where they are missing, each then written.
function fill(parent, count, make, write) {
  while (parent.children.length > count) parent.lastChild.remove();
  for (let i = 0; i < count; i++) {
    if (!parent.children[i]) parent.append(make(i));
    write(parent.children[i], i);
  }
}
