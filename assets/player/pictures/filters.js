// The filters of every convolution: each a small picture of its weights, all on one scale around 0.

import { el, say } from "../../shared/dom.js";
import { RunChoice } from "./run_choice.js";
import { Tiles, scaled } from "./tiles.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

export default class Filters {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  chosen = 0;

  constructor({ select }) {
    this.choice = new RunChoice("Network whose filters are shown", select);
    this.note = el("span", { class: "note" });
    this.list = el("div", { class: "layers", role: "img" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.node = el("section", { class: "filters" },
      el("header", {}, el("h2", { text: "The filters" }), this.note, el("span", { class: "push" }), this.choice.node),
      el("div", { class: "tiles" }, this.list, this.tip));
  }

  span() {
    return 4;
  }

  /** @param {Run[]} runs   @param {Theme} theme */
  scene(runs, theme) {
    this.runs = runs;
    this.scale = 0;
    this.#show(Math.min(this.chosen, runs.length - 1), theme);
  }

  #show(chosen, theme) {
    this.chosen = chosen;
    const { scene } = this.runs[chosen];
    let first = 0;
    this.layers = scene.filter_layers.map((layer) => {
      const [filters, channels] = layer.shown;
      const tiles = new Tiles({ count: filters * channels, height: layer.size, width: layer.size, across: channels > 1 ? channels : 0, most: 16 });
      tiles.canvas.addEventListener("pointermove", (event) => this.#point(event, layer, tiles));
      tiles.canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
      const found = { layer, tiles, first };
      first += filters * channels * layer.size ** 2;
      return found;
    });
    this.list.replaceChildren(...this.layers.map(({ layer, tiles }) => el("figure", {}, el("figcaption", { text: told(layer) }), tiles.canvas)));
    this.retheme(theme);
    this.data();
  }

  retheme(theme) {
    this.theme = theme;
    this.choice.scene(this.runs, theme, this.chosen);
    this.resize();
  }

  resize() {
    this.drawn = null;
    const room = this.list.clientWidth;
    if (room) for (const { tiles } of this.layers) tiles.lay(room);
  }

  // The scale only grows: colours hold still while the film plays.
  data() {
    for (const { filter_scale: scale } of this.runs[this.chosen].frames) if (scale) this.scale = Math.max(this.scale, scale[0]);
    this.drawn = null;
    say(this.note, `orange +, blue −, full colour ±${Number(this.scale.toPrecision(2))}`);
  }

  /** @param {Moment} moment */
  draw({ shown, selected, time }) {
    if (selected !== this.chosen) this.#show(selected, this.theme);
    const { frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.filters) return;
    this.drawn = this.frame = frame;
    const table = scaled(this.theme.units, frame.filter_scale[0] / this.scale);
    for (const { tiles, first } of this.layers) tiles.paint(frame.filters, first, table);
    const epoch = Math.round(time);
    if (epoch === this.said) return;
    this.said = epoch;
    this.list.setAttribute("aria-label", `Filters at epoch ${epoch}. ` + this.layers.map((one) => `${told(one.layer)}: ${range(one, frame)}.`).join(" "));
  }

  #point(event, layer, tiles) {
    const found = tiles.at(event);
    this.tip.hidden = !found || !this.frame;
    if (this.tip.hidden) return;
    const { first } = this.layers.find((one) => one.layer === layer);
    const channels = layer.shown[1];
    const [filter, channel] = [Math.floor(found.picture / channels), found.picture % channels];
    const from = channels > 1 ? `, on map ${channel + 1} before it` : "";
    say(this.tip, `Filter ${filter + 1}${from}, row ${found.row + 1}, column ${found.column + 1}: weight about ${signed(weight(this.frame, first + found.index))}`);
    place(this.tip, event, this.list);
  }
}

const weight = (frame, index) => ((frame.filters[index] - 128) / 127) * frame.filter_scale[0];
export const signed = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toPrecision(2);

export function place(tip, event, within) {
  const box = within.getBoundingClientRect();
  const left = Math.min(Math.max(0, event.clientX - box.left - tip.offsetWidth / 2), box.width - tip.offsetWidth);
  tip.style.transform = `translate(${left.toFixed(0)}px, ${(event.clientY - box.top + 16).toFixed(0)}px)`;
}

function told({ name, filters, channels, size, shown }) {
  const left = shown[0] < filters || shown[1] < channels ? `; the first ${shown[0]}${channels > 1 ? ` on the first ${shown[1]}` : ""} are shown` : "";
  const on = channels > 1 ? ` on each of ${channels} maps (a row is one filter)` : "";
  return `${name}: ${filters} ${filters === 1 ? "filter" : "filters"} of ${size} × ${size}${on}${left}`;
}

function range({ layer, first }, frame) {
  const count = layer.shown[0] * layer.shown[1] * layer.size ** 2;
  const values = frame.filters.subarray(first, first + count);
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [255, 0]);
  return `weights from ${signed(((low - 128) / 127) * frame.filter_scale[0])} to ${signed(((high - 128) / 127) * frame.filter_scale[0])}`;
}
