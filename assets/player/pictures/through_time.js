// How much of the gradient reaches the state of each step: a line for each network, from the first step to the last, on a log axis.

import { el, fit, say } from "../../shared/dom.js";
import { CONFIG, axis, layout, loadPlotly, margin, purge } from "../../shared/plotly.js";
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
  width = 0;
  height = 0;
  range = LEAST;
  /** @type {WeakSet<any>} */
  seen = new WeakSet();
  about = "";
  steps = 1;
  margin = MARGIN;
  /** @type {number[][][]} */
  lines = [];
  said;
  moment;
  drawn;
  /** @type {CanvasRenderingContext2D | undefined} */
  context;

  constructor() {
    this.note = el("span", { class: "note", text: "‖∂ℓ/∂h‖ at each step, log scale",
      title: "How much a sequence's loss changes with the state at that step, by way of all later steps; over the sequences its root mean square" });
    this.legend = el("p", { class: "legend" });
    this.plot = el("div", { class: "plot" });
    this.canvas = el("canvas");
    this.tip = el("div", { class: "tip", hidden: true });
    this.chart = el("div", { class: "chart", role: "img" }, this.plot, this.canvas, this.tip);
    this.foot = el("p", { class: "foot" });
    this.node = el("section", { class: "through_time" },
      el("header", {}, el("h2", { text: "How far back the gradient reaches" }), this.note), this.legend, this.chart, this.foot);
    this.chart.addEventListener("pointermove", (event) => this.#point(event));
    this.chart.addEventListener("pointerleave", () => { this.tip.hidden = true; });
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
    if (about !== this.about) [this.range, this.seen] = [LEAST, new WeakSet()];
    this.about = about;
    this.said = this.moment = null;
    this.retheme(theme);
  }

  async retheme(theme) {
    this.theme = theme;
    this.legend.replaceChildren(...this.runs.flatMap((run) => run.scene.time_lines.map((line) => this.#key(run, line))));
    this.legend.hidden = this.legend.children.length < 2;
    [this.width, this.height, this.drawn] = [this.chart.clientWidth, this.chart.clientHeight, null];
    if (!this.width) return;
    this.margin = margin(theme, MARGIN);
    this.#reach();
    this.context = fit(this.canvas, this.width, this.height);
    if (this.moment) this.draw(this.moment);
    const Plotly = await loadPlotly();
    Plotly.react(this.plot, [{ type: "scatter", x: [], y: [] }], this.#layout(), { ...CONFIG, staticPlot: true });
  }

  #key(run, { name, dash }) {
    const mark = el("i", { class: "stroke" });
    mark.style.borderTop = `2.5px ${{ solid: "solid", dash: "dashed", dot: "dotted" }[dash]} ${runColor(run, this.theme, this.theme.accent)}`;
    return el("span", {}, mark, this.runs.length > 1 ? `${run.scene.name}, ${name}` : name);
  }

  // Covers every known frame, in strides. Returns whether it grew.
  #reach() {
    let [low, high] = this.range;
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
    const grew = low !== this.range[0] || high !== this.range[1];
    this.range = [low, high];
    return grew;
  }

  #layout() {
    const every = [1, 2, 5, 10, 20].find((n) => this.steps / n <= 10);
    const tickvals = [1, ...Array.from({ length: Math.floor(this.steps / every) }, (_, i) => (i + 1) * every)].filter((n, i) => !i || n - 1 >= 0.75 * every);
    return {
      ...layout(this.theme, this.margin), width: this.width, height: this.height,
      xaxis: axis(this.theme, { range: [0.5, this.steps + 0.5], showgrid: false, tickvals, title: { text: "step of the sequence", standoff: 4 } }),
      yaxis: axis(this.theme, { range: this.range, ...GRADIENT.ticks(this.range) }),
    };
  }

  // New frames: perhaps a wider axis.
  data() {
    if (this.width && this.#reach()) this.retheme(this.theme);
  }

  #x(step) {
    return this.margin.l + ((this.width - this.margin.l - this.margin.r) * (step + 0.5)) / this.steps;
  }

  #y(log) {
    const [low, high] = this.range;
    const span = this.height - this.margin.t - this.margin.b;
    return this.margin.t + span * (1 - Math.min(1, Math.max(0, (log - low) / (high - low))));
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    if (!this.context) return;
    const key = moment.shown.map(({ run, frame }) => `${run.id} ${frame.step}`).join();
    if (this.drawn === key) return;
    this.drawn = key;
    this.context.clearRect(0, 0, this.width, this.height);
    this.lines = moment.shown.map(({ run, frame }) => linesOf(run, frame));
    this.lines.forEach((lines, place) => lines.forEach((values, i) => this.#line(values, this.runs[place], this.runs[place].scene.time_lines[i])));
    this.#words(moment);
  }

  #line(values, run, { dash }) {
    const { context } = this;
    [context.strokeStyle, context.lineWidth] = [runColor(run, this.theme, this.theme.accent), 2.5];
    context.setLineDash(DASHES[dash]);
    context.beginPath();
    let open = false;
    values.forEach((log, step) => { // where there is nothing, there is no line
      if (none(log)) return void (open = false);
      if (open) context.lineTo(this.#x(step), this.#y(log));
      else context.moveTo(this.#x(step), this.#y(log));
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
    this.chart.setAttribute("aria-label", `Gradient that reaches the state of each step, at epoch ${epoch}. ` +
      this.lines.map(([values], place) => `${this.runs[place].scene.name}: ${size(values[0])} at step 1, ${size(values.at(-1))} at step ${values.length}.`).join(" "));
  }

  #point(event) {
    const x = event.clientX - this.chart.getBoundingClientRect().left;
    const step = Math.floor(((x - this.margin.l) / (this.width - this.margin.l - this.margin.r)) * this.steps);
    this.tip.hidden = !this.lines.length || step < 0 || step >= this.steps;
    if (this.tip.hidden) return;
    const told = this.lines.flatMap((lines, place) => lines.flatMap((values, i) => (step < values.length
      ? `${this.runs.length > 1 ? `${this.runs[place].scene.name}, ` : ""}${this.runs[place].scene.time_lines[i].name} ${size(values[step])}` : [])));
    say(this.tip, `Step ${step + 1}: ${told.join("; ")}`);
    const left = Math.min(Math.max(4, x - this.tip.offsetWidth / 2), this.width - this.tip.offsetWidth - 4);
    this.tip.style.transform = `translate(${left.toFixed(0)}px, 0)`;
  }

  remove() {
    purge(this.plot);
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
