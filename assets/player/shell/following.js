// How a number comes about, followed through the film: what is written out, and what the server told of it at each step.

const AHEAD = 24; // moments asked for at once, as many as the server takes
const MOST_APART = 12; // frames between two moments, where an answer takes long and many frames pass meanwhile
const AGAIN = 1400; // ms until what was asked for and never came is asked for again: before the asks lose their patience
const SOON = 60; // ms that a moment stands before it is asked about: not every one while the handle is dragged

/** @import { Account, Followed, Frame, Place, Run } from "../types.d.ts" */

export class Following {
  /** @type {Place | null} */
  place = null;
  row = 0; // of the training rows, or of those held out
  /** @type {Account | null} */
  told = null;
  /** @type {Map<number, any>} */
  moments = new Map(); // of each step
  /** @type {Map<number, number>} */
  asked = new Map(); // when, of each step
  /** @type {any} */
  shown = null; // the moment that was last there
  key = "";
  refused = false; // there is nothing to tell of it
  playing = false;
  apart = 1; // frames between two moments that are asked for while the film plays
  since = 0; // the frame shown when they were
  /** @type {Run | null} */
  run = null; // that is looked at, and
  /** @type {Frame | null} */
  frame = null; // its moment
  timer = 0;

  /** @param {import("./player.js").Player} player */
  constructor(player) {
    this.player = player;
  }

  // What is to be written out, or null.
  /** @param {Place | null} place */
  aim(place) {
    this.place = place;
    this.player.redraw();
  }

  follow(row) {
    this.row = row;
    this.player.redraw();
  }

  // Another position of a filter, another step of a state.
  choose(i, index) {
    const at = [...(this.told?.at ?? this.place.at)];
    at[2 + i] = index;
    this.aim({ ...this.place, at });
  }

  // As the server names it.
  get name() {
    return this.place && [Number(this.place.heldOut), this.row, ...this.place.at];
  }

  /** @param {Account} account */
  take(account) {
    if (!this.run || this.key !== keyOf({ id: account.run }, account.asked)) return;
    this.told = account;
    if (this.playing) this.apart = Math.max(1, Math.min(MOST_APART, Math.ceil((2 * (this.#here() - this.since)) / AHEAD)));
    this.refused = Boolean(account.refused);
    if (this.refused) this.shown = null;
    const moments = account.moments ?? [];
    for (const moment of moments) this.moments.set(moment.step, moment);
    if (moments.some(({ step }) => this.asked.has(step))) this.asked.clear(); // for the others the server had no time
  }

  // What is known at this moment; what is still missing is asked for.
  /** @type {(state: string, run: Run, frame: Frame) => Followed | null} */
  look(state, run, frame) {
    if (!this.place) return null;
    const name = this.name ?? [];
    const key = keyOf(run, name);
    if (key !== this.key) {
      if (!this.key.startsWith(unitOf(run, name))) this.shown = this.told = null; // else the old numbers stand until the new ones come
      this.key = key;
      this.refused = false;
      this.moments = new Map();
      this.asked = new Map();
    }
    [this.run, this.frame, this.playing] = [run, frame, state === "playing"];
    const moment = this.#nearby();
    if (moment) this.shown = moment;
    if (!this.playing && !moment && !this.refused) this.#soon();
    return { place: this.place, row: this.row, told: this.told, moment: moment ?? this.shown, late: !moment };
  }

  // While the film rests nothing else calls again, and no frames are worth waiting for.
  #soon() {
    this.timer ||= setTimeout(() => {
      this.timer = 0;
      const { asks } = this.player;
      const { kind, ...more } = (!this.playing && this.ask()) || {};
      if (kind) asks.latest(kind, more);
      asks.pump(document.hidden);
      this.player.redraw();
    }, this.ask() ? SOON : AGAIN / 4);
  }

  // Which frame is shown.
  #here() {
    return this.run.frames.indexOf(this.frame);
  }

  // What is known of this moment; while the film plays, of one that it has just passed.
  #nearby() {
    const here = this.#here();
    const since = this.playing ? Math.max(0, here - this.apart) : here;
    for (let i = here; i >= since; i--) if (this.moments.has(this.run.frames[i]?.step)) return this.moments.get(this.run.frames[i].step);
    return this.moments.get(this.frame.step);
  }

  // The moments that are wanted next, if there are some: when half of those ahead have passed, the next ones.
  ask() {
    const { place, run, frame } = this;
    if (!place || !run || this.refused || !this.player.store.runs.includes(run)) return null;
    const here = this.#here();
    const now = performance.now();
    const known = ({ step }) => this.moments.has(step) || now - this.asked.get(step) < AGAIN;
    const apart = this.playing ? this.apart : 1;
    const window = here < 0 ? [frame] : run.frames.slice(here, here + (this.playing ? AHEAD * apart : 1));
    const last = window.findLastIndex(known); // so far it is known
    if (last >= window.length / 2) return null;
    const open = window.slice(last + 1).filter((_, i) => i % apart === 0).slice(0, AHEAD).map(({ step }) => step);
    if (!open.length) return null;
    return { kind: "account", after: { [run.id]: frame.step }, moments: open, at: place.at, row: this.row, held_out: place.heldOut };
  }

  // It went out.
  sent({ kind, moments }) {
    if (kind !== "account") return;
    this.since = this.#here();
    for (const step of moments) this.asked.set(step, performance.now());
  }

  remove() {
    clearTimeout(this.timer);
  }
}

/** @type {(run: { id: string }, name: number[]) => string} */
const unitOf = ({ id }, [heldOut, , layer, unit]) => `${id} ${heldOut} ${layer},${unit} `;
const keyOf = (run, name) => `${unitOf(run, name)}${name}`;
