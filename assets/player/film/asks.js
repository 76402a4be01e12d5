// Asks the server for frames: one ask under way at a time, none without a reason.

const LOW = 45; // frames ahead below which more are asked for
const CHUNK = 60;
const PATIENCE = 1500; // ms until an unanswered ask is repeated, longer each time
const MOST_PATIENCE = 12000;
const USUAL = 3; // times as long as answers took lately
const LEAST = 10; // frames a second below which, where many wait, frames lie further apart
const MOST_SPREAD = 4;
const REST_TRIES = 3; // where the film rests is said again at most twice
const TOLD = ["rest", "step", "pull", "account"]; // are answered without frames
const SOON = 0.5; // of an epoch, or of a step: nearer frames are the same moment

/** @import { Clock } from "./clock.js" */
/** @import { Store } from "./store.js" */

export class Asks {
  /** @type {(ask: object) => void} */
  send;
  /** @type {Store} */
  store;
  /** @type {Clock} */
  clock;
  sent = () => {}; // hears of every ask
  followed = () => null; // an ask about what is written out while the film plays
  urgent = null; // what goes before any frames

  constructor(send, store, clock) {
    this.send = send;
    this.store = store;
    this.clock = clock;
    this.most = { epochs: 1, steps: 1 }; // a frame, as the server accepts
    this.n = 0;
    this.pending = null;
    this.wish = null; // () => ask or null: something the visitor waits for
    this.took = 0; // ms until the last answers came
    this.idle = null; // an ask that may be sent when there is nothing else to ask
    this.misses = 0;
    this.resume = 0;
    this.timer = 0;
  }

  // Sends what is most needed now, if anything is.
  pump(hidden) {
    clearTimeout(this.timer);
    if (hidden) return;
    const now = performance.now();
    const inTurn = [() => this.followed(), () => (this.clock.playing ? this.#ahead() : null)];
    if (this.tried?.ask.kind === "account") inTurn.reverse(); // neither waits for ever
    const needed = () => this.urgent ?? this.wish?.() ?? inTurn[0]() ?? inTurn[1]();
    const busy = this.pending && now < this.pending.until && !(this.pending.ask.kind === "rest" && needed());
    if (busy) return this.#again(this.pending.until - now);
    if (this.pending) this.#missed(this.pending);
    if (now < this.resume) return this.#again(this.resume - now);
    const ask = needed() ?? this.idle;
    if (!ask) return;
    const tries = ask === this.tried?.ask ? this.tried.tries + 1 : 1;
    this.tried = { ask, tries };
    // A second branch must not be made, or a seed be skipped, because the first one took long.
    const usual = Math.max(PATIENCE, USUAL * this.took);
    const patience = ask.kind === "branch" || ask.kind === "seed" ? MOST_PATIENCE : Math.min(usual * 2 ** this.misses, MOST_PATIENCE);
    this.pending = { n: ++this.n, ask, since: now, tail: this.store.tail, until: now + patience };
    this.send({ n: this.n, ...ask });
    this.sent();
    this.#again(patience);
  }

  #again(ms) {
    this.timer = setTimeout(() => this.pump(document.hidden), ms + 20);
  }

  #missed({ ask }) {
    this.pending = null;
    if (ask.kind === "rest") {
      if (this.tried.tries >= REST_TRIES) this.idle = null;
      return;
    }
    this.misses = Math.min(this.misses + 1, 4);
  }

  // A scene, a reset, a new seed, a drawing, a branch: goes before any frames.
  first(kind, more) {
    this.urgent = { kind, ...more };
    this.pending = null;
    this.resume = 0;
  }

  // The latest state of something (a drawing): when an older one is under way, its answer is waited for.
  latest(kind, more) {
    if (this.pending?.ask.kind === kind) this.urgent = { kind, ...more };
    else this.first(kind, more);
  }

  // A message has come. `progress`: it carried what was asked for. `queue`: how many wait at the server.
  answered(n, progress, queue = 0) {
    if (progress) this.misses = 0;
    if (!this.pending || n < this.pending.n) return;
    const { ask, since, tail } = this.pending;
    const took = performance.now() - since;
    this.took = Math.max(took, 0.7 * this.took);
    if (ask.kind === "frames" && progress) {
      const came = (this.store.tail - tail) / this.clock.stride(tail) / took * 1000; // frames a second
      this.clock.spread = queue > 1 ? Math.max(1, Math.min(MOST_SPREAD, Math.round(LEAST / Math.max(came, 1)))) : 1;
    }
    if (this.urgent === ask) this.urgent = null;
    if (this.idle === ask) this.idle = null;
    this.pending = null;
    if (progress || TOLD.includes(ask.kind)) return;
    this.misses = Math.min(this.misses + 1, 4);
    this.resume = performance.now() + 100 * 2 ** this.misses;
  }

  // Nobody will answer what is under way.
  drop() {
    this.urgent = null;
    this.pending = null;
  }

  forget() {
    this.wish = null;
    this.misses = 0;
    this.resume = 0;
  }

  #ahead() {
    const { clock, store: { tail } } = this;
    return this.store.ahead(clock.time, clock.stride(tail)) < LOW ? this.following(CHUNK, clock.pace(tail)) : null;
  }

  // Frames after the last ones that all open runs have.
  following(frames, pace) {
    const { open, runs, tail } = this.store;
    const ahead = runs.find((run) => run.last.epoch > tail + SOON / this.clock.scale);
    if (ahead && open.length) return this.#catching(open, ahead, frames);
    const after = Object.fromEntries(open.map((run) => [run.id, run.last.step]));
    return open.length ? { kind: "frames", after, frames, ...pace } : null;
  }

  // A run that lags behind (a branch, other settings) first gets the very moments that another run has: only what is shown
  // at the same moment can be compared.
  #catching(open, ahead, frames) {
    const [first] = open.filter((run) => run.last.epoch <= this.store.tail);
    const like = (run) => run.last.step === first.last.step && run.scene.steps_per_epoch === first.scene.steps_per_epoch;
    const scale = first.scene.steps_per_epoch / ahead.scene.steps_per_epoch;
    const from = ahead.frames.indexOf(ahead.next(first.last.epoch + SOON / first.scene.steps_per_epoch));
    const upcoming = ahead.frames.slice(from, from + frames).map((frame) => Math.round(frame.step * scale));
    const steps = Math.max(1, upcoming[0] - first.last.step);
    const evenly = upcoming.findIndex((step, i) => i > 0 && step - upcoming[i - 1] !== steps);
    const after = Object.fromEntries(open.filter(like).map((run) => [run.id, run.last.step]));
    return { kind: "frames", after, frames: evenly < 0 ? upcoming.length : evenly, steps: Math.min(this.most.steps, steps) };
  }

  // One frame more: the smallest ask. After an end it brings none, but an answer.
  one() {
    const { clock, store: { runs, tail } } = this;
    const ended = () => ({ after: Object.fromEntries(runs.map((run) => [run.id, run.last.step])), frames: 1, epochs: 1 });
    return this.following(1, clock.pace(tail)) ?? ended();
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
    const { bySteps, scale } = this.clock;
    if (time > tail + 0.5 / scale) {
      const far = (time - tail) * scale;
      const name = bySteps ? "steps" : "epochs";
      const each = Math.min(this.most[name], Math.ceil(far / CHUNK));
      return this.following(Math.ceil(far / each), { [name]: each });
    }
    const gap = Math.round(time - this.store.floor(time));
    return gap >= 1 && time < tail ? this.shown(1, { epochs: Math.min(gap, this.most.epochs) }) : null;
  }
}
