// Tells the server where the film came to rest: once for each moment, and only when nothing else is asked for.

const SETTLED = 400; // ms

export class Rest {
  constructor(store, clock, asks) {
    this.store = store;
    this.clock = clock;
    this.asks = asks;
    this.key = this.told = null;
  }

  // A film has just been made: the page knows its first moment.
  begin() {
    this.told = this.#here().key;
  }

  #here() {
    const { store: { runs }, clock: { time } } = this;
    const after = Object.fromEntries(runs.map((run) => [run.id, run.at(time).step]));
    const ask = { kind: "rest", after, epoch: time };
    return { ask, key: JSON.stringify(ask) };
  }

  // After each drawing.
  look(wanted) {
    const here = wanted && !this.clock.playing ? this.#here() : { key: null };
    if (here.key === this.key) return;
    clearTimeout(this.timer);
    [this.key, this.asks.idle] = [here.key, null];
    if (!here.key || here.key === this.told) return;
    this.timer = setTimeout(() => {
      this.told = here.key;
      this.asks.idle = here.ask;
      this.asks.pump(document.hidden);
    }, SETTLED);
  }

  remove() {
    clearTimeout(this.timer);
  }
}
