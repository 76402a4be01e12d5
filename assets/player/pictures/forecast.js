// What came, and what each network told one step before: a line for each, over the values held out.

import { el, fit, say } from "../../shared/dom.js";
import { CONFIG, axis, layout, loadPlotly, margin, purge } from "../../shared/plotly.js";
import { runColor } from "../../shared/theme.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const MARGIN = { l: 40, r: 12, t: 8, b: 34 };
const ROOM = 0.15; // of the range, above and below what came

export default class Forecast {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  width = 0;
  height = 0;
  margin = MARGIN;
  /** @type {[number, number]} */
  range = [0, 1];
  /** @type {Float32Array} */
  truth;
  /** @type {(Float32Array | undefined)[]} */
  lines = [];
  said;
  moment;
  drawn;
  /** @type {CanvasRenderingContext2D | undefined} */
  context;

  constructor() {
    this.legend = el("p", { class: "legend" });
    this.plot = el("div", { class: "plot" });
    this.canvas = el("canvas");
    this.tip = el("div", { class: "tip", hidden: true });
    this.chart = el("div", { class: "chart", role: "img" }, this.plot, this.canvas, this.tip);
    this.foot = el("p", { class: "foot" });
    this.node = el("section", { class: "forecast" }, el("header", {}, el("h2", { text: "The next value, told one step before" }),
      el("span", { class: "note", text: "values held out: none of them was learned from" })), this.legend, this.chart, this.foot);
    this.chart.addEventListener("pointermove", (event) => this.#point(event));
    this.chart.addEventListener("pointerleave", () => { this.tip.hidden = true; });
  }

  span() {
    return 12;
  }

  /** @param {Run[]} runs   @param {Theme} theme */
  scene(runs, theme) {
    this.runs = runs;
    this.truth = runs[0].points.forecast_truth;
    const [low, high] = [Math.min(...this.truth), Math.max(...this.truth)];
    const room = ROOM * (high - low || 1);
    this.range = [low - room, high + room];
    this.said = this.moment = null;
    this.retheme(theme);
  }

  async retheme(theme) {
    this.theme = theme;
    const key = (color, name) => {
      const mark = el("i", { class: "stroke" });
      mark.style.borderTop = `2.5px solid ${color}`;
      return el("span", {}, mark, name);
    };
    this.legend.replaceChildren(key(theme.ink, "what came"), ...this.runs.map((run) => key(this.#color(run), this.runs.length > 1 ? run.scene.name : "what was told")));
    [this.width, this.height, this.drawn] = [this.chart.clientWidth, this.chart.clientHeight, null];
    if (!this.width) return;
    this.margin = margin(theme, MARGIN);
    this.context = fit(this.canvas, this.width, this.height);
    if (this.moment) this.draw(this.moment);
    const Plotly = await loadPlotly();
    Plotly.react(this.plot, [{ type: "scatter", x: [], y: [] }], {
      ...layout(theme, this.margin), width: this.width, height: this.height,
      xaxis: axis(theme, { range: [0.5, this.truth.length + 0.5], showgrid: false, nticks: 8, title: { text: "values held out, one after the other", standoff: 4 } }),
      yaxis: axis(theme, { range: this.range, nticks: 5 }),
    }, { ...CONFIG, staticPlot: true });
  }

  #color(run) {
    return runColor(run, this.theme, this.theme.accent);
  }

  #x(i) {
    return this.margin.l + ((this.width - this.margin.l - this.margin.r) * (i + 0.5)) / this.truth.length;
  }

  #y(value) {
    const [low, high] = this.range;
    const span = this.height - this.margin.t - this.margin.b;
    return this.margin.t + span * (1 - Math.min(1, Math.max(0, (value - low) / (high - low))));
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    if (!this.context) return;
    const key = moment.shown.map(({ run, frame }) => `${run.id} ${frame.step}`).join();
    if (this.drawn === key) return;
    this.drawn = key;
    this.context.clearRect(0, 0, this.width, this.height);
    this.lines = moment.shown.map(({ frame }) => frame.forecast);
    this.#line(this.truth, this.theme.ink, 1.5);
    this.lines.forEach((values, place) => values && this.#line(values, this.#color(this.runs[place]), 2.2));
    this.#words(moment);
  }

  #line(values, color, width) {
    const { context } = this;
    [context.strokeStyle, context.lineWidth] = [color, width];
    context.beginPath();
    values.forEach((value, i) => (i ? context.lineTo(this.#x(i), this.#y(value)) : context.moveTo(this.#x(i), this.#y(value))));
    context.stroke();
  }

  #words({ time }) {
    const off = (values) => Math.sqrt(values.reduce((sum, value, i) => sum + (value - this.truth[i]) ** 2, 0) / values.length);
    const told = this.lines.flatMap((values, place) => (values ? `${this.runs.length > 1 ? this.runs[place].scene.name : "the network"} ${off(values).toFixed(3)}` : []));
    const words = `Off by (RMSE): ${told.join(", ")}; who always tells the last value, ${this.runs[0].scene.forecast_persistence.toFixed(3)}.`;
    say(this.foot, words);
    const epoch = time.toFixed(1);
    if (epoch === this.said) return;
    this.said = epoch;
    this.chart.setAttribute("aria-label", `What came and what was told, ${this.truth.length} values, at epoch ${epoch}. ${words}`);
  }

  #point(event) {
    const x = event.clientX - this.chart.getBoundingClientRect().left;
    const i = Math.floor(((x - this.margin.l) / (this.width - this.margin.l - this.margin.r)) * this.truth.length);
    this.tip.hidden = i < 0 || i >= this.truth.length;
    if (this.tip.hidden) return;
    const told = this.lines.flatMap((values, place) => (values ? `${this.runs.length > 1 ? this.runs[place].scene.name : "told"} ${values[i].toFixed(2)}` : []));
    say(this.tip, `Value ${i + 1}: came ${this.truth[i].toFixed(2)}; ${told.join("; ")}`);
    const left = Math.min(Math.max(4, x - this.tip.offsetWidth / 2), this.width - this.tip.offsetWidth - 4);
    this.tip.style.transform = `translate(${left.toFixed(0)}px, 0)`;
  }

  remove() {
    purge(this.plot);
  }
}
