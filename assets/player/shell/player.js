// One player: the store of frames, the clock, the asks, and the pictures that show a moment.

import { ACTIONS, Acts } from "./acts.js";
import { Asks } from "../film/asks.js";
import { Board } from "./board.js";
import { Clock } from "../film/clock.js";
import { Keep } from "./keep.js";
import { Following } from "./following.js";
import { Headline } from "./headline.js";
import { actionOf } from "./keys.js";
import { mark } from "../../glossary/words.js";
import { Late } from "./late.js";
import { merge } from "../film/merge.js";
import { calm } from "../../shared/motion.js";
import { Poll } from "./poll.js";
import { Pulling } from "./pulling.js";
import { Rest } from "./rest.js";
import { Store } from "../film/store.js";
import { Timeline } from "./timeline.js";
import { Tour } from "./tour.js";
import { readTheme } from "../../shared/theme.js";
import { unpack } from "../film/wire.js";
import { Words } from "./words.js";
/** @import { Header, Moment, Theme, Unit } from "../types.d.ts" */

const LOOK = ["pictures", "can_reseed", "can_draw", "can_branch", "headline", "present", "veiled", "unexplained", "poll", "narration", "tour", "subject", "places", "gradient_range", "by_steps"]; // of the header: what is on the board

const WORDED = ":is(h2, h3, .note, .change, .words span)"; // what may hold words of the glossary

export class Player {
  /** @type {Header} */
  header; // of the last message
  look;
  /** @type {Theme} */
  theme;
  /** @type {Unit | null} */
  unit = null;
  opened = -1; // which opening of the page's settings the film stands at
  marked = false; // the words of the glossary, since the board was put together
  /** @type {Moment["slow"]} */
  slow = null; // the step that the server told in slow motion
  headline = new Headline();
  words = new Words();

  constructor(root, send) {
    this.root = root;
    this.store = new Store();
    this.clock = new Clock(this.store);
    this.following = new Following(this);
    this.asks = new Asks((ask) => { this.following.sent(ask); this.send(ask); }, this.store, this.clock);
    this.asks.followed = () => this.following.ask();
    this.send = send;
    this.selected = 0;
    this.drawn = 0;
    this.acts = new Acts(this);
    this.late = new Late(this.asks, this.clock);
    this.rest = new Rest(this.store, this.clock, this.asks);
    this.inbox = Promise.resolve();
    this.mount = ""; // what the server remembers of this player
    this.begun = false; // a film of it
    this.seq = 0;
    this.abort = new AbortController();
    this.#build();
    this.#listen();
  }

