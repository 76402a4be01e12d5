// What the visitor can do with the timeline, by buttons or by keys.

export const ACTIONS = ["reset", "back", "play", "on", "batch", "seed", "home", "end", "branch"];

import { calm } from "../../shared/motion.js";
/** @import { Player } from "./player.js" */

export class Acts {
  /** @type {Player} */
  player;
  /** @type {import("../film/store.js").Store} */
  store;
  /** @type {import("../film/clock.js").Clock} */
  clock;
  /** @type {import("../film/asks.js").Asks} */
  asks;

  constructor(player) {
    this.player = player;
    this.store = player.store;
    this.clock = player.clock;
    this.asks = player.asks;
    this.wanted = null; // what the visitor chose last: true to play, false to stand still
    this.byBatch = false;
    this.onArrival = null;
    this.goesOn = false; // the branch that is on its way plays at once
  }

  do(action) {
    if (action === "seed") {
      this.wanted = true;
      return this.player.ask("seed");
    }
    if (action === "play") {
      this.wanted = !this.clock.playing;
      return this.wanted ? this.#play() : this.pause();
    }
    this.pause();
    this.byBatch = action === "batch";
    this[`_${action}`]();
    return this.player.redraw();
  }

  _home() {
    this.clock.go(0);
  }

  // The same frames again; only a run whose settings changed on the way has to be made anew. (A branch keeps both pasts.)
  _reset() {
    this.clock.go(0);
    this.wanted = false;
    if (this.store.runs.some((run) => run.changed && !run.scene.origin)) this.player.ask("reset");
  }

  again() {
    this.wanted = true;
    this.player.ask("reset");
  }

  _branch() {
    this.branch();
  }

  // The selected run goes on from here a second time; without one of its rows, or with another class for it, it plays on at once.
  branch(row = null) {
    if (this.asks.urgent?.kind === "branch") return; // one at a time, however fast the key is pressed
    const run = this.store.runs[this.player.selected];
    this.goesOn = Boolean(row);
    this.player.ask("branch", { after: { [run.id]: run.at(this.clock.time).step }, ...row });
  }

  branched() {
    if (this.goesOn && !calm.matches) this.do("play");
    this.goesOn = false;
  }

  // Who pulls at a target, at a moment of a run.
  pulls(run, frame, { kind, at }) {
    this.asks.latest("pull", { after: { [run.id]: frame.step }, target: kind, at });
    this.asks.pump(document.hidden);
  }

  // What happens in the next step of the selected run, to a row of its batch; the film stands still meanwhile.
  slowly(row) {
    this.pause();
    const run = this.store.runs[this.player.selected];
    this.asks.latest("step", { after: { [run.id]: run.at(this.clock.time).step }, row });
    this.asks.pump(document.hidden);
  }

  _back() {
    this.clock.go(this.store.previous(this.clock.time) ?? 0);
  }

  _end() {
    this.clock.go(this.store.tail);
  }

  _on() {
    const { clock, store, asks } = this;
    if (clock.bySteps) return this.#step(clock.time + clock.stride(clock.time), () => asks.following(30, clock.pace(store.tail)));
    const ask = () => (clock.time + 0.5 < store.tail ? asks.shown(1, { epochs: 1 }) : asks.following(30, { epochs: 1 }));
    return this.#step(Math.floor(clock.time + 1e-3) + 1, ask);
  }

  _batch() {
    const run = this.store.runs[this.player.selected];
    const limit = run.at(this.clock.time).epoch + 1 / run.scene.steps_per_epoch;
    this.#step(limit, () => this.asks.shown(1, { steps: 1 }));
  }

  // To the next frame when it lies no further than `limit`; otherwise it is asked for first.
  #step(limit, ask) {
    const { clock, store } = this;
    const next = store.next(clock.time);
    if (next !== null && next <= limit + 1e-3) return clock.go(next);
    if (store.ended && next === null) return undefined;
    let messages = 0; // the first may still answer an ask from before; the second is about this step
    this.onArrival = () => {
      const time = store.next(clock.time);
      if (time === null || (time > limit + 1e-3 && ++messages < 2)) return;
      clock.go(time);
      this.onArrival = null;
      this.asks.forget();
    };
    return this.#wish(ask);
  }

  #play() {
    const { clock } = this;
    if (clock.atEnd) clock.go(0);
    this.byBatch = false;
    this.#forget();
    clock.playing = true;
    this.player.wake();
  }

  pause() {
    this.clock.playing = false;
    this.#forget();
    this.player.redraw();
  }

  speed(value) {
    this.clock.speed = value === "auto" ? value : Number(value);
    this.asks.pump(document.hidden);
  }

  // While the handle is dragged: what is there. Once it is let go, what is missing is asked for.
  scrub(time) {
    this.pause();
    this.clock.go(Math.min(time, this.store.tail));
  }

  seek(time) {
    const { clock, store, asks } = this;
    clock.go(Math.min(time, store.tail));
    const ask = () => asks.towards(time);
    this.onArrival = ask() ? () => this.seek(time) : null;
    this.#wish(ask);
    this.player.redraw();
  }

  // Frames have come.
  arrived() {
    this.onArrival?.();
  }

  #wish(ask) {
    this.asks.wish = ask;
    this.asks.pump(document.hidden);
  }

  #forget() {
    this.onArrival = null;
    this.asks.forget();
  }
}
