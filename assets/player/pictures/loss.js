// The losses of a run by name (or its score) over the epochs. The curves are drawn when frames arrive; per frame only a veil over what is
// still to come, the playhead and a dot on each curve move, which costs the browser almost nothing.

import { band, seedsOf } from "../film/bands.js";
import { capital, el, say } from "../../shared/dom.js";
import { CONFIG, axis, escaped, layout, loadPlotly, margin, purge } from "../../shared/plotly.js";
import { number, power } from "../../shared/spelling.js";
import { SAME_TIME } from "../film/store.js";
import { perEpoch, when } from "../film/when.js";
import { rgb, runColor } from "../../shared/theme.js";
/** @import { Header, Moment, Run, Series, Theme } from "../types.d.ts" */

const DASHES = { solid: "solid", dash: "5px,3px" };
const MARGIN = { l: 46, r: 12, t: 8, b: 24 };
const POINTS = 500; // drawn of one curve
const BAND_POINTS = 250;
const NEAR = 1.4; // the highest of what is compared with lies so far below the top
const EVERY = 250; // ms between two drawings of the curves while frames keep coming

const choice = (text, group, pressed, click) =>
  el("button", { class: "choice", type: "button", text, "aria-pressed": String(pressed), "data-group": group, on: { click } });

export default class Loss {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;
  width;
  height;

