// The whole film at once: for each twin the gradient of every layer (rows) at every epoch (columns), as colour on one
// scale. Painted when frames arrive; per frame only a veil over what is still to come moves.

import { el, say } from "../../shared/dom.js";
import { CEILING, FLOOR, none } from "../film/logs.js";
import { RunMap, layersOf } from "./run_map.js";
import { power } from "../../shared/spelling.js";
import { css, packed, rgb } from "../../shared/theme.js";
/** @import { Header, Moment, Run, Theme } from "../types.d.ts" */

const EVERY = 250; // ms between two paintings while frames keep coming

const mix = (a, b, share) => a.map((value, i) => value + (b[i] - value) * share);

export default class LayerMap {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;
  // seek(epoch): goes to a moment that is known.
  constructor({ seek }) {
    this.seek = seek;
    this.low = el("span");
    this.middle = el("span");
    this.high = el("span");
    this.bars = [el("i", { class: "ramp" }), el("i", { class: "ramp" })];
    const legend = el("span", { class: "legend" }, el("span", {}, el("i", { class: "box none" }), "none"),
      el("span", { class: "scale" }, this.low, this.bars[0], this.middle, this.bars[1], this.high));
    this.panels = el("div", { class: "maps" });
    this.node = el("section", { class: "map" }, el("header", {}, el("h2", { text: "The whole film: layer by epoch" }),
      el("span", { class: "note", text: "size of the gradient (RMS of ∂L/∂W), one colour scale" }), el("span", { class: "push" }), legend),
      this.panels);
  }

  span() {
    return 12;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, { subject }) {
    this.runs = runs;
    this.moment = null;
    if (!this.range || subject !== this.about) this.range = { low: 0, high: -4, right: 0 };
    this.about = subject;
    this.list = runs.map((run) => new RunMap(run, runs.length > 1, (epoch) => this.seek?.(epoch)));
    this.panels.dataset.count = runs.length;
    this.panels.replaceChildren(...this.list.map((panel) => panel.node));
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    for (const panel of this.list) panel.measure(theme);
    this.#paint();
  }

  // New frames: painted a little later, once for several messages.
  data() {
    this.later ??= setTimeout(() => this.#paint(), EVERY);
  }

  #paint() {
    clearTimeout(this.later);
    this.later = null;
    this.#reach();
    const { theme, range } = this;
    const [from, to] = [mix(rgb(theme.ground), rgb(theme.accent), 0.05), rgb(theme.accent)];
    const end = mix(to, theme.dark ? [255, 255, 255] : [0, 0, 0], 0.35);
    const color = (share) => (share < 0.7 ? mix(from, to, share / 0.7) : mix(to, end, (share - 0.7) / 0.3));
    const table = Array.from({ length: 256 }, (_, i) => color(i / 255));
    [[0, 128], [128, 255]].forEach(([a, b], i) => {
      const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => css(table[Math.round(a + (b - a) * share)]));
      this.bars[i].style.background = `linear-gradient(to right, ${stops.join()})`;
    });
    const middle = (range.low + range.high) / 2;
    for (const [node, log] of [[this.low, range.low], [this.middle, middle], [this.high, range.high]]) {
      say(node, `${log >= CEILING ? "≥ " : ""}${power(log)}`);
    }
    const pixels = Uint32Array.from(table, packed);
    for (const panel of this.list) panel.paint(theme, range, pixels);
    if (this.moment) this.draw(this.moment, true);
  }

  // Epochs and powers of ten that cover every known frame, in steps; both only ever grow.
  #reach() {
    const { range } = this;
    for (const run of this.runs) {
      range.right = Math.max(range.right, run.scene.epochs, run.last.epoch);
      for (const frame of run.frames) {
        for (const log of layersOf(run, frame)) {
          if (none(log)) continue;
          if (log < range.low) range.low = Math.max(FLOOR, Math.floor(log));
          if (log > range.high) range.high = Math.min(CEILING, Math.ceil(log));
        }
      }
    }
    // The middle of the scale is a power of ten, too.
    if ((range.high - range.low) % 2) range[range.low > FLOOR ? "low" : "high"] += range.low > FLOOR ? -1 : 1;
  }

  /** @param {Moment} moment */
  draw(moment, anew = false) {
    this.moment = moment;
    if (this.drawn === moment.time && !anew) return;
    this.drawn = moment.time;
    moment.shown.forEach(({ frame }, i) => this.list[i].draw(moment.time, frame));
  }

  remove() {
    clearTimeout(this.later);
  }
}
