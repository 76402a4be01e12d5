// The network on one canvas: units as small live maps, edges by sign and size of their weight.

import { el, fit, say } from "../../shared/dom.js";
import { hatching } from "./hatching.js";
import { MOST_NAMES, edgeAt, plan, unitAt, unitName } from "./network_plan.js";
import { Raster } from "./raster.js";
import { number } from "../../shared/spelling.js";
import { runColor } from "../../shared/theme.js";
/** @import { Frame, Header, Moment, Run, Theme, Unit } from "../types.d.ts" */

const WIDTHS = 7; // edges are stroked in this many groups a sign

export default class Network {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;
  drawn; // the frame on the canvas
  marked;
  /** @type {Frame} */
  frame;

  constructor({ choose, select }) {
    this.choose = choose;
    this.select = select;
    this.runs = [];
    this.chosen = 0;
    this.canvas = el("canvas", { role: "img" });
    this.maps = new Raster();
    this.buttons = el("div", { class: "units", role: "group", "aria-label": "Units of the network" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.choices = el("span", { class: "choices", role: "group", "aria-label": "Network drawn" });
    this.note = el("span", { class: "note" });
    this.stage = el("div", { class: "net" }, this.canvas, this.buttons, this.tip);
    this.node = el("section", { class: "network" },
      el("header", {}, el("h2", { text: "The network" }),
        this.note, el("span", { class: "push" }), this.choices), this.stage);
    this.stage.addEventListener("pointermove", (event) => this.#point(event));
    this.stage.addEventListener("pointerleave", () => this.#silent());
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
    const maps = !veiled && runs.every((run) => run.scene.plane) ? "squares: what a unit sees (hatched: the same everywhere); " : "";
    say(this.note, `${maps}lines: weights, orange +, blue −`);
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
      type: "button", "aria-label": mapped ? `Show what ${words} sees` : words, "aria-pressed": mapped ? "false" : null, tabindex: i ? "-1" : "0",
      on: { click: () => mapped && this.choose({ index: i, words }), focus: () => this.#tell(() => this.#describe(unit)), blur: () => this.#silent() },
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
  draw({ shown, unit, selected }) {
    if (selected !== this.chosen) this.#show(selected);
    const { frame } = shown[this.chosen];
    if (!this.plan || (this.drawn === frame && this.marked === unit)) return;
    if (this.marked !== unit) [...this.buttons.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === unit?.index)));
    [this.drawn, this.marked, this.frame] = [frame, unit, frame];
    this.context.clearRect(0, 0, this.plan.width, this.plan.height);
    this.#edges(frame.weights);
    this.#units(frame, unit);
    this.#labels();
    this.telling?.();
  }

  // Strokes in few groups: a stroke for every edge would cost several times as much.
  #edges(weights) {
    if (!weights) return;
    const { context, theme } = this;
    const { edges } = this.plan;
    let largest = 1;
    for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
    const groups = new Array(2 * WIDTHS + 1).fill(null); // negative, positive, exactly zero
    for (let i = 0; i < edges.length; i++) {
      const weight = weights[i];
      const level = Math.min(WIDTHS - 1, Math.floor((WIDTHS * Math.abs(weight)) / largest));
      const path = (groups[weight === 0 ? 2 * WIDTHS : level + (weight > 0 ? WIDTHS : 0)] ??= new Path2D());
      const { x0, y0, x1, y1, middle } = edges[i];
      path.moveTo(x0, y0);
      path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
    }
    groups.forEach((path, group) => {
      if (!path) return;
      const level = (group % WIDTHS) / (WIDTHS - 1);
      context.strokeStyle = group < WIDTHS ? theme.negative : group < 2 * WIDTHS ? theme.positive : theme.muted;
      context.globalAlpha = 0.22 + 0.6 * level;
      context.lineWidth = 0.7 + 3.3 * level;
      context.stroke(path);
    });
    context.globalAlpha = 1;
  }

  /** @param {Frame} frame   @param {Unit | null} chosen */
  #units({ units, shapes }, chosen) {
    this.#tiles(this.plain ? undefined : units, shapes, chosen);
  }

  #tiles(maps, shapes, chosen) {
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
    if (!chosen || !units[chosen.index]) return;
    const { x, y } = units[chosen.index];
    context.strokeStyle = theme.accent;
    context.lineWidth = 3;
    context.beginPath();
    context.roundRect(x - half - 2, y - half - 2, size + 4, size + 4, 8);
    context.stroke();
  }

  #labels() {
    const { context, theme } = this;
    const { columns, height, width } = this.plan;
    const wide = width / columns.length;
    context.fillStyle = theme.muted;
    context.font = `11.5px ${theme.font}`;
    context.textAlign = "center";
    for (const { layer, x, members, below, skipped } of columns) {
      if (layer.index === 0) this.#names(members, x, wide);
      const name = layer.activation && layer.index < this.scene_.layers.length - 1 && wide > 90 ? `${layer.name} · ${layer.activation}` : layer.name;
      context.fillText(name, x, height - 4, wide - 4);
      const more = layer.units - layer.shown.length;
      if (more > 0) context.fillText(`+ ${more} more`, x, Math.min(below + 13, height - 18), wide - 4);
      if (skipped > 0) context.fillText(`${skipped} more`, x - wide / 2, height / 2 - 4), context.fillText(skipped > 1 ? "layers" : "layer", x - wide / 2, height / 2 + 10);
    }
  }

  // Of inputs: above their squares, or left of them when they stand too close.
  #names(members, x, wide) {
    const { context } = this;
    const { size } = this.plan;
    const room = members.length <= MOST_NAMES ? wide : x - size / 2 - 8;
    const name = (unit) => short(this.scene_.inputs[unit.unit], room);
    if (members.length <= MOST_NAMES) return members.forEach((unit) => context.fillText(name(unit), x, unit.y - size / 2 - 4, wide - 4));
    context.textAlign = "right";
    members.forEach((unit) => context.fillText(name(unit), x - size / 2 - 6, unit.y + 4, room));
    context.textAlign = "center";
    return undefined;
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
    this.#tip(`${unitName(this.scene_, from)} → ${unitName(this.scene_, to)}: weight ${signed(this.frame.weights[edge])}`, x, y);
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

// The end stays: names in a row often differ there.
function short(text, width) {
  const room = Math.max(4, Math.floor(width / 6));
  return text.length <= room ? text : `${text.slice(0, Math.ceil((room - 1) * 0.6))}…${text.slice(text.length - Math.floor((room - 1) * 0.4))}`;
}
