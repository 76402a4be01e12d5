// Paints the waterfall's bars: what stands where is given in logs and slots, and turned into pixels here.

import { none } from "../film/logs.js";

export const DOTS_FROM = 9; // px of a slot; in narrower ones the expected factor is not marked

// slot: the room of a layer, in pixels; way: see way_back.js; chosen: the marked layer; theory: whether to draw the bound.
/** @param {import("./chart.js").Chart} chart   @param {number} slot   @param {any} look   @param {any} way   @param {{ chosen: number; theory: boolean }} more */
export function bars(chart, slot, look, way, { chosen, theory }) {
  const { context, height, margin } = chart;
  const { theme } = look;
  const { steps, product, inputs, ratio, gone } = way;
  const hatched = context.createPattern(look.hatch, "repeat");
  const wide = Math.max(1, Math.min(48, slot * 0.38));
  const left = (i, second) => margin.l + slot * (i + 0.5) + (second ? slot * 0.03 : -slot * 0.03 - wide);
  const y = (log) => chart.y(log);
  const bar = (x, from, to, fill, outlined) => {
    const [a, b] = [y(from), y(to)];
    const [top, tall] = Math.abs(a - b) < 3 ? [(a + b) / 2 - 1.5, 3] : [Math.min(a, b), Math.abs(a - b)];
    context.beginPath();
    context.roundRect(x, top, wide, tall, Math.max(0, Math.min(3, wide / 4, tall / 2)));
    context.fillStyle = fill;
    context.fill();
    if (!outlined) return;
    context.strokeStyle = theme.muted;
    context.lineWidth = 1;
    context.stroke();
  };
  const link = (x, log, length) => { // the running product, from one bar to the next
    if (slot < 12) return;
    context.globalAlpha = 0.5;
    context.fillStyle = theme.muted;
    context.fillRect(x, y(log) - 0.5, length, 1);
    context.globalAlpha = 1;
  };

  chart.clear();
  const place = steps.findIndex((step) => step.layer === chosen);
  mark(context, theme, margin.l + slot * place, margin.t, slot, height - margin.t - 2);
  for (const [i, step] of steps.entries()) {
    const { weights, from, middle, to, expected } = step;
    bar(left(i), from, middle, none(middle) ? hatched : look.weights, none(middle));
    if (!none(middle)) bar(left(i, true), middle, to, step === gone ? hatched : look.color, step === gone);
    if (slot >= DOTS_FROM && Number.isFinite(expected + weights)) {
      context.fillStyle = theme.ink;
      context.beginPath();
      context.arc(left(i) - Math.min(3, slot * 0.08), y(expected), Math.min(2, slot * 0.12), 0, 7);
      context.fill();
    }
    if (step === gone) break;
    link(left(i) + wide, middle, slot * 0.06);
    link(left(i, true) + wide, to, slot * 0.94 - 2 * wide);
  }
  if (!gone && Number.isFinite(inputs)) bar(left(steps.length) + wide / 2, product, ratio, theme.ground, true);
  if (!theory) return;
  const right = (i) => left(i, true) + wide;
  trace(context, theme, steps, ["bound", [5, 4], 1.5], [margin.l, y(0)], right, y);
  trace(context, theme, steps, ["slopes", [], 1], [margin.l, y(0)], right, y);
}

function mark(context, theme, x, y, width, height) {
  context.beginPath();
  context.roundRect(x + 1, y, width - 2, height, Math.max(0, Math.min(5, width / 3)));
  context.fillStyle = context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.globalAlpha = 0.1;
  context.fill();
  context.globalAlpha = 0.7;
  context.stroke();
  context.globalAlpha = 1;
}

// A product of slopes alone, over the layers.
function trace(context, theme, steps, [name, dash, width], start, right, y) {
  context.beginPath();
  context.moveTo(...start);
  for (const [i, step] of steps.entries()) {
    if (none(step[name])) break;
    context.lineTo(right(i), y(step[name]));
  }
  context.strokeStyle = theme.ink;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}
