// What can be dragged or pressed: a button over each point or shape, for the hand and for the keys.

import { el } from "../shared/dom.js";
import { escaped } from "../shared/plotly.js";
import { power as tenTo } from "../shared/spelling.js";
import { places as placed } from "./rules.js";
import { Teller } from "./teller.js";

const LEAP = 10; // steps, with Shift
const KEYS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowDown: ["y", -1], ArrowUp: ["y", 1] };
const other = { x: "y", y: "x" };
const moves = (spec) => Boolean(spec.x || spec.y); // what does not is only pressed

// A number as ann_core/base/spelling.py spells it: −0.4887, 3.4·10⁻⁵.
export function shown(value) {
  if (!Number.isFinite(value)) return "–";
  const rounded = Number(value.toPrecision(4));
  const [mantissa, power] = (rounded && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded)).split("e");
  return (power ? `${mantissa}·${tenTo(Number(power))}` : mantissa).replace("-", "−");
}

export const axisOf = (gd, ref, letter) => gd._fullLayout[(ref ?? letter).replace(letter, `${letter}axis`)];

// On the nearest step from the lower bound, within the bounds.
function snapped(value, [low, high], step) {
  const round = Number((low + Math.round((value - low) / step) * step).toPrecision(12));
  return Math.min(high, Math.max(low, round));
}

export class Handles {
  places = new Map(); // where things were dragged, by id
  buttons = new Map();
  held = null;
  specs = [];
  tells; // whether the server hears of it
  rules; // what follows

  // `redraw()` draws the figure again, `send(message)` tells the server, `say(text)` reads aloud.
  constructor({ redraw, send, say }) {
    this.redraw = redraw;
    this.say = say;
    this.teller = new Teller(send, () => [...this.places.values()]);
    this.help = el("span", { class: "sr-only", text: "Drag it, or move it with the arrow keys, with Shift ten steps at a time." });
    this.help.id = `help-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    this.node = el("div", { class: "handles" }, this.help);
  }

  take(message) {
    [this.tells, this.rules] = [message.tells, message.follow];
    this.specs = message.drag.flatMap((spec) => {
      const trace = message.data.find(({ name }) => name === spec.name);
      const points = !trace ? [null] : spec.point === null ? trace.x.map((_, i) => i) : [spec.point];
      return points.map((point) => ({ ...spec, point, each: spec.point === null, id: `${point}/${spec.name}`,
        label: spec.point === null ? `${spec.label} ${point + 1}` : spec.label }));
    });
    const ids = new Set(this.specs.map(({ id }) => id));
    if (this.held && !ids.has(this.held.id)) this.held = null;
    for (const id of this.places.keys()) if (!ids.has(id)) this.places.delete(id);
    this.teller.heard(message.answer);
    if (this.tells && !this.held && this.teller.settled) this.places.clear(); // the figure that came has them
    this.#build();
  }

  // Buttons stay while their handle does: one of them may be held or have the focus.
  #build() {
    for (const [id, button] of this.buttons) {
      if (this.specs.some((spec) => spec.id === id)) continue;
      button.remove();
      this.buttons.delete(id);
    }
    for (const spec of this.specs) {
      const { id } = spec;
      if (this.buttons.has(id)) continue;
      const button = el("button", { type: "button", class: "handle", "aria-describedby": moves(spec) ? this.help.id : null, "data-handle": id, on: {
        click: () => this.#choose(id),
        pointerdown: (event) => this.#press(event, id), pointermove: (event) => this.#drag(event, id),
        pointerup: () => this.#release(id), pointercancel: () => this.#release(id), lostpointercapture: () => this.#release(id),
        keydown: (event) => this.#key(event, id),
      } });
      this.buttons.set(id, button);
      this.node.append(button);
    }
  }

  // ---- what is drawn: the figure with everything where it was dragged ----

  apply(data, layout) {
    if (!this.places.size) return;
    for (const spec of this.specs) {
      const place = this.places.get(spec.id);
      if (place) move(data, layout, spec, place);
    }
    const values = Object.fromEntries(this.specs.flatMap((spec) =>
      ["x", "y"].map((axis) => [`${spec.name}.${axis}`, standing(data, layout, spec)[axis]])));
    for (const rule of this.rules) put(data, layout, rule.target, placed(rule, values, (target) => this.#ranges(data, layout, target)));
  }

  #ranges(data, layout, target) {
    const of = traceOf(data, target) ?? found(layout.shapes, target);
    const [x, y] = [of.xaxis ?? of.xref, of.yaxis ?? of.yref];
    return [axisOf(this.gd, x, "x").range, axisOf(this.gd, y, "y").range];
  }

  // Buttons go where Plotly drew their points.
  lay(gd, { data, layout }) {
    this.gd = gd;
    this.drawn = { data, layout };
    for (const spec of this.specs) {
      const at = standing(data, layout, spec);
      const button = this.buttons.get(spec.id);
      const words = moves(spec) ? `${spec.label}: ${this.#words(spec, at)}` : spec.label;
      if (button.getAttribute("aria-label") !== words) button.setAttribute("aria-label", words);
      if (typeof spec.chosen === "boolean") button.setAttribute("aria-pressed", String(spec.chosen));
      button.style.cursor = !moves(spec) ? "pointer" : spec.x && spec.y ? "grab" : spec.x ? "ew-resize" : "ns-resize";
      const box = spec.point === null ? span(gd, found(layout.shapes, spec.name)) : spot(gd, traceOf(data, spec.name), at, spec);
      button.hidden = !box || ![box.x, box.y].every(Number.isFinite);
      if (!button.hidden) cover(button, box);
    }
  }

