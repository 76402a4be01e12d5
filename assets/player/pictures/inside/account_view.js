// How a number comes about, written out: inputs times weights and the bias add up to z, which bends to a. Follows one row, frame by frame.

import { el, say } from "../../../shared/dom.js";
import { number } from "../../../shared/spelling.js";
import { Bend } from "./bend.js";
import { Grid } from "./grid.js";
import { Ledger } from "./ledger.js";
import { Picker } from "./picker.js";
/** @import { Followed } from "../../types.d.ts" */

export class AccountView {
  // follow(row): another one, or null where the picture chooses it; choose(i, index): another position, step, …
  constructor({ follow, choose }) {
    this.choose = choose;
    this.row = new Picker("row", follow);
    this.row.node.hidden = !follow;
    this.right = el("span", { class: "note" });
    /** @type {Picker[]} */
    this.pickers = [];
    this.choices = el("span", { class: "row" });
    /** @type {Ledger[]} */
    this.ledgers = [];
    this.tables = el("div", { class: "tables" });
    /** @type {Grid[]} */
    this.grids = [];
    this.patches = el("div", { class: "grids" });
    this.bend = new Bend();
    this.lines = el("div", { class: "bent" });
    this.numbers = el("div", { class: "numbers" }, el("div", { class: "row" }, this.row.node, this.choices, this.right), this.patches, this.tables,
      el("div", { class: "row" }, this.bend.node, this.lines));
    this.note = el("p", { class: "note" });
    this.node = el("div", {}, this.numbers, this.note);
  }

  // noun: what a row is called. Returns what is shown in words.
  /** @type {(followed: Followed, noun: string) => string} */
  draw({ row, told, moment, late }, noun) {
    const refused = told?.refused ?? moment?.refused;
    this.numbers.hidden = !told || Boolean(told.refused);
    this.node.toggleAttribute("data-late", late);
    say(this.note, refused ?? (moment ? "" : "The numbers of this moment are on their way …"));
    this.note.hidden = !this.note.textContent;
    if (this.numbers.hidden) return this.note.textContent;
    this.row.noun = noun;
    this.row.show(Math.min(row, told.rows - 1), told.rows);
    say(this.right, told.right && `right answer: ${told.right}`);
    many(this.pickers, this.choices, told.choices.length, (i) => new Picker(told.choices[i].noun, (index) => this.choose(i, index)));
    told.choices.forEach((choice, i) => this.pickers[i].is(choice));
    if (!moment || moment.refused) return this.note.textContent;
    const [grids, tables] = [true, false].map((grid) => moment.tables.filter((table) => table.grid === grid));
    many(this.grids, this.patches, grids.length, () => new Grid());
    grids.forEach((table, i) => this.grids[i].show(table.columns[0], table.rows));
    many(this.ledgers, this.tables, tables.length, () => new Ledger());
    tables.forEach((table, i) => this.ledgers[i].show(table.columns, table.rows, table));
    const [z, a] = moment.bend ?? [0, 0];
    this.bend.show(moment.bend ? told.curve : [], told.reach, z, a);
    const beyond = moment.bend && told.curve.length && Math.abs(z) > told.reach ? [`That lies beyond the curve, which is drawn from −${told.reach} to ${told.reach}.`] : [];
    const lines = [...moment.lines, ...beyond];
    while (this.lines.children.length > lines.length) this.lines.lastChild.remove();
    lines.forEach((line, i) => say(this.lines.children[i] ?? this.lines.appendChild(el("p")), line));
    return [...tables.map(sentence), ...lines].join(" ");
  }
}

// So many parts in a node, made where they are missing.
function many(parts, parent, count, make) {
  while (parts.length > count) parts.pop().node.remove();
  while (parts.length < count) {
    parts.push(make(parts.length));
    parent.append(parts[parts.length - 1].node);
  }
}

// A table for those who hear it: x₁ 0.5 times 2 = 1, bias = 0.3, sum z = 1.3.
function sentence({ columns, rows }) {
  return `${rows.map(([name, ...cells]) => {
    const told = cells.flatMap((cell, i) => (cell === "" ? [] : [`${mark(columns[i + 1])}${typeof cell === "number" ? number(cell) : cell}`]));
    return `${name} ${told.join(" ")}`;
  }).join(", ")}.`;
}

const mark = (column) => (column.startsWith("×") ? "times " : column === "=" ? "is " : "");
