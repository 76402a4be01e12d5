// What is waited for longer than a second says so.

import { el, say } from "../../shared/dom.js";

const LATE = 1000; // ms
const AGAIN = 250;

/** @import { Asks } from "../film/asks.js" */
/** @import { Clock } from "../film/clock.js" */

export class Late {
  /** @type {Asks} */
  asks;
  /** @type {Clock} */
  clock;

  constructor(asks, clock) {
    this.asks = asks;
    this.clock = clock;
    this.queue = 0; // of others, when the last answer came
    this.node = el("p", { class: "note late", role: "status", hidden: true });
    asks.sent = () => this.#watch();
  }

  // An answer has come.
  answered(queue) {
    this.queue = queue;
    if (!this.asks.pending) this.#show(false);
  }

  #watch() {
    clearTimeout(this.timer);
    const since = this.asks.pending?.since;
    if (since === undefined) return this.#show(false);
    const late = performance.now() - since >= LATE;
    this.#show(late && (Boolean(this.asks.urgent ?? this.asks.wish?.()) || this.#starved));
    this.timer = setTimeout(() => this.#watch(), late ? AGAIN : LATE);
  }

  get #starved() {
    const { clock } = this;
    return clock.playing && !clock.store.ended && clock.store.next(clock.time) === null;
  }

  #show(shown) {
    this.node.hidden = !shown;
    if (shown) say(this.node, this.queue > 1 ? "Many networks are learning here at once. The next pictures are on their way." : "The next pictures are on their way.");
  }

  remove() {
    clearTimeout(this.timer);
  }
}