  constructor() {
    this.title = el("h2");
    this.note = el("span", { class: "note" });
    this.which = el("span", { class: "choices", role: "group", "aria-label": "Curve shown" });
    this.scale = choice("log", "scale", false, () => this.#set("logarithmic", !this.logarithmic));
    this.scale.title = "Logarithmic axis";
    this.legend = el("span", { class: "legend" });
    this.plot = el("div", { class: "plot" });
    this.veil = el("div", { class: "veil" });
    this.dots = el("div", { class: "dots" });
    this.chart = el("div", { class: "chart", role: "img" }, this.plot, this.veil, this.dots);
    this.node = el("section", { class: this.kind },
      el("header", {}, this.title, this.note, el("span", { class: "push" }), this.legend, this.which, this.scale), this.chart);
    this.score = false;
    this.logarithmic = false;
  }

  span() {
    return 5;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, { subject }) {
    this.runs = runs;
    if (subject !== this.about) this.top = 0;
    this.about = subject;
    this.said = this.moment = null;
    this.scored = runs.every((run) => run.scene.score);
    this.score = this.scored && (this.score || (!this.chose && referred(runs))); // what others reach is known as a score
    const others = new Set(runs.flatMap(({ scene }) => (scene.references ?? []).map(({ name }) => name)));
    const names = new Map(runs.flatMap((run) => known(run, this.curves(run.scene))).map(({ name, dash }) => [name, dash]));
    this.legend.replaceChildren(...Array.from(names, ([name, dash]) =>
      el("span", {}, el("i", { class: dash === "solid" ? "solid" : "dashed" }), name)), ...Array.from(others, (name) =>
      el("span", {}, el("i", { class: "other" }), name)));
    this.which.replaceChildren(...(this.scored ? [choice("loss", "which", !this.score, () => this.#set("score", false)),
      choice(runs[0].scene.score.name, "which", this.score, () => this.#set("score", true))] : []));
    this.dots.replaceChildren(...runs.map(() => el("i")));
    this.scale.hidden = this.share;
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.runs.forEach((run, i) => { this.dots.children[i].style.background = runColor(run, theme, theme.ink); });
    this.#curves();
  }

  #set(what, value) {
    this[what] = value;
    this.chose = true;
    this.top = 0;
    this.scale.hidden = this.share;
    this.scale.setAttribute("aria-pressed", String(this.logarithmic));
    [...this.which.children].forEach((button, i) => button.setAttribute("aria-pressed", String((i === 1) === this.score)));
    this.#curves();
  }

  // A share lies between 0 and 1: nothing to gain from a logarithmic axis.
  get share() {
    return this.score && this.runs[0].scene.score.kind === "share";
  }

  get log() {
    return (this.logarithmic || this.wide) && !this.share;
  }

  // The curves of a run, the first one the one to follow.
  /** @param {Run} run */
  series(run) {
    return known(run, this.score ? run.scene.score.series : this.curves(run.scene));
  }

  // Those of them behind which the band of several seeds lies: the last one, of the rows held out.
  /** @param {Series[]} series */
  banded(series) {
    return series.slice(-1);
  }

  text(value) {
    return number(value);
  }

  get kind() {
    return "loss";
  }

  get named() {
    return this.score ? capital(this.runs[0].scene.score.name) : "Loss";
  }

  curves(scene) {
    return scene.series;
  }

  quantity(scene) {
    return this.score ? "" : `${scene.loss}, `;
  }

  #middle(run, frame, { column }) {
    return band(run, frame, column).mid[0];
  }

  // New frames: the curves follow a little later, once for several messages.
  data() {
    this.later ??= setTimeout(() => this.#curves(), EVERY);
  }

  // New frames, other colours or another scale: draw the curves anew.
  async #curves() {
    clearTimeout(this.later);
    this.later = this.drawn = null;
    const Plotly = await loadPlotly();
    [this.width, this.height] = [this.chart.clientWidth, this.chart.clientHeight]; // asked once: asking costs a layout
    if (!this.runs || !this.width) return;
    const { scene } = this.runs[0];
    const { theme } = this;
    const seeds = seedsOf(this.runs);
    this.margin = margin(theme, MARGIN);
    [this.veil.style.top, this.veil.style.bottom] = [`${this.margin.t}px`, `${this.margin.b}px`];
    this.each = perEpoch(this.runs[0]);
    say(this.title, this.named);
    say(this.note, `${this.quantity(scene)}by ${scene.clock}` + (seeds > 1 ? `; median and 10–90 % of ${seeds} seeds` : ""));
    this.#ranges();
    const y = this.log
      ? { type: "log", range: [this.bottom, this.top].map(Math.log10), tickvals: decades(this.bottom, this.top), ticktext: decades(this.bottom, this.top).map((v) => power(Math.round(Math.log10(v)))) }
      : { range: [this.bottom, this.top], nticks: 5, tickformat: this.share ? ".0%" : "", ...(this.share || (this.top <= 9999 && this.top >= 0.01) ? {} : spelt([0, this.top / 2, this.top])) };
    this.plotted = Plotly.react(this.plot, [...this.#baseline(scene), ...this.#references(), ...this.runs.flatMap((run) => this.#traces(run))], {
      ...layout(theme, this.margin), hovermode: "closest",
      xaxis: axis(theme, { range: [0, this.right * this.each], showgrid: false, nticks: 6 }), yaxis: axis(theme, y),
      width: this.width, height: this.height,
    }, CONFIG);
    if (this.moment) this.draw(this.moment);
  }

  #ranges() {
    this.right = Math.max(...this.runs.map((run) => Math.max(run.scene.epochs, run.last.epoch))); // the whole film, from the start
    const calm = this.runs.filter((run) => run.end?.state !== "diverged");
    const runs = calm.length ? calm : this.runs; // what exploded may leave the picture: the others are to be seen
    const values = runs.flatMap((run) => this.series(run).flatMap(({ column }) => run.frames.flatMap((frame) => {
      const { mid, high } = band(run, frame, column);
      return mid === high ? mid[0] : [mid[0], high[0]];
    })))
      .filter(Number.isFinite);
    const sorted = Float64Array.from(values).sort();
    const start = runs.flatMap((run) => this.series(run).map((one) => median(run.frames.slice(0, 5).map((frame) => this.#middle(run, frame, one)))))
      .filter(Number.isFinite);
    // A spike must not flatten everything else: the range follows the start and the bulk of the values.
    const usual = Math.max(...start, sorted[Math.floor(0.97 * (sorted.length - 1))] ?? 1, 1e-12);
    this.wide = usual > 1e4 * (sorted[sorted.length >> 1] ?? usual); // a run exploded: on a straight axis the others lie at 0
    const high = Math.min(sorted[sorted.length - 1] ?? 1, 1.1 * usual);
    const others = this.score && !this.log ? this.runs.flatMap(({ scene }) => (scene.references ?? []).map(({ score }) => Math.max(score, scene.score.baseline))) : [];
    if (others.length) [this.bottom, this.top] = [0, NEAR * Math.max(...others)]; // what is asked is who comes below them
    else if (this.share) [this.bottom, this.top] = [0, 1.02];
    else if (this.log) {
      const low = sorted.find((value) => value > 0) ?? 1e-3;
      this.top = Math.max(this.top, 10 ** Math.ceil(Math.log10(Math.max(high, 1e-12))));
      this.bottom = 10 ** Math.floor(Math.log10(Math.max(low, 1e-6 * Math.min(...start)))); // the lowest run learns in sight
    } else [this.bottom, this.top] = [Math.min(0, sorted[Math.floor(0.03 * sorted.length)] ?? 0), Math.max(this.top, roundUp(high))];
  }

  #traces(run) {
    const color = runColor(run, this.theme, this.theme.ink);
    const series = this.series(run);
    const lines = series.map(({ column, dash }) => ({ ...this.#curve(run, column, "mid", POINTS), mode: "lines",
      line: { color, width: 2, dash: DASHES[dash] ?? dash }, hovertemplate: `%{text} at ${run.scene.clock} %{x:,.1~f}<extra></extra>` }))
      .map((line) => ({ ...line, text: line.y.map((value) => this.text(value)) }));
    return [...this.banded(series).flatMap((one) => this.#band(run, color, one)), ...lines.toReversed(), ...this.#fork(run, color, series[0])];
  }

  // Where most seeds lie, along the last curve: that of the rows held out.
  #band(run, color, { column }) {
    if (run.scene.seeds === 1) return [];
    const [low, high] = ["low", "high"].map((end) => this.#curve(run, column, end, BAND_POINTS));
    const known = (_, i) => Number.isFinite(low.y[i]);
    const [x, under, over] = [low.x, low.y, high.y].map((values) => values.filter(known));
    return [{ x: [...x, ...x.toReversed()], y: [...under, ...over.toReversed()], mode: "lines", line: { width: 0 },
      hoverinfo: "skip", fill: "toself", fillcolor: `rgba(${rgb(color).join()},${this.theme.dark ? 0.24 : 0.16})` }];
  }

  // Where a branch leaves its parent.
  #fork(run, color, { column }) {
    const { origin } = run.scene;
    if (!origin) return [];
    const { x, y } = this.#curve(run, column, "mid", POINTS);
    return [{ x: x.slice(0, 1), y: y.slice(0, 1), mode: "markers", hoverinfo: "text", hovertext: escaped(run.scene.name),
      marker: { size: 8, color: this.theme.ground, line: { color, width: 2 } } }];
  }

  // A branch is drawn from where it leaves its parent, so that the curves form a tree.
  #curve(run, column, end, most) {
    const { frames, scene: { origin } } = run;
    const own = origin ? frames.filter((frame) => frame.epoch >= origin.epoch - SAME_TIME) : frames;
    const every = Math.max(1, Math.ceil(own.length / most));
    const kept = own.filter((_, i) => i % every === 0 || i === own.length - 1);
    return { x: kept.map((frame) => frame.epoch * this.each), y: kept.map((frame) => band(run, frame, column)[end][0]) };
  }

  #baseline({ score }) {
    if (!this.score || !Number.isFinite(score.baseline)) return [];
    return [{ x: [0, 1e9], y: [score.baseline, score.baseline], mode: "lines", hoverinfo: "text", text: score.baseline_text,
      line: { color: this.theme.muted, width: 1, dash: "dot" } }];
  }

  // What another method reaches without training: a line that holds still.
  #references() {
    return this.runs.flatMap(({ scene: { references = [] } }) => references.map(({ name, loss, score }) => {
      const value = this.score ? score : loss;
      return { x: [0, 1e9], y: [value, value], mode: "lines", hoverinfo: "text", text: `${escaped(name)}: ${number(value)}`,
        line: { color: this.theme.accent, width: 1.5, dash: "dashdot" } };
    }));
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    this.#label(moment);
    if (!this.plotted || this.drawn === moment.time) return;
    this.drawn = moment.time;
    const [width, height] = [this.width - this.margin.l - this.margin.r, this.height - this.margin.t - this.margin.b];
    const x = this.margin.l + (width * Math.min(moment.time, this.right)) / this.right;
    this.veil.style.transform = `translateX(${x.toFixed(1)}px)`;
    moment.shown.forEach(({ run, frame }, i) => {
      const value = this.#middle(run, frame, this.series(run)[0]);
      const share = this.log ? Math.log(value / this.bottom) / Math.log(this.top / this.bottom) : (value - this.bottom) / (this.top - this.bottom);
      const y = this.margin.t + height * (1 - Math.min(1, Math.max(0, share || 0)));
      const at = this.margin.l + (width * Math.min(frame.epoch, this.right)) / this.right;
      this.dots.children[i].hidden = moment.time < (run.scene.origin?.epoch ?? 0) - SAME_TIME;
      this.dots.children[i].style.transform = `translate(${at.toFixed(1)}px, ${y.toFixed(1)}px)`;
    });
  }

  // In words, also before Plotly has come; without test points there is nothing to say about them.
  #label({ time, shown }) {
    const now = when(shown[0], time);
    const key = `${this.score} ${now}`;
    if (key === this.said) return;
    this.said = key;
    const what = this.named.toLowerCase();
    const values = (run, frame) => this.series(run).map((one) => ({ name: one.name, value: this.#middle(run, frame, one) }))
      .filter(({ value }) => Number.isFinite(value)).map(({ name, value }) => `${name} ${this.text(value)}`).join(", ");
    this.chart.setAttribute("aria-label", shown.map(({ run, frame }) =>
      `${run.scene.name}: ${what} at ${now}, ${values(run, frame)}.`).join(" "));
  }

  remove() {
    clearTimeout(this.later);
    purge(this.plot);
  }
}

// Without those of which nothing is known: no rows are held out.
/** @type {(run: Run, series: Series[]) => Series[]} */
function known({ frames }, series) {
  const found = series.filter(({ column }) => frames.some((frame) => frame[column]?.some(Number.isFinite)));
  return found.length ? found : series.slice(0, 1);
}

const referred = (runs) => runs.every(({ scene }) => scene.references?.length);

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const spelt = (tickvals) => ({ tickvals, ticktext: tickvals.map((value) => number(value)) });

// Coarse, so that the axis grows seldom.
function roundUp(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * decade >= value * 0.9999) * decade;
}

function decades(low, high) {
  const [from, to] = [low, high].map((value) => Math.round(Math.log10(value)));
  const every = Math.max(1, Math.ceil((to - from) / 5));
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => 10 ** (from + i * every));
}