  #words(spec, at) {
    return ["x", "y"].filter((axis) => spec[axis]).map((axis) => `${axis} ${shown(at[axis])}`).join(", ");
  }

  // ---- the hand ----

  #spec(id) {
    return this.specs.find((spec) => spec.id === id);
  }

  #axes(spec) {
    const of = traceOf(this.drawn.data, spec.name) ?? found(this.drawn.layout.shapes, spec.name);
    return { x: axisOf(this.gd, of.xaxis ?? of.xref, "x"), y: axisOf(this.gd, of.yaxis ?? of.yref, "y") };
  }

  #press(event, id) {
    const spec = this.#spec(id);
    if (event.button !== 0 || this.held || !moves(spec)) return;
    const at = standing(this.drawn.data, this.drawn.layout, spec);
    const axes = this.#axes(spec);
    event.preventDefault();
    const button = this.buttons.get(id);
    button.setPointerCapture(event.pointerId);
    button.focus({ preventScroll: true });
    button.toggleAttribute("data-held", true);
    // Held where it was pressed: it does not jump under the pointer.
    const to = this.#pointer(event);
    this.held = { id, pointer: event.pointerId, offset: { x: spec.x && to.x - axes.x.d2p(at.x), y: spec.y && to.y - axes.y.d2p(at.y) } };
  }

  // What is only pressed: by hand, Enter or space. Of several the last one counts.
  #choose(id) {
    const spec = this.#spec(id);
    if (moves(spec) || !this.tells) return;
    for (const one of this.specs) if (!moves(one)) this.places.delete(one.id);
    this.places.set(id, { name: spec.name, ...(spec.each ? { point: spec.point } : {}) });
    this.teller.tell();
  }

  // Where the pointer is, in the picture's own pixels: the presenter view enlarges them.
  #pointer({ clientX, clientY }) {
    const zoom = this.node.currentCSSZoom ?? 1;
    return { x: clientX / zoom, y: clientY / zoom };
  }

  #drag(event, id) {
    const { held } = this;
    if (held?.id !== id || held.pointer !== event.pointerId) return;
    const spec = this.#spec(id);
    const { x, y } = this.#axes(spec);
    const to = this.#pointer(event);
    this.#set(spec, { x: spec.x && x.p2d(to.x - held.offset.x), y: spec.y && y.p2d(to.y - held.offset.y) });
  }

  #release(id) {
    if (this.held?.id !== id) return;
    this.buttons.get(id)?.toggleAttribute("data-held", false);
    this.held = null;
    this.teller.flush();
    if (!this.tells || !this.teller.settled) return;
    this.places.clear(); // the page's figure counts, wherever it says that things are
    this.redraw();
  }

  #key(event, id) {
    const spec = this.#spec(id);
    const [wanted, way] = KEYS[event.key] ?? [];
    if (!wanted || !moves(spec) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const axis = spec[wanted] ? wanted : other[wanted]; // what moves along one axis hears all four
    const index = axis === "x" ? 0 : 1;
    const at = standing(this.drawn.data, this.drawn.layout, spec);
    const now = { ...at, ...this.places.get(id) };
    this.#set(spec, { ...now, [axis]: now[axis] + way * spec.step[index] * (event.shiftKey ? LEAP : 1) });
    this.say(`${spec.label}: ${this.#words(spec, this.places.get(id))}`);
  }

  #set(spec, wanted) {
    /** @type {{ name: string, point?: number, x?: number, y?: number }} */
    const place = { name: spec.name, ...(spec.each ? { point: spec.point } : {}) };
    ["x", "y"].forEach((axis, i) => { if (spec[axis]) place[axis] = snapped(wanted[axis], spec[axis], spec.step[i]); });
    const before = this.places.get(spec.id);
    if (before && before.x === place.x && before.y === place.y) return;
    this.places.set(spec.id, place);
    this.redraw();
    if (this.tells) this.teller.tell();
  }

  remove() {
    this.teller.remove();
  }
}

