// The playhead: which moment is shown, and how fast it moves. Time is counted in epochs.

import { calm } from "../../shared/motion.js";

// What a frame moves on by: whole epochs, or steps where a page's networks learn within a few epochs. Most happens at first:
// "auto" shows it in short strides and takes longer ones later.
export const PACES = {
  epochs: { unit: "epoch", speeds: ["auto", 1, 2, 5, 10, 50], auto: [[120, 1], [300, 2], [600, 5], [2000, 10], [5000, 20], [Infinity, 50]] },
  steps: { unit: "step", speeds: ["auto", 1, 2, 5, 20, 100], auto: [[300, 2], [1000, 5], [4000, 20], [Infinity, 100]] },
};

const CALM_EVERY = 250; // ms between updates when motion is to be reduced
const CALM_STRIDE = 8; // so that learning takes about as long as it does otherwise
const FRAME = 24; // ms: about 40 frames a second are smooth, can be followed, and leave the browser time for the controls
const RESERVE = 20; // frames ahead below which playing slows down: an even pace is nicer than a stop and a start

/** @import { Store } from "./store.js" */

export class Clock {
  /** @type {Store} */
  store;

  constructor(store) {
    this.store = store;
    this.time = 0;
    this.playing = false;
    this.speed = "auto";
    this.bySteps = false;
    this.spread = 1; // where many wait at the server, "auto" takes strides so many times as long
    this.moved = -Infinity;
    this.credit = 0;
  }

  go(time) {
    this.time = Math.max(0, time);
  }

  // Steps of an epoch, where frames are counted in steps.
  get scale() {
    return this.bySteps ? this.store.runs[0].scene.steps_per_epoch : 1;
  }

  // How far the frame at a time moves on, as an ask says it: { epochs } or { steps }.
  /** @returns {{ epochs?: number, steps?: number }} */
  pace(time) {
    const name = this.bySteps ? "steps" : "epochs";
    const far = this.speed === "auto" ? this.spread * Number(PACES[name].auto.find(([until]) => time * this.scale < until)[1]) : this.speed;
    return { [name]: Number(far) };
  }

  // The same in epochs.
  stride(time) {
    const { epochs, steps } = this.pace(time);
    return epochs ?? steps / this.scale;
  }

  // One frame on. Returns whether there was one.
  advance(now) {
    if (calm.matches && now - this.moved < CALM_EVERY) return false;
    const step = this.stride(this.time) * (calm.matches ? CALM_STRIDE : 1);
    const passed = Math.min(1, (now - (this.ticked ?? -Infinity)) / FRAME); // of the time that one frame is shown
    this.ticked = now;
    this.credit += passed * Math.max(0.1, Math.min(1, this.store.ahead(this.time, step) / RESERVE));
    if (this.credit < 1 && !calm.matches) return false;
    this.credit = Math.min(1.99, this.credit) - 1;
    const wanted = this.store.floor(this.time + step);
    const time = wanted > this.time + 1e-3 ? wanted : this.store.next(this.time);
    if (time === null) {
      if (this.store.ended) this.playing = false;
      return false;
    }
    this.time = time;
    this.moved = now;
    return true;
  }

  get atEnd() {
    return this.store.ended && this.store.next(this.time) === null;
  }

  get state() {
    if (!this.store.runs.length) return "loading";
    if (this.playing) return "playing";
    if (!this.atEnd) return "paused";
    return this.store.runs.some((run) => run.end.state === "diverged") ? "diverged" : "finished";
  }
}
