// The noise that a generator is given: points, and the straight lines of its net. One point can be chosen by pointer or by keys.

import { el, fit } from "../../../shared/dom.js";
/** @import { Run, Theme } from "../../types.d.ts" */

const MARGIN = 1.5; // times the net's reach is shown
const STEP = 0.2; // of the keyboard's crosshair
const NEAR = 24; // px
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Noise {
  /** @type {Theme} */
  theme;

  // follow(i): this point is looked at; null: none
  constructor(follow) {
    this.follow = follow;
    this.at = [0, 0];
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.frame = el("div", { class: "picture", role: "application", tabindex: 0, on: {
      pointermove: (event) => this.#point(event), pointerleave: () => follow(null), blur: () => follow(null) } }, this.canvas);
    this.node = el("figure", { class: "noise" }, el("figcaption", { class: "name", text: "noise" }), this.frame);
  }

  /** @param {Run} run */
  scene({ scene, points }) {
    this.reach = scene.noise_reach;
    this.lines = scene.noise_lines;
    this.latent = scene.latent;
    const numbers = Math.min(2, scene.latent);
    this.points = Array.from({ length: points.noise.length / numbers }, (_, i) =>
      [points.noise[numbers * i], numbers > 1 ? points.noise[numbers * i + 1] : 0]);
    this.frame.setAttribute("aria-label", `Noise: ${this.points.length} points that the generator makes samples of. ` +
      "Arrow keys choose one; the sentence below says what becomes of it.");
  }

  told(i) {
    return `Noise (${this.points[i].slice(0, this.latent).map((value) => value.toFixed(2).replace("-", "−")).join(", ")})`;
  }

  dress(theme) {
    this.theme = theme;
    this.resize();
  }

  resize() {
    this.size = this.frame.clientWidth;
  }

  /** @type {(point: number[]) => [number, number]} */
  #pixel([x, y]) {
    const { size } = this;
    const half = MARGIN * this.reach;
    return [((x + half) / (2 * half)) * size, ((half - y) / (2 * half)) * size];
  }

  #nearest(left, top, within) {
    return this.points.reduce(([best, distance], point, i) => {
      const [x, y] = this.#pixel(point);
      const far = Math.hypot(x - left, y - top);
      return far < distance ? [i, far] : [best, distance];
    }, [null, within])[0];
  }

  #point(event) {
    const box = this.frame.getBoundingClientRect();
    this.follow(this.#nearest(event.clientX - box.left, event.clientY - box.top, NEAR));
  }

  // Arrow keys move over the noise while it has the focus; the nearest point is followed.
  key(event) {
    const move = MOVES[event.key];
    if (!move || document.activeElement !== this.frame) return false;
    const most = MARGIN * this.reach;
    this.at = this.at.map((value, i) => Math.max(-most, Math.min(most, value + STEP * move[i])));
    const [left, top] = this.#pixel(this.at);
    this.follow(this.#nearest(left, top, Infinity));
    return true;
  }

  draw(net, followed) {
    if (!this.size) return;
    const { theme, reach, lines } = this;
    const context = fit(this.canvas, this.size, this.size);
    context.clearRect(0, 0, this.size, this.size);
    if (net) {
      Object.assign(context, { strokeStyle: theme.ink, lineWidth: 1, globalAlpha: 0.35 });
      context.beginPath();
      for (let line = 0; line < lines; line++) {
        const at = reach * ((2 * line) / (lines - 1) - 1);
        for (const ends of this.latent > 1 ? [[[-reach, at], [reach, at]], [[at, -reach], [at, reach]]] : [[[-reach, 0], [reach, 0]]]) {
          context.moveTo(...this.#pixel(ends[0]));
          context.lineTo(...this.#pixel(ends[1]));
        }
      }
      context.stroke();
      context.globalAlpha = 1;
    }
    this.points.forEach((point, i) => dot(context, this.#pixel(point), i === followed, theme.negative, theme));
    if (followed !== null) dot(context, this.#pixel(this.points[followed]), true, theme.negative, theme);
  }
}

/** @type {(context: CanvasRenderingContext2D, place: [number, number], chosen: boolean, color: string, theme: Theme) => void} */
export function dot(context, [x, y], chosen, color, theme) {
  context.beginPath();
  context.arc(x, y, chosen ? 6 : 2.6, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
  context.strokeStyle = chosen ? theme.ink : theme.rim;
  context.lineWidth = chosen ? 2 : 0.8;
  context.stroke();
}
