// A bar for each layer, first to output: how much gradient reaches it, or how many of its units are flat.

import { el, say } from "../../shared/dom.js";
import { seedsOf } from "../film/bands.js";
import { FLOOR } from "../film/logs.js";
import { frameAt } from "../film/store.js";
import { when } from "../film/when.js";
import { Before } from "./before.js";
import { Chart } from "./chart.js";
import { LayerBars } from "./layer_bars.js";
import { FLAT, GRADIENT, layersOf, placed } from "./measures.js";
import { escaped } from "../../shared/plotly.js";
import { power } from "../../shared/spelling.js";
/** @import { Header, Moment, Run, Theme } from "../types.d.ts" */

const MARGIN = { l: 46, r: 8, t: 18, b: 24 };
const OF = ", "; // between a network's name and its layer's

export default class Gradient {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;
  /** @type {Map<any, [number, number]>} */
  ranges; // by measure: they only grow, as long as the same bars are shown
  shown; // of which runs and layers there are bars
  /** @type {LayerBars} */
  bars;
  seeds;
  said;
  moment;
  drawn;
  narrow = false;
  /** @type {[number, number] | null} */
  fixed = null; // the axis, where the page wants it to stand still

  constructor() {
    this.measure = GRADIENT;
    this.before = new Before();
    this.title = el("h2", { text: GRADIENT.title });
    this.note = el("span", { class: "note" });
    this.which = el("span", { class: "choices", role: "group", "aria-label": "What the bars show" }, ...[GRADIENT, FLAT].map((measure) =>
      el("button", { class: "choice", type: "button", text: measure.name, "aria-pressed": String(measure === GRADIENT),
        on: { click: () => this.#show(measure) } })));
    this.gone = el("span", { class: "note warn" });
    this.chart = new Chart((x) => this.#told(x));
    this.change = el("p", { class: "change", hidden: true });
    this.node = el("section", { class: "gradient" },
      el("header", {}, this.title, this.note, el("span", { class: "push" }), this.gone, this.which), this.chart.node, this.change);
  }

  span(_, names) {
    this.note.hidden = this.narrow = names.includes("network") || names.includes("maps") || names.includes("codes"); // no room beside the title there: it stands below the bars
    return this.narrow ? 6 : 12;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.runs = runs;
    this.before.about(header.subject);
    this.fixed = header.gradient_range;
    [this.said, this.moment, this.seeds] = [null, null, seedsOf(runs)];
    const shown = [header.subject, runs.length, ...layersOf(runs, GRADIENT)].join();
    if (shown !== this.shown) this.ranges = new Map([GRADIENT, FLAT].map((measure) => [measure, measure.least]));
    this.shown = shown;
    this.which.hidden = runs.every((run) => !run.scene.activations.length); // no hidden layers, no units
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.drawn = null;
    this.names = layersOf(this.runs, this.measure);
    if (!this.chart.measure()) return;
    const twoLines = this.names.some((name) => name.includes(OF));
    this.chart.fit(theme, { ...MARGIN, b: twoLines ? 40 : MARGIN.b });
    this.#reach();
    this.note.title = this.measure.note(this.runs[0].scene, this.chart.range);
    this.bars = new LayerBars(this.chart, this);
    if (this.moment) this.draw(this.moment);
    this.#axes();
  }

  #show(measure) {
    this.measure = measure;
    [...this.which.children].forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === measure.name)));
    say(this.title, measure.title);
    this.said = null;
    this.retheme(this.theme);
  }

  // Returns whether the axis grew.
  #reach() {
    const before = this.ranges.get(this.measure);
    const range = this.fixed && this.measure === GRADIENT ? this.fixed : this.measure.reach(this.runs, before);
    this.ranges.set(this.measure, range);
    this.chart.range = range;
    return range.some((end, i) => end !== before[i]);
  }

  #axes() {
    const lines = this.names.map((name) => name.split(OF));
    const letters = Math.max(...lines.flat().map((line) => line.length));
    const each = Math.max(1, Math.ceil((Math.max(58, 6.5 * letters) * this.names.length * this.theme.text) / 11.5 / this.chart.width));
    const kept = this.names.map((_, i) => i).filter((i) => i === this.names.length - 1 || (i % each === 0 && this.names.length - 1 - i >= each));
    this.chart.axes(this.theme, {
      range: [-0.5, this.names.length - 0.5], ticklabeloverflow: "allow", tickvals: kept, ticktext: kept.map((i) => lines[i].map(escaped).join("<br>")),
    }, this.measure.ticks(this.chart.range));
  }

