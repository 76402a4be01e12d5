// What a player shows: its pictures and words at the moment where the clock stands, drawn when the browser is about to paint.

import { mark } from "../../glossary/words.js";
import { readTheme } from "../../shared/theme.js";
import { Fit } from "./fit.js";
/** @import { Moment, Theme, Unit } from "../types.d.ts" */
/** @import { Player } from "./player.js" */

const WORDED = ":is(h2, h3, .note, .change, .words span)"; // what may hold words of the glossary

export class Screen {
  /** @type {Theme} */
  theme;
  views = []; // what draws a moment, beside the timeline and the tour
  /** @type {Unit | null} */
  unit = null; // at what it sees is looked; null: at the decision
  /** @type {Moment["slow"]} */
  slow = null; // the step that the server told in slow motion
  lined = false; // whether sentences have their lines, since the board was put together: only then it is known how high all is
  marked = false; // the words of the glossary, since the board was put together
  key = null; // of the frames that are drawn
  drawn = 0;
  request = 0;
  visible = true;

  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.seen = new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; player.wake(); });
    this.seen.observe(player.root);
    this.sized = new ResizeObserver(() => this.#resize());
    this.sized.observe(player.board.node);
    this.fit = new Fit(player);
  }

  get hidden() {
    return document.hidden || !this.visible || !this.player.root.isConnected;
  }

  // Other pictures, or other runs in them.
  scene() {
    const { board, following, header, headline, keep, poll, pulling, root, store, timeline, words } = this.player;
    const { runs } = store;
    [this.unit, this.key, this.slow, this.marked] = [null, null, null, false];
    following.aim(null);
    following.row = 0;
    this.player.selected = Math.min(this.player.selected, runs.length - 1);
    board.put(runs);
    root.toggleAttribute("data-present", Boolean(header.present));
    this.theme = readTheme(root);
    pulling.scene(header, runs, board.shown.some(({ name }) => name === "network"));
    this.views = [...board.shown, headline, words];
    for (const view of this.views) view.scene(runs, this.theme, header);
    poll.scene(header);
    timeline.node.hidden = Boolean(header.veiled);
    timeline.scene(runs, store.horizon, header);
    keep.node.hidden = Boolean(header.veiled || header.present);
    keep.scene();
    this.lined = false;
    this.redraw();
  }

  // Frames have come.
  data() {
    for (const place of this.player.board.shown) place.data();
    this.redraw();
  }

  select(run) {
    this.player.selected = run;
    this.lookAt(null);
  }

  lookAt(unit) {
    this.unit = unit;
    this.player.following.aim(unit && { at: [unit.layer, unit.unit], heldOut: false, host: "network" });
  }

  redraw() {
    if (this.request || this.hidden || !this.theme) return;
    const { asks, clock } = this.player;
    this.request = requestAnimationFrame((now) => {
      this.request = 0;
      if (clock.playing) {
        if (this.key) this.#advance(now); // the very first frame is shown before any other
        if (!asks.pending) asks.pump(this.hidden);
      }
      this.#draw();
      if (clock.playing) this.redraw();
    });
  }

  // Playing pauses where the page wants it to.
  #advance(now) {
    const { acts, clock, header: { stop_at: stop } } = this.player;
    const before = clock.time;
    clock.advance(now);
    if (!Number.isFinite(stop) || before >= stop || clock.time < stop) return;
    clock.go(stop);
    acts.pause();
  }

  #draw() {
    const { acts, clock, following, header, headline, pulling, rest, root, selected, store, timeline, tour, words } = this.player;
    tour.look();
    const { state, time } = clock;
    const shown = store.runs.map((run) => ({ run, frame: run.at(time) }));
    const { run, frame } = shown[selected];
    /** @type {Moment} */
    const moment = {
      time, shown, state, selected, unit: this.unit, account: following.look(state, run, frame), slow: this.slow, pull: pulling.look(state, run, frame),
      byBatch: acts.byBatch, tail: store.tail, horizon: store.horizon,
    };
    const key = shown.map(({ run, frame }) => `${run.id}:${frame.step}`).join();
    const moved = key !== this.key;
    for (const view of [...this.views, timeline, tour]) view.draw(moment);
    this.marked ||= mark(root.querySelectorAll(WORDED));
    if (moved) {
      this.key = key;
      root.dataset.framesDrawn = ++this.drawn;
    }
    if (!tour.on && (root.dataset.state !== state || moved)) words.announce(state, headline.text);
    root.dataset.state = state;
    root.dataset.epoch = String(Number(time.toFixed(3)));
    root.dataset.run = store.runs.map((run) => run.id).join(" ");
    rest.look(header.wants_rest);
    if (this.lined) return;
    this.lined = true;
    this.fit.look();
  }

  // A moment, drawn at once.
  show(time) {
    this.player.clock.go(time);
    this.#draw();
  }

  // All pictures anew, at another density.
  redress() {
    for (const place of this.player.board.shown) place.resize(this.theme);
    this.#draw();
  }

  // The theme may have changed with any message.
  retheme() {
    if (!this.theme) return;
    const theme = readTheme(this.player.root);
    if (theme.key === this.theme.key) return;
    this.theme = theme;
    for (const view of this.views) view.retheme(theme);
    this.redraw();
  }

  #resize() {
    const { board, headline } = this.player;
    if (!this.theme || !board.resized()) return;
    for (const view of [...board.shown, headline]) view.resize(this.theme);
    this.redraw();
  }

  remove() {
    this.seen.disconnect();
    this.sized.disconnect();
    this.fit.remove();
    cancelAnimationFrame(this.request);
  }
}
