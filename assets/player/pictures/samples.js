// What a generator makes of noise: on the left the noise, on the right its samples among the true ones, over what the judge says.
// One noise point can be followed from the one to the other.

import { el, say } from "../../shared/dom.js";
import { runColor } from "../../shared/theme.js";
import { percent } from "./measures.js";
import { Noise } from "./plane/noise.js";
import { SamplePanel } from "./plane/sample_panel.js";
import { band } from "../film/bands.js";
import { when } from "../film/when.js";
/** @import { Header, Moment, Run, Theme } from "../types.d.ts" */

const LAYERS = { judge: "what the discriminator says of each place: orange true, blue generated", net: "the straight lines of the noise, as the generator bends them" };

export default class Samples {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  followed = null; // the number of a noise point

  constructor() {
    this.note = el("span", { class: "note" });
    this.ways = Object.fromEntries(Object.entries(LAYERS).map(([name, about]) => [name, el("button", { class: "choice", type: "button",
      text: name, title: `Show ${about}`, "aria-pressed": "true", on: { click: () => this.#toggle(name) } })]));
    this.panels = el("div", { class: "panels" });
    this.noise = new Noise((place) => this.#follow(place));
    this.told = el("p", { class: "told" });
    this.legend = el("span", { class: "legend" }, ...["true", "generated"].map((name) => el("span", {}, el("i", { class: `dot ${name}` }), name)));
    this.stage = el("div", { class: "game" }, this.noise.node, this.panels);
    this.node = el("section", { class: "samples" },
      el("header", {}, el("h3", { text: "From noise to samples" }), this.note, el("span", { class: "push" }), this.legend,
        el("span", { class: "choices", role: "group", "aria-label": "What is drawn" }, ...Object.values(this.ways))), this.stage, this.told);
  }

  span(runs) {
    return runs > 1 ? 12 : 7;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.runs = runs;
    this.said = null;
    this.noise.scene(runs[0]);
    this.list = runs.map((run) => new SamplePanel(run, runs.length > 1, header.veiled));
    this.panels.dataset.count = String(runs.length);
    this.panels.replaceChildren(...this.list.map((panel) => panel.node));
    this.list.forEach((panel) => panel.frame.addEventListener("pointermove", (event) => this.#follow(panel.nearest(event))));
    this.list.forEach((panel) => panel.frame.addEventListener("pointerleave", () => this.#follow(null)));
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.legend.children[0].firstChild.style.background = theme.positive;
    this.legend.children[1].firstChild.style.background = theme.negative;
    this.list.forEach((panel, i) => panel.dress(theme, runColor(this.runs[i], theme, theme.ink)));
    this.noise.dress(theme);
    this.#again();
  }

  resize() {
    this.list.forEach((panel) => panel.resize());
    this.noise.resize();
    this.#again();
  }

  /** @param {Moment} moment */
  draw(moment) {
    this.moment = moment;
    moment.shown.forEach(({ frame }, i) => this.list[i].draw(frame, this.#layers, this.followed));
    this.#words(moment);
  }

  key(event) {
    return this.noise.key(event);
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

  #follow(place) {
    if (place === this.followed) return;
    this.followed = place;
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
