// The plane of codes: where the narrow middle of an autoencoder puts the rows held out, coloured by a class that it was never told.

import { el, fit, say } from "../../shared/dom.js";
import { number } from "../../shared/spelling.js";
import { classColor, css, fieldColor, mix, rgb } from "../../shared/theme.js";
import { place } from "./filters.js";
import { RunChoice } from "./run_choice.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const RIM = 16; // CSS pixels around the plane
const MARK = 4; // of a point, its radius
const MOST = 150; // points: more would lie on each other
const GLYPH = 15; // CSS pixels of a digit that is its own mark
const NEAR = 12; // of the pointer
const ROOM = 0.08; // of the plane's width, beyond what made it change
const LOST = 0.6; // of it, below which codes would be a smudge in its middle
const DARKER = 0.3; // of the ink, in a mark that is a letter: a pale colour could not be read

export default class Codes {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  chosen = 0;
  side = 0;

  constructor({ select }) {
    this.choice = new RunChoice("Network whose codes are shown", select);
    this.note = el("span", { class: "note" });
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.sheet = el("div", { class: "sheet", role: "img", on: { pointermove: (event) => this.#point(event), pointerleave: () => { this.tip.hidden = true; } } },
      this.canvas, this.tip);
    this.legend = el("div", { class: "colours" });
    this.node = el("section", { class: "codes" },
      el("header", {}, el("h2", { text: "The plane of codes" }), this.note, el("span", { class: "push" }), this.choice.node), this.sheet, this.legend);
  }

  span() {
    return 5;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {{ subject: string }} header */
  scene(runs, theme, { subject }) {
    this.runs = runs;
    if (subject !== this.about) this.box = null;
    this.about = subject;
    this.#show(Math.min(this.chosen, runs.length - 1), theme);
  }

  #show(chosen, theme) {
    this.chosen = chosen;
    this.retheme(theme);
    this.data();
  }

  retheme(theme) {
    this.theme = theme;
    this.choice.scene(this.runs, theme, this.chosen);
    const { scene, points } = this.runs[this.chosen];
    const { code_classes: classes, code_field: field } = scene;
    this.glyphs = classes.length > 2 && classes.every((name) => name.length === 1); // a digit is its own mark
    const inks = classes.map((_, c) => classColor({ classes }, theme, c)).map((color) => (this.glyphs ? css(mix(rgb(color), rgb(theme.ink), DARKER)) : color));
    this.inks = Array.from(points.code_of, (value) => (field ? fieldColor(theme, value, field) : inks[value]));
    this.legend.replaceChildren(...(this.glyphs || field ? [] : classes.map((name, c) => {
      const mark = el("i", { text: c < 8 ? "●" : "■" });
      mark.style.color = classColor({ classes }, theme, c);
      return el("span", { title: name }, mark, name);
    })));
    this.resize();
  }

  resize() {
    this.drawn = null;
    this.side = Math.min(this.sheet.clientWidth, 420);
    if (!this.side) return;
    Object.assign(this.canvas.style, { width: `${this.side}px`, height: `${this.side}px` });
    this.context = fit(this.canvas, this.side, this.side);
  }

  data() {
    this.drawn = null;
  }

  // How many, and how far the plane reaches.
  #describe() {
    const { scene, points: { code_of: of } } = this.runs[this.chosen];
    const [{ low }, two] = [this.box[0], scene.code_width > 2 ? `, the first two of ${scene.code_width} numbers` : ""];
    say(this.note, `${of.length > MOST ? `${MOST} of ` : ""}${scene.code_rows}${two}, across ${number(low, 2)} to ${number(low + this.#span, 2)}`);
  }

  // The plane holds still until codes leave it, or lie lost in it.
  #fit(codes, axes) {
    const sides = Array.from({ length: axes }, (_, axis) => {
      const along = codes.subarray(0, axes * MOST).filter((_, i) => i % axes === axis);
      return { low: Math.min(...along), high: Math.max(...along) };
    });
    const span = Math.max(...sides.map(({ low, high }) => high - low));
    const out = this.box?.length !== axes || sides.some(({ low, high }, axis) => low < this.box[axis].low || high > this.box[axis].high);
    if (out || span < LOST * this.#span) this.box = sides.map(({ low, high }) => ({ low: low - ROOM * span, high: high + ROOM * span }));
  }

  // One scale for both axes: far is far in every direction.
  get #span() {
    return Math.max(...this.box.map(({ low, high }) => high - low)) || 1;
  }

