// One player: the store of frames, the clock, the asks, and the pictures that show a moment.

import { ACTIONS, Acts } from "./acts.js";
import { Asks } from "./asks.js";
import { Boundary } from "./boundary.js";
import { Clock, calm } from "./clock.js";
import { Controls, actionOf } from "./controls.js";
import { el } from "./dom.js";
import { Gradient } from "./gradient.js";
import { Loss } from "./loss.js";
import { Network } from "./network.js";
import { Run, Store } from "./store.js";
import { readTheme } from "./theme.js";
import { unpack } from "./wire.js";
import { Words } from "./words.js";

export class Player {
  constructor(root, send) {
    this.root = root;
    this.store = new Store();
    this.clock = new Clock(this.store);
    this.asks = new Asks((ask) => this.send(ask), this.store, this.clock);
    this.send = send;
    this.unit = null;
    this.selected = 0;
    this.drawn = 0;
    this.acts = new Acts(this);
    this.inbox = Promise.resolve();
    this.seq = 0;
    this.abort = new AbortController();
    this.#build();
    this.#listen();
  }

  #build() {
    const choose = (unit) => { this.unit = this.unit?.index === unit.index ? null : unit; this.redraw(); };
    this.network = new Network({ choose, select: (run) => this.#select(run) });
    this.pictures = {
      network: this.network, boundary: new Boundary({ back: () => { this.unit = null; this.redraw(); } }),
      gradient: new Gradient(), loss: new Loss(),
    };
    this.words = new Words();
    this.controls = new Controls({
      ...Object.fromEntries(ACTIONS.map((name) => [name, () => this.acts.do(name)])),
      scrub: (time) => this.acts.scrub(time), drop: (time) => this.acts.seek(time), speed: (value) => this.acts.speed(value),
    });
    this.board = el("div", { class: "board" });
    this.root.replaceChildren(this.words.banner, this.board, this.words.node, this.words.notes, this.controls.node, this.words.live);
    this.root.tabIndex = -1;
  }

  #listen() {
    const { signal } = this.abort;
    this.visible = true;
    this.seen = new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; this.wake(); });
    this.seen.observe(this.root);
    this.sized = new ResizeObserver(() => this.#resize());
    this.sized.observe(this.board);
    document.addEventListener("visibilitychange", () => this.wake(), { signal });
    window.addEventListener("popstate", () => { this.asks.first("moved"); this.asks.pump(document.hidden); }, { signal });
    // Before Streamlit hears the key: "r" would run its script again.
    window.addEventListener("keydown", (event) => {
      const action = this.store.runs.length ? actionOf(event, this.root) : null;
      if (!action) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.acts.do(action);
    }, { signal, capture: true });
  }

  // ---- messages ----

  receive(bytes) {
    this.inbox = this.inbox.then(() => unpack(bytes)).then((message) => this.#take(message)).catch((error) => {
      this.words.fail("These pictures could not be drawn. Reload the page to try again.");
      console.error(error);
    });
    return this.inbox;
  }

  #take({ header, runs }) {
    if (header.seq === this.seq || this.abort.signal.aborted) return;
    this.seq = header.seq;
    const before = this.store.runs;
    let [fresh, progress] = [before.length !== runs.length, false];
    const next = runs.map(({ entry, blocks }, place) => {
      const known = before[place];
      if (entry.kind === "scene") {
        fresh = true;
        const run = new Run(entry, blocks);
        run.insert(entry, blocks);
        run.parent = entry.parent;
        return run;
      }
      if (entry.kind === "continue" && known && (known.id === entry.parent || known.id === entry.id)) {
        progress = true;
        return this.#goOn(known, entry);
      }
      if (known?.id !== entry.id) return null;
      if (entry.kind === "frames") {
        progress = known.insert(entry, blocks) > 0 || Boolean(known.end) || progress;
        known.thin();
      }
      return known;
    });
    this.asks.answered(header.answer, progress || fresh);
    if (next.includes(null)) {
      this.asks.first("scene");
      return this.asks.pump(document.hidden);
    }
    this.store.runs = next;
    if (!fresh) this.asks.pump(this.hidden); // the server works while we draw
    if (fresh) this.#scene(header);
    else if (progress) this.#arrived();
    this.wake();
  }

  // Same weights, other settings: what lies ahead is no longer true.
  #goOn(run, entry) {
    run.id = entry.id;
    run.parent = entry.parent;
    run.scene = { ...run.scene, ...entry.scene };
    run.cut(this.clock.time);
    return run;
  }

  #scene(header) {
    const wasPlaying = this.clock.playing || this.clock.atEnd;
    this.asks.forget();
    this.unit = null;
    this.selected = Math.min(this.selected, this.store.runs.length - 1);
    this.clock.go(0);
    this.key = null;
    this.clock.playing = !calm.matches && header.autoplay && (this.acts.wanted ?? true);
    this.shown = header.pictures.map((name) => this.pictures[name]).filter(Boolean);
    this.board.replaceChildren(...this.shown.map((picture) => picture.node));
    this.board.dataset.runs = this.store.runs.length;
    this.board.dataset.pictures = header.pictures.join(" ");
    this.theme = readTheme(this.root);
    for (const view of [...this.shown, this.words]) view.scene(this.store.runs, this.theme);
    this.controls.scene(this.store.horizon, header.can_reseed);
    this.redraw();
  }

  #arrived() {
    this.acts.arrived();
    for (const picture of this.shown) picture.data?.();
    this.redraw();
  }

  // ---- drawing ----

  #select(run) {
    this.selected = run;
    this.unit = null;
    this.network.show(run);
    this.redraw();
  }

  get hidden() {
    return document.hidden || !this.visible || !this.root.isConnected;
  }

  wake() {
    if (this.store.runs.length && !this.hidden) this.asks.pump(false);
    this.redraw();
  }

  redraw() {
    if (this.request || this.hidden || !this.theme) return;
    this.request = requestAnimationFrame((now) => {
      this.request = 0;
      if (this.clock.playing) {
        if (this.key) this.clock.advance(now); // the very first frame is shown before any other
        if (!this.asks.pending) this.asks.pump(this.hidden);
      }
      this.#draw();
      if (this.clock.playing) this.redraw();
    });
  }

  #draw() {
    const { clock, store, root } = this;
    const { state, time } = clock;
    const shown = store.runs.map((run) => ({ run, frame: run.at(time) }));
    const moment = {
      time, shown, state, selected: this.selected, unit: this.unit, byBatch: this.acts.byBatch, tail: store.tail, horizon: store.horizon,
    };
    const key = shown.map(({ run, frame }) => `${run.id}:${frame.step}`).join();
    const moved = key !== this.key;
    for (const view of [...this.shown, this.words, this.controls]) view.draw(moment);
    if (moved) {
      this.key = key;
      root.dataset.framesDrawn = ++this.drawn;
    }
    if (root.dataset.state !== state || moved) this.words.announce(state);
    root.dataset.state = state;
    root.dataset.epoch = String(Number(time.toFixed(3)));
    root.dataset.run = store.runs.map((run) => run.id).join(" ");
  }

  // The theme may have changed with any message.
  retheme() {
    if (!this.theme) return;
    const theme = readTheme(this.root);
    if (theme.key === this.theme.key) return;
    this.theme = theme;
    for (const view of [...this.shown, this.words]) view.retheme(theme);
    this.redraw();
  }

  #resize() {
    const size = `${this.board.clientWidth} ${this.board.clientHeight}`;
    if (!this.theme || !this.board.clientWidth || this.size === size) return;
    this.size = size;
    for (const view of this.shown) (view.resize ?? view.lay ?? (() => view.retheme(this.theme))).call(view);
    this.redraw();
  }

  remove() {
    this.abort.abort();
    this.seen.disconnect();
    this.sized.disconnect();
    cancelAnimationFrame(this.request);
    clearTimeout(this.asks.timer);
    for (const view of [...Object.values(this.pictures), this.words]) view.remove?.();
  }
}
