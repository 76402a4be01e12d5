// The sheet over a picture on which points are put, dragged and erased, by pointer or by keys.

import { el, fit } from "../../../shared/dom.js";
import { many, text } from "./drawing.js";

const RADIUS = 4; // px, of a point
const [NEAR, NEAR_FINGER] = [9, 18]; // px within which a press means a point
const APART = 18; // px between the points of a spray
const STRAY = 5; // px by which they stray, so that no string of beads comes out
const [STEP, LEAP] = [0.1, 0.5]; // of the crosshair

const ring = (n, radius) => Array.from({ length: n }, (_, i) => [radius(i) * Math.sin((2 * Math.PI * i) / n), -radius(i) * Math.cos((2 * Math.PI * i) / n)]);
const PLUS = [[-1, -3], [1, -3], [1, -1], [3, -1], [3, 1], [1, 1], [1, 3], [-1, 3], [-1, 1], [-3, 1], [-3, -1], [-1, -1]];
// The markers of theme.js, as corners at a radius of about 1: square, triangle, diamond, cross, star.
const CORNERS = [null, [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], ring(3, () => 1.25), ring(4, () => 1.25),
  PLUS.map(([x, y]) => [0.4 * x, 0.4 * y]), ring(10, (i) => (i % 2 ? 0.6 : 1.35))];

export class Pad {
  constructor(drawing) {
    this.drawing = drawing;
    this.cross = [0, 0]; // where the keyboard is
    this.canvas = el("canvas", { "aria-hidden": "true" });
    const end = (event) => this.#end(event);
    this.node = el("div", { class: "pad", role: "application", tabindex: 0, on: {
      pointerdown: (event) => this.#press(event), pointermove: (event) => this.#move(event), pointerup: end, pointercancel: end, lostpointercapture: end,
      contextmenu: (event) => event.preventDefault(), focus: () => this.draw(), blur: () => this.draw(),
    } }, this.canvas);
  }

  get size() {
    return this.node.clientWidth || 1;
  }

