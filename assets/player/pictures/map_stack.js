// A picture, its maps layer after layer, the pixels that its answer hangs on, and the answer: for the film and for what is drawn.

import { el, say } from "../../shared/dom.js";
import { Cursor } from "./cursor.js";
import { signed } from "./filters.js";
import { Tiles, scaled } from "./tiles.js";
/** @import { Theme } from "../types.d.ts" */

export class MapStack {
  /** @type {Theme} */
  theme;
  /** @type {Uint32Array} */
  gray;

  // tell(event, words): what stands under the pointer; without words nothing does   choose(layer, place, node): a place of a map is
  // chosen; without it none can be
  constructor(tell, choose = null) {
    this.tell = tell;
    this.choose = choose;
    this.input = el("div", { class: "input" });
    this.layers = el("div", { class: "layers" });
    this.answers = el("div", { class: "answers" });
    this.node = el("div", { class: "stack" }, this.input, this.layers, this.answers);
  }

  scene({ map_layers: layers, map_size: [height, width], map_classes: classes }) {
    this.classes = classes;
    this.scales = layers.map(() => 0);
    this.picture = new Tiles({ count: 1, height, width, most: 14 });
    this.saliency = new Tiles({ count: 1, height, width, most: 14 });
    this.input.replaceChildren(figure("the picture", this.picture), this.#watched(figure("what the answer hangs on", this.saliency,
      "Orange: with more ink here the sum of the answered class rises. Blue: it falls."), this.saliency, (place) => `row ${place.row + 1}, column ${place.column + 1}`));
    let first = 0;
    this.rows = layers.map((layer) => {
      const tiles = new Tiles({ count: layer.shown, height: layer.height, width: layer.width, most: 10 });
      const caption = el("figcaption");
      const row = { layer, tiles, caption, first };
      first += layer.shown * layer.height * layer.width;
      row.cursor = this.choose && layer.told ? new Cursor(tiles, `Write out a place of ${layer.name}: click, or arrow keys and Enter; page keys go to the next map`,
        (place) => this.choose(layer, place, row.cursor.node)) : null;
      row.node = this.#watched(el("figure", {}, caption, row.cursor?.node ?? tiles.canvas), tiles, (place) =>
        `${layer.name}, map ${place.picture + 1}, row ${place.row + 1}, column ${place.column + 1}: about ${signed(this.#value(row, place.index))}`);
      return row;
    });
    this.layers.replaceChildren(...this.rows.map(({ node }) => node));
    this.bars = classes.map((name) => {
      const [bar, share] = [el("i"), el("span", { class: "share" })];
      return { bar, share, node: el("div", { class: "answer" }, el("span", { class: "name", text: name, title: name }), el("span", { class: "bar" }, bar), share) };
    });
    this.verdict = el("p", { class: "verdict" });
    this.answers.replaceChildren(this.verdict, ...this.bars.map(({ node }) => node));
  }

  #watched(node, tiles, words) {
    tiles.canvas.addEventListener("pointermove", (event) => {
      const found = tiles.at(event);
      this.tell(event, found && this.shown ? words(found) : "");
    });
    tiles.canvas.addEventListener("pointerleave", (event) => this.tell(event, ""));
    return node;
  }

  #value({ first, layer }, index) {
    const which = this.rows.findIndex((row) => row.layer === layer);
    return ((this.shown.maps[first + index] - 128) / 127) * this.shown.scale[which];
  }

  // What is written out: at of a place, or null.
  mark(at) {
    for (const { layer, cursor } of this.rows) cursor?.keep(at && at[0] === layer.number ? { picture: at[1], row: at[2], column: at[3] } : null);
  }

  retheme(theme, gray) {
    [this.theme, this.gray] = [theme, gray];
  }

  lay(room) {
    const narrow = room < 560;
    this.node.toggleAttribute("data-narrow", narrow);
    for (const tiles of [this.picture, this.saliency]) tiles.lay(112);
    for (const { tiles } of this.rows) tiles.lay(narrow ? room : room - 280);
  }

  // Scales only grow: colours hold still while a film plays.
  reach(scales) {
    this.scales = this.scales.map((scale, i) => Math.max(scale, scales[i]));
    this.rows.forEach(({ layer, caption }, i) => say(caption, `${layer.name}: ${layer.channels} ${layer.channels === 1 ? "map" : "maps"} of ${layer.height} × ${layer.width}` +
      `${layer.shown < layer.channels ? `, the first ${layer.shown} shown` : ""}; full colour ±${Number(this.scales[i].toPrecision(2))}`));
  }

  // picture, saliency: bytes; maps: bytes of all rows and their scales; answers: a byte a class; truth: the right class, or null
  draw(shown) {
    this.shown = shown;
    const { picture, maps, scale, answers, saliency, truth } = shown;
    this.picture.paint(picture, 0, this.gray);
    this.saliency.paint(saliency, 0, this.theme.units);
    this.rows.forEach(({ tiles, first }, i) => tiles.paint(maps, first, scaled(this.theme.units, scale[i] / this.scales[i])));
    const top = answers.indexOf(Math.max(...answers));
    this.bars.forEach(({ bar, share, node }, c) => {
      bar.style.transform = `scaleX(${(answers[c] / 255).toFixed(3)})`;
      say(share, `${Math.round((100 * answers[c]) / 255)} %`);
      node.toggleAttribute("data-top", c === top);
    });
    const right = truth === null ? "" : truth === top ? ", which is right" : `, but it is ${this.classes[truth]}`;
    this.words = `it says ${this.classes[top]}${right}`;
    say(this.verdict, `It says ${this.classes[top]}${truth === null ? "" : truth === top ? " ✓" : ` ✗, right: ${this.classes[truth]}`}`);
  }
}

const figure = (caption, { canvas }, title) => el("figure", { title }, el("figcaption", { text: caption }), canvas);
