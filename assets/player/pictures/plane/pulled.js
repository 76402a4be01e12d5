// Who pulls, over "What it decides": each training point grown by its part, with an arrow the way it pulls; and the spot that is
// pulled at, chosen by a click or by arrow keys.

import { el, fit } from "../../../shared/dom.js";
import { wayOf } from "../inside/pull_view.js";
import { classColor, fieldColor, rimOf } from "../../../shared/theme.js";
/** @import { Pull, Run, Theme } from "../../types.d.ts" */

const LEAST = 2; // px, the smallest radius
const MOST = 1 / 26; // of the picture, the largest
const ARROWS = 0.12; // of the largest part: below it a point has no arrow
const STEP = 0.04; // of the picture, by an arrow key
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Pulled {
  /** @type {import("../../types.d.ts").Target | undefined} */
  target;

  // yRange: of the picture   aim(kind, at): a spot is pulled at
  /** @param {Run} run   @param {[number, number]} yRange   @param {(kind: "spot", at: number[]) => void} aim */
  constructor(run, yRange, aim) {
    const { plane } = run.scene;
    this.run = run;
    this.aim = aim;
    this.x = plane.x;
    this.y = yRange;
    this.curve = plane.kind === "curve";
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.node = el("div", { class: "pulled", role: "application", tabindex: "0", hidden: true, title: "Click a spot: who pulls at the answer there?",
      "aria-label": "The points, grown by how much they pull. Arrow keys choose a spot of the picture; the list says who pulls at the answer there.",
      on: { click: (event) => this.#click(event) } }, this.canvas);
  }

  #click({ clientX, clientY }) {
    const { left, top, width, height } = this.node.getBoundingClientRect();
    this.#at((clientX - left) / width, 1 - (clientY - top) / height);
  }

  // right, up: shares of the picture
  #at(right, up) {
    const within = (share) => Math.min(1, Math.max(0, share));
    const on = ([low, high], share) => Number((low + (high - low) * within(share)).toPrecision(6));
    this.aim("spot", this.curve ? [on(this.x, right)] : [on(this.x, right), on(this.y, up)]);
  }

  key({ key }) {
    const move = MOVES[key];
    if (!move || document.activeElement !== this.node) return false;
    const { kind, at } = this.target ?? {};
    const share = (value, [low, high]) => (value - low) / (high - low);
    const [right, up] = kind === "spot" ? [share(at[0], this.x), this.curve ? 0.5 : share(at[1], this.y)] : [0.5, 0.5];
    this.#at(right + STEP * move[0], up + STEP * move[1]);
    return true;
  }

  /** @type {(x: number, y: number, size: number) => [number, number]} */
  #pixel(x, y, size) {
    const { x: [left, right], y: [low, high] } = this;
    return [((x - left) / (right - left)) * size, ((high - y) / (high - low)) * size];
  }

  /** @param {Pull | null} pull   @param {Theme} theme */
  draw(pull, theme) {
    this.node.hidden = !pull?.resting;
    this.target = pull?.target;
    if (this.node.hidden) return;
    const size = this.node.clientWidth;
    const context = fit(this.canvas, size, size);
    context.clearRect(0, 0, size, size);
    const told = pull.told?.refused ? null : pull.told;
    const { train_points: xy, train_target: target } = this.run.points;
    const parts = told?.parts ?? [];
    const largest = parts.reduce((most, part) => Math.max(most, Math.abs(part)), 0) || 1;
    const order = Array.from(target, (_, i) => i).sort((a, b) => Math.abs(parts[a] ?? 0) - Math.abs(parts[b] ?? 0)); // the strongest on top
    for (const i of order) {
      const place = this.curve ? this.#pixel(xy[i], target[i], size) : this.#pixel(xy[2 * i], xy[2 * i + 1], size);
      const share = Math.abs(parts[i] ?? 0) / largest;
      const radius = LEAST + (MOST * size - LEAST) * Math.sqrt(share);
      this.#point(context, theme, place, radius, this.#color(theme, target[i]), i === pull.lit);
      if (share > ARROWS) arrow(context, theme, place, radius, wayOf(told, i));
    }
    const { kind, at: [x, y] } = pull.target;
    if (kind !== "spot") return;
    const [right, down] = this.#pixel(x, y, size);
    cross(context, theme, right, this.curve ? null : down, size);
  }

  #color(theme, value) {
    const { scene } = this.run;
    return scene.field ? fieldColor(theme, value, scene.field) : classColor(scene, theme, value);
  }

  /** @type {(context: CanvasRenderingContext2D, theme: Theme, place: [number, number], radius: number, color: string, lit: boolean) => void} */
  #point(context, theme, [x, y], radius, color, lit) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    Object.assign(context, { fillStyle: color, strokeStyle: rimOf(this.run.scene, theme), lineWidth: 1.5 });
    context.fill();
    context.stroke();
    if (!lit) return;
    for (const [stroke, width] of [[theme.ground, 5], [theme.ink, 2.5]]) {
      context.beginPath();
      context.arc(x, y, radius + 4, 0, 2 * Math.PI);
      Object.assign(context, { strokeStyle: stroke, lineWidth: width });
      context.stroke();
    }
  }
}

// From the point, up or down; its colour says the same again.
/** @type {(context: CanvasRenderingContext2D, theme: Theme, place: [number, number], radius: number, way: "up" | "down") => void} */
function arrow(context, theme, [x, y], radius, way) {
  const [sign, color] = way === "up" ? [-1, theme.accent] : [1, theme.ink];
  const [from, to, head] = [y, y + sign * (radius + 11), Math.max(3.5, radius * 0.5)];
  for (const [stroke, width] of [[theme.ground, 4.5], [color, 2.2]]) {
    Object.assign(context, { strokeStyle: stroke, lineWidth: width, lineCap: "round", lineJoin: "round" });
    context.beginPath();
    context.moveTo(x, from);
    context.lineTo(x, to);
    context.moveTo(x - head, to - sign * head);
    context.lineTo(x, to);
    context.lineTo(x + head, to - sign * head);
    context.stroke();
  }
}

// The spot; on a curve a line across.
function cross(context, theme, x, y, size) {
  for (const [color, width] of [[theme.ground, 5], [theme.accent, 2.5]]) {
    Object.assign(context, { strokeStyle: color, lineWidth: width });
    context.beginPath();
    if (y === null) context.moveTo(x, 0), context.lineTo(x, size);
    else {
      context.arc(x, y, 9, 0, 2 * Math.PI);
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) context.moveTo(x + 5 * dx, y + 5 * dy), context.lineTo(x + 14 * dx, y + 14 * dy);
    }
    context.stroke();
  }
}