// ---- where things are, in the figure and in pixels ----

const found = (shapes, name) => (shapes ?? []).find((shape) => shape.name === name);
const traceOf = (data, name) => data.find((trace) => trace.name === escaped(name)); // drawn data have safe names

// Where a handle's point or shape stands in a figure.
function standing(data, layout, { name, point }) {
  if (point !== null) {
    const trace = traceOf(data, name);
    return { x: trace.x[point], y: trace.y[point] };
  }
  const shape = found(layout.shapes, name);
  return { x: shape.x0, y: shape.y0 };
}

function move(data, layout, spec, place) {
  const at = standing(data, layout, spec);
  const to = { x: place.x ?? at.x, y: place.y ?? at.y };
  if (spec.point === null) {
    const { x0, x1, y0, y1 } = found(layout.shapes, spec.name);
    put(data, layout, spec.name, { x: [to.x, x1 + to.x - x0], y: [to.y, y1 + to.y - y0] });
  } else {
    const trace = traceOf(data, spec.name);
    put(data, layout, spec.name, { x: trace.x.with(spec.point, to.x), y: trace.y.with(spec.point, to.y) });
  }
}

// Another trace with other lists: the page's own stays as it came, and Plotly compares lists by identity.
function put(data, layout, name, { x, y }) {
  const index = data.indexOf(traceOf(data, name));
  if (index >= 0) data[index] = { ...data[index], x, y };
  else Object.assign(found(layout.shapes, name), { x0: x[0], x1: x[1], y0: y[0], y1: y[1], visible: x.length > 0 });
}

function spot(gd, trace, at, { point }) {
  const [x, y] = [axisOf(gd, trace.xaxis, "x"), axisOf(gd, trace.yaxis, "y")];
  const size = [trace.marker?.size].flat();
  return { x: x._offset + x.d2p(at.x), y: y._offset + y.d2p(at.y), width: (size[point] ?? size[0] ?? 8) + 12, round: true };
}

// The pixels of a shape: of a line its length and angle, of others their box.
function span(gd, shape) {
  const { w, h, l, t } = gd._fullLayout._size;
  const across = (value) => pixel(axisOf(gd, (shape.xref ?? "x").split(" ")[0], "x"), shape.xref, value, (share) => l + share * w, (_, share) => share);
  const down = (value) => pixel(axisOf(gd, (shape.yref ?? "y").split(" ")[0], "y"), shape.yref, value, (share) => t + (1 - share) * h, (_, share) => 1 - share);
  const [x0, x1, y0, y1] = [across(shape.x0), across(shape.x1), down(shape.y0), down(shape.y1)];
  const middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
  if (shape.type !== "line") return { ...middle, width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
  return { ...middle, width: Math.hypot(x1 - x0, y1 - y0), height: 20, angle: Math.atan2(y1 - y0, x1 - x0) };
}

function pixel(axis, ref, value, onPaper, inDomain) {
  if (ref === "paper") return onPaper(value);
  return axis._offset + (ref?.endsWith("domain") ? inDomain(axis, value) * axis._length : axis.d2p(value));
}

function cover(button, { x, y, width, height = width, angle = 0, round = false }) {
  const [w, h] = [Math.max(28, width), Math.max(round ? 28 : 20, height)];
  Object.assign(button.style, { width: `${w}px`, height: `${h}px`, borderRadius: round ? "50%" : "8px",
    transform: `translate(${x - w / 2}px, ${y - h / 2}px) rotate(${angle}rad)` });
}