  #place(value, axis) {
    const { low, high } = this.box[axis];
    return RIM + (this.side - 2 * RIM) * (0.5 + (value - (low + high) / 2) / this.#span);
  }

  #at(codes, i) {
    const { code_width: width, code_classes: classes } = this.runs[this.chosen].scene;
    if (width > 1) return [this.#place(codes[2 * i], 0), this.side - this.#place(codes[2 * i + 1], 1)];
    const value = this.runs[this.chosen].points.code_of[i]; // a line: classes one above the other, so that they can be told apart
    const share = classes.length ? (value + 0.2 + (0.6 * ((7 * i) % 10)) / 10) / classes.length : 0.5;
    return [this.#place(codes[i], 0), this.side - RIM - (this.side - 2 * RIM) * share];
  }

  /** @param {Moment} moment */
  draw({ shown, selected, time }) {
    if (selected !== this.chosen) this.#show(selected, this.theme);
    const { run: { scene, points }, frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.codes || !this.context) return;
    this.drawn = this.frame = frame;
    this.#fit(frame.codes, Math.min(2, scene.code_width));
    this.#describe();
    const { context, side, theme } = this;
    context.clearRect(0, 0, side, side);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.beginPath();
    const [zero, level] = [this.#place(0, 0), scene.code_width > 1 ? side - this.#place(0, 1) : side - RIM];
    context.moveTo(zero, RIM);
    context.lineTo(zero, side - RIM);
    context.moveTo(RIM, level);
    context.lineTo(side - RIM, level);
    context.stroke();
    context.font = `650 ${GLYPH}px ${theme.font}`;
    [context.textAlign, context.textBaseline] = ["center", "middle"];
    const of = points.code_of;
    for (let i = 0; i < Math.min(of.length, MOST); i++) {
      const [x, y] = this.#at(frame.codes, i);
      if (!(Number.isFinite(x) && Number.isFinite(y))) continue;
      context.fillStyle = this.inks[i];
      if (this.glyphs) context.fillText(scene.code_classes[of[i]], x, y);
      else if (scene.code_field || of[i] < 8) {
        context.beginPath();
        context.arc(x, y, MARK, 0, 2 * Math.PI);
        context.fill();
      } else context.fillRect(x - MARK, y - MARK, 2 * MARK, 2 * MARK);
    }
    const epoch = Math.round(time);
    if (epoch === this.said) return;
    this.said = epoch;
    const reach = frame.codes.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    this.sheet.setAttribute("aria-label", `Codes of ${scene.code_rows} at epoch ${epoch}, coloured by ${scene.code_target}. They reach ${number(reach, 2)} from the middle.`);
  }

  #point(event) {
    const { points: { code_of: of }, scene } = this.runs[this.chosen];
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [best, nearest] = [NEAR, -1];
    for (let i = 0; this.frame && i < Math.min(of.length, MOST); i++) {
      const [a, b] = this.#at(this.frame.codes, i);
      const far = Math.hypot(a - x, b - y);
      if (far < best) [best, nearest] = [far, i];
    }
    this.tip.hidden = nearest < 0;
    if (nearest < 0) return;
    const k = Math.min(2, scene.code_width);
    const code = [...this.frame.codes.subarray(k * nearest, k * nearest + k)].map((value) => number(value)).join(", ");
    const value = of[nearest];
    say(this.tip, `${scene.code_target} ${scene.code_field ? number(value) : scene.code_classes[value]}: code ${code}`);
    place(this.tip, event, this.sheet);
  }
}
