// Where one layer's units sit on the slope of their activation: the histogram of what it gets, under the curve φ′.

import { Chart } from "./chart.js";
import { el, say } from "../../shared/dom.js";
import { percent } from "./measures.js";
import { runColor } from "../../shared/theme.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const MARGIN = { l: 36, r: 14, t: 8, b: 24 };
const HEADROOM = 1.1;

const option = (text, value) => el("option", { text, value });
const signed = (z) => `${z < 0 ? "−" : ""}${Math.abs(z).toFixed(1)}`;

export default class Slope {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;

  // choice: the Choice of the waterfall; redraw(): called after the visitor changed it.
  constructor({ choice, redraw }) {
    this.choice = choice;
    this.redraw = redraw;
    this.title = el("h2");
    this.twin = el("select", { "aria-label": "Twin", on: { change: () => this.#pick("which", this.twin) } });
    this.layer = el("select", { "aria-label": "Layer", on: { change: () => this.#pick("layer", this.layer) } });
    this.curve = el("span");
    this.box = el("i", { class: "box soft" });
    this.legend = el("p", { class: "legend" }, this.twin, this.layer, el("span", {}, el("i", { class: "solid" }), this.curve),
      el("span", {}, this.box, "z"));
    this.empty = el("p", { class: "empty", hidden: true });
    this.chart = new Chart((x) => this.#told(x), this.empty);
    this.foot = el("p", { class: "foot" });
    this.node = el("section", { class: "slope" }, el("header", {}, this.title), this.legend, this.chart.node, this.foot);
  }

  span() {
    return 4;
  }

  /** @param {Run[]} runs   @param {Theme} theme */
  scene(runs, theme) {
    this.runs = runs;
    this.said = this.moment = null;
    this.twin.hidden = runs.length < 2;
    this.twin.replaceChildren(...runs.map((run, i) => option(run.scene.name, i)));
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.drawn = null;
    if (!this.chart.measure()) return;
    const { place, run, layer, hidden } = this.at = this.choice.of(this.runs);
    const count = run.points.slopes.length / Math.max(1, hidden);
    this.slopes = run.points.slopes.subarray(layer * count, (layer + 1) * count);
    this.steepest = run.scene.steepest[layer] || Math.max(...this.slopes, 0) || 1;
    this.reach = run.scene.slope_reach; // the curve and the histogram cover z from −reach to reach
    this.color = runColor(run, theme, theme.accent);
    this.chart.range = [0, this.steepest * HEADROOM];
    this.box.style.background = this.color;
    const names = run.scene.activations.map((one) => one.layer);
    if (names.join() !== [...this.layer.options].map(({ text }) => text).join()) this.layer.replaceChildren(...names.map(option));
    [this.twin.value, this.layer.value] = [place, layer];
    this.chart.plot.hidden = this.legend.hidden = !hidden;
    this.empty.hidden = hidden > 0;
    say(this.empty, "There is no hidden layer, so there is no slope to sit on.");
    say(this.title, hidden ? `Where ${names[layer]}'s units sit on the slope` : "Where the units sit on the slope");
    say(this.curve, hidden ? `${run.scene.activations[layer].name}′(z)` : "");
    this.chart.fit(theme, MARGIN);
    if (this.moment) this.draw(this.moment);
    this.#axes();
  }

  #axes() {
    const { reach } = this;
    const top = Number(this.steepest.toPrecision(3));
    const tickvals = [0, Number((top / 2).toPrecision(3)), top];
    this.chart.axes(this.theme, {
      range: [-reach, reach], tickvals: [-reach, -reach / 2, 0, reach / 2, reach],
      ticktext: [`≤ −${reach}`, `−${reach / 2}`, "z = 0", `${reach / 2}`, `≥ ${reach}`],
    }, { tickvals, ticktext: tickvals.map(String) });
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    if (!this.chart.context) return;
    const now = this.choice.of(this.runs);
    if (["place", "layer", "scene"].some((what) => now[what] !== this.at[what])) return void this.retheme(this.theme);
    const { place, layer } = now;
    const { run, frame } = moment.shown[place];
    const key = `${run.id} ${frame.step}`;
    if (this.drawn === key) return;
    this.drawn = key;
    this.chart.clear();
    if (layer < 0) {
      say(this.foot, "");
      return void this.#label(moment, run, this.empty.textContent);
    }
    const bins = frame.shapes.sums?.[1] ?? 0;
    this.sums = frame.sums?.subarray(layer * bins, (layer + 1) * bins) ?? new Uint8Array(0);
    this.#flat();
    this.#histogram();
    this.#curve();
    const words = this.#words(run, frame);
    say(this.foot, words);
    this.#label(moment, run, words);
  }

  // Of a point of the curve.
  #x(i) {
    return this.chart.x(i / (this.slopes.length - 1));
  }

  // Where the slope is flat: shaded, and named.
  #flat() {
    const { chart: { context, foot, margin }, theme, slopes } = this;
    const flat = (i) => slopes[i] < this.at.scene.flat * this.steepest;
    context.font = `${theme.text}px ${theme.font}`;
    context.textAlign = "center";
    for (let i = 0; i < slopes.length; i++) {
      if (!flat(i)) continue;
      const from = i;
      while (i + 1 < slopes.length && flat(i + 1)) i++;
      const [left, right] = [this.#x(from), this.#x(i)];
      if (right - left < 1) continue;
      context.fillStyle = theme.panel;
      context.fillRect(left, margin.t, right - left, foot - margin.t);
      context.fillStyle = theme.muted;
      if (right - left > 30) context.fillText("flat", (left + right) / 2, margin.t + 13);
    }
  }

  #histogram() {
    const { chart, chart: { context }, sums } = this;
    const wide = chart.across / sums.length;
    context.fillStyle = this.color;
    context.globalAlpha = 0.42;
    context.beginPath();
    sums.forEach((count, i) => {
      const top = chart.y((this.steepest * count) / 255);
      context.rect(chart.x(0) + i * wide, top, wide, chart.foot - top);
    });
    context.fill();
    context.globalAlpha = 1;
  }

  #curve() {
    const { chart, chart: { context }, theme } = this;
    context.beginPath();
    this.slopes.forEach((slope, i) => context.lineTo(this.#x(i), chart.y(slope)));
    context.strokeStyle = theme.ink;
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.stroke();
  }

  #words(run, frame) {
    const { layer } = this.at;
    if (!frame.saturated) return "";
    const [saturated, dead] = ["saturated", "dead"].map((name) => frame[name][layer * run.scene.seeds]);
    const { units } = run.scene.activations[layer];
    const gone = Math.round(dead * units);
    const whole = Math.round(100 * saturated);
    const share = whole === 0 && saturated > 0 ? "less than 1" : whole === 100 && saturated < 1 ? "more than 99" : whole;
    if (gone) return `${share} % flat; ${gone} of ${units} units dead (flat for every point).`;
    return `${share} % in the flat part (below ${percent(run.scene.flat)} of the peak).`;
  }

  // The middle half of z, from the histogram.
  #spread() {
    const total = this.sums.reduce((sum, count) => sum + count, 0);
    const at = (share) => {
      let sum = 0;
      const bin = this.sums.findIndex((count) => (sum += count) >= share * total);
      return signed(this.reach * ((2 * bin + 1) / this.sums.length - 1));
    };
    return total ? `Half of z lies between ${at(0.25)} and ${at(0.75)}. ` : "";
  }

  #label({ time }, run, words) {
    const { place, layer } = this.at;
    const key = `${place} ${layer} ${Math.round(time)}`;
    if (key === this.said) return;
    this.said = key;
    this.chart.node.setAttribute("aria-label", layer < 0 ? words :
      `Slope of ${run.scene.activations[layer].name} and where the units of ${run.scene.activations[layer].layer} of ${run.scene.name} ` +
      `sit on it at epoch ${Math.round(time)}. ${this.#spread()}${words}`);
  }

  #told(x) {
    const share = this.chart.share(x);
    if (this.at.layer < 0 || share < 0 || share > 1) return null;
    const slope = this.slopes[Math.round(share * (this.slopes.length - 1))];
    return `z = ${signed(this.reach * (2 * share - 1))}: slope ${slope < 5e-4 ? "almost 0" : slope.toFixed(3)}`;
  }

  #pick(what, select) {
    this.choice[what] = Number(select.value);
    this.redraw();
  }

  remove() {
    this.chart.remove();
  }
}
