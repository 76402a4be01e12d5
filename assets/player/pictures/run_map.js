// The map of one run: a row for each layer, a column for each epoch, its axes, and what stands under the pointer.

import { band } from "../film/bands.js";
import { hover } from "./chart.js";
import { el, fit } from "../../shared/dom.js";
import { none, size } from "../film/logs.js";
import { hatching } from "./hatching.js";
import { margin, stepUp } from "../../shared/plotly.js";
import { runColor } from "../../shared/theme.js";

const MARGIN = { l: 54, r: 12, t: 2, b: 22 };

// The log gradient of each weight layer, the median of the seeds.
export const layersOf = (run, frame) => band(run, frame, "gradient").mid;

export class RunMap {
  width;
  height;
  wide; // of what is painted, without the margins
  tall;

  constructor(run, named, seek) {
    this.run = run;
    this.names = run.scene.weight_layers;
    this.cells = el("canvas");
    this.canvas = el("canvas");
    this.veil = el("div", { class: "veil" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.chart = el("div", { class: "chart", role: "img" }, this.canvas, this.veil, this.tip);
    this.dot = el("i", { class: "dot" });
    this.node = el("figure", {}, named ? el("figcaption", { class: "name" }, this.dot, run.scene.name) : null, this.chart);
    this.chart.addEventListener("pointermove", (event) => this.#point(event));
    this.chart.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    this.chart.addEventListener("click", (event) => {
      const found = this.#at(event);
      if (found) seek(run.at(found.epoch).epoch);
    });
  }

  measure(theme) {
    const longest = Math.max(...this.names.map((name) => name.length)); // letters, of about 5.6 px
    this.margin = margin(theme, { ...MARGIN, l: Math.max(MARGIN.l, Math.ceil(5.6 * longest + 8)) });
    [this.veil.style.top, this.veil.style.bottom] = [`${this.margin.t}px`, `${this.margin.b}px`];
    [this.width, this.height] = [this.chart.clientWidth, this.chart.clientHeight];
    [this.wide, this.tall] = [this.width - this.margin.l - this.margin.r, this.height - this.margin.t - this.margin.b];
  }

  paint(theme, { low, high, right }, table) {
    if (!(this.wide > 0)) return;
    this.right = right;
    this.dot.style.background = runColor(this.run, theme, theme.accent);
    const context = fit(this.canvas, this.width, this.height);
    context.clearRect(0, 0, this.width, this.height);
    const [L, columns] = [this.names.length, Math.round(this.wide)];
    const known = Math.min(columns, Math.ceil((columns * this.run.last.epoch) / right) + 1);
    [this.cells.width, this.cells.height] = [known, L];
    const inner = this.cells.getContext("2d");
    const image = inner.createImageData(known, L);
    const pixels = new Uint32Array(image.data.buffer);
    const gaps = new Uint8Array(L * known);
    for (let x = 0; x < known; x++) {
      const logs = layersOf(this.run, this.run.at((x * right) / columns));
      for (let layer = 0; layer < L; layer++) {
        const at = (L - 1 - layer) * known + x;
        const share = Math.min(1, Math.max(0, (logs[layer] - low) / (high - low))) || 0;
        pixels[at] = table[Math.round(255 * share)];
        gaps[at] = Number(none(logs[layer]));
      }
    }
    inner.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.fillStyle = theme.panel;
    context.fillRect(this.margin.l, this.margin.t, this.wide, this.tall);
    context.drawImage(this.cells, this.margin.l, this.margin.t, (this.wide * known) / columns, this.tall);
    this.#rows(context, theme, gaps);
    this.#axes(context, theme);
    const end = this.margin.l + 8 + (this.wide * this.run.last.epoch) / right;
    if (this.run.end?.state !== "diverged" || this.width - end < 12 * theme.text) return;
    context.textAlign = "left";
    context.fillText("stopped: the numbers grew too large", end, this.margin.t + this.tall / 2);
  }

  #rows(context, theme, gaps) {
    const row = this.tall / this.names.length;
    context.fillStyle = context.createPattern(hatching(theme), "repeat");
    const known = gaps.length / this.names.length;
    for (let at = 0; at < gaps.length; at++) {
      if (!gaps[at]) continue;
      const [from, end] = [at, (Math.floor(at / known) + 1) * known];
      while (at + 1 < end && gaps[at + 1]) at++;
      context.fillRect(this.margin.l + (from % known), this.margin.t + Math.floor(from / known) * row, at - from + 1, row);
    }
    context.fillStyle = theme.ground;
    if (row < 6) return;
    for (let i = 1; i < this.names.length; i++) context.fillRect(this.margin.l, this.margin.t + i * row - 0.5, this.wide, 1);
  }

  #axes(context, theme) {
    const L = this.names.length;
    const room = 1.25 * theme.text;
    const each = [1, 2, 5, 10, 20, 40].find((n) => (n * this.tall) / L >= room) ?? 80;
    context.font = `${theme.text}px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.textBaseline = "middle";
    context.textAlign = "right";
    const far = (rows) => rows * this.tall >= room * L;
    this.names.forEach((name, i) => {
      const regular = (i + 1) % each === 0 && far(i) && far(L - 1 - i);
      if (i !== L - 1 && !(i === 0 && far(L - 1)) && !regular) return;
      context.fillText(name, this.margin.l - 6, Math.max(0.6 * theme.text, this.margin.t + ((L - 0.5 - i) * this.tall) / L));
    });
    context.textBaseline = "alphabetic";
    context.textAlign = "center";
    const parts = this.wide > 320 ? 5 : 2;
    const step = stepUp(this.right / parts);
    for (let epoch = 0; epoch <= this.right * 1.0001; epoch += step) {
      const text = Number(epoch.toPrecision(6)).toLocaleString("en-US");
      context.fillText(text, this.margin.l + (this.wide * epoch) / this.right, this.height - 7);
    }
  }

  draw(time, frame) {
    if (!(this.wide > 0) || !this.right) return;
    const x = this.margin.l + (this.wide * Math.min(time, this.right)) / this.right;
    this.veil.style.transform = `translateX(${x.toFixed(1)}px)`;
    const epoch = Math.round(time);
    if (epoch === this.said) return;
    this.said = epoch;
    const logs = layersOf(this.run, frame);
    const layers = Array.from(logs, (log, i) => `${this.names[i]} ${none(log) ? "none" : size(log)}`).join(", ");
    this.chart.setAttribute("aria-label", `Gradient of every layer over the epochs of ${this.run.scene.name}, ` +
      `known up to epoch ${Math.round(this.run.last.epoch)}. At epoch ${epoch}: ${layers}.`);
  }

  // The layer and the epoch under a pointer, where something is known.
  #at(event) {
    const box = this.chart.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const epoch = ((x - this.margin.l) / this.wide) * this.right;
    const row = Math.floor(((y - this.margin.t) / this.tall) * this.names.length);
    if (!(epoch >= 0) || epoch > this.run.last.epoch || row < 0 || row >= this.names.length) return null;
    return { x, epoch, layer: this.names.length - 1 - row };
  }

  #point(event) {
    const found = this.#at(event);
    const frame = found && this.run.at(found.epoch);
    const log = found && layersOf(this.run, frame)[found.layer];
    hover(this.tip, found?.x, this.width, found && `${this.names[found.layer]}, epoch ${Math.round(frame.epoch)}: ${none(log) ? "none" : size(log)}`);
  }
}
