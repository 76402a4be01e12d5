// The frames that the browser has, for one to four runs on one time axis (epochs).

/** @import { Frame, Scene } from "../types.d.ts" */

const MOST = 2000;
export const SAME_TIME = 1e-4; // epochs travel as 32-bit floats

// First index whose frame is past `value` in `field`.
function after(frames, field, value) {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle][field] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

// The frame to show at a time: the last that is not later.
export const frameAt = (frames, time) => frames[Math.max(0, after(frames, "epoch", time + SAME_TIME) - 1)];

export class Run {
  constructor(entry, blocks) {
    this.id = entry.id;
    this.parent = entry.parent;
    /** @type {Scene} */
    this.scene = entry.scene;
    this.know(blocks);
    /** @type {Record<string, string>} */
    this.failures = {}; // a sentence for each probe that failed somewhere, by its key
    /** @type {Frame[]} */
    this.frames = [];
    this.version = 0; // counts changes, for those who draw all frames
    this.changed = Boolean(entry.changed); // its settings, on the way
    this.since = entry.scene.origin?.epoch ?? 0; // the epoch from which on its settings hold
    this.end = null; // { state, message } once the last frame is known to be the last
  }

  // The blocks of its scene: what does not change from frame to frame.
  know(blocks) {
    this.points = Object.fromEntries(this.scene.blocks.map((name) => [name, blocks[name].data]));
  }

  // Adds frames wherever they belong. Rows are copied: a kept frame must not hold a whole message.
  insert(entry, blocks) {
    const count = blocks.step?.shape[0] ?? 0;
    const names = Object.keys(blocks).filter((name) => !this.scene.blocks.includes(name) && blocks[name].data.length);
    const shapes = Object.fromEntries(names.map((name) => [name, blocks[name].shape.slice(1)])); // of one frame
    for (let f = 0; f < count; f++) {
      /** @type {any} */
      const frame = {};
      for (const name of names) {
        const size = blocks[name].data.length / count;
        frame[name] = blocks[name].data.slice(f * size, (f + 1) * size);
      }
      this.#place({ ...frame, step: frame.step[0], epoch: frame.epoch[0], shapes });
    }
    Object.assign(this.failures, entry.failures);
    if (entry.state !== "running") this.end = { state: entry.state, message: entry.message };
    if (count || this.end) this.version++;
    return count;
  }

  #place(frame) {
    const index = after(this.frames, "step", frame.step);
    if (index > 0 && this.frames[index - 1].step === frame.step) this.frames[index - 1] = frame;
    else this.frames.splice(index, 0, frame);
  }

  // Too many: every second frame of the older half goes, never the first.
  thin() {
    if (this.frames.length <= MOST) return;
    const half = this.frames.length >> 1;
    this.frames = this.frames.filter((_, index) => index >= half || index % 2 === 0);
    this.version++;
  }

  // Another run with the same past, up to a step: the frames themselves are shared.
  branch({ id, parent, scene, step }, blocks) {
    const branch = new Run({ id, parent, scene }, blocks);
    Object.assign(branch.failures, this.failures);
    branch.frames = this.frames.slice(0, Math.max(1, after(this.frames, "step", step)));
    return branch;
  }

  cut(time) {
    this.frames.length = Math.max(1, after(this.frames, "epoch", time + SAME_TIME));
    this.end = null;
    this.version++;
  }

  at(time) {
    return frameAt(this.frames, time);
  }

  // The first moment under its settings; of a run that has not gone on yet, the one at which they were changed.
  get opening() {
    return (this.since && this.next(this.since)) || this.at(this.since);
  }

  next(time) {
    return this.frames[after(this.frames, "epoch", time + SAME_TIME)];
  }

  previous(time) {
    return this.frames[after(this.frames, "epoch", time - SAME_TIME) - 1];
  }

  get last() {
    return this.frames[this.frames.length - 1];
  }

  waiting(time) {
    return this.frames.length - after(this.frames, "epoch", time + SAME_TIME);
  }
}

export class Store {
  constructor() {
    /** @type {Run[]} */
    this.runs = [];
  }

  get open() {
    return this.runs.filter((run) => !run.end);
  }

  get ended() {
    return this.runs.length > 0 && this.open.length === 0;
  }

  // The time up to which every open run is known; when all have ended, the end of the longest.
  get tail() {
    const times = (this.open.length ? this.open : this.runs).map((run) => run.last.epoch);
    return this.open.length ? Math.min(...times) : Math.max(...times);
  }

  get horizon() {
    return Math.max(...this.runs.map((run) => Math.max(run.scene.epochs, run.last?.epoch ?? 0)));
  }

  // No further than every open run is known: a run that lags behind (a branch) is waited for.
  next(time) {
    const times = this.runs.map((run) => run.next(time)?.epoch).filter((epoch) => epoch <= this.tail + SAME_TIME);
    return times.length ? Math.min(...times) : null;
  }

  previous(time) {
    const times = this.runs.map((run) => run.previous(time)?.epoch).filter((epoch) => epoch !== undefined);
    return times.length ? Math.max(...times) : null;
  }

  // The last moment up to a time at which any run has a frame.
  floor(time) {
    const until = Math.min(time, this.tail);
    return Math.max(...this.runs.map((run) => Math.min(run.at(until).epoch, until)));
  }

  // How many frames can still be played, at a number of epochs a frame.
  ahead(time, stride) {
    const counts = this.open.map((run) => Math.min(run.waiting(time), (run.last.epoch - time) / stride));
    return counts.length ? Math.min(...counts) : Infinity;
  }
}
