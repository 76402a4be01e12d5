// The network on one canvas: units as small live maps, edges by sign and size of their weight.

import { el, fit, say } from "../../shared/dom.js";
import { largestOf, strokeEdges } from "./edges.js";
import { hatching } from "./hatching.js";
import { drawLabels } from "./network_labels.js";
import { markWeight, pulledUnit, weightAt } from "./inside/pull_marks.js";
import { QUESTION } from "./inside/pull_view.js";
import { edgeAt, plan, unitAt, unitName } from "./network_plan.js";
import { stepOf } from "./inside/account.js";
import { Aside } from "./inside/aside.js";
import { drawStage } from "./inside/stage_drawing.js";
import { Raster } from "./raster.js";
import { number } from "../../shared/spelling.js";
import { runColor } from "../../shared/theme.js";
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
    this.maps = new Raster();
    this.buttons = el("div", { class: "units", role: "group", "aria-label": "Units of the network" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.choices = el("span", { class: "choices", role: "group", "aria-label": "Network drawn" });
    this.title = el("h2");
    this.note = el("span", { class: "note" });
    this.stage = el("div", { class: "net" }, this.canvas, this.buttons, this.tip);
    this.aside = new Aside(acts, {
      opened: () => (this.#lay(), this.plan), closed: (slow) => (slow ? this.slow : this.pulling.on ? this.who : this.buttons.querySelector("[aria-pressed=true]"))?.focus(),
    });
    this.who = el("button", { class: "link", type: "button", text: QUESTION, title: "Each point's part in this step", on: { click: () => this.#ask() } });
    this.slow = el("button", { class: "link", type: "button", text: "slow motion", title: "The next step of learning, stage by stage",
      on: { click: () => this.#begin() } });
    this.node = el("section", { class: "network" },
      el("header", {}, this.title,
        this.note, el("span", { class: "push" }), this.who, this.slow, this.choices), el("div", { class: "beside" }, this.stage, this.aside.node));
    this.stage.addEventListener("pointermove", (event) => this.#point(event));
    this.stage.addEventListener("pointerleave", () => this.#silent());
    this.stage.addEventListener("click", (event) => this.#pull(event));
    this.buttons.addEventListener("keydown", (event) => this.#walk(event));
  }

  span(runs) {
    return [8, 6, 7, 7][runs - 1];
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, { veiled }) {
    this.runs = runs;
    this.plain = veiled; // a question is open: what the units see would answer it
    this.chosen = Math.min(this.chosen, runs.length - 1);
    this.slow.hidden = veiled;
    this.who.hidden = !this.pulling.can.pull;
    this.aside.scene();
    const maps = !veiled && runs.every((run) => run.scene.plane) ? "; squares: what a unit sees (hatched: same everywhere)" : "";
    const { networks } = runs[0].scene; // of two against each other the first one is drawn
    say(this.title, networks.length > 1 ? `The ${networks[0].name}` : "The network");
    say(this.note, `weights: orange +, blue −${maps}`);
    this.note.title = this.note.textContent;
    this.choices.replaceChildren(...(runs.length < 2 ? [] : runs.map((run, i) => el("button", {
      class: "choice", type: "button", "aria-pressed": String(i === this.chosen), on: { click: () => this.select(i) },
    }, el("i", { class: "dot" }), run.scene.name))));
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.hatch = hatching(theme);
    [...this.choices.children].forEach((button, i) => { button.firstChild.style.background = runColor(this.runs[i], theme, theme.ink); });
    this.#lay();
  }

  #show(index) {
    this.chosen = index;
    [...this.choices.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === index)));
    this.#lay();
  }

  // Places everything for the current size and run.
  #lay() {
    const run = this.runs[this.chosen];
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight];
    this.drawn = null;
    if (!run?.frames[0] || !width) return;
    this.#silent(); // units and edges are others now
    this.scene_ = run.scene;
    this.plan = plan(run.scene, width, height);
    this.context = fit(this.canvas, width, height);
    const { units, size } = this.plan;
    this.tiles = new Path2D();
    for (const { x, y } of units) this.tiles.roundRect(x - size / 2, y - size / 2, size, size, Math.min(7, size / 4));
    const focused = [...this.buttons.children].indexOf(document.activeElement);
    this.buttons.replaceChildren(...units.map((unit, i) => this.#button(unit, i)));
    if (focused >= 0) this.buttons.children[focused]?.focus();
    this.canvas.setAttribute("aria-label", `${run.scene.name}: ` + run.scene.layers.map((layer) =>
      `${layer.name} with ${layer.units} ${layer.units === 1 ? "unit" : "units"}${layer.activation ? `, ${layer.activation}` : ""}`).join("; ") + ".");
  }

  #button(unit, i) {
    const { size } = this.plan;
    const words = unitName(this.scene_, unit);
    const mapped = Boolean(this.scene_.plane) && !this.plain; // it has a map to be shown
    const button = el("button", {
      type: "button", "aria-label": this.pulls ? `Who pulls at ${words}?` : mapped ? `Show what ${words} sees` : this.plain ? words : `Write ${words} out`, "aria-pressed": this.plain ? null : "false", tabindex: i ? "-1" : "0",
      on: { click: () => (this.pulls ? this.#pullUnit(unit) : !this.plain && this.choose({ index: i, words, layer: unit.layer, unit: unit.unit })), focus: () => this.#tell(() => this.#describe(unit)), blur: () => this.#silent() },
    });
    Object.assign(button.style, { left: `${unit.x - size / 2}px`, top: `${unit.y - size / 2}px`, width: `${size}px`, height: `${size}px` });
    return button;
  }

  // Arrow keys walk among the units; up and down inside a layer, left and right between layers.
  #walk(event) {
    const buttons = [...this.buttons.children];
    const here = buttons.indexOf(document.activeElement);
    if (here < 0 || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    const { units, columns } = this.plan;
    const column = columns.findIndex(({ members }) => members.includes(units[here]));
    const row = columns[column].members.indexOf(units[here]);
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const { members } = columns[Math.min(columns.length - 1, Math.max(0, column + step[0]))];
    const next = members[Math.min(members.length - 1, Math.max(0, row + step[1]))];
    buttons[here].tabIndex = -1;
    buttons[next.index].tabIndex = 0;
    buttons[next.index].focus();
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
    if (this.marked !== unit) [...this.buttons.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === unit?.index)));
    [this.drawn, this.marked, this.frame] = [frame, unit, frame];
    this.context.clearRect(0, 0, this.plan.width, this.plan.height);
    if (slow) drawStage(this.context, this.plan, this.theme, slow.step, slow.stage);
    else {
      if (frame.weights) strokeEdges(this.context, this.plan.edges, frame.weights, this.theme, { largest: largestOf(frame.weights, 1) });
      this.#units(frame);
    }
    this.#mark(slow ? slow.unit : pull ? pulledUnit(this.plan, pull.target) : unit);
    if (pull) markWeight(this.context, this.plan, this.theme, pull.target);
    drawLabels(this.context, this.plan, this.scene_, this.theme);
    this.telling?.();
  }

  /** @param {Frame} frame */
  #units({ units, shapes }) {
    this.#tiles(this.plain ? undefined : units, shapes);
  }

  #tiles(maps, shapes) {
    const { context, theme } = this;
    const { units, size } = this.plan;
    const half = size / 2;
    const side = shapes.units?.[1]; // points along a side of a unit's map
    context.save();
    context.clip(this.tiles);
    if (maps) this.maps.field(maps, side, theme.units, units.length);
    for (const { x, y, index, layer } of units) {
      if (!maps) break;
      if (layer > 0 && silent(maps, index, side * side)) {
        context.fillStyle = context.createPattern(this.hatch, "repeat");
        context.fillRect(x - half, y - half, size, size);
      } else context.drawImage(this.maps.canvas, 0, index * side, side, side, x - half, y - half, size, size);
    }
    context.restore();
    context.strokeStyle = theme.line;
    context.lineWidth = 1.5;
    context.stroke(this.tiles);
  }

  // The unit that is looked at.
  #mark(chosen) {
    const { context, theme } = this;
    const { units, size } = this.plan;
    if (!chosen || !units[chosen.index]) return;
    const { x, y } = units[chosen.index];
    const half = size / 2;
    context.strokeStyle = theme.accent;
    context.lineWidth = 3;
    context.beginPath();
    context.roundRect(x - half - 2, y - half - 2, size + 4, size + 4, 8);
    context.stroke();
  }

  // The film pauses: it is about one moment.
  #begin() {
    this.aside.begin();
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

  #pullUnit({ layer, unit }) {
    if (layer) this.pulling.aim("unit", [layer, unit]);
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
    if (unit) this.#tell(() => this.#describe(unit));
    else if (edge >= 0 && this.frame.weights) this.#tell(() => this.#weight(edge, x, y));
    else this.#silent();
  }

  // What stands at the pointer is told again with every frame.
  #tell(telling) {
    this.telling = telling;
    telling();
  }

  #silent() {
    this.telling = null;
    this.tip.hidden = true;
  }

  #weight(edge, x, y) {
    const { from, to } = this.plan.edges[edge];
    const step = this.step ? stepOf(this.step, from, to) : "";
    this.#tip(`${unitName(this.scene_, from)} → ${unitName(this.scene_, to)}: weight ${signed(this.frame.weights[edge])}${step}`, x, y);
  }

  #describe(unit) {
    const { biases, unit_scale: scale, units, shapes } = this.frame ?? {};
    const bias = unit.layer > 0 && biases ? `, bias ${signed(biases[unit.index])}` : "";
    const range = scale ? `, full colour is ${number(scale[unit.index])} from its centre` : "";
    const off = !this.plain && unit.layer > 0 && units && silent(units, unit.index, shapes.units[1] * shapes.units[2]);
    const { height } = this.plan; // at the foot: below the unit it would lie over its neighbours
    this.#tip(`${unitName(this.scene_, unit)}${bias}${off ? ": the same everywhere, so it tells nothing apart" : range}`, unit.x, height);
  }

  #tip(text, x, y) {
    say(this.tip, text);
    this.tip.hidden = false;
    const half = this.tip.offsetWidth / 2;
    const left = Math.min(Math.max(x, half + 2), this.plan.width - half - 2);
    const top = Math.min(y + 10, this.plan.height - this.tip.offsetHeight);
    this.tip.style.transform = `translate(${(left - half).toFixed(0)}px, ${top.toFixed(0)}px)`;
  }
}

// A unit that sits exactly at its centre everywhere: off, or never started.
function silent(maps, index, size) {
  for (let i = index * size; i < (index + 1) * size; i++) if (maps[i] !== 128) return false;
  return true;
}

const signed = (value) => (value < 0 ? "−" : "+") + number(Math.abs(value));
