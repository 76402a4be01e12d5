// One player: the store of frames, the clock, the asks, what the visitor does, and the parts that stand on the page.

import { ACTIONS, Acts } from "./acts.js";
import { Asks } from "../film/asks.js";
import { Board } from "./board.js";
import { Clock } from "../film/clock.js";
import { Keep } from "./keep.js";
import { Following } from "./following.js";
import { Headline } from "./headline.js";
import { Inbox } from "./inbox.js";
import { actionOf } from "./keys.js";
import { Late } from "./late.js";
import { Poll } from "./poll.js";
import { Pulling } from "./pulling.js";
import { Rest } from "./rest.js";
import { Screen } from "./screen.js";
import { Store } from "../film/store.js";
import { Timeline } from "./timeline.js";
import { Tour } from "./tour.js";
import { Words } from "./words.js";
/** @import { Header } from "../types.d.ts" */

export class Player {
  /** @type {Header} */
  header; // of the last message
  selected = 0; // the run that is spoken of
  headline = new Headline();
  words = new Words();
  store = new Store();
  abort = new AbortController();

  constructor(root, send) {
    this.root = root;
    this.send = send;
    this.clock = new Clock(this.store);
    this.following = new Following(this);
    this.asks = new Asks((ask) => { this.following.sent(ask); this.send(ask); }, this.store, this.clock);
    this.asks.followed = () => this.following.ask();
    this.acts = new Acts(this);
    this.late = new Late(this.asks, this.clock);
    this.rest = new Rest(this.store, this.clock, this.asks);
    this.#build();
    this.screen = new Screen(this);
    this.inbox = new Inbox(this);
    this.#listen();
  }

  #build() {
    const lookAt = (unit) => this.screen.lookAt(unit);
    const select = (run) => this.screen.select(run);
    const scrub = (time) => this.acts.scrub(time);
    this.pulling = new Pulling(this);
    this.board = new Board({
      pulling: this.pulling,
      choose: (unit) => lookAt(this.screen.unit?.index === unit.index ? null : unit), back: () => lookAt(null),
      select, seek: scrub, redraw: () => this.redraw(),
      following: this.following, pause: () => this.acts.pause(), step: (row) => this.acts.slowly(row), batch: () => this.acts.do("batch"),
      learn: (points) => { this.acts.wanted = true; this.asks.latest("draw", { points }); this.asks.pump(document.hidden); },
    });
    this.poll = new Poll({ root: this.root, reveal: () => this.ask("reveal") });
    this.timeline = new Timeline({
      ...Object.fromEntries(ACTIONS.map((name) => [name, () => this.acts.do(name)])),
      select, scrub, drop: (time) => this.acts.seek(time), speed: (value) => this.acts.speed(value),
    });
    this.keep = new Keep(this);
    this.tour = new Tour(this);
    this.root.replaceChildren(this.tour.node, this.poll.node, this.words.banner, this.headline.node, this.board.node, this.pulling.node, this.words.node, this.words.notes, this.timeline.node, this.keep.node, this.words.live, this.tour.pointer.node);
    this.timeline.node.append(this.late.node);
    this.root.tabIndex = -1;
  }

  #listen() {
    const { signal } = this.abort;
    document.addEventListener("visibilitychange", () => this.#back(), { signal });
    document.addEventListener("scroll", () => this.tour.on && this.redraw(), { signal, capture: true, passive: true }); // the ring follows
    window.addEventListener("resize", () => this.screen.fit.look(), { signal });
    const here = location.pathname;
    window.addEventListener("popstate", () => {
      if (location.pathname === here) this.ask("moved"); // else another page: this player goes
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

  // The visitor is back at this tab. If the server has forgotten it meanwhile, an ask brings that to light.
  #back() {
    if (!document.hidden && this.store.runs.length && !this.asks.urgent) this.asks.first("frames", this.asks.one());
    this.wake();
  }

  wake() {
    if (this.store.runs.length && !this.screen.hidden) this.asks.pump(false);
    this.redraw();
  }

  redraw() {
    this.screen.redraw();
  }

  // Before anything else.
  ask(kind, more) {
    this.asks.first(kind, more);
    this.asks.pump(document.hidden);
  }

  remove() {
    this.abort.abort();
    clearTimeout(this.asks.timer);
    for (const part of [this.screen, this.rest, this.late, this.board, this.headline, this.words, this.pulling, this.following]) part.remove();
  }
}
