// What the bars of a layer can show: its gradient on a log axis, or the share of its units that stand on flat ground.

import { band } from "../film/bands.js";
import { CEILING, FLOOR, none, size } from "../film/logs.js";
import { power } from "../../shared/spelling.js";
/** @import { Band } from "../types.d.ts" */

const STRIDE = 3; // powers of ten by which the axis grows
const LINES = 5; // of the grid, at most

const stride = ([low, high]) => Math.max(1, Math.ceil((high - low) / LINES)); // powers of ten from one line of the grid to the next

export const percent = (share) => (Number.isFinite(share) ? `${Math.round(100 * share)} %` : "unknown");

export const GRADIENT = {
  name: "gradient",
  title: "How much gradient reaches each layer",
  note: (_scene, range) => `each line is ${stride(range) === 1 ? "ten" : (10 ** stride(range)).toLocaleString("en-US")} times the one below (RMS of ∂L/∂W)`,
  layers: (scene) => scene.weight_layers,
  text: size,
  absent: none, // there is nothing to draw a height of
  least: /** @type {[number, number]} */ ([-9, 0]), // what most networks need: so bars of different networks stand on one axis from the start
  // The axis covers every known frame, in strides, and only grows, also from one network to the next with the same layers: a bar
  // that looks higher than another one is higher.
  /** @returns {[number, number]} */
  reach(runs, [low, high]) {
    for (const run of runs) {
      for (const frame of run.frames) {
        for (const log of band(run, frame, "gradient").mid) {
          if (none(log)) continue;
          if (log < low) low = Math.max(FLOOR, STRIDE * Math.floor((log - 0.15) / STRIDE));
          if (log > high) high = Math.min(CEILING, STRIDE * Math.ceil(log / STRIDE));
        }
      }
    }
    return [low, high];
  },
  ticks([low, high]) {
    const every = stride([low, high]);
    const tickvals = [];
    for (let at = Math.ceil(low / every) * every; at <= high; at += every) tickvals.push(at);
    return { tickvals, ticktext: tickvals.map(power) };
  },
  values: (run, frame, name = "gradient") => band(run, frame, name),
};

export const FLAT = {
  name: "flat units",
  title: "How many units are flat",
  note: ({ flat }, _range) => `flat: slope below ${percent(flat)} of the steepest, share over all points; hatched: dead, flat for every point`,
  layers: (scene) => scene.activations.map(({ layer }) => layer),
  text: percent,
  absent: Number.isNaN,
  least: /** @type {[number, number]} */ ([0, 1]),
  reach: (_, range) => range,
  ticks: () => ({ tickvals: [0, 0.25, 0.5, 0.75, 1], ticktext: ["0 %", "25 %", "50 %", "75 %", "100 %"] }),
  values: (run, frame) => ({ ...band(run, frame, "saturated"), dead: band(run, frame, "dead").mid }),
};

// The layers of all runs: those with weights; others too, where they have something to show. What only one run has stands behind
// the layer that it follows there; outputs stand together, at the end.
export function layersOf(runs, measure) {
  const each = runs.map(({ scene }) => {
    const asked = measure.layers(scene);
    return asked.every((name) => scene.weight_layers.includes(name)) ? scene.weight_layers : asked;
  }).sort((a, b) => b.length - a.length);
  const inner = [];
  for (const names of each) {
    let at = 0;
    for (const name of names.slice(0, -1)) {
      if (!inner.includes(name)) inner.splice(at, 0, name);
      at = inner.indexOf(name) + 1;
    }
  }
  return [...new Set([...inner, ...each.map((names) => names[names.length - 1])])];
}

// The values of some layers among others by name: { low, mid, high, dead }.
/** @type {(names: string[], layers: string[], values: Band & { dead?: ArrayLike<number> }) => any} */
export function placed(names, layers, { low, mid, high, dead }) {
  const row = (values) => {
    const places = new Array(names.length).fill(undefined);
    values.forEach((value, i) => { places[names.indexOf(layers[i])] = value; });
    return places;
  };
  return { low: row(low), mid: row(mid), high: row(high), dead: dead && row(dead) };
}
