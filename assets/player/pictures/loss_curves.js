// What a picture of losses has Plotly draw: the curves of each run and their band, and what they are compared with.

import { band } from "../film/bands.js";
import { SAME_TIME } from "../film/store.js";
import { escaped } from "../../shared/plotly.js";
import { number } from "../../shared/spelling.js";
import { rgb, runColor } from "../../shared/theme.js";
/** @import { Run, Score, Series, Theme } from "../types.d.ts" */

const DASHES = { solid: "solid", dash: "5px,3px" };
const POINTS = 500; // drawn of one curve
const BAND_POINTS = 250;

// A run's curves in front of their bands. each: by the clock in an epoch; text(value): a value in words
/** @param {Run} run   @param {Series[]} series   @param {Series[]} banded   @param {{ theme: Theme; each: number; text: (value: number) => string }} look */
export function curves(run, series, banded, { theme, each, text }) {
  const color = runColor(run, theme, theme.ink);
  const lines = series.map(({ column, dash }) => {
    const { x, y } = curve(run, column, "mid", POINTS, each);
    return { x, y, text: y.map(text), mode: "lines", line: { color, width: 2, dash: DASHES[dash] ?? dash },
      hovertemplate: `%{text} at ${run.scene.clock} %{x:,.1~f}<extra></extra>` };
  });
  const bands = run.scene.seeds === 1 ? [] : banded.map(({ column }) => seeds(run, column, each, `rgba(${rgb(color).join()},${theme.dark ? 0.24 : 0.16})`));
  const forks = run.scene.origin ? [fork(run, lines[0], color, theme.ground)] : [];
  return [...bands, ...lines.toReversed(), ...forks];
}

// A branch is drawn from where it leaves its parent, so that the curves form a tree.
function curve(run, column, end, most, each) {
  const { frames, scene: { origin } } = run;
  const own = origin ? frames.filter((frame) => frame.epoch >= origin.epoch - SAME_TIME) : frames;
  const every = Math.max(1, Math.ceil(own.length / most));
  const kept = own.filter((_, i) => i % every === 0 || i === own.length - 1);
  return { x: kept.map((frame) => frame.epoch * each), y: kept.map((frame) => band(run, frame, column)[end][0]) };
}

// Where most seeds lie.
function seeds(run, column, each, fillcolor) {
  const [low, high] = ["low", "high"].map((end) => curve(run, column, end, BAND_POINTS, each));
  const known = (_, i) => Number.isFinite(low.y[i]);
  const [x, under, over] = [low.x, low.y, high.y].map((values) => values.filter(known));
  return { x: [...x, ...x.toReversed()], y: [...under, ...over.toReversed()], mode: "lines", line: { width: 0 },
    hoverinfo: "skip", fill: "toself", fillcolor };
}

// Where a branch leaves its parent.
function fork({ scene }, { x, y }, color, ground) {
  return { x: x.slice(0, 1), y: y.slice(0, 1), mode: "markers", hoverinfo: "text", hovertext: escaped(scene.name),
    marker: { size: 8, color: ground, line: { color, width: 2 } } };
}

// What guessing reaches.
/** @param {Score} score   @param {Theme} theme */
export const baseline = ({ baseline: value, baseline_text: text }, theme) =>
  (Number.isFinite(value) ? [still(value, text, { color: theme.muted, width: 1, dash: "dot" })] : []);

// What a score is to reach.
export const goalLine = (value, text, { accent }) => still(value, text, { color: accent, width: 1.5, dash: "dashdot" });

// What other methods reach without training.
/** @param {Run[]} runs   @param {"loss" | "score"} what   @param {Theme} theme */
export const references = (runs, what, theme) =>
  runs.flatMap(({ scene }) => scene.references ?? []).map((one) =>
    still(one[what], `${escaped(one.name)}: ${number(one[what])}`, { color: theme.accent, width: 1.5, dash: "dashdot" }));

// A line that holds still.
const still = (value, text, line) => ({ x: [0, 1e9], y: [value, value], mode: "lines", hoverinfo: "text", text, line });
