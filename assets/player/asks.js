// Asks the server for frames: one ask under way at a time, none without a reason.

import { stride } from "./clock.js";

const LOW = 45; // frames ahead below which more are asked for
const CHUNK = 60;
const PATIENCE = 1500; // ms until an unanswered ask is repeated, longer each time
const MOST_PATIENCE = 12000;
const MOST_EPOCHS = 5000; // a frame, as the server accepts

export class Asks {
  constructor(send, store, clock) {
    Object.assign(this, { send, store, clock });
    this.n = 0;
    this.pending = null;
    this.wish = null; // () => ask or null: something the visitor waits for
    this.misses = 0;
    this.resume = 0;
    this.timer = 0;
  }

  // Sends what is most needed now, if anything is.
  pump(hidden) {
    clearTimeout(this.timer);
    if (hidden) return;
    const now = performance.now();
    if (this.pending && now < this.pending.until) return this.#again(this.pending.until - now);
    if (this.pending) this.#missed(this.pending.ask);
    if (now < this.resume) return this.#again(this.resume - now);
    const ask = this.urgent ?? this.wish?.() ?? (this.clock.playing ? this.#ahead() : null);
    if (!ask) return;
    const patience = Math.min(PATIENCE * 2 ** this.misses, MOST_PATIENCE);
    this.pending = { n: ++this.n, ask, until: now + patience };
    this.send({ n: this.n, ...ask });
    this.#again(patience);
  }

  #again(ms) {
    this.timer = setTimeout(() => this.pump(document.hidden), ms + 20);
  }

  #missed() {
    this.pending = null;
    this.misses = Math.min(this.misses + 1, 4);
  }

  // A scene, a reset, a new seed: goes before any frames.
  first(kind) {
    this.urgent = { kind };
    this.pending = null;
    this.resume = 0;
  }

  // A message has come. `progress`: it carried what was asked for.
  answered(n, progress) {
    if (progress) this.misses = 0;
    if (!this.pending || n < this.pending.n) return;
    if (this.urgent === this.pending.ask) this.urgent = null;
    this.pending = null;
    if (progress) return;
    this.misses = Math.min(this.misses + 1, 4);
    this.resume = performance.now() + 100 * 2 ** this.misses;
  }

  forget() {
    this.wish = null;
    this.misses = 0;
    this.resume = 0;
  }

  #ahead() {
    const pace = stride(this.clock.speed, this.store.tail);
    return this.store.ahead(this.clock.time, pace) < LOW ? this.following(CHUNK, pace) : null;
  }

  // Frames after the last ones that all open runs have.
  following(frames, epochs) {
    const after = Object.fromEntries(this.store.open.map((run) => [run.id, run.last?.step ?? null]));
    return Object.keys(after).length ? { kind: "frames", after, frames, epochs } : null;
  }

  // Frames after those shown.
  shown(frames, pace) {
    const runs = this.store.runs.filter((run) => !run.end || run.next(this.clock.time));
    const after = Object.fromEntries(runs.map((run) => [run.id, run.at(this.clock.time).step]));
    return runs.length ? { kind: "frames", after, frames, ...pace } : null;
  }

  // The way to a moment that is not there yet: in at most CHUNK frames when it lies ahead, in one when in a gap.
  towards(time) {
    const { tail } = this.store;
    if (time > tail + 0.5) {
      const epochs = Math.min(MOST_EPOCHS, Math.ceil((time - tail) / CHUNK));
      return this.following(Math.ceil((time - tail) / epochs), epochs);
    }
    const gap = Math.round(time - this.store.floor(time));
    return gap >= 1 && time < tail ? this.shown(1, { epochs: Math.min(gap, MOST_EPOCHS) }) : null;
  }
}
