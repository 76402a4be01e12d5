// Bars in a chart: at each layer one for each run, and what is drawn across them.

import { hatching } from "./hatching.js";
import { runColor } from "../../shared/theme.js";
/** @import { Chart } from "./chart.js" */
/** @import { Run, Theme } from "../types.d.ts" */

const LABEL_WIDTH = 44; // px that a number above a bar needs

export class LayerBars {
  /** @param {Chart} chart   @param {{ runs: Run[]; theme: Theme; names: string[]; measure: any }} shown */
  constructor(chart, { runs, theme, names, measure }) {
    this.chart = chart;
    this.context = chart.context;
    this.theme = theme;
    this.names = names;
    this.measure = measure;
    this.colors = runs.map((run) => runColor(run, theme, theme.accent));
    const pattern = (tile) => this.context.createPattern(tile, "repeat");
    this.nothing = pattern(hatching(theme));
    this.dead = this.colors.map((color) => pattern(hatching(theme, color, theme.ink)));
  }

  // columns: by run the values of its layers
  /** @param {{ low: number[]; mid: number[]; high: number[]; dead?: number[] }[]} columns   @param {boolean} several seeds */
  draw(columns, several) {
    const { context, measure, theme } = this;
    this.chart.clear();
    context.font = `${theme.text}px ${theme.font}`;
    context.textAlign = "center";
    columns.forEach(({ low, mid, high, dead }, place) => {
      mid.forEach((value, layer) => {
        if (value === undefined) return;
        const { x, width, slot } = this.#box(layer, place);
        const absent = measure.absent(value);
        const top = absent ? this.chart.foot - 7 : this.#top(value);
        this.#bar(x, top, width, absent ? this.nothing : this.colors[place]);
        if (dead?.[layer] > 0) this.#bar(x, this.chart.y(dead[layer]), width, this.dead[place]);
        const tip = several ? this.#whisker(x + width / 2, width, low[layer], high[layer], top) : top;
        const beyond = value > this.chart.range[1] ? "↑ " : "";
        const named = slot / columns.length >= (LABEL_WIDTH * theme.text) / 11.5;
        if (!named && !beyond) return;
        context.fillStyle = theme.ink;
        context.fillText(`${beyond}${named ? measure.text(value) : ""}`, x + width / 2, tip - 5);
      });
    });
  }

  // Outlines at the place of a run.
  outline(values, place) {
    this.#inked(1.2, [3, 2], () => values.forEach((value, layer) => {
      if (value === undefined || this.measure.absent(value)) return;
      const { x, width } = this.#box(layer, place);
      const top = this.#top(value);
      this.context.strokeRect(x - 1.5, top, Math.max(1, width) + 3, this.chart.foot - top);
    }));
  }

  // Lines across the bars of the first run.
  lines(values, dash) {
    this.#inked(2, dash, () => values.forEach((value, layer) => {
      if (this.measure.absent(value)) return;
      const { x, width } = this.#box(layer, 0);
      this.context.beginPath();
      this.context.moveTo(x - 5, this.chart.y(value));
      this.context.lineTo(x + width + 5, this.chart.y(value));
      this.context.stroke();
    }));
  }

  #inked(width, dash, draw) {
    this.context.save();
    [this.context.strokeStyle, this.context.lineWidth] = [this.theme.ink, width];
    this.context.setLineDash(dash);
    draw();
    this.context.restore();
  }

  #box(layer, place) {
    const count = this.colors.length;
    const slot = this.chart.across / this.names.length;
    const wide = Math.min(64 * count, slot * 0.72);
    const gap = count > 1 ? Math.min(3, wide / 12) : 0;
    const bar = wide / count;
    return { x: this.chart.margin.l + slot * (layer + 0.5) - wide / 2 + place * bar + gap / 2, width: bar - gap, slot };
  }

  // Of a bar: even the lowest one is seen.
  #top(value) {
    return Math.min(this.chart.y(value), this.chart.foot - 2);
  }

  #bar(x, top, width, fill) {
    const { context, chart: { foot } } = this;
    const corner = Math.max(0, Math.min(4, width / 3, foot - top));
    context.fillStyle = fill;
    context.beginPath();
    context.roundRect(x, top, Math.max(1, width), foot - top, [corner, corner, 0, 0]);
    context.fill();
  }

  // Where most seeds lie. Returns how far up it reaches.
  #whisker(x, width, low, high, top) {
    if (this.measure.absent(high)) return top;
    const { context, theme } = this;
    const [from, to, cap] = [this.measure.absent(low) ? this.chart.foot : this.chart.y(low), this.chart.y(high), Math.min(5, width / 3)];
    context.beginPath();
    for (const y of [from, to]) {
      context.moveTo(x - cap, y);
      context.lineTo(x + cap, y);
    }
    context.moveTo(x, from);
    context.lineTo(x, to);
    for (const [color, width] of /** @type {[string, number][]} */ ([[theme.ground, 3.5], [theme.ink, 1.4]])) { // a rim keeps it readable on every colour
      [context.strokeStyle, context.lineWidth] = [color, width];
      context.stroke();
    }
    return Math.min(top, to);
  }
}