  // New frames: perhaps a wider axis.
  data() {
    if (this.chart.width && this.#reach()) this.retheme(this.theme);
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    if (!this.bars) return;
    const key = moment.shown.map(({ run, frame }) => `${run.id} ${frame.step}`).join() + moment.byBatch;
    if (this.drawn === key) return;
    this.drawn = key;
    this.before.look(moment.shown);
    const below = this.before.words || (this.narrow ? this.note.title : "");
    say(this.change, below);
    this.change.hidden = !below;
    this.columns = moment.shown.map(({ run, frame }) => this.#column(run, frame));
    this.bars.draw(this.columns, this.seeds > 1);
    this.before.runs.forEach((run, place) => run && this.bars.outline(this.#column(run, frameAt(run.frames, moment.time)).mid, place)); // at the same epoch
    const lines = moment.byBatch && this.runs.length === 1 && this.measure === GRADIENT;
    if (lines) this.#batch(moment.shown[0]);
    say(this.note, this.note.title + (lines ? "; lines: this batch alone (dashed: after clipping)" : "") +
      (this.seeds > 1 ? `; median and 10–90 % of ${this.seeds} seeds` : ""));
    this.#words(moment);
  }

  #column(run, frame) {
    return placed(this.names, this.measure.layers(run.scene), this.measure.values(run, frame));
  }

  // While stepping batch by batch: the batch's own gradient, before and after clipping, as lines across each bar.
  #batch({ run, frame }) {
    for (const [name, dash] of Object.entries({ batch_gradient: [], clipped_gradient: [4, 3] })) {
      if (frame[name]) this.bars.lines(placed(this.names, run.scene.weight_layers, GRADIENT.values(run, frame, name)).mid, dash);
    }
  }

  #words({ shown, time }) {
    const called = (r, i) => (this.runs.length > 1 ? `${shown[r].run.scene.name} ${this.names[i]}` : this.names[i]);
    const gone = this.columns.flatMap(({ mid }, r) =>
      mid.flatMap((value, i) => (value !== undefined && this.measure.absent(value) ? [called(r, i)] : [])));
    const more = gone.length > 3 ? ` and ${gone.length - 3} more` : "";
    this.note.hidden = this.narrow || gone.length > 0;
    const what = this.measure === GRADIENT ? `none (0, or below ${power(FLOOR)})` : "not known";
    say(this.gone, gone.length ? `hatched: ${what} in ${gone.slice(0, 3).join(", ")}${more}` : "");
    const now = when(shown[0], time);
    if (now === this.said) return;
    this.said = now;
    const told = (value, i) => (value === undefined ? [] : [`${this.names[i]} ${this.measure.text(value)}`]);
    const list = ({ mid }) => mid.flatMap(told).join(", ");
    const subject = this.measure === GRADIENT ? "Gradient" : "Share of flat units";
    this.chart.node.setAttribute("aria-label", `${subject} per layer at ${now}. ` +
      this.columns.map((column, r) => `${shown[r].run.scene.name}: ${list(column)}.`).join(" "));
  }

  #told(x) {
    const layer = Math.floor(this.chart.share(x) * this.names.length);
    if (!this.columns || layer < 0 || layer >= this.names.length) return null;
    const told = ({ low, mid, high, dead }, i) => this.measure.text(mid[i]) + (dead ? ` (dead ${this.measure.text(dead[i])})` : "") +
      (this.seeds === 1 ? "" : ` (${this.measure.text(low[i])} to ${this.measure.text(high[i])})`);
    const values = this.columns.flatMap((column, r) => (column.mid[layer] === undefined ? []
      : [`${this.runs.length > 1 ? `${this.runs[r].scene.name} ` : ""}${told(column, layer)}`]));
    return values.length ? `${this.names[layer]}: ${values.join(", ")}` : null;
  }

  remove() {
    this.chart.remove();
  }
}