  #build() {
    this.pulling = new Pulling(this);
    this.board = new Board({
      pulling: this.pulling,
      choose: (unit) => this.#lookAt(this.unit?.index === unit.index ? null : unit), back: () => this.#lookAt(null),
      select: (run) => this.#select(run), seek: (time) => this.acts.scrub(time), redraw: () => this.redraw(),
      following: this.following, pause: () => this.acts.pause(), step: (row) => this.acts.slowly(row), batch: () => this.acts.do("batch"),
      learn: (points) => { this.acts.wanted = true; this.asks.latest("draw", { points }); this.asks.pump(document.hidden); },
    });
    this.poll = new Poll({ root: this.root, reveal: () => { this.asks.first("reveal"); this.asks.pump(document.hidden); } });
    this.timeline = new Timeline({
      ...Object.fromEntries(ACTIONS.map((name) => [name, () => this.acts.do(name)])),
      select: (run) => this.#select(run), scrub: (time) => this.acts.scrub(time), drop: (time) => this.acts.seek(time), speed: (value) => this.acts.speed(value),
    });
    this.keep = new Keep(this);
    this.tour = new Tour(this);
    this.root.replaceChildren(this.tour.node, this.poll.node, this.words.banner, this.headline.node, this.board.node, this.pulling.node, this.words.node, this.words.notes, this.timeline.node, this.keep.node, this.words.live, this.tour.pointer.node);
    this.timeline.node.append(this.late.node);
    this.root.tabIndex = -1;
  }

  #listen() {
    const { signal } = this.abort;
    this.visible = true;
    this.seen = new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; this.wake(); });
    this.seen.observe(this.root);
    this.sized = new ResizeObserver(() => this.#resize());
    this.sized.observe(this.board.node);
    document.addEventListener("visibilitychange", () => this.#back(), { signal });
    document.addEventListener("scroll", () => this.tour.on && this.redraw(), { signal, capture: true, passive: true }); // the ring follows
    const here = location.pathname;
    window.addEventListener("popstate", () => {
      if (location.pathname !== here) return; // another page: this player goes
      this.asks.first("moved");
      this.asks.pump(document.hidden);
    }, { signal });
    // Before Streamlit hears the key: "r" would run its script again.
    window.addEventListener("keydown", (event) => {
      const taken = this.tour.key(event) || this.poll.key(event) || this.board.key(event) || this.pulling.key(event);
      const action = !taken && this.store.runs.length && !this.header.veiled ? actionOf(event, this.root, this.header) : null;
      if (!taken && !action) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (action) this.acts.do(action);
    }, { signal, capture: true });
  }

  // ---- messages ----

  receive(bytes) {
    this.inbox = this.inbox.then(() => unpack(bytes)).then(async (message) => {
      await this.board.load(message.header.pictures);
      this.#take(message);
    }).catch((error) => {
      this.words.fail("These pictures could not be drawn. Reload the page to try again.");
      console.error(error);
    });
    return this.inbox;
  }

  #take({ header, runs }) {
    const known = header.mount === this.mount;
    if ((known && header.seq === this.seq) || this.abort.signal.aborted) return;
    if (!known) this.#forgotten();
    [this.mount, this.seq] = [header.mount, header.seq];
    this.asks.most = header.most;
    const before = this.store.runs;
    const { atEnd } = this.clock;
    const { runs: next, fresh, rebuilt, branched, continued, progress } = merge(before, runs, this.clock.time);
    this.asks.answered(header.answer, progress || fresh || rebuilt, header.queue);
    this.late.answered(header.queue);
    if (next.includes(null)) {
      this.asks.first("scene");
      return this.asks.pump(document.hidden);
    }
    const chosen = next.indexOf(before[this.selected]);
    if (rebuilt) this.selected = branched >= 0 ? branched : Math.max(0, chosen);
    this.store.runs = next;
    if (this.clock.bySteps !== Boolean(header.by_steps)) [this.clock.bySteps, this.clock.speed] = [Boolean(header.by_steps), "auto"];
    const look = JSON.stringify(LOOK.map((name) => header[name]));
    const dressed = look !== this.look;
    [this.header, this.look] = [header, look];
    if (!fresh) this.asks.pump(this.hidden); // the server works while we draw
    this.tour.scene(header);
    if (fresh) this.#begin();
    else if (branched >= 0) this.acts.pause();
    if (fresh || rebuilt || dressed) this.#scene();
    if (branched >= 0) this.acts.branched();
    if (header.slow) this.slow = header.slow;
    if (header.pulls) this.pulling.take(header.pulls);
    if (header.account) this.following.take(header.account);
    if (continued && atEnd) this.acts.again(); // a film that had ended cannot go on: it starts again under its new settings
    if (progress && !fresh) this.#arrived();
    this.wake();
  }

  // The server has forgotten this page: it started anew, or waited too long. What it was asked it does not know any more.
  #forgotten() {
    this.words.anew = this.seq > 0;
    this.begun = false;
    this.asks.drop();
  }

  // A film starts.
  #begin() {
    if (this.begun) this.words.anew = false; // another one
    this.begun = true;
    this.asks.forget();
    this.clock.go(0);
    if (this.header.scripted) this.acts.wanted = null; // a scene shown plays, whatever was paused before
    this.clock.playing = !calm.matches && this.header.autoplay && !this.tour.waits && (this.acts.wanted ?? true);
    this.rest.begin();
    this.#open();
  }

  // The address that was opened names a moment of its film.
  #open() {
    const { moment } = this.header;
    if (!moment || moment.opened === this.opened) return;
    this.opened = moment.opened;
    if (moment.epoch === null) return;
    this.acts.pause();
    this.acts.seek(Math.min(moment.epoch, this.store.horizon));
  }

  // Other pictures, or other runs in them.
  #scene() {
    const { header, root } = this;
    const { runs } = this.store;
    [this.unit, this.key, this.slow, this.marked] = [null, null, null, false];
    this.following.aim(null);
    this.following.row = 0;
    this.selected = Math.min(this.selected, runs.length - 1);
    this.board.put(runs);
    root.toggleAttribute("data-present", Boolean(header.present));
    this.theme = readTheme(root);
    this.pulling.scene(header, runs, this.board.shown.some(({ name }) => name === "network"));
    this.views = [...this.board.shown, this.headline, this.words];
    for (const view of this.views) view.scene(runs, this.theme, header);
    this.poll.scene(header);
    this.timeline.node.hidden = Boolean(header.veiled);
    this.timeline.scene(runs, this.store.horizon, header);
    this.keep.node.hidden = Boolean(header.veiled || header.present);
    this.keep.scene();
    this.redraw();
  }

  #arrived() {
    this.acts.arrived();
    for (const place of this.board.shown) place.data();
    this.redraw();
  }

  // ---- drawing ----

  #select(run) {
    this.selected = run;
    this.#lookAt(null);
  }

  // At what a unit sees; null: at the decision.
  #lookAt(unit) {
    this.unit = unit;
    this.following.aim(unit && { at: [unit.layer, unit.unit], heldOut: false, host: "network" });
  }

  get hidden() {
    return document.hidden || !this.visible || !this.root.isConnected;
  }

  // The visitor is back at this tab. If the server has forgotten it meanwhile, an ask brings that to light.
  #back() {
    if (!document.hidden && this.store.runs.length && !this.asks.urgent) this.asks.first("frames", this.asks.one());
    this.wake();
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
        if (this.key) this.#advance(now); // the very first frame is shown before any other
        if (!this.asks.pending) this.asks.pump(this.hidden);
      }
      this.#draw();
      if (this.clock.playing) this.redraw();
    });
  }

  // Playing pauses where the page wants it to.
  #advance(now) {
    const { clock, header: { stop_at: stop } } = this;
    const before = clock.time;
    clock.advance(now);
    if (!Number.isFinite(stop) || before >= stop || clock.time < stop) return;
    clock.go(stop);
    this.acts.pause();
  }

  #draw() {
    const { clock, store, root } = this;
    this.tour.look();
    const { state, time } = clock;
    const shown = store.runs.map((run) => ({ run, frame: run.at(time) }));
    const { run, frame } = shown[this.selected];
    /** @type {Moment} */
    const moment = {
      time, shown, state, selected: this.selected, unit: this.unit, account: this.following.look(state, run, frame), slow: this.slow, pull: this.pulling.look(state, run, frame),
      byBatch: this.acts.byBatch, tail: store.tail, horizon: store.horizon,
    };
    const key = shown.map(({ run, frame }) => `${run.id}:${frame.step}`).join();
    const moved = key !== this.key;
    for (const view of [...this.views, this.timeline, this.tour]) view.draw(moment);
    this.marked ||= mark(root.querySelectorAll(WORDED));
    if (moved) {
      this.key = key;
      root.dataset.framesDrawn = ++this.drawn;
    }
    if (!this.tour.on && (root.dataset.state !== state || moved)) this.words.announce(state, this.headline.text);
    root.dataset.state = state;
    root.dataset.epoch = String(Number(time.toFixed(3)));
    root.dataset.run = store.runs.map((run) => run.id).join(" ");
    this.rest.look(this.header.wants_rest);
  }

  // A moment, drawn at once.
  show(time) {
    this.clock.go(time);
    this.#draw();
  }

  // All pictures anew, at another density.
  redress() {
    for (const place of this.board.shown) place.resize(this.theme);
    this.#draw();
  }

  // The theme may have changed with any message.
  retheme() {
    if (!this.theme) return;
    const theme = readTheme(this.root);
    if (theme.key === this.theme.key) return;
    this.theme = theme;
    for (const view of this.views) view.retheme(theme);
    this.redraw();
  }

  #resize() {
    if (!this.theme || !this.board.resized()) return;
    for (const view of [...this.board.shown, this.headline]) view.resize(this.theme);
    this.redraw();
  }

  remove() {
    this.abort.abort();
    this.seen.disconnect();
    this.sized.disconnect();
    cancelAnimationFrame(this.request);
    clearTimeout(this.asks.timer);
    this.rest.remove();
    this.late.remove();
    for (const part of [this.board, this.headline, this.words, this.pulling, this.following]) part.remove();
  }
}
