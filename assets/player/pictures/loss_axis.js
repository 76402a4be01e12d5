// The vertical axis of a picture of losses: what it reaches, straight or logarithmic, and where its ticks stand.

import { band } from "../film/bands.js";
import { number, power } from "../../shared/spelling.js";
/** @import { Run, Series } from "../types.d.ts" */

const NEAR = 1.4; // the highest of what is compared with lies so far below the top

export class LossAxis {
  bottom = 0;
  top = 0; // only grows, until it is set back
  log = false;
  share = false; // between 0 and 1: nothing to gain from a logarithmic axis

  // curves: those of a run; others: scores of other methods, that are compared with
  /** @param {Run[]} all   @param {(run: Run) => Series[]} curves   @param {{ share: boolean; logarithmic: boolean; others: number[] }} wanted */
  reach(all, curves, { share, logarithmic, others }) {
    const calm = all.filter((run) => run.end?.state !== "diverged");
    const runs = calm.length ? calm : all; // what exploded may leave the picture: the others are to be seen
    const each = runs.flatMap((run) => curves(run).map(({ column }) => run.frames.map((frame) => band(run, frame, column))));
    const sorted = Float64Array.from(each.flat().flatMap(({ mid, high }) => (mid === high ? mid[0] : [mid[0], high[0]])).filter(Number.isFinite)).sort();
    const start = each.map((bands) => median(bands.slice(0, 5).map(({ mid }) => mid[0]))).filter(Number.isFinite);
    // A spike must not flatten everything else: the range follows the start and the bulk of the values.
    const usual = Math.max(...start, sorted[Math.floor(0.97 * (sorted.length - 1))] ?? 1, 1e-12);
    const wide = usual > 1e4 * (sorted[sorted.length >> 1] ?? usual); // a run exploded: on a straight axis the others lie at 0
    const high = Math.min(sorted[sorted.length - 1] ?? 1, 1.1 * usual);
    [this.share, this.log] = [share, (logarithmic || wide) && !share];
    if (others.length && !this.log) [this.bottom, this.top] = [0, NEAR * Math.max(...others)]; // what is asked is who comes below them
    else if (share) [this.bottom, this.top] = [0, 1.02];
    else if (this.log) {
      const low = sorted.find((value) => value > 0) ?? 1e-3;
      this.top = Math.max(this.top, 10 ** Math.ceil(Math.log10(Math.max(high, 1e-12))));
      this.bottom = 10 ** Math.floor(Math.log10(Math.max(low, 1e-6 * Math.min(...start)))); // the lowest run learns in sight
    } else [this.bottom, this.top] = [Math.min(0, sorted[Math.floor(0.03 * sorted.length)] ?? 0), Math.max(this.top, roundUp(high))];
  }

  // Where a value stands, from 0 at the bottom to 1 at the top; what is none stands at the bottom.
  place(value) {
    const { bottom, top } = this;
    const share = this.log ? Math.log(value / bottom) / Math.log(top / bottom) : (value - bottom) / (top - bottom);
    return Math.min(1, Math.max(0, share || 0));
  }

  // As Plotly takes it.
  get settings() {
    const { bottom, top, share } = this;
    if (this.log) {
      const tickvals = decades(bottom, top);
      return { type: "log", range: [bottom, top].map(Math.log10), tickvals, ticktext: tickvals.map((value) => power(Math.round(Math.log10(value)))) };
    }
    const plain = share || (top <= 9999 && top >= 0.01);
    const tickvals = [0, top / 2, top];
    return { range: [bottom, top], nticks: 5, tickformat: share ? ".0%" : "", ...(plain ? {} : { tickvals, ticktext: tickvals.map((value) => number(value)) }) };
  }
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

// Coarse, so that the axis grows seldom.
function roundUp(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * decade >= value * 0.9999) * decade;
}

function decades(low, high) {
  const [from, to] = [low, high].map((value) => Math.round(Math.log10(value)));
  const every = Math.max(1, Math.ceil((to - from) / 5));
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => 10 ** (from + i * every));
}
