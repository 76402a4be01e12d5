// What stands on the teacher's desk: a clock, the notes of the stage, and what comes next; or that no stage is open.

import { el, say } from "../shared/dom.js";

const EVERY = 1000; // ms
const PATIENCE = 4000; // ms: a stage that has not answered for so long is gone
const PARTS = { ask: "The question", answer: "The answer", say: "To say", click: "To do", next: "Next" };

export class Desk {
  stage = null; // which one is heard
  heard = 0;

  // ask(): asks who is there
  constructor(ask) {
    this.ask = ask;
    this.time = el("b");
    this.since = el("span");
    this.restart = el("button", { type: "button", text: "From 0:00", on: { click: () => { this.began = Date.now(); this.#tick(); } } });
    this.place = el("p", { class: "place" });
    this.title = el("h1");
    this.parts = Object.fromEntries(Object.entries(PARTS).map(([name, label]) => {
      const head = el("h2", { text: label });
      const text = el("p");
      return [name, { head, text, node: el("section", { class: name }, head, text) }];
    }));
    this.notes = el("div", { class: "notes" }, this.place, this.title, ...Object.values(this.parts).map(({ node }) => node));
    this.none = el("div", { class: "none", role: "status" }, el("h1", { text: "No stage is open" }), el("p", { text:
      "These notes follow a stage in another window of this browser. Open the Gradient lab and press Demonstration, or a lesson and press Present; its notes appear here by themselves." }));
    this.node = el("div", {}, el("div", { class: "clock", role: "timer" }, this.time, this.since, this.restart), this.none, this.notes);
    this.notes.hidden = true;
    setInterval(() => this.#tick(), EVERY);
    this.#tick();
  }

  // A stage's notes; null: it is gone. One that is heard already goes before others that only answer.
  hear({ from, notes }) {
    if (this.stage && from !== this.stage && this.#alive) return;
    this.stage = notes ? from : null;
    this.heard = Date.now();
    if (notes) this.#show(notes);
    this.#swap();
  }

  get #alive() {
    return Boolean(this.stage) && Date.now() - this.heard < PATIENCE;
  }

  #show(notes) {
    this.began ??= Date.now();
    say(this.place, notes.place);
    say(this.title, notes.title);
    for (const [name, { text, node }] of Object.entries(this.parts)) {
      node.hidden = !notes[name];
      say(text, notes[name] ?? "");
    }
    say(this.parts.answer.head, notes.shown ? "The answer, on the stage now" : "The answer, not on the stage yet");
    this.parts.answer.node.toggleAttribute("data-shown", notes.shown);
  }

  #swap() {
    [this.none.hidden, this.notes.hidden] = [this.#alive, !this.#alive];
  }

  #tick() {
    const seconds = Math.floor((Date.now() - (this.began ?? Date.now())) / 1000);
    say(this.time, new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
    say(this.since, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    this.ask();
    this.#swap();
  }
}
