// A place on small pictures that can be chosen: with a click, or with the arrow keys and Enter. Marked by a frame over the canvas.

import { el } from "../../shared/dom.js";

export class Cursor {
  at = { picture: 0, row: 0, column: 0 };

  // tiles: the pictures   words: what can be done there   choose(place): it was chosen
  constructor(tiles, words, choose) {
    this.tiles = tiles;
    this.choose = choose;
    this.frame = el("i", { class: "cursor", hidden: true });
    this.node = el("div", { class: "chosen", role: "application", tabindex: "0", "aria-label": words, title: words, on: {
      click: (event) => this.#click(event), keydown: (event) => this.#key(event), focus: () => this.#mark(), blur: () => { this.frame.hidden = !this.kept; } } }, tiles.canvas, this.frame);
  }

  #click(event) {
    const found = this.tiles.at(event);
    if (!found) return;
    this.at = { picture: found.picture, row: found.row, column: found.column };
    this.#mark();
    this.choose(this.at);
  }

  #key(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [0, 0, -1], PageDown: [0, 0, 1] }[event.key];
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) return this.choose(this.at);
    const { width, height, count } = this.tiles;
    const within = (value, most) => Math.max(0, Math.min(most - 1, value));
    this.at = { picture: within(this.at.picture + (step[2] ?? 0), count), row: within(this.at.row + step[0], height), column: within(this.at.column + step[1], width) };
    this.#mark();
    if (this.kept) this.choose(this.at);
  }

  // What is written out is marked as long as it is.
  keep(at) {
    this.kept = Boolean(at);
    if (at) this.at = at;
    if (at) this.#mark();
    else if (this.node !== document.activeElement) this.frame.hidden = true;
  }

  #mark() {
    const { columns, stepX, stepY, point } = this.tiles;
    const { picture, row, column } = this.at;
    this.frame.hidden = false;
    Object.assign(this.frame.style, { left: `${(picture % columns) * stepX + column * point}px`, top: `${Math.floor(picture / columns) * stepY + row * point}px`, width: `${point}px`, height: `${point}px` });
  }
}
