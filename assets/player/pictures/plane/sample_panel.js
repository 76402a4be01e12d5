// True and generated points of one run over what its judge says, with the noise's net as the generator bends it.

import { el, fit } from "../../../shared/dom.js";
import { Raster } from "../raster.js";
import { dot } from "./noise.js";
/** @import { Frame, Run, Theme } from "../../types.d.ts" */

const NEAR = 18; // px
const HALF = 1.7; // px, of a true point, a square

export class SamplePanel {
  /** @type {Theme} */
  theme;
  /** @type {Frame | null} */
  last = null;
  beyond = 0; // samples outside of the picture

  /** @param {Run} run   @param {boolean} named */
  constructor(run, named) {
    this.run = run;
    this.raster = new Raster(el("canvas"));
    this.still = el("canvas"); // the true points, drawn once
    this.moving = el("canvas");
    this.frame = el("div", { class: "picture", role: "img" }, this.raster.canvas, this.still, this.moving);
    this.dot = el("i", { class: "dot" });
    this.sheet = el("div", { class: "sheet" }, this.frame);
    this.node = el("figure", {}, el("figcaption", { class: "name" }, ...(named ? [this.dot, run.scene.name] : ["samples"])), this.sheet);
  }

  // On which true points are drawn: it shows them itself.
  attach(pad) {
    this.pad = pad;
    this.sheet.append(pad.node);
    return pad;
  }

  // Another film in the same place, so that whoever is drawing on it is not disturbed.
  renew(run) {
    [this.run, this.drawn, this.last] = [run, null, null];
  }

  dress(theme, color) {
    this.theme = theme;
    this.dot.style.background = color;
    this.resize();
  }

  resize() {
    this.drawn = null;
    this.size = this.frame.clientWidth;
    if (this.pad) return this.pad.draw();
    if (!this.size) return;
    const context = fit(this.still, this.size, this.size);
    const { train_points: points } = this.run.points;
    Object.assign(context, { fillStyle: this.theme.positive, strokeStyle: this.theme.rim, lineWidth: 0.5 });
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = this.#pixel(points, i);
      context.fillRect(x - HALF, y - HALF, 2 * HALF, 2 * HALF);
      context.strokeRect(x - HALF, y - HALF, 2 * HALF, 2 * HALF);
    }
  }

  /** @type {(values: ArrayLike<number>, i: number) => [number, number]} */
  #pixel(values, i) {
    const { x, y } = this.run.scene.plane;
    return [((values[i] - x[0]) / (x[1] - x[0])) * this.size, ((y[1] - values[i + 1]) / (y[1] - y[0])) * this.size];
  }

  // The sample under a pointer, by its number.
  nearest(event) {
    const samples = this.last?.samples;
    if (!samples) return null;
    const box = this.frame.getBoundingClientRect();
    let [best, distance] = [null, NEAR];
    for (let i = 0; i < samples.length; i += 2) {
      const [x, y] = this.#pixel(samples, i);
      const far = Math.hypot(x - event.clientX + box.left, y - event.clientY + box.top);
      if (far < distance) [best, distance] = [i / 2, far];
    }
    return best;
  }

  /** @param {Frame} frame   @param {Record<string, boolean>} layers   @param {number | null} followed */
  draw(frame, layers, followed) {
    const key = `${frame.step} ${layers.judge} ${layers.net} ${followed}`;
    if (!this.size || !frame.samples || this.drawn === key) return;
    [this.drawn, this.last] = [key, frame];
    this.raster.canvas.hidden = !layers.judge || !frame.boundary;
    if (!this.raster.canvas.hidden) this.raster.field(frame.boundary, frame.shapes.boundary[1], this.theme.field);
    const context = fit(this.moving, this.size, this.size);
    context.clearRect(0, 0, this.size, this.size);
    if (layers.net) this.#net(context, frame);
    this.beyond = 0;
    for (let i = 0; i < frame.samples.length; i += 2) {
      const place = this.#pixel(frame.samples, i);
      if (place.every((at) => at >= 0 && at <= this.size)) dot(context, place, false, this.theme.negative, this.theme);
      else this.beyond++;
    }
    if (followed !== null) dot(context, this.#pixel(frame.samples, 2 * followed), true, this.theme.negative, this.theme);
  }

  /** @type {(context: CanvasRenderingContext2D, frame: Frame) => void} */
  #net(context, { noise_net: net, shapes: { noise_net: [ways, lines, along] } }) {
    Object.assign(context, { strokeStyle: this.theme.ink, lineWidth: 1, globalAlpha: 0.4 });
    context.beginPath();
    for (let line = 0; line < ways * lines; line++) {
      for (let i = 0; i < along; i++) {
        const place = this.#pixel(net, 2 * (line * along + i));
        if (i) context.lineTo(...place);
        else context.moveTo(...place);
      }
    }
    context.stroke();
    context.globalAlpha = 1;
  }
}