  /** @param {number[]} place */
  #pixels([x, y]) {
    const { reach } = this.drawing.limits;
    return [((x + reach) / (2 * reach)) * this.size, ((reach - y) / (2 * reach)) * this.size];
  }

  /** @param {number[]} place */
  #plane([left, top]) {
    const { reach } = this.drawing.limits;
    return [(left / this.size) * 2 * reach - reach, reach - (top / this.size) * 2 * reach];
  }

  #at(event) {
    const box = this.node.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  // The point nearest to a place, no further than `reach` px; the upper one of two. -1: none.
  /** @param {number[]} place   @param {number} reach */
  #nearest([left, top], reach) {
    return this.drawing.points.reduce(([found, distance], point, i) => {
      const [x, y] = this.#pixels(point);
      const d = Math.hypot(x - left, y - top);
      return d <= distance ? [i, d] : [found, distance];
    }, [-1, reach])[0];
  }

  #press(event) {
    const { drawing } = this;
    if (drawing.stroke || event.button === 1) return;
    this.node.setPointerCapture(event.pointerId);
    const at = this.#at(event);
    const near = event.pointerType === "touch" ? NEAR_FINGER : NEAR;
    const hit = this.#nearest(at, near);
    const kind = drawing.erasing || event.button === 2 || event.altKey || event.ctrlKey ? "erase" : hit < 0 ? "spray" : "drag";
    drawing.stroke = { pad: this, pointer: event.pointerId, kind, near, hit, last: at, before: drawing.points };
    this.cross = hit < 0 ? this.#plane(at).map(drawing.rounded) : drawing.points[hit].slice(0, 2);
    if (kind === "spray") drawing.put(...this.#plane(at));
    if (kind === "erase") this.#erase(at);
    drawing.show();
  }

  #move(event) {
    const { stroke } = this.drawing;
    const at = this.#at(event);
    if (!stroke) return this.node.toggleAttribute("data-over", this.#nearest(at, NEAR) >= 0);
    if (stroke.pad !== this || stroke.pointer !== event.pointerId) return undefined;
    this[`_${stroke.kind}`](stroke, at);
    return this.drawing.show();
  }

  // Points along the way, each a little off it: by the golden angle, so that the same stroke gives the same points.
  _spray(stroke, at) {
    for (;;) {
      const [dx, dy] = [at[0] - stroke.last[0], at[1] - stroke.last[1]];
      const distance = Math.hypot(dx, dy);
      if (distance < APART) return;
      stroke.last = [stroke.last[0] + (dx * APART) / distance, stroke.last[1] + (dy * APART) / distance];
      const { length: n } = this.drawing.points;
      this.drawing.put(...this.#plane([stroke.last[0] + STRAY * Math.cos(2.4 * n), stroke.last[1] + STRAY * Math.sin(2.4 * n)]));
    }
  }

  _drag(stroke, at) {
    const { drawing } = this;
    const [left, top] = this.#pixels(stroke.before[stroke.hit]); // held where it was pressed
    const place = this.#plane([left + at[0] - stroke.last[0], top + at[1] - stroke.last[1]]).map(drawing.rounded);
    drawing.points = stroke.before.map((point, i) => (i === stroke.hit ? [...place, point[2]] : point));
    this.cross = place;
  }

  _erase(stroke, at) {
    const hit = this.#nearest(at, stroke.near);
    if (hit >= 0) this.drawing.remove(hit);
  }

  #erase(at) {
    this._erase(this.drawing.stroke, at);
  }

  #end(event) {
    const { drawing } = this;
    const { stroke } = drawing;
    if (stroke?.pad === this && stroke.pointer === event.pointerId) drawing.commit(stroke.before, `${many(drawing.points)}.`);
  }

  key(key, far) {
    const { drawing, cross: [x, y] } = this;
    const before = drawing.points;
    const step = far ? LEAP : STEP;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[key];
    if (drawing.stroke || !(move || ["Enter", "Delete", "Backspace"].includes(key))) return false;
    const nearest = this.#nearest(this.#pixels(this.cross), Infinity);
    if (move) {
      this.cross = [drawing.rounded(x + move[0]), drawing.rounded(y + move[1])];
      const under = before[this.#nearest(this.#pixels(this.cross), NEAR)];
      drawing.show(`${this.cross.join(", ")}${under ? `: ${drawing.called(under)}` : ""}`);
    } else if (key === "Enter") {
      drawing.put(x, y);
      drawing.commit(before, before === drawing.points ? "There is no room for more points." : `${drawing.called(drawing.points.at(-1))}. ${many(drawing.points)}.`);
    } else if (nearest >= 0) {
      drawing.remove(nearest);
      drawing.commit(before, `Removed: ${drawing.called(before[nearest])}. ${many(drawing.points)}.`);
    }
    return true;
  }

  draw() {
    const { drawing, size } = this;
    const { theme, shapes, stroke } = drawing;
    if (!theme) return;
    this.node.setAttribute("aria-label", `Your drawing: ${many(drawing.points)}. Arrow keys move the crosshair, with Shift further; Enter puts a point, Delete removes the nearest${drawing.alike ? "" : `, 1 to ${drawing.limits.classes} choose the class`}.`);
    this.node.parentNode?.classList.toggle("waiting", !drawing.enough);
    const context = fit(this.canvas, size, size);
    context.clearRect(0, 0, size, size);
    context.strokeStyle = theme.rim;
    context.lineWidth = 1.5;
    drawing.points.forEach((point, i) => {
      const held = stroke?.kind === "drag" && stroke.hit === i;
      context.globalAlpha = drawing.aside?.has(text(point)) && !held ? 0.55 : 1;
      context.fillStyle = drawing.color(point[2]);
      mark(context, this.#pixels(point), held ? 1.5 * RADIUS : RADIUS, shapes ? CORNERS[point[2]] : null);
    });
    context.globalAlpha = 1;
    if (!drawing.enough) hint(context, size, theme, drawing.limits.least);
    if (this.node.matches(":focus-visible")) this.#crosshair(context, theme);
  }

  #crosshair(context, theme) {
    const [x, y] = this.#pixels(this.cross);
    for (const [color, width] of [[theme.ground, 4], [theme.ink, 1.5]]) { // seen on every ground
      Object.assign(context, { strokeStyle: color, lineWidth: width });
      context.beginPath();
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(x + 6 * dx, y + 6 * dy);
        context.lineTo(x + 15 * dx, y + 15 * dy);
      }
      context.stroke();
    }
  }
}

function hint(context, size, theme, least) {
  Object.assign(context, { font: `600 14px ${theme.font}`, textAlign: "center", fillStyle: theme.ink });
  context.fillText(`Put at least ${least} points`, size / 2, size / 2);
}

/** @type {(context: CanvasRenderingContext2D, place: number[], radius: number, corners: number[][] | null) => void} */
function mark(context, [x, y], radius, corners) {
  context.beginPath();
  if (corners) corners.forEach(([dx, dy]) => context.lineTo(x + radius * dx, y + radius * dy));
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.closePath();
  context.fill();
  context.stroke();
}
