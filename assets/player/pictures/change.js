// What a switch of settings did to the gradient of the first layer, in a sentence.

import { band } from "../film/bands.js";
import { none, size } from "../film/logs.js";

const SAME = 0.1; // log10: nearer than this counts as unchanged

// before, now: { scene, frames }; named: several runs are shown. Both are read before their first step, where nothing but the
// settings differs; a run whose weights were kept is read at the switch.
/** @type {(before: any, now: any, named: boolean) => string} */
export function change(before, now, named) {
  const kept = before.frames[0] === now.frames[0];
  if (kept) return `Outline: where the switch was made${named ? ` (${before.scene.name})` : ""}.`;
  const [a, b] = [before, now].map((run) => band(run, run.frames[0], "gradient").mid[0]);
  const [from, to] = [before, now].map(({ scene }) => kinds(scene));
  const what = from === to ? "Outline: before the switch." : `Outline: ${from}, before the switch.`;
  return `${what} ${named ? `${now.scene.name}, layer 1` : "Layer 1"} at epoch 0: ${size(a)} → ${size(b)}${times(b - a, a, b)}.`;
}

function times(log, a, b) {
  if (none(a) || none(b)) return "";
  if (Math.abs(log) < SAME) return ", about the same";
  const factor = Math.abs(log) < 9 ? Number((10 ** Math.abs(log)).toPrecision(Math.abs(log) < 1 ? 2 : 1)).toLocaleString("en-US") : size(Math.abs(log));
  return log > 0 ? `, ${factor} times as much` : `, 1/${factor} of it`;
}

const kinds = ({ activations }) => [...new Set(activations.map(({ name }) => name))].join("/") || "no activation";
