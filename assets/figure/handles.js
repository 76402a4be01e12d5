// What can be dragged or pressed: a button over each point or shape, for the hand and for the keys.

import { el } from "../shared/dom.js";
import { axesOf, cover, move, pixels, put, standing } from "./geometry.js";
import { places as placed } from "./rules.js";
import { precise } from "../shared/spelling.js";
import { Teller } from "./teller.js";

const LEAP = 10; // steps, with Shift
const KEYS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowDown: ["y", -1], ArrowUp: ["y", 1] };
const other = { x: "y", y: "x" };
const moves = (spec) => Boolean(spec.x || spec.y); // what does not is only pressed

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
    const { x, y } = axesOf(this.gd, data, layout, target);
    return [x.range, y.range];
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
      const box = pixels(gd, data, layout, spec);
      button.hidden = !box || ![box.x, box.y].every(Number.isFinite);
      if (!button.hidden) cover(button, box);
    }
  }

  #words(spec, at) {
    return ["x", "y"].filter((axis) => spec[axis]).map((axis) => `${axis} ${precise(at[axis])}`).join(", ");
  }

  // ---- the hand ----

  #spec(id) {
    return this.specs.find((spec) => spec.id === id);
  }

  #axes(spec) {
    return axesOf(this.gd, this.drawn.data, this.drawn.layout, spec.name);
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
