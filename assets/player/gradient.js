// How much gradient reaches each layer: bars on a log scale, first layer to output. Plotly draws the axes, which
// stand still; the bars move on a canvas above them, because a Plotly update redoes axes and text every time.

import { el, fit, say } from "./dom.js";
import { hatching } from "./paint.js";
import { CONFIG, axis, escaped, layout, loadPlotly, power } from "./plotly.js";
import { runColor } from "./theme.js";

const MARGIN = { l: 46, r: 8, t: 18, b: 24 };
const NOTE = "RMS of ∂L/∂W, log scale";
const LABEL_WIDTH = 44; // px that a number above a bar needs
export const FLOOR = -40; // log10; smaller counts as none

export const none = (log) => !(log > FLOOR);

export class Gradient {
  constructor() {
    this.note = el("span", { class: "note", text: NOTE });
    this.gone = el("span", { class: "note warn" });
    this.plot = el("div", { class: "plot" });
    this.canvas = el("canvas");
    this.tip = el("div", { class: "tip", hidden: true });
    this.chart = el("div", { class: "chart", role: "img" }, this.plot, this.canvas, this.tip);
    this.node = el("section", { class: "gradient" },
      el("header", {}, el("h3", { text: "How much gradient reaches each layer" }), this.note, el("span", { class: "push" }), this.gone), this.chart);
    this.chart.addEventListener("pointermove", (event) => this.#point(event));
    this.chart.addEventListener("pointerleave", () => { this.tip.hidden = true; });
  }

  scene(runs, theme) {
    this.runs = runs;
    [this.low, this.high] = [0, -4];
    this.names = runs.map((run) => run.scene.weight_layers).reduce((a, b) => (a.length >= b.length ? a : b));
    this.retheme(theme);
  }

  async retheme(theme) {
    this.theme = theme;
    [this.width, this.height, this.drawn] = [this.chart.clientWidth, this.chart.clientHeight, null];
    if (!this.width) return;
    this.hatch = hatching(theme);
    this.#reach();
    this.context = fit(this.canvas, this.width, this.height);
    if (this.moment) this.draw(this.moment);
    const Plotly = await loadPlotly();
    Plotly.react(this.plot, [{ type: "scatter", x: [], y: [] }], this.#layout(), { ...CONFIG, staticPlot: true });
  }

  // The axis covers every known frame, in steps, and only ever grows. Returns whether it did.
  #reach() {
    let [low, high] = [0, -4];
    for (const run of this.runs) {
      const layers = run.scene.weight_layers.length;
      for (const { gradient } of run.frames) {
        for (let i = 0; i < gradient.length; i += gradient.length / layers) {
          if (none(gradient[i])) continue;
          if (gradient[i] < low) low = gradient[i];
          if (gradient[i] > high) high = gradient[i];
        }
      }
    }
    const before = [this.low, this.high];
    const step = high - low > 12 ? 4 : 1;
    this.high = Math.max(this.high, Math.ceil(high));
    this.low = Math.min(this.low, this.high - 4, Math.max(FLOOR, step * Math.floor((low - 0.15) / step)));
    return this.low < before[0] || this.high > before[1];
  }

  #layout() {
    const every = Math.max(1, Math.ceil((this.high - this.low) / 5));
    const tickvals = [];
    for (let at = Math.ceil(this.low / every) * every; at <= this.high; at += every) tickvals.push(at);
    const each = Math.max(1, Math.ceil((58 * this.names.length) / this.width));
    const kept = this.names.map((_, i) => i).filter((i) => i === this.names.length - 1 || (i % each === 0 && this.names.length - 1 - i >= each));
    return {
      ...layout(this.theme, MARGIN), width: this.width, height: this.height,
      xaxis: axis(this.theme, { range: [-0.5, this.names.length - 0.5], showgrid: false, tickvals: kept, ticktext: kept.map((i) => escaped(this.names[i])) }),
      yaxis: axis(this.theme, { range: [this.low, this.high], tickvals, ticktext: tickvals.map(power) }),
    };
  }

  // New frames: perhaps a wider axis.
  data() {
    if (this.width && this.#reach()) this.retheme(this.theme);
  }

  draw(moment) {
    this.moment = moment;
    if (!this.context) return;
    const key = moment.shown.map(({ run, frame }) => `${run.id} ${frame.step}`).join() + moment.byBatch;
    if (this.drawn === key) return;
    this.drawn = key;
    this.columns = moment.shown.map(({ run, frame }) => this.#values(run, frame));
    this.#bars();
    const lines = moment.byBatch && this.runs.length === 1;
    if (lines) this.#batch(moment.shown[0]);
    say(this.note, lines ? `${NOTE}; lines: this batch alone (dashed: after clipping)` : NOTE);
    this.#words(moment);
  }

  // One value a layer (the first seed's); a shallower run's output stands with the others' outputs.
  #values(run, frame, name = "gradient") {
    const layers = run.scene.weight_layers.length;
    const logs = new Array(this.names.length).fill(undefined);
    for (let i = 0; i < layers; i++) logs[i === layers - 1 ? logs.length - 1 : i] = frame[name][(i * frame[name].length) / layers];
    return logs;
  }

  #box(layer, place) {
    const slot = (this.width - MARGIN.l - MARGIN.r) / this.names.length;
    const wide = Math.min(64 * this.runs.length, slot * 0.72);
    const gap = this.runs.length > 1 ? Math.min(3, wide / 12) : 0;
    const bar = wide / this.runs.length;
    return { x: MARGIN.l + slot * (layer + 0.5) - wide / 2 + place * bar + gap / 2, width: bar - gap, slot };
  }

