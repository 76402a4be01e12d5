// How much of the gradient reaches the state of each step: a line for each network, from the first step to the last, on a log axis.

import { Chart } from "./chart.js";
import { el, say } from "../../shared/dom.js";
import { runColor } from "../../shared/theme.js";
import { band } from "../film/bands.js";
import { CEILING, FLOOR, none, size } from "../film/logs.js";
import { GRADIENT } from "./measures.js";
/** @import { Header, Moment, Run, Theme } from "../types.d.ts" */

const MARGIN = { l: 46, r: 12, t: 8, b: 34 };
const DASHES = { solid: [], dash: [7, 4], dot: [2, 3] };
const STRIDE = 3; // powers of ten by which the axis grows
const LEAST = /** @type {[number, number]} */ ([-6, 0]); // what most networks need

export default class ThroughTime {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  /** @type {WeakSet<any>} */
  seen = new WeakSet();
  about = "";
  steps = 1;
  /** @type {number[][][]} */
  lines = [];
  said;
  moment;
  drawn;

  constructor() {
    this.note = el("span", { class: "note", text: "how much the loss hangs on the state at each step, log scale",
      title: "‖∂ℓ/∂h‖: how much a sequence's loss changes with the state at that step, by way of all later steps; over the sequences its root mean square" });
    this.legend = el("p", { class: "legend" });
    this.chart = new Chart((x) => this.#told(x));
    this.chart.range = LEAST;
    this.foot = el("p", { class: "foot" });
    this.node = el("section", { class: "through_time" },
      el("header", {}, el("h2", { text: "How far back the gradient reaches" }), this.note), this.legend, this.chart.node, this.foot);
  }

  span() {
    return 6;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, { subject }) {
    this.runs = runs;
    this.steps = Math.max(...runs.map(({ scene }) => scene.time_steps));
    // The axis only grows, while the films are about the same.
    const about = `${subject} ${this.steps}`;
    if (about !== this.about) [this.chart.range, this.seen] = [LEAST, new WeakSet()];
    this.about = about;
    this.said = this.moment = null;
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.legend.replaceChildren(...this.runs.flatMap((run) => run.scene.time_lines.map((line) => this.#key(run, line))));
    this.legend.hidden = this.legend.children.length < 2;
    this.drawn = null;
    if (!this.chart.measure()) return;
    this.#reach();
    this.chart.fit(theme, MARGIN);
    if (this.moment) this.draw(this.moment);
    this.chart.axes(theme, { range: [0.5, this.steps + 0.5], tickvals: this.#ticks(), title: { text: "step of the sequence", standoff: 4 } }, GRADIENT.ticks(this.chart.range));
  }

  #key(run, { name, dash }) {
    const mark = el("i", { class: "stroke" });
    mark.style.borderTop = `2.5px ${{ solid: "solid", dash: "dashed", dot: "dotted" }[dash]} ${runColor(run, this.theme, this.theme.accent)}`;
    return el("span", {}, mark, this.runs.length > 1 ? `${run.scene.name}, ${name}` : name);
  }

  // Covers every known frame, in strides. Returns whether it grew.
  #reach() {
    let [low, high] = this.chart.range;
    for (const run of this.runs) {
      for (const frame of run.frames) {
        if (this.seen.has(frame) || !frame.through_time) continue;
        this.seen.add(frame);
        for (const log of band(run, frame, "through_time").mid) {
          if (none(log)) continue;
          if (log < low) low = Math.max(FLOOR, STRIDE * Math.floor(log / STRIDE));
          if (log > high && log !== Infinity) high = Math.min(CEILING, STRIDE * Math.ceil(log / STRIDE));
        }
      }
    }
    const grew = low !== this.chart.range[0] || high !== this.chart.range[1];
    this.chart.range = [low, high];
    return grew;
  }

  #ticks() {
    const every = [1, 2, 5, 10, 20].find((n) => this.steps / n <= 10);
    return [1, ...Array.from({ length: Math.floor(this.steps / every) }, (_, i) => (i + 1) * every)].filter((n, i) => !i || n - 1 >= 0.75 * every);
  }

  // New frames: perhaps a wider axis.
  data() {
    if (this.chart.width && this.#reach()) this.retheme(this.theme);
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    if (!this.chart.context) return;
    const key = moment.shown.map(({ run, frame }) => `${run.id} ${frame.step}`).join();
    if (this.drawn === key) return;
    this.drawn = key;
    this.chart.clear();
    this.lines = moment.shown.map(({ run, frame }) => linesOf(run, frame));
    this.lines.forEach((lines, place) => lines.forEach((values, i) => this.#line(values, this.runs[place], this.runs[place].scene.time_lines[i])));
    this.#words(moment);
  }

  #line(values, run, { dash }) {
    const { chart, chart: { context } } = this;
    [context.strokeStyle, context.lineWidth] = [runColor(run, this.theme, this.theme.accent), 2.5];
    context.setLineDash(DASHES[dash]);
    context.beginPath();
    let open = false;
    values.forEach((log, step) => { // where there is nothing, there is no line
      if (none(log)) return void (open = false);
      const [x, y] = [chart.x((step + 0.5) / this.steps), chart.y(log)];
      if (open) context.lineTo(x, y);
      else context.moveTo(x, y);
      open = true;
    });
    context.stroke();
    context.setLineDash([]);
  }

  #words({ time }) {
    const told = this.lines.map(([values], place) => `${this.runs.length > 1 ? `${this.runs[place].scene.name}: ` : ""}${ratio(values)}`);
    say(this.foot, `First step to last: ${told.join(" · ")}`);
    const epoch = time.toFixed(1);
    if (epoch === this.said) return;
    this.said = epoch;
    this.chart.node.setAttribute("aria-label", `Gradient that reaches the state of each step, at epoch ${epoch}. ` +
      this.lines.map(([values], place) => `${this.runs[place].scene.name}: ${size(values[0])} at step 1, ${size(values.at(-1))} at step ${values.length}.`).join(" "));
  }

  #told(x) {
    const step = Math.floor(this.chart.share(x) * this.steps);
    if (!this.lines.length || step < 0 || step >= this.steps) return null;
    const told = this.lines.flatMap((lines, place) => lines.flatMap((values, i) => (step < values.length
      ? `${this.runs.length > 1 ? `${this.runs[place].scene.name}, ` : ""}${this.runs[place].scene.time_lines[i].name} ${size(values[step])}` : [])));
    return `Step ${step + 1}: ${told.join("; ")}`;
  }

  remove() {
    this.chart.remove();
  }
}

// The values of each line, step by step.
function linesOf(run, frame) {
  if (!frame.through_time) return [];
  const { mid } = band(run, frame, "through_time");
  const { time_steps: steps, time_lines: lines } = run.scene;
  return lines.map((_, i) => [...mid.subarray(i * steps, (i + 1) * steps)]);
}

// What of the last step's gradient is left at the first.
function ratio(values) {
  const [first, last] = [values[0], values.at(-1)];
  if (none(first)) return "nothing is left";
  const log = first - last;
  return Number.isFinite(log) ? `× ${size(log)}` : "unknown";
}
