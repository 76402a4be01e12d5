// Several seeds trained as one run: the median and the 10–90 % band of what they measured, and how many failed.

/** @import { Band, Frame, Run } from "../types.d.ts" */

const SHARES = [0.1, 0.5, 0.9];
const NONE = new Float32Array(0); // of what was not measured

// -> { low, mid, high }, a value for each layer, or one; computed once a frame and name. With one seed all three are its own.
/** @type {(run: Run, frame: Frame, name: string) => Band} */
export function band({ scene }, frame, name) {
  frame.bands ??= {};
  return (frame.bands[name] ??= compute(frame[name] ?? NONE, scene));
}

function compute(values, { seeds, infinite }) {
  if (seeds === 1) return { low: values, mid: values, high: values };
  const rows = values.length / seeds;
  const [low, mid, high] = SHARES.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    // −∞ is the logarithm of nothing, smaller than all others; what is not a number counts as failed, not here.
    const sorted = values.subarray(row * seeds, (row + 1) * seeds).filter((value) => value < infinite).sort();
    [low[row], mid[row], high[row]] = SHARES.map((share) => quantile(sorted, share));
  }
  return { low, mid, high };
}

function quantile(sorted, share) {
  if (!sorted.length) return NaN;
  const at = share * (sorted.length - 1);
  const [under, over] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return under === over || under === -Infinity ? under : under + (at - Math.floor(at)) * (over - under);
}

/** @param {Run[]} runs */
export const seedsOf = (runs) => Math.max(...runs.map((run) => run.scene.seeds));

// Which score is spoken of: that of the rows held out; without such rows the training score is all there is.
/** @param {Run} run   @param {Frame} frame */
export const scored = ({ scene: { score } }, frame) =>
  score.series.findLast(({ column }) => frame[column]?.some(Number.isFinite)) ?? score.series[0];

// Which seeds have learned: their score is what it takes, and they did not diverge.
/** @param {Run} run   @param {Frame} frame   @returns {boolean[]} */
export function learned(run, frame) {
  const { score, series: [{ column: loss }], infinite } = run.scene;
  const reached = (value) => (score.better === "more" ? value >= score.needed : value <= score.needed);
  return Array.from(frame[scored(run, frame).column], (value, seed) => reached(value) && frame[loss][seed] < infinite);
}

// How many of them have not.
/** @param {Run} run   @param {Frame} frame */
export const failures = (run, frame) => learned(run, frame).filter((one) => !one).length;
