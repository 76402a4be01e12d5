// The losses of a run by name (or its score) over the epochs. The curves are drawn when frames arrive; per frame only a veil over what is
// still to come, the playhead and a dot on each curve move, which costs the browser almost nothing.

import { band, seedsOf } from "../film/bands.js";
import { capital, el, say } from "../../shared/dom.js";
import { CONFIG, axis, layout, loadPlotly, margin, purge } from "../../shared/plotly.js";
import { LossAxis } from "./loss_axis.js";
import { baseline, curves, goalLine, references } from "./loss_curves.js";
import { percent } from "./measures.js";
import { number } from "../../shared/spelling.js";
import { SAME_TIME } from "../film/store.js";
import { perEpoch, when } from "../film/when.js";
import { runColor } from "../../shared/theme.js";
/** @import { Header, Moment, Run, Series, Theme } from "../types.d.ts" */

const MARGIN = { l: 46, r: 12, t: 8, b: 24 };
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
  axis = new LossAxis();

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
  scene(runs, theme, { subject, goal }) {
    this.runs = runs;
    this.goal = goal ?? null;
    if (subject !== this.about) this.axis.top = 0;
    this.about = subject;
    this.said = this.moment = null;
    this.scored = runs.every((run) => run.scene.score);
    this.score = this.scored && (this.score || (!this.chose && (referred(runs) || this.goal !== null))); // what others reach, or is to be reached, is known as a score
    const others = new Set([...runs.flatMap(({ scene }) => (scene.references ?? []).map(({ name }) => name)), ...(this.goal === null ? [] : [this.#aim()])]);
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
    this.axis.top = 0;
    this.scale.hidden = this.share;
    this.scale.setAttribute("aria-pressed", String(this.logarithmic));
    [...this.which.children].forEach((button, i) => button.setAttribute("aria-pressed", String((i === 1) === this.score)));
    this.#curves();
  }

  get share() {
    return this.score && this.runs[0].scene.score.kind === "share";
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

  #aim() {
    return `goal: ${this.runs[0].scene.score.kind === "share" ? percent(this.goal) : number(this.goal)}`;
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
    return this.score ? "" : scene.loss;
  }

  // New frames: the curves follow a little later, once for several messages.
  data() {
    this.later ??= setTimeout(() => this.#curves(), EVERY);
  }

  // At once: how many lines it takes decides how high the chart is.
  #head() {
    const seeds = seedsOf(this.runs);
    say(this.title, this.named);
    say(this.note, [this.quantity(this.runs[0].scene), seeds > 1 ? `median and 10–90 % of ${seeds} seeds` : ""].filter(Boolean).join("; "));
  }

  // New frames, other colours or another scale: draw the curves anew.
  async #curves() {
    clearTimeout(this.later);
    this.#head();
    this.later = this.drawn = null;
    const Plotly = await loadPlotly();
    [this.width, this.height] = [this.chart.clientWidth, this.chart.clientHeight]; // asked once: asking costs a layout
    if (!this.runs || !this.width) return;
    const { scene } = this.runs[0];
    const { theme } = this;
    this.margin = margin(theme, MARGIN);
    [this.veil.style.top, this.veil.style.bottom] = [`${this.margin.t}px`, `${this.margin.b}px`];
    this.each = perEpoch(this.runs[0]);
    this.#reach();
    const look = { theme, each: this.each, text: (value) => this.text(value) };
    const wanted = this.score && this.goal !== null ? [goalLine(this.goal, this.#aim(), theme)] : [];
    const still = [...(this.score ? baseline(scene.score, theme) : []), ...wanted, ...references(this.runs, this.score ? "score" : "loss", theme)];
    this.plotted = Plotly.react(this.plot, [...still, ...this.runs.flatMap((run) => {
      const series = this.series(run);
      return curves(run, series, this.banded(series), look);
    })], {
      ...layout(theme, this.margin), hovermode: "closest",
      xaxis: axis(theme, { range: [0, this.right * this.each], showgrid: false, nticks: 6, tickprefix: `${scene.clock} `, showtickprefix: "first" }), yaxis: axis(theme, this.axis.settings),
      width: this.width, height: this.height,
    }, CONFIG);
    if (this.moment) this.draw(this.moment);
  }

  #reach() {
    this.right = Math.max(...this.runs.map((run) => Math.max(run.scene.epochs, run.last.epoch))); // the whole film, from the start
    const others = this.score ? this.runs.flatMap(({ scene }) => (scene.references ?? []).map(({ score }) => Math.max(score, scene.score.baseline))) : [];
    if (this.score && this.goal !== null && !this.share) others.push(this.goal, this.runs[0].scene.score.baseline);
    this.axis.reach(this.runs, (run) => this.series(run), { share: this.share, logarithmic: this.logarithmic, others });
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
      const y = this.margin.t + height * (1 - this.axis.place(middle(run, frame, this.series(run)[0])));
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
    const values = (run, frame) => this.series(run).map((one) => ({ name: one.name, value: middle(run, frame, one) }))
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

const middle = (run, frame, { column }) => band(run, frame, column).mid[0];

const referred = (runs) => runs.every(({ scene }) => scene.references?.length);
