// The board: the pictures that a message names, side by side.

import { el } from "../../shared/dom.js";
import { Choice } from "../pictures/choice.js";
import { Place } from "./place.js";

const ROW = 12; // columns

/** @import { Acts, Run } from "../types.d.ts" */

export class Board {
  /** @type {Place[]} */
  shown = [];
  /** @type {Map<string, Promise<Place>>} */
  asked = new Map();
  /** @type {Place[]} */
  places = [];

  /** @param {Omit<Acts, "choice">} acts */
  constructor(acts) {
    this.acts = { ...acts, choice: new Choice() };
    this.node = el("div", { class: "board" });
  }

  // Fetches what is not here yet.
  /** @param {string[]} names */
  async load(names) {
    for (const name of names) if (!this.asked.has(name)) this.asked.set(name, new Place(name, this.acts).load());
    this.places = await Promise.all(names.map((name) => this.asked.get(name)));
  }

  // Shows those that all runs have. Put in anew only when they are others: that would end a stroke.
  /** @param {Run[]} runs */
  put(runs) {
    this.shown = this.places.filter((place) => runs.every((run) => place.probe(run)));
    for (const place of this.shown) place.ready();
    const nodes = this.shown.map((place) => place.node);
    const { children, dataset } = this.node;
    if (nodes.length !== children.length || nodes.some((node, i) => node !== children[i])) this.node.replaceChildren(...nodes);
    dataset.runs = runs.length;
    this.#share(runs.length);
  }

  // Each picture says how wide it would like to be; the last one of a row takes what is left of it.
  #share(runs) {
    const names = this.shown.map(({ name }) => name);
    const wide = this.shown.map((place) => place.span(runs, names));
    let used = 0;
    wide.forEach((columns, i) => {
      used += columns;
      const last = used + (wide[i + 1] ?? ROW) > ROW;
      this.shown[i].node.style.setProperty("--columns", String(last ? columns + ROW - used : columns));
      if (last) used = 0;
    });
  }

  key(event) {
    return this.shown.some((place) => place.key(event));
  }

  // Whether it can be seen, and has another size than when this was last asked; coming back into sight counts: what came while it
  // was hidden could not be laid out.
  resized() {
    const size = `${this.node.clientWidth} ${this.node.clientHeight}`;
    if (this.size === size) return false;
    this.size = size;
    return this.node.clientWidth > 0;
  }

  async remove() {
    for (const place of await Promise.all(this.asked.values())) place.remove();
  }
}
