// Words in an order that is changed by hand: a row is dragged, moved by the arrow keys, or by a press on its arrows.

import { el, icon, say } from "../shared/dom.js";

const AFTER = 600; // ms after the last key: one message for several
const HELP = "Drag it, or press the up and down arrow keys; Home and End move it to the ends.";
const GRIP = "M8 5h3v3H8zM13 5h3v3h-3zM8 10.5h3v3H8zM13 10.5h3v3h-3zM8 16h3v3H8zM13 16h3v3h-3z";
const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

export class WordOrder {
  /** @type {(put: { n: number, places: number[] }) => void} */
  send;
  n = 0; // messages sent
  /** @type {string[]} */
  words = [];
  /** @type {{ row: any, before: number[] } | null} */
  held = null;

  constructor(root) {
    this.help = el("span", { class: "sr-only", text: HELP, id: `order-help-${crypto.getRandomValues(new Uint32Array(1))[0]}` });
    this.list = el("ol");
    this.said = el("p", { class: "sr-only", role: "status" });
    root.replaceChildren(this.list, this.help, this.said);
    root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#let(true); });
  }

  // words: in their usual order   places: of the words, in the order that holds   answer: the last message that the page has heard
  receive({ words, places, answer, label }) {
    if (!this.n) this.n = answer; // a page that is drawn again goes on where it was
    if (answer < this.n || this.timer || this.held) return; // what is shown here is newer
    this.list.setAttribute("aria-label", label);
    if (JSON.stringify(words) !== JSON.stringify(this.words)) {
      this.words = words;
      this.list.replaceChildren(...words.map((word, place) => this.#row(word, place)));
    }
    if (String(places) !== String(this.places)) this.#lay(places);
    this.#number();
  }

  get places() {
    return [...this.list.children].map((row) => Number(row.dataset.place));
  }

  #lay(places) {
    const rows = new Map([...this.list.children].map((row) => [Number(row.dataset.place), row]));
    this.list.append(...places.map((place) => rows.get(place)));
  }

  #row(word, place) {
    const arrow = (step, text, which) => el("button", { type: "button", class: "step", tabindex: -1, text, "aria-label": `Move ${word} ${which}`,
      on: { click: () => this.#step(row, step) } });
    const handle = el("button", { type: "button", class: "handle", "aria-describedby": this.help.id, on: {
      keydown: (event) => this.#key(event, row) } }, icon(GRIP));
    const row = el("li", { "data-place": place, on: {
      pointerdown: (event) => this.#press(event, row), pointermove: (event) => this.#drag(event, row),
      pointerup: () => this.#let(), pointercancel: () => this.#let(true) } },
    handle, el("span", { class: "number", "aria-hidden": "true" }), el("span", { class: "word", text: word, title: word }),
    arrow(-1, "↑", "up"), arrow(1, "↓", "down"));
    return row;
  }

  // What stands where, for eyes and ears.
  #number() {
    const rows = [...this.list.children];
    rows.forEach((row, at) => {
      say(row.querySelector(".number"), String(at));
      row.querySelector(".handle").setAttribute("aria-label", `${this.#word(row)}, ${at + 1} of ${rows.length}`);
      const [up, down] = row.querySelectorAll(".step");
      [up.disabled, down.disabled] = [at === 0, at === rows.length - 1];
    });
  }

  #word(row) {
    return this.words[Number(row.dataset.place)];
  }

  // The others move around this row: it keeps the focus and the pointer.
  #move(row, to) {
    const from = [...this.list.children].indexOf(row);
    for (let at = from; at < to; at++) row.before(row.nextElementSibling);
    for (let at = from; at > to; at--) row.after(row.previousElementSibling);
    if (from !== to) this.#number();
    return from !== to;
  }

  #step(row, by) {
    const [rows, at] = [this.list.children, [...this.list.children].indexOf(row)];
    if (!this.#move(row, Math.min(rows.length - 1, Math.max(0, at + by)))) return;
    say(this.said, `${this.#word(row)} is now ${[...rows].indexOf(row) + 1} of ${rows.length}.`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#tell(), AFTER);
  }

  #key(event, row) {
    if (!(event.key in STEPS) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#step(row, STEPS[event.key]);
  }

  // A mouse holds a row anywhere, a finger by its handle only: elsewhere it scrolls the page.
  #press(event, row) {
    const on = event.target.closest("button, .word");
    if (event.button !== 0 || this.held || on?.matches(".step") || (event.pointerType !== "mouse" && !on?.matches(".handle"))) return;
    event.preventDefault();
    row.setPointerCapture(event.pointerId);
    row.querySelector(".handle").focus({ preventScroll: true });
    row.toggleAttribute("data-held", true);
    this.held = { row, before: this.places };
  }

  #drag(event, row) {
    if (this.held?.row !== row) return;
    const others = [...this.list.children].filter((other) => other !== row);
    const above = others.filter((other) => {
      const { top, height } = other.getBoundingClientRect();
      return event.clientY > top + height / 2;
    });
    this.#move(row, above.length);
  }

  #let(back = false) {
    if (!this.held) return;
    const { row, before } = this.held;
    this.held = null;
    row.toggleAttribute("data-held", false);
    if (back) {
      this.#move(row, before.indexOf(Number(row.dataset.place)));
    } else if (String(before) !== String(this.places)) {
      say(this.said, `${this.#word(row)} is now ${[...this.list.children].indexOf(row) + 1} of ${this.words.length}.`);
      this.#tell();
    }
  }

  #tell() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.n += 1;
    this.send({ n: this.n, places: this.places });
  }
}
