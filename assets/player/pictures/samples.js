// What a generator makes of noise: on the left the noise, on the right its samples among the true ones, over what the judge says.
// One noise point can be followed from the one to the other.

import { el, say } from "../../shared/dom.js";
import { runColor } from "../../shared/theme.js";
import { percent } from "./measures.js";
import { Drawing } from "./plane/drawing.js";
import { Noise } from "./plane/noise.js";
import { Pad } from "./plane/pad.js";
import { SamplePanel } from "./plane/sample_panel.js";
import { band } from "../film/bands.js";
import { when } from "../film/when.js";
/** @import { Header, Moment, Run, Theme } from "../types.d.ts" */

const LAYERS = {
  judge: ["judge's verdict", "what the judge says of each place: orange true, blue made"],
  net: ["grid of the noise", "straight lines of the noise, as the generator bends them"],
};

export default class Samples {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  pointed = null; // the number of a noise point

  // learn(points): from a drawing.
  constructor({ learn }) {
    this.drawing = new Drawing(learn);
    this.note = el("span", { class: "note" });
    this.ways = Object.fromEntries(Object.entries(LAYERS).map(([name, [text, about]]) => [name, el("button", { class: "choice", type: "button",
      text, title: `Show ${about}`, "aria-pressed": "true", on: { click: () => this.#toggle(name) } })]));
    this.panels = el("div", { class: "panels" });
    this.noise = new Noise((place) => this.#follow(place));
    this.told = el("p", { class: "told" });
    this.legend = el("span", { class: "legend" }, ...["true", "made"].map((name) => el("span", {}, el("i", { class: `dot ${name}` }), name)));
    this.stage = el("div", { class: "game" }, this.noise.node, this.panels);
    this.node = el("section", { class: "samples" },
      el("header", {}, el("h2", { text: "From noise to samples" }), this.note, el("span", { class: "push" }), this.legend,
        this.drawing.ways, el("span", { class: "choices", role: "group", "aria-label": "What is shown" }, ...Object.values(this.ways))),
      this.drawing.node, this.stage, this.told);
  }

  span(runs) {
    return runs > 1 ? 12 : 7;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.runs = runs;
    [this.said, this.moment] = [null, null];
    this.noise.scene(runs[0]);
    this.drawing.scene(runs, header);
    this.drawing.node.hidden = this.drawing.ways.hidden = !this.drawing.on;
    if (this.drawing.on && runs.length === 1 && this.list?.length === 1 && this.list[0].pad) this.list[0].renew(runs[0]);
    else this.#panels();
    this.retheme(theme);
  }

  #panels() {
    this.list = this.runs.map((run) => new SamplePanel(run, this.runs.length > 1));
    this.panels.dataset.count = String(this.runs.length);
    this.panels.replaceChildren(...this.list.map((panel) => panel.node));
    for (const panel of this.list) {
      panel.frame.addEventListener("pointermove", (event) => this.#follow(panel.nearest(event)));
      panel.frame.addEventListener("pointerleave", () => this.#follow(null));
    }
    this.drawing.pads = this.drawing.on ? this.list.map((panel) => panel.attach(new Pad(this.drawing))) : [];
  }

  retheme(theme) {
    this.theme = theme;
    this.legend.children[0].firstChild.style.background = theme.positive;
    this.legend.children[1].firstChild.style.background = theme.negative;
    this.list.forEach((panel, i) => panel.dress(theme, runColor(this.runs[i], theme, theme.ink)));
    this.noise.dress(theme);
    this.drawing.dress(theme, false);
    this.#again();
  }

  resize() {
    this.list.forEach((panel) => panel.resize());
    this.noise.resize();
    this.#again();
  }

  /** @param {Moment} moment */
  draw(moment) {
    const before = this.followed;
    this.moment = moment;
    if (this.followed !== before) this.noise.draw(this.#layers.net, this.followed);
    moment.shown.forEach(({ frame }, i) => this.list[i].draw(frame, this.#layers, this.followed));
    this.#words(moment);
  }

  key(event) {
    return this.noise.key(event) || this.drawing.key(event);
  }

  get #layers() {
    return Object.fromEntries(Object.entries(this.ways).map(([name, button]) => [name, button.getAttribute("aria-pressed") === "true"]));
  }

  #toggle(name) {
    this.ways[name].setAttribute("aria-pressed", String(!this.#layers[name]));
    this.#again();
  }

  #again() {
    this.noise.draw(this.#layers.net, this.followed);
    if (this.moment?.shown.every(({ run }, i) => run === this.runs[i])) this.draw(this.moment);
  }

  // What is pointed at, else what a unit is written out for.
  get followed() {
    const { account } = this.moment ?? {};
    return this.pointed ?? (account?.told?.noise ? account.told.row : null);
  }

  #follow(place) {
    if (place === this.pointed) return;
    this.pointed = place;
    this.told.setAttribute("aria-live", place === null ? "off" : "polite");
    this.#again();
  }

  #words({ shown, time }) {
    say(this.note, this.runs[0].scene.latent > 2 ? `the first two of ${this.runs[0].scene.latent} noise numbers` : "");
    const beyond = shown.map((one, i) => [one, this.list[i].beyond]).filter(([, count]) => count);
    const named = (run) => (this.runs.length > 1 ? `${run.scene.name}: ` : "");
    say(this.told, this.followed === null
      ? beyond.map(([{ run, frame }, count]) => `${named(run)}${count} of ${frame.shapes.samples[0]} samples lie outside of the picture.`).join(" ")
      : `${this.noise.told(this.followed)} becomes ${shown.map(({ run, frame }) => `${named(run)}${spot(frame, this.followed)}`).join("; ")}.`);
    const now = shown.map((one) => when(one, time)).join();
    if (now === this.said) return;
    this.said = now;
    shown.forEach(({ run, frame }, i) => {
      const { of } = run.scene.coverage;
      const [covered, good] = ["covered", "good"].map((name) => band(run, frame, name).mid[0]);
      this.list[i].frame.setAttribute("aria-label", `Samples of ${run.scene.name} at ${when({ run, frame }, time)}: ` +
        `${of ? `${Math.round(covered * of)} of ${of} clouds` : `${percent(covered)} of the true points`} covered, ${percent(good)} of the samples good.`);
    });
  }
}

const coordinate = (value) => (Number.isFinite(value) && Math.abs(value) < 1e4 ? value.toFixed(2).replace("-", "−") : "beyond measure");
const spot = ({ samples }, i) => `(${coordinate(samples[2 * i])}, ${coordinate(samples[2 * i + 1])})`;
