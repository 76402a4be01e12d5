// The plane of codes: where the narrow middle of an autoencoder puts the rows held out, coloured by a class that it was never told.

import { el, fit, say } from "../../shared/dom.js";
import { stepUp } from "../../shared/plotly.js";
import { number } from "../../shared/spelling.js";
import { classColor, fieldColor } from "../../shared/theme.js";
import { place } from "./filters.js";
import { RunChoice } from "./run_choice.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const RIM = 16; // CSS pixels around the plane
const MARK = 3; // of a point, its radius
const NEAR = 12; // of the pointer

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
      el("header", {}, el("h3", { text: "The plane of codes" }), this.note, el("span", { class: "push" }), this.choice.node), this.sheet, this.legend);
  }

  span() {
    return 4;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {{ subject: string }} header */
  scene(runs, theme, { subject }) {
    this.runs = runs;
    if (subject !== this.about) this.reach = 0;
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
    this.inks = Array.from(points.code_of, (value) => (field ? fieldColor(theme, value, field) : classColor({ classes }, theme, value)));
    this.glyphs = classes.length > 2 && classes.every((name) => name.length === 1); // a digit is its own mark
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

  // The plane only grows: it holds still while a film plays.
  data() {
    const { frames, scene } = this.runs[this.chosen];
    const furthest = frames.reduce((most, { codes }) => codes?.reduce((top, value) => (Math.abs(value) > top ? Math.abs(value) : top), most) ?? most, this.reach);
    if (furthest > this.reach) this.reach = Math.min(stepUp(furthest), scene.infinite);
    this.drawn = null;
    const shown = scene.code_width > 2 ? `, the first two of ${scene.code_width} numbers` : "";
    say(this.note, `${scene.code_rows}${shown}, from −${number(this.reach)} to ${number(this.reach)}`);
  }

  #at(codes, i) {
    const { code_width: width, code_classes: classes } = this.runs[this.chosen].scene;
    const across = (value) => RIM + ((this.side - 2 * RIM) * (1 + value / this.reach)) / 2;
    if (width > 1) return [across(codes[2 * i]), this.side - across(codes[2 * i + 1])];
    const value = this.runs[this.chosen].points.code_of[i]; // a line: classes one above the other, so that they can be told apart
    const share = classes.length ? (value + 0.2 + (0.6 * ((7 * i) % 10)) / 10) / classes.length : 0.5;
    return [across(codes[i]), this.side - RIM - (this.side - 2 * RIM) * share];
  }

  /** @param {Moment} moment */
  draw({ shown, selected, time }) {
    if (selected !== this.chosen) this.#show(selected, this.theme);
    const { run: { scene, points }, frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.codes || !this.context || !this.reach) return;
    this.drawn = this.frame = frame;
    const { context, side, theme } = this;
    context.clearRect(0, 0, side, side);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(side / 2, RIM);
    context.lineTo(side / 2, side - RIM);
    if (scene.code_width > 1) {
      context.moveTo(RIM, side / 2);
      context.lineTo(side - RIM, side / 2);
    }
    context.stroke();
    context.font = `600 11px ${theme.font}`;
    [context.textAlign, context.textBaseline] = ["center", "middle"];
    const of = points.code_of;
    for (let i = 0; i < of.length; i++) {
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
    for (let i = 0; this.frame && i < of.length; i++) {
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
