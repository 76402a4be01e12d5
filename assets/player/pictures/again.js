// Pictures, below them what an autoencoder is given where that is disturbed, and what comes back.

import { el, say } from "../../shared/dom.js";
import { number } from "../../shared/spelling.js";
import { place } from "./filters.js";
import { gray } from "./maps.js";
import { RunChoice } from "./run_choice.js";
import { Tiles } from "./tiles.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const MOST = 10; // CSS pixels of a point
const BANDS = 2; // pictures stand in so many bands, each above what comes back of it

export default class Again {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  chosen = 0;

  constructor({ select }) {
    this.choice = new RunChoice("Network whose pictures are shown", select);
    this.note = el("span", { class: "note" });
    this.list = el("div", { class: "layers", role: "img" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.node = el("section", { class: "again" },
      el("header", {}, el("h2", { text: "What comes back" }), this.note, el("span", { class: "push" }), this.choice.node),
      el("div", { class: "tiles" }, this.list, this.tip));
  }

  span() {
    return 7;
  }

  /** @param {Run[]} runs   @param {Theme} theme */
  scene(runs, theme) {
    this.runs = runs;
    this.#show(Math.min(this.chosen, runs.length - 1), theme);
  }

  #show(chosen, theme) {
    this.chosen = chosen;
    const { scene, points } = this.runs[chosen];
    const [height, width] = scene.again_size;
    const count = scene.again_names.length;
    const across = Math.ceil(count / BANDS);
    const bytes = (values) => values && Uint8Array.from(values, (value) => Math.round(255 * value));
    this.pictures = bytes(points.again_pictures);
    this.given = bytes(points.again_given);
    const row = (first, caption, values) => {
      const tiles = new Tiles({ count: Math.min(across, count - first), height, width, across, most: points.again_given ? MOST - 4 : MOST });
      tiles.canvas.addEventListener("pointermove", (event) => this.#point(event, tiles, first));
      tiles.canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
      return { first: first * height * width, tiles, values, node: el("figure", {}, el("figcaption", { text: caption }), tiles.canvas) };
    };
    this.rows = Array.from({ length: BANDS }, (_, band) => band * across).filter((first) => first < count).flatMap((first) => [
      row(first, "the pictures", this.pictures), ...(this.given ? [row(first, "what the network is given", this.given)] : []), row(first, "what comes back", null)]);
    this.list.replaceChildren(...this.rows.map(({ node }) => node));
    say(this.note, scene.again_rows === "training" ? "training pictures" : `${scene.again_rows} pictures: it never learned from them`);
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.choice.scene(this.runs, theme, this.chosen);
    this.table = gray(theme);
    this.resize();
  }

  resize() {
    this.drawn = this.frame = null;
    const room = this.list.clientWidth;
    if (!room) return;
    for (const { tiles, values, first } of this.rows) {
      tiles.lay(room);
      if (values) tiles.paint(values, first, this.table);
    }
  }

  /** @param {Moment} moment */
  draw({ shown, selected, time }) {
    if (selected !== this.chosen) this.#show(selected, this.theme);
    const { run: { scene }, frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.again) return;
    this.drawn = this.frame = frame;
    for (const { tiles, values, first } of this.rows) if (!values) tiles.paint(frame.again, first, this.table);
    const epoch = Math.round(time);
    if (epoch === this.said) return;
    this.said = epoch;
    this.list.setAttribute("aria-label", `Pictures and what comes back at epoch ${epoch}. Mean squared error of ` +
      `${scene.again_names.map((name, k) => `${name}: ${number(this.#error(k), 2)}`).join(", ")}.`);
  }

  // Of the brightness from 0 to 1 that is drawn.
  #error(k) {
    const [height, width] = this.runs[this.chosen].scene.again_size;
    const size = height * width;
    let sum = 0;
    for (let i = k * size; i < (k + 1) * size; i++) sum += (this.frame.again[i] - this.pictures[i]) ** 2;
    return sum / size / 255 ** 2;
  }

  #point(event, tiles, first) {
    const found = tiles.at(event);
    this.tip.hidden = !found || !this.frame;
    if (this.tip.hidden) return;
    say(this.tip, `${this.runs[this.chosen].scene.again_names[first + found.picture]}: mean squared error ${number(this.#error(first + found.picture), 2)}`);
    place(this.tip, event, this.list);
  }
}
