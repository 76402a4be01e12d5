// What came, and what each network told one step before: a line for each, over the values held out.

import { Chart } from "./chart.js";
import { el, say } from "../../shared/dom.js";
import { runColor } from "../../shared/theme.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const MARGIN = { l: 40, r: 12, t: 8, b: 34 };
const ROOM = 0.15; // of the range, above and below what came

export default class Forecast {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  /** @type {Float32Array} */
  truth;
  /** @type {(Float32Array | undefined)[]} */
  lines = [];
  said;
  moment;
  drawn;

  constructor() {
    this.legend = el("p", { class: "legend" });
    this.chart = new Chart((x) => this.#told(x));
    this.foot = el("p", { class: "foot" });
    this.node = el("section", { class: "forecast" }, el("header", {}, el("h2", { text: "The next value, told one step before" }),
      el("span", { class: "note", text: "values held out: none of them was learned from" })), this.legend, this.chart.node, this.foot);
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
    this.chart.range = [low - room, high + room];
    this.said = this.moment = null;
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    const key = (color, name) => {
      const mark = el("i", { class: "stroke" });
      mark.style.borderTop = `2.5px solid ${color}`;
      return el("span", {}, mark, name);
    };
    this.legend.replaceChildren(key(theme.ink, "what came"), ...this.runs.map((run) => key(this.#color(run), this.runs.length > 1 ? run.scene.name : "what was told")));
    this.drawn = null;
    if (!this.chart.measure()) return;
    this.chart.fit(theme, MARGIN);
    if (this.moment) this.draw(this.moment);
    this.chart.axes(theme, { range: [0.5, this.truth.length + 0.5], nticks: 8, title: { text: "values held out, one after the other", standoff: 4 } }, { nticks: 5 });
  }

  #color(run) {
    return runColor(run, this.theme, this.theme.accent);
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    if (!this.chart.context) return;
    const key = moment.shown.map(({ run, frame }) => `${run.id} ${frame.step}`).join();
    if (this.drawn === key) return;
    this.drawn = key;
    this.chart.clear();
    this.lines = moment.shown.map(({ frame }) => frame.forecast);
    this.#line(this.truth, this.theme.ink, 1.5);
    this.lines.forEach((values, place) => values && this.#line(values, this.#color(this.runs[place]), 2.2));
    this.#words(moment);
  }

  #line(values, color, width) {
    const { chart, chart: { context } } = this;
    const x = (i) => chart.x((i + 0.5) / this.truth.length);
    [context.strokeStyle, context.lineWidth] = [color, width];
    context.beginPath();
    values.forEach((value, i) => (i ? context.lineTo(x(i), chart.y(value)) : context.moveTo(x(i), chart.y(value))));
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
    this.chart.node.setAttribute("aria-label", `What came and what was told, ${this.truth.length} values, at epoch ${epoch}. ${words}`);
  }

  #told(x) {
    const i = Math.floor(this.chart.share(x) * this.truth.length);
    if (i < 0 || i >= this.truth.length) return null;
    const told = this.lines.flatMap((values, place) => (values ? `${this.runs.length > 1 ? this.runs[place].scene.name : "told"} ${values[i].toFixed(2)}` : []));
    return `Value ${i + 1}: came ${this.truth[i].toFixed(2)}; ${told.join("; ")}`;
  }

  remove() {
    this.chart.remove();
  }
}