  #y(log) {
    const span = this.height - MARGIN.t - MARGIN.b;
    return MARGIN.t + span * (1 - Math.min(1, Math.max(0, (log - this.low) / (this.high - this.low))));
  }

  #bars() {
    const { context, theme } = this;
    const foot = this.height - MARGIN.b;
    context.clearRect(0, 0, this.width, this.height);
    context.font = `11.5px ${theme.font}`;
    context.textAlign = "center";
    this.columns.forEach((logs, place) => {
      const color = runColor(this.runs[place], theme, theme.accent);
      logs.forEach((log, layer) => {
        if (log === undefined) return;
        const { x, width, slot } = this.#box(layer, place);
        const top = none(log) ? foot - 7 : Math.min(this.#y(log), foot - 2);
        context.fillStyle = none(log) ? context.createPattern(this.hatch, "repeat") : color;
        context.beginPath();
        const corner = Math.max(0, Math.min(4, width / 3, foot - top));
        context.roundRect(x, top, Math.max(1, width), foot - top, [corner, corner, 0, 0]);
        context.fill();
        if (slot / this.runs.length < LABEL_WIDTH) return;
        context.fillStyle = theme.ink;
        context.fillText(size(log), x + width / 2, top - 5);
      });
    });
  }

  // While stepping batch by batch: the batch's own gradient, before and after clipping, as lines across each bar.
  #batch({ run, frame }) {
    for (const [name, dash] of [["batch_gradient", []], ["clipped_gradient", [4, 3]]]) {
      if (!frame[name]) continue;
      const { context, theme } = this;
      context.strokeStyle = theme.ink;
      context.lineWidth = 2;
      context.setLineDash(dash);
      context.beginPath();
      this.#values(run, frame, name).forEach((log, layer) => {
        if (none(log)) return;
        const { x, width } = this.#box(layer, 0);
        context.moveTo(x - 5, this.#y(log));
        context.lineTo(x + width + 5, this.#y(log));
      });
      context.stroke();
      context.setLineDash([]);
    }
  }

  #words({ shown, time }) {
    const called = (r, i) => (this.runs.length > 1 ? `${shown[r].run.scene.name} ${this.names[i]}` : this.names[i]);
    const gone = this.columns.flatMap((logs, r) => logs.flatMap((log, i) => (log !== undefined && none(log) ? [called(r, i)] : [])));
    const more = gone.length > 3 ? ` and ${gone.length - 3} more` : "";
    this.note.hidden = gone.length > 0;
    say(this.gone, gone.length ? `hatched: none (0, or below ${power(FLOOR)}) in ${gone.slice(0, 3).join(", ")}${more}` : "");
    const epoch = Math.round(time);
    if (epoch === this.said) return;
    this.said = epoch;
    const list = (logs) => logs.flatMap((log, i) => (log === undefined ? [] : [`${this.names[i]} ${size(log)}`])).join(", ");
    this.chart.setAttribute("aria-label", `Gradient per layer at epoch ${epoch}. ` +
      this.columns.map((logs, r) => `${shown[r].run.scene.name}: ${list(logs)}.`).join(" "));
  }

  #point(event) {
    const box = this.chart.getBoundingClientRect();
    const x = event.clientX - box.left;
    const layer = Math.floor(((x - MARGIN.l) / (this.width - MARGIN.l - MARGIN.r)) * this.names.length);
    this.tip.hidden = !this.columns || layer < 0 || layer >= this.names.length || x < MARGIN.l;
    if (this.tip.hidden) return;
    const values = this.columns.map((logs, r) => `${this.runs.length > 1 ? `${this.runs[r].scene.name} ` : ""}${size(logs[layer])}`);
    say(this.tip, `${this.names[layer]}: ${values.join(", ")}`);
    const left = Math.min(Math.max(4, x - this.tip.offsetWidth / 2), this.width - this.tip.offsetWidth - 4);
    this.tip.style.transform = `translate(${left.toFixed(0)}px, 0)`;
  }

  remove() {
    window.Plotly?.purge(this.plot);
  }
}

// 10^log in few characters, also where a double would be zero.
export function size(log) {
  if (log === undefined || Number.isNaN(log)) return "unknown";
  if (log === -Infinity) return "0";
  const exponent = Math.floor(log + 1e-9);
  const digits = (10 ** (log - exponent)).toFixed(1);
  return digits === "10.0" ? `1.0e${exponent + 1}` : `${digits}e${exponent}`;
}
