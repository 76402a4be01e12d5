// A film with stops: first a guess, then one sentence at each stop, which points at what it speaks of. Whoever has seen it once in
// this browser is offered it, and no more; it can be left at any time.

import { band, scored } from "../film/bands.js";
import { el, say } from "../../shared/dom.js";
import { calm } from "../../shared/motion.js";
import { remember, remembered } from "../../shared/remembered.js";
import { number } from "../../shared/spelling.js";
import { Pointer } from "./pointer.js";
import { scoreText } from "./words.js";
/** @import { Header, Moment } from "../types.d.ts" */
/** @import { Player } from "./player.js" */

const SAME = 1e-6; // epochs

export class Tour {
  on = false;
  /** @type {NonNullable<Header["tour"]> | null} */
  tour = null;
  at = -1; // the stop that is shown; −1: the question
  going = false; // on the way to the next one
  guess = -1;

  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.pointer = new Pointer(player.root, (name) => player.board.shown.find((place) => place.name === name)?.picture);
    this.words = el("p", { class: "said", role: "status" });
    this.guesses = el("div", { class: "guesses" });
    this.count = el("span", { class: "note" });
    this.next = el("button", { type: "button", class: "next", on: { click: () => this.#onward() } });
    this.leave = el("button", { type: "button", class: "link leave", text: "Leave (Esc)", "aria-keyshortcuts": "Escape", on: { click: () => this.#end() } });
    this.card = el("div", { class: "card", role: "group", "aria-label": "Step by step" }, this.words,
      el("div", { class: "foot" }, this.guesses, this.next, this.count, el("span", { class: "push" }), this.leave));
    this.again = el("button", { type: "button", class: "link again", text: "Show me step by step, in two minutes", on: { click: () => this.#begin() } });
    this.node = el("div", { class: "tour", hidden: true }, this.card, this.again);
  }

  /** @param {Header} header */
  scene({ tour, present, veiled }) {
    const first = tour && !this.tour;
    this.tour = tour ?? null;
    this.node.hidden = !tour || Boolean(present || veiled);
    if (this.node.hidden) this.on = false;
    else if (first && remembered(tour.key) === null) {
      remember(tour.key, "shown");
      this.#open();
    }
    this.#dress();
  }

  // Whether a film that begins now waits for a guess.
  get waits() {
    return this.on && this.at < 0;
  }

  #open() {
    [this.on, this.at, this.going, this.guess, this.said] = [true, -1, false, -1, null];
    this.guesses.replaceChildren(...this.tour.guesses.map(({ words }, i) => el("button", { type: "button", class: "guess", text: words, on: { click: () => this.#answer(i) } })));
  }

  // Again, from the start of the film.
  #begin() {
    this.#open();
    this.player.acts.pause();
    this.player.clock.go(0);
    this.#dress();
    this.guesses.firstChild.focus();
  }

  // Left before it began, the film plays as it does without it.
  #end() {
    if (this.waits && this.player.header.autoplay && !calm.matches) this.player.acts.do("play");
    this.on = this.going = false;
    this.#dress();
    this.player.root.focus({ preventScroll: true });
  }

  // Hides and shows what belongs to where it stands.
  #dress() {
    const { on, at, tour } = this;
    this.player.root.toggleAttribute("data-tour", on);
    this.player.root.toggleAttribute("data-guessing", this.waits);
    this.card.hidden = !on;
    this.again.hidden = on;
    this.guesses.hidden = at >= 0;
    this.next.hidden = at < 0;
    this.count.hidden = at < 1;
    const last = tour && at === tour.stops.length - 1;
    say(this.next, last ? "Done" : at === 0 ? "Play" : "Next");
    say(this.leave, last ? "" : "Leave (Esc)");
    if (tour) say(this.count, `${Math.max(0, at)} of ${tour.stops.length - 1}`);
    if (!on) this.pointer.node.hidden = true;
    this.player.screen.fit.look(); // what is told takes room
    this.player.redraw();
  }

  #answer(guess) {
    [this.guess, this.at] = [guess, 0];
    this.#dress();
    this.next.focus({ preventScroll: true });
  }

  // To the next stop: by playing, or at once where motion is to be reduced or it is not waited for.
  #onward() {
    const { player, tour } = this;
    if (this.at === tour.stops.length - 1) return this.#end();
    const hurried = this.going || calm.matches;
    this.#set();
    if (hurried) player.acts.seek(this.#epoch(this.at + 1));
    else if (!player.clock.playing) player.acts.do("play");
    return player.redraw();
  }

  #set() {
    this.at = Math.max(0, this.at);
    this.going = true;
    this.#dress();
  }

  #epoch(stop) {
    const { scene } = this.player.store.runs[0];
    return Math.round(this.tour.stops[stop].at * scene.epochs);
  }

  // Before a moment is drawn: whether the film is to pause here.
  look() {
    const { player: { clock, acts }, tour } = this;
    if (!this.on) return;
    const last = this.at === tour.stops.length - 1;
    if (clock.playing && !this.going && !last) this.#set(); // by the button of the timeline, or its key
    if (!this.going) return;
    const epoch = this.#epoch(this.at + 1);
    if (clock.time < epoch - SAME && !clock.atEnd) return;
    if (clock.playing) {
      acts.pause();
      clock.go(Math.min(clock.time, epoch));
    }
    this.going = false;
    this.at += 1;
    this.arrived = true;
    this.#dress();
  }

  /** @param {Moment} moment */
  draw(moment) {
    if (!this.on) return;
    const { at, going, tour } = this;
    const stop = tour.stops[at];
    this.#say(going ? stop.onward : filled(stop?.words ?? tour.question, this.#numbers(moment.shown[0])));
    this.pointer.at(going ? "nothing" : stop?.part ?? "nothing", moment, Boolean(this.arrived));
    this.arrived = false;
  }

  // What stands between ** is bold.
  #say(text) {
    if (this.said === text) return;
    this.said = text;
    this.words.replaceChildren(...text.split("**").map((part, i) => (i % 2 ? el("b", { text: part }) : part)));
  }

  /** @param {Moment["shown"][0]} shown   @returns {Record<string, string>} */
  #numbers({ run, frame }) {
    const [first] = run.frames;
    const { scene: { score, series }, points } = run;
    const scoreOf = (one) => band(run, one, scored(run, one).column).mid[0];
    const lossOf = (one) => number(band(run, one, series[0].column).mid[0]);
    const weight = this.pointer.weight(run, frame);
    const signed = (value) => number(value, 2);
    return {
      rows: String(points.train_target.length), epoch: String(Math.round(frame.epoch)), epochs: String(run.scene.epochs),
      score: scoreText(score, scoreOf(frame)), first_score: scoreText(score, scoreOf(first)), loss: lossOf(frame), first_loss: lossOf(first),
      weight: signed(frame.weights?.[weight]), first_weight: signed(first.weights?.[weight]), verdict: this.#verdict(scoreOf(frame)),
    };
  }

  #verdict(score) {
    const { guesses } = this.tour;
    if (this.guess < 0) return "";
    const right = guesses.findIndex(({ upto }) => score <= upto);
    const words = (i) => `“${guesses[i].words}”`;
    return right === this.guess ? `You guessed ${words(right)}, and so it is.` : `You guessed ${words(this.guess)}; it is ${words(right)}.`;
  }

  key(event) {
    if (!this.on || event.key !== "Escape" || event.defaultPrevented) return false;
    this.#end();
    return true;
  }
}

const filled = (text, numbers) => text.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
