// Drawings that are kept as examples of classes: buttons that keep the one on the sheet, and the kept ones, each to be taken away.

import { el, say } from "../shared/dom.js";
import { Tiles } from "../player/pictures/tiles.js";

const POINT = 4; // CSS pixels of a point of a kept drawing

export class Examples {
  /** @type {{ draft: number, names: string[], size: [number, number], of: number[], words: string } | null} */
  scene = null;
  /** @type {(number: number) => void} */
  keep;
  /** @type {(place: number | "all") => void} */
  away;
  /** @type {Uint8Array} */
  bytes;
  said = "";
  /** @type {Uint32Array} */
  gray;

  // keep(number): the drawing on the sheet belongs to that class; away(place): that drawing, or "all"
  constructor({ keep, away }) {
    [this.keep, this.away] = [keep, away];
    this.keepers = el("div", { class: "tools", role: "group", "aria-label": "Keep the drawing as an example" });
    this.words = el("p", { class: "draft", role: "status" });
    this.rows = el("div", { class: "rows" });
    this.clear = el("button", { type: "button", class: "small", text: "Take all away", on: { click: () => away("all") } });
    this.node = el("div", { class: "examples" }, this.words, this.rows, this.clear);
  }

  // What is kept now. bytes: of all drawings, one after the other
  receive(scene, bytes) {
    const said = JSON.stringify(scene);
    if (said === this.said) return; // while a stroke goes on, ten times a second
    this.said = said;
    const focused = [...this.rows.querySelectorAll("button")].indexOf(document.activeElement);
    [this.scene, this.bytes] = [scene, bytes];
    this.node.hidden = this.keepers.hidden = !scene;
    if (!scene) return;
    const used = Math.max(-1, ...scene.of) + 1;
    this.offered = Math.min(scene.names.length, Math.max(2, used + 1));
    this.keepers.replaceChildren(el("span", { class: "hint", text: "Keep it as" }), ...scene.names.slice(0, this.offered).map((name, number) =>
      el("button", { type: "button", class: "small", text: name, title: number < used ? `One more example of ${name}` : `The first example of ${name}`,
        "aria-label": `Keep the drawing as an example of ${name}`, on: { click: () => this.keep(number) } })));
    say(this.words, scene.words);
    this.clear.disabled = !scene.of.length;
    this.tiles = [];
    this.rows.replaceChildren(...scene.names.slice(0, used).map((name, number) => this.#row(name, number)));
    if (focused >= 0) [...this.rows.querySelectorAll("button"), this.clear][Math.min(focused, scene.of.length)]?.focus();
    this.draw(this.gray);
  }

  #row(name, number) {
    const [height, width] = this.scene.size;
    const own = this.scene.of.flatMap((of, place) => (of === number ? [place] : []));
    return el("div", { class: "row" }, el("span", { class: "name", text: `${name} (${own.length})` }), el("div", { class: "kept" }, ...own.map((place, i) => {
      const tiles = new Tiles({ count: 1, height, width, most: POINT });
      this.tiles.push({ tiles, place });
      return el("button", { type: "button", title: "Take this drawing away", "aria-label": `Take away drawing ${i + 1} of ${name}`,
        on: { click: () => this.away(place) } }, tiles.canvas);
    })));
  }

  // Whether something is on the sheet that can be kept.
  allow(drawn) {
    for (const button of this.keepers.querySelectorAll("button")) button.disabled = !drawn;
  }

  // The class that a key keeps the drawing as: its letter. Null for other keys.
  number(key) {
    const found = this.scene ? this.scene.names.slice(0, this.offered).indexOf(key.toUpperCase()) : -1;
    return found < 0 ? null : found;
  }

  draw(gray) {
    this.gray = gray;
    if (!this.scene || !gray) return;
    const [height, width] = this.scene.size;
    for (const { tiles, place } of this.tiles) {
      tiles.lay(POINT * width);
      tiles.paint(this.bytes, place * height * width, gray);
    }
  }
}
