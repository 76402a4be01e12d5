// What each layer does to the gradient on its way back: floating bars on a log scale, from the output (left) down to
// layer 1. Every bar reaches from the running product before a factor to the one after it.

import { Chart } from "./chart.js";
import { el, say } from "../../shared/dom.js";
import { FLOOR, none } from "../film/logs.js";
import { hatching } from "./hatching.js";
import { GRADIENT } from "./measures.js";
import { escaped } from "../../shared/plotly.js";
import { runColor } from "../../shared/theme.js";
import { DOTS_FROM, bars } from "./waterfall_bars.js";
import { factor, sentence, stepWords, wayBack } from "./way_back.js";
/** @import { Header, Moment, Run, Theme } from "../types.d.ts" */

const MARGIN = { l: 46, r: 8, t: 8, b: 24 };

export default class Waterfall {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;
  width;
  height;
  range; // of the axis, in logs

  // choice: a Choice, shared with the slope picture; redraw(): called after the visitor changed it.
  constructor({ choice, redraw }) {
    this.choice = choice;
    this.redraw = redraw;
    this.note = el("span", { class: "note" });
    this.twins = el("span", { class: "choices", role: "group", "aria-label": "Twin whose gradient is followed" });
    this.slopeBox = el("i", { class: "box" });
    this.slopeName = el("span");
    this.boundName = el("span");
    this.theory = el("span", { title: "The product of the slopes alone: at most (dashed), and as it is" }, el("i", { class: "dashed" }), this.boundName, el("i", { class: "thin" }), "slopes alone, as they are");
    const key = (kind, name, title) => el("span", { title }, el("i", { class: kind }), name);
    this.expected = key("expected", "weights, on average", "What first weights of this size do on average");
    this.legend = el("p", { class: "legend" }, key("box weights", "× weights", "What going back through a layer's weights makes of the gradient"), this.expected,
      el("span", {}, this.slopeBox, this.slopeName), key("box inputs", "× inputs' sizes", "A layer's gradient is what reaches its units times what comes into it"), this.theory);
    this.empty = el("p", { class: "empty", hidden: true });
    this.chart = new Chart((x) => this.#told(x), this.empty);
    this.foot = el("p", { class: "foot" });
    const header = el("header", {}, el("h2", { text: "What happens on the way back" }), this.note, el("span", { class: "push" }), this.twins);
    this.node = el("section", { class: "waterfall" }, header, this.legend, this.chart.node, this.foot);
    this.chart.node.addEventListener("click", (event) => this.#click(event));
  }

  span(_, names) {
    return names.includes("slope") ? 8 : 7;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, { subject, headline }) {
    this.runs = runs;
    this.headline = headline;
    // An axis for each twin: its own factors must be readable. It only grows while the films are about the same.
    const about = `${subject} ${runs.length}`;
    if (about !== this.about) this.ranges = runs.map(() => ({ low: -2, high: 0, seen: new WeakSet() }));
    this.about = about;
    this.said = this.moment = null;
    this.twins.hidden = runs.length < 2;
    const button = (run, i) => el("button", { class: "choice", type: "button", on: { click: () => this.#twin(i) } },
      el("i", { class: "dot" }), run.scene.name);
    this.twins.replaceChildren(...runs.map(button));
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.drawn = null;
    if (!this.chart.measure()) return;
    const { place, run } = this.at = this.choice.of(this.runs);
    this.chart.fit(theme, MARGIN);
    this.look = {
      theme, hatch: hatching(theme), color: runColor(run, theme, theme.accent),
      weights: getComputedStyle(this.node).getPropertyValue("--by-weights").trim(),
    };
    [...this.twins.children].forEach((button, i) => {
      button.setAttribute("aria-pressed", String(i === place));
      button.firstChild.style.background = runColor(this.runs[i], theme, theme.accent);
    });
    this.#legend(run);
    this.#reach();
    if (this.moment) this.draw(this.moment);
    this.#axes();
  }

  #legend({ scene }) {
    const { steepest, batch_norm: normed } = scene;
    this.slopeBox.style.background = this.look.color;
    say(this.slopeName, normed ? "× slope and batch norm" : "× slope");
    const one = steepest.every((value) => Math.abs(value - steepest[0]) < 1e-6);
    say(this.boundName, one && steepest.length ? `slopes alone, at most ${Number(steepest[0].toPrecision(3))} each` : "slopes alone, at most");
    this.expected.hidden = this.slot < DOTS_FROM || scene.skip;
    this.chart.plot.hidden = this.legend.hidden = !this.at.hidden;
    this.theory.hidden = normed || !steepest.length;
    const seeds = scene.seeds > 1 ? ", first seed" : "";
    say(this.note, `the product from the output down${seeds}${normed ? "; with batch norm the slopes have no bound" : ""}`);
  }

  // The axis covers every known frame of the chosen twin, in steps, and only ever grows. Returns whether it did.
  #reach() {
    const { place, run } = this.at;
    const range = this.ranges[place];
    const before = `${range.low} ${range.high}`;
    const cover = (log) => {
      if (none(log) || log === Infinity) return;
      const step = range.high - range.low > 12 ? 4 : 1;
      if (log + 0.02 > range.high) range.high = Math.ceil(log + 0.02);
      if (log - 0.1 < range.low) range.low = Math.max(FLOOR, step * Math.floor((log - 0.1) / step));
    };
    for (const frame of run.frames) {
      if (range.seen.has(frame) || !frame.by_weights) continue;
      range.seen.add(frame);
      const { steps, ratio, gone } = wayBack(run, frame);
      for (const step of steps) {
        [step.middle, step.to].forEach(cover);
        if (!run.scene.batch_norm) [step.slopes, step.bound].forEach(cover);
        if (step === gone) break;
      }
      if (!gone) cover(ratio);
    }
    this.chart.range = [range.low, range.high];
    return before !== `${range.low} ${range.high}`;
  }

  #axes() {
    const { at: { hidden }, slot, theme } = this;
    const number = 2 * theme.text; // px that a layer's number needs; "inputs" at the end needs twice that
    const each = [1, 2, 5, 10, 20].find((n) => n * slot >= number) ?? 40;
    const tight = slot <= 1.8 * number; // "inputs" would take the place of layer 1
    const layers = Array.from({ length: hidden }, (_, i) => hidden - i) // as they stand from left to right
      .filter((layer) => layer === 1 || (layer % each === 0 && (layer - 1) * slot >= number))
      .filter((layer) => layer * slot > 0.9 * number);
    this.chart.axes(theme, {
      range: [-0.5, hidden + 0.5], tickvals: [...layers.map((layer) => hidden - layer), hidden],
      ticktext: [...layers.map((layer) => this.#tick(layer)), hidden ? (tight ? "in" : "inputs") : ""],
    }, { ...GRADIENT.ticks(this.chart.range), ticksuffix: "\u2002" });
  }

  // Where there is little room: the number alone.
  #tick(layer) {
    const { layer: name } = this.at.scene.activations[layer - 1];
    return escaped(this.slot > 4.8 * this.theme.text ? name : name.replace(/^layer /, ""));
  }

  // New frames: perhaps a wider axis.
  data() {
    if (this.at && this.chart.width && this.#reach()) this.retheme(this.theme);
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    if (!this.chart.context) return;
    const { place, layer, scene } = this.choice.of(this.runs);
    if (place !== this.at.place || scene !== this.at.scene) return void this.retheme(this.theme);
    this.at.layer = layer;
    const { run, frame } = moment.shown[place];
    const key = `${run.id} ${frame.step} ${layer}`;
    if (this.drawn === key) return;
    this.drawn = key;
    this.chart.clear();
    this.way = frame.by_weights && this.at.hidden ? wayBack(run, frame) : null;
    this.empty.hidden = Boolean(this.way);
    if (this.way) bars(this.chart, this.slot, this.look, this.way, { chosen: layer, theory: !run.scene.batch_norm });
    else if (this.at.hidden) say(this.empty, "The factors of this run were not recorded.");
    else say(this.empty, "There is no hidden layer: nothing to multiply.");
    this.#words(run, Math.round(moment.time));
  }

  get slot() {
    return this.chart.across / (this.at.hidden + 1);
  }

  #words(run, epoch) {
    const text = this.way ? sentence(this.way, run.scene) : this.empty.textContent;
    const when = this.headline && epoch ? `At epoch ${epoch} (the sentence on top: before the first step)` : `At epoch ${epoch}`;
    say(this.foot, this.way ? `${when}: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : "");
    const key = `${this.at.place} ${epoch}`;
    if (key === this.said) return;
    this.said = key;
    this.chart.node.setAttribute("aria-label", `Factors of the gradient's way back in ${run.scene.name} at epoch ${epoch}. ${text}` +
      (this.way ? ` ${until(this.way).map(stepWords).join("; ")}.` : ""));
  }

  // The slot at x, counted from the output down; −1 beside them.
  #slot(x) {
    const i = Math.floor(this.chart.share(x) * (this.at.hidden + 1));
    return this.way && i <= this.at.hidden ? Math.max(-1, i) : -1;
  }

  #told(x) {
    const i = this.#slot(x);
    if (i < 0) return null;
    const { steps, inputs, ratio } = this.way;
    const last = `inputs × ${factor(inputs)}, so RMS ∂L/∂W is ${factor(ratio)} × the output's`;
    return steps[i] ? stepWords(steps[i]) : Number.isFinite(inputs) ? last : "nothing is left";
  }

  #click(event) {
    const step = this.at && this.way?.steps[this.#slot(this.chart.at(event))];
    if (!step) return;
    this.choice.layer = step.layer;
    this.redraw();
  }

  #twin(place) {
    this.choice.which = place;
    this.redraw();
  }

  remove() {
    this.chart.remove();
  }
}

// Up to the step that leaves nothing.
const until = ({ steps, gone }) => steps.slice(0, gone ? steps.indexOf(gone) + 1 : undefined);
