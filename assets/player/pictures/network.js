// The network on one canvas: units as small live maps, edges by sign and size of their weight.

import { el, fit, say } from "../../shared/dom.js";
import { largestOf, strokeEdges } from "./edges.js";
import { drawLabels } from "./network_labels.js";
import { UnitMaps } from "./network_maps.js";
import { Tip, unitWords, weightWords } from "./network_tip.js";
import { UnitButtons } from "./network_units.js";
import { markWeight, pulledUnit, weightAt } from "./inside/pull_marks.js";
import { QUESTION } from "./inside/pull_view.js";
import { edgeAt, plan, unitAt, unitName } from "./network_plan.js";
import { Aside } from "./inside/aside.js";
import { drawStage } from "./inside/stage_drawing.js";
import { RunChoice } from "./run_choice.js";
/** @import { Frame, Header, Moment, Run, Theme } from "../types.d.ts" */

export default class Network {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;
  drawn; // the frame on the canvas
  marked;
  /** @type {any} */
  staged; // the stage of a step in slow motion, if one is drawn
  /** @type {any} */
  step; // and that step
  /** @type {Frame} */
  frame;
  pulls = false; // it is asked who pulls
  /** @type {any} */
  target; // and at what

  constructor(acts) {
    this.choose = acts.choose;
    this.pulling = acts.pulling;
    this.select = acts.select;
    this.back = acts.back;
    this.runs = [];
    this.chosen = 0;
    this.canvas = el("canvas", { role: "img" });
    this.maps = new UnitMaps();
    this.units = new UnitButtons({ press: (unit) => this.#press(unit), look: (unit) => (unit ? this.#describe(unit) : this.tip.silent()) });
    this.tip = new Tip();
    this.choices = new RunChoice("Network drawn", (run) => this.select(run));
    this.title = el("h2");
    this.note = el("span", { class: "note" });
    this.stage = el("div", { class: "net" }, this.canvas, this.units.node, this.tip.node);
    this.aside = new Aside(acts, {
      opened: () => (this.#lay(), this.plan), closed: (slow) => (slow ? this.slow : this.pulling.on ? this.who : this.units).focus(),
    });
    this.who = el("button", { class: "link", type: "button", text: QUESTION, title: "Each point's part in this step", on: { click: () => this.#ask() } });
    this.slow = el("button", { class: "link", type: "button", text: "slow motion", title: "The next step of learning, stage by stage",
      on: { click: () => this.aside.begin() } }); // the film pauses: it is about one moment
    this.node = el("section", { class: "network" },
      el("header", {}, this.title,
        this.note, el("span", { class: "push" }), this.who, this.slow, this.choices.node), el("div", { class: "beside" }, this.stage, this.aside.node));
    this.stage.addEventListener("pointermove", (event) => this.#point(event));
    this.stage.addEventListener("pointerleave", () => this.tip.silent());
    this.stage.addEventListener("click", (event) => this.#pull(event));
  }

  span(runs) {
    return [8, 6, 7, 7][runs - 1];
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, { veiled }) {
    this.runs = runs;
    this.plain = veiled; // a question is open: what the units see would answer it
    this.chosen = Math.min(this.chosen, runs.length - 1);
    this.slow.hidden = veiled || !runs.every(({ scene }) => scene.slow);
    this.who.hidden = !this.pulling.can.pull;
    this.aside.scene();
    const [{ scene }] = runs;
    const several = scene.networks.length > 1;
    const seen = several ? ", of the noise at the left, of the plane at the right" : " (hatched: same everywhere)";
    const maps = !veiled && runs.every((run) => run.scene.plane) ? `; squares: what a unit sees${seen}` : "";
    this.stage.toggleAttribute("data-several", several);
    say(this.title, several ? "Both networks, one behind the other" : "The network");
    say(this.note, `weights: orange +, blue −${maps}`);
    this.note.title = this.note.textContent;
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.maps.retheme(theme);
    this.choices.scene(this.runs, theme, this.chosen);
    this.#lay();
  }

  #show(index) {
    this.chosen = index;
    [...this.choices.node.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === index))); // they keep the focus
    this.#lay();
  }

  // Places everything for the current size and run.
  #lay() {
    const run = this.runs[this.chosen];
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight];
    this.drawn = null;
    if (!run?.frames[0] || !width) return;
    this.tip.silent(); // units and edges are others now
    this.scene_ = run.scene;
    this.plan = plan(run.scene, width, height);
    this.context = fit(this.canvas, width, height);
    this.maps.lay(this.plan);
    this.units.lay(this.plan, (unit) => this.#does(unitName(run.scene, unit)), !this.plain);
    this.canvas.setAttribute("aria-label", `${run.scene.name}: ` + run.scene.layers.map((layer) =>
      `${layer.network ? `${layer.network}, ` : ""}${layer.name} with ${layer.units} ${layer.units === 1 ? "unit" : "units"}${layer.activation ? `, ${layer.activation}` : ""}`).join("; ") + ".");
  }

  // What a click on a unit does.
  #does(words) {
    if (this.pulls) return `Who pulls at ${words}?`;
    return this.plain ? words : this.scene_.plane ? `Show what ${words} sees` : `Write ${words} out`;
  }

  #press(unit) {
    if (this.pulls) return unit.layer && this.pulling.aim("unit", [unit.layer, unit.unit]);
    return !this.plain && this.choose({ index: unit.index, words: unitName(this.scene_, unit), layer: unit.layer, unit: unit.unit });
  }

  /** @param {Moment} moment */
  draw(moment) {
    const { shown, unit, selected, pull } = moment;
    if (this.pulls !== Boolean(pull)) {
      this.pulls = Boolean(pull);
      this.stage.toggleAttribute("data-pulls", this.pulls);
      this.#lay(); // the buttons do something else now
    }
    if (selected !== this.chosen) this.#show(selected);
    const { run, frame } = shown[this.chosen];
    if (!this.plan) return;
    const slow = this.aside.draw(moment, run, frame, this.plan);
    if (this.drawn === frame && this.marked === unit && this.staged === slow?.stage && this.target === pull?.target) return;
    this.target = pull?.target;
    [this.staged, this.step] = [slow?.stage, slow?.step];
    if (this.marked !== unit) this.units.mark(unit?.index);
    [this.drawn, this.marked, this.frame] = [frame, unit, frame];
    this.context.clearRect(0, 0, this.plan.width, this.plan.height);
    if (slow) drawStage(this.context, this.plan, this.theme, slow.step, slow.stage);
    else {
      if (frame.weights) strokeEdges(this.context, this.plan.edges, frame.weights, this.theme, { largest: largestOf(frame.weights, 1) });
      this.maps.draw(this.context, this.plain ? undefined : frame.units, frame.shapes.units?.[1]);
    }
    this.maps.mark(this.context, slow ? slow.unit : pull ? pulledUnit(this.plan, pull.target) : unit);
    if (pull) markWeight(this.context, this.plan, this.theme, pull.target);
    drawLabels(this.context, this.plan, this.scene_, this.theme);
    this.tip.again();
  }

  // Who is pulling here.
  #ask() {
    if (this.pulling.on) return this.pulling.end();
    this.aside.scene();
    this.back();
    return this.pulling.begin();
  }

  // On a weight, while it is asked who pulls.
  #pull(event) {
    const weight = this.pulls && this.plan && !event.target.closest("button") ? weightAt(this.plan, this.stage, event) : null;
    if (weight) this.pulling.aim("weight", weight);
  }

  key(event) {
    return this.aside.key(event);
  }

  remove() {
    this.aside.remove();
  }

  #point(event) {
    if (!this.plan || !this.frame) return;
    const box = this.stage.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const unit = unitAt(this.plan, x, y);
    const edge = unit ? -1 : edgeAt(this.plan, x, y);
    if (unit) this.#describe(unit);
    else if (edge >= 0 && this.frame.weights) this.tip.tell(() => ({ words: weightWords(this.scene_, this.step, this.plan.edges[edge], this.frame.weights[edge]), x, y }), this.plan);
    else this.tip.silent();
  }

  // At the foot: below the unit it would lie over its neighbours.
  #describe(unit) {
    this.tip.tell(() => ({ words: unitWords(this.scene_, this.frame, unit, this.plain), x: unit.x, y: this.plan.height }), this.plan);
  }
}
