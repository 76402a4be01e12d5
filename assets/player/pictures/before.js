// The runs that stood at each place before the last switch of settings, and in a sentence what it did to the first layer's gradient.

import { band } from "../film/bands.js";
import { size } from "../film/logs.js";
/** @import { Moment } from "../types.d.ts" */

export class Before {
  runs = []; // { id, scene, frames } by place; null where nothing can be held against what stands there now
  words = "";
  last;
  subject;

  // Films about something else are no switch of settings: nothing of those before stays.
  about(subject) {
    if (subject === this.subject) return;
    [this.subject, this.last, this.runs, this.words] = [subject, null, [], ""];
  }

  /** @param {Moment["shown"]} shown */
  look(shown) {
    const { last } = this;
    const now = shown.map(({ run: { id, scene, frames } }) => ({ id, scene, frames }));
    this.last = now;
    this.runs = this.runs.slice(0, now.length); // a run may have gone away
    if (!last || now.every(({ id }, place) => id === last[place]?.id)) return;
    const layers = (runs) => runs.map(({ scene }) => scene.weight_layers.join()).join("\n");
    const comparable = layers(now) === layers(last);
    this.runs = now.map(({ id }, place) => (comparable && id !== last[place].id ? { ...last[place], frames: [...last[place].frames] } : null));
    this.words = this.runs.flatMap((run, place) => (run ? [change(run, now[place], now.length > 1)] : [])).join(" ");
  }
}

// before, now: { scene, frames }; named: several runs are shown. Both are read before their first step, where nothing but the
// settings differs; a run whose weights were kept is read at the switch.
/** @type {(before: any, now: any, named: boolean) => string} */
function change(before, now, named) {
  const kept = before.frames[0] === now.frames[0];
  if (kept) return `Outline: where the switch was made${named ? ` (${before.scene.name})` : ""}.`;
  const [a, b] = [before, now].map((run) => band(run, run.frames[0], "gradient").mid[0]);
  const [from, to] = [before, now].map(({ scene }) => kinds(scene));
  const what = from === to ? "Outline: before the switch." : `Outline: ${from}, before the switch.`;
  return `${what} The size of layer 1's gradient${named ? ` in ${now.scene.name}` : ""}, epoch 0: ${size(a)} → ${size(b)}.`;
}

export const kinds = ({ activations }) => [...new Set(activations.map(({ name }) => name))].join("/") || "no activation";
