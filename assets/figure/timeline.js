// A film's timeline: play and pause, a step back or on, any moment, speed. Where motion is to be reduced: steps only.

import { el, icon, say } from "../shared/dom.js";
import { ICONS } from "../shared/icons.js";
import { calm } from "../shared/motion.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4];
const KEYS = { " ": "play", ArrowLeft: "back", ArrowRight: "on", Home: "first", End: "last" };

export class Timeline {
  index = 0;
  playing = false;
  speed = 1;

  // `redraw()` draws the figure again, `tell(index)` hears where it rests.
  constructor(redraw, tell) {
    this.redraw = redraw;
    this.tell = tell;
    const button = (name, label) => el("button", { type: "button", class: `round ${name}`, title: label, "aria-label": label,
      on: { click: () => this.do(name) } }, icon(ICONS[name]));
    this.play = button("play", "Play");
    this.slider = el("input", { type: "range", min: 0, step: 1, value: 0, on: { input: () => this.go(Number(this.slider.value)) } });
    this.noun = el("span");
    this.now = el("b");
    this.of = el("span");
    this.count = el("div", { class: "count" }, this.noun, " ", this.now, " ", this.of);
    this.caption = el("p", { class: "caption" });
    this.pace = el("select", { "aria-label": "Speed", on: { change: () => { this.speed = Number(this.pace.value); } } },
      ...SPEEDS.map((speed) => el("option", { value: speed, text: speed === 1 ? "normal speed" : `${String(speed).replace("0.25", "¼").replace("0.5", "½")} × speed` })));
    this.pace.value = 1;
    this.timeline = el("div", { class: "timeline", role: "group", "aria-label": "Timeline", on: { keydown: (event) => this.#key(event) } },
      el("div", { class: "keys" }, button("first", "Back to the start"), button("back", "One step back"), this.play, button("on", "One step on")), this.slider,
      this.count, this.pace);
    this.node = el("div", { class: "film" }, this.caption, this.timeline);
    this.node.hidden = true;
    this.onCalm = () => this.#calm();
    calm.addEventListener("change", this.onCalm);
  }

  // Another film starts from its beginning; the same one stays where it is.
  // rest: where the page believes that it rests; null: the page does not ask
  take(film, rest) {
    this.node.hidden = !film;
    const begins = Boolean(film?.autoplay) && !this.film?.autoplay;
    this.told = rest;
    if (film?.id === this.film?.id && !begins) {
      this.film = film;
      this.#rest();
      return;
    }
    this.index = begins && this.film && calm.matches ? film.frames.length - 1 : 0; // told to play, it shows the end at once
    this.film = film;
    this.playing = Boolean(film?.autoplay) && !calm.matches;
    if (!film) return;
    this.slider.max = film.frames.length - 1;
    this.slider.setAttribute("aria-label", film.noun ?? "Moment");
    this.count.hidden = !film.noun; // moments that lie unevenly are not counted: the caption says which one it is
    say(this.noun, film.noun ?? "");
    say(this.of, `/ ${film.frames.length - 1}`);
    this.#calm();
    this.#show();
    this.#run();
  }

  get frame() {
    return this.film?.frames[this.index] ?? null;
  }

  get last() {
    return this.film.frames.length - 1;
  }

  get state() {
    if (!this.film) return "ready";
    return this.playing ? "playing" : this.index === this.last ? "finished" : "paused";
  }

  do(name) {
    const act = {
      first: () => this.go(0), back: () => this.go(this.index - 1), on: () => this.go(this.index + 1), last: () => this.go(this.last),
      play: () => {
        if (calm.matches) return;
        this.playing = !this.playing;
        if (this.playing && this.index === this.last) this.index = 0;
        this.#show();
        this.#run();
      },
    };
    act[name]();
  }

  // To a moment, and rest there.
  go(index) {
    this.playing = false;
    this.index = Math.min(this.last, Math.max(0, index));
    this.#show();
  }

  #key(event) {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input, select") && event.key !== " ") return; // theirs
    if (event.key === " " && event.target.matches("button, select")) return;
    event.preventDefault();
    this.do(name);
  }

  #run() {
    cancelAnimationFrame(this.request);
    let [due, before] = [0, performance.now()];
    const tick = (now) => {
      if (!this.playing) return;
      due += Math.max(0, Math.min(now - before, 250)) * (this.film.rate * this.speed) / 1000;
      before = now;
      const steps = Math.floor(due);
      due -= steps;
      if (steps) this.#advance(steps);
      this.request = requestAnimationFrame(tick);
    };
    this.request = requestAnimationFrame(tick);
  }

  #advance(steps) {
    const next = this.index + steps;
    if (next <= this.last) this.index = next;
    else this.index = this.film.loop && this.index === this.last ? 0 : this.last;
    if (this.index === this.last && !this.film.loop) this.playing = false;
    this.#show();
  }

  #show() {
    this.#rest();
    this.slider.value = this.index;
    this.slider.style.setProperty("--played", `${(100 * this.index) / Math.max(1, this.last)}%`);
    this.slider.setAttribute("aria-valuetext", this.film.noun ? `${this.film.noun} ${this.index} of ${this.last}` : this.caption.textContent);
    say(this.now, String(this.index));
    this.caption.setAttribute("aria-live", this.playing ? "off" : "polite"); // not every word of a running film is read aloud
    say(this.caption, this.frame.caption);
    this.caption.hidden = this.film.frames.every(({ caption }) => !caption);
    const label = this.playing ? "Pause" : "Play";
    if (this.play.title !== label) {
      this.play.title = label;
      this.play.setAttribute("aria-label", label);
      this.play.firstChild.firstChild.setAttribute("d", this.playing ? ICONS.pause : ICONS.play);
    }
    this.redraw();
  }

  // A scrubbed timeline rests when it stands still for a moment.
  #rest() {
    clearTimeout(this.resting);
    if (this.told === null || this.playing || this.index === this.told) return;
    this.resting = setTimeout(() => this.tell((this.told = this.index)), 150);
  }

  #calm() {
    this.play.hidden = this.pace.hidden = calm.matches;
    if (calm.matches && this.playing) this.go(this.index);
  }

  remove() {
    this.playing = false;
    clearTimeout(this.resting);
    cancelAnimationFrame(this.request);
    calm.removeEventListener("change", this.onCalm);
  }
}
