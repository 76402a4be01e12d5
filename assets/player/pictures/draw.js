// "Your own drawing": the list of points, its past, and the row of tools. This list is the truth until the server has it.

import { el, say } from "../../shared/dom.js";
import { classColor } from "../../shared/theme.js";

export const REACH = 3; // the plane, as the server has it
export const [LEAST, MOST, CLASSES] = [2, 400, 6];
const UNDO = 100; // steps

const within = (value) => Math.min(REACH, Math.max(-REACH, value));
export const rounded = (value) => Math.round(100 * within(value)) / 100 + 0; // + 0: there is one zero only
export const text = (points) => JSON.stringify(points);
const count = (points) => points.reduce((most, [, , c]) => Math.max(most, c + 1), 2);
const name = (c, classes) => (classes === 2 && c < 2 ? ["blue", "orange"][c] : `class ${c + 1}`);
export const many = (points) => `${points.length} ${points.length === 1 ? "point" : "points"}`;

export class Drawing {
  points = [];
  past = [];
  sent = [];
  said = null;
  chosen = 0;
  erasing = false;
  stroke = null;
  pads = [];
  theme;
  shapes;

  // learn(points): the server is to learn these.
  constructor(learn) {
    this.learn = learn;
    const button = (words, about, click, more) => el("button", { class: "link", type: "button", text: words, title: about, on: { click }, ...more });
    this.chips = Array.from({ length: CLASSES }, (_, c) => el("button", { class: "choice chip", type: "button", on: { click: () => this.choose(c) } },
      el("i", { class: "dot" }), el("span")));
    this.eraser = button("erase", "Press on points to remove them (or press with the right button)", () => this.choose(this.erasing ? this.chosen : null), { class: "choice" });
    this.back = button("undo", "Take back the last stroke (Ctrl+Z)", () => this.undo());
    this.clear = button("clear all", "Remove all points; undo brings them back", () => this.#clear());
    this.told = el("span", { class: "note" });
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    this.node = el("div", { class: "tools", role: "group", "aria-label": "Drawing" }, ...this.chips, this.eraser, this.told, this.live);
    this.ways = el("span", { class: "choices" }, this.back, this.clear);
  }

  // Other runs: can they be drawn on, and do they learn from this list?
  scene(runs, header) {
    const [said, ...others] = runs.map((run) => text(run.scene.drawn ?? null));
    this.on = Boolean(header.can_draw) && said !== "null" && others.every((other) => other === said);
    this.pads = this.on ? this.pads : [];
    this.#hear(this.on ? said : null, runs[0].scene.drawn);
    if (!this.on) return;
    const { test_points: xy, test_target: target } = runs[0].points;
    this.aside = new Set(Array.from(target, (c, i) => text([rounded(xy[2 * i]), rounded(xy[2 * i + 1]), c])));
  }

  #hear(said, points) {
    const news = said !== this.said && !this.sent.includes(said);
    this.said = said;
    if (said === null || said === text(this.points)) this.sent = [];
    else if (news) Object.assign(this, { points, past: [], sent: [], stroke: null }); // a link, or the way back in the browser
    else if (!this.stroke) this.#send(); // it has an older list of ours
  }

  #send() {
    if (this.points.length < LEAST) return;
    this.sent = [...this.sent.slice(-UNDO), text(this.points)];
    this.learn(this.points);
  }

  // A stroke has ended.
  commit(before, words) {
    this.stroke = null;
    if (text(before) !== text(this.points)) {
      this.past = [...this.past.slice(-UNDO), before];
      this.#send();
    }
    this.show(words);
  }

  put(x, y) {
    if (this.points.length < MOST) this.points = [...this.points, [rounded(x), rounded(y), this.chosen]];
  }

  remove(index) {
    this.points = this.points.filter((_, i) => i !== index);
  }

  undo() {
    if (!this.past.length || this.stroke) return;
    this.points = this.past.pop();
    this.#send();
    this.show(`Taken back: ${many(this.points)}.`);
  }

  #clear() {
    const before = this.points;
    this.points = [];
    this.chosen = Math.min(this.chosen, 1);
    this.commit(before, "All points removed.");
  }

  // The class of the next points; null: points are erased.
  choose(c) {
    if (c !== null && c > count(this.points)) return;
    this.erasing = c === null;
    this.chosen = c ?? this.chosen;
    this.show(this.erasing ? "Points are erased." : `Next: ${name(c, count(this.points))}.`);
  }

  called([x, y, c]) {
    return `${name(c, count(this.points))} point at ${x}, ${y}`;
  }

  color(c) {
    const classes = Math.max(count(this.points), c + 1);
    return classColor({ classes: { length: classes } }, this.theme, c);
  }

  dress(theme, shapes) {
    Object.assign(this, { theme, shapes });
    this.show();
  }

  show(words) {
    const classes = count(this.points);
    this.chosen = Math.min(this.chosen, classes);
    this.chips.forEach((chip, c) => {
      const [called, fresh] = [name(c, classes), c >= classes];
      const pressed = c === this.chosen && !this.erasing;
      chip.hidden = c > classes;
      chip.firstChild.style.background = this.color(c);
      say(chip.lastChild, fresh && !pressed ? "+" : called.replace("class ", ""));
      chip.setAttribute("aria-label", called);
      chip.setAttribute("aria-pressed", String(pressed));
      chip.title = `${fresh ? `Another class: ${called}` : called} (key ${c + 1})`;
    });
    this.eraser.setAttribute("aria-pressed", String(this.erasing));
    this.back.disabled = !this.past.length;
    this.clear.disabled = !this.points.length;
    const { length } = this.points;
    say(this.told, length < MOST ? many(this.points) : `${many(this.points)}: full`);
    if (words) say(this.live, words);
    for (const pad of this.pads) pad.draw();
  }

  // A key, before the film hears it. Returns whether it meant something here.
  key(event) {
    const { key, target } = event;
    const root = this.node.closest(".film-player");
    if (!this.on || this.node.hidden || !(target === document.body || root?.contains(target)) || target.matches("input, select")) return false;
    const pad = this.pads.find((other) => other.node === target);
    if (event.ctrlKey || event.metaKey) return key === "z" && !event.shiftKey && (this.undo(), true);
    if (event.altKey) return false;
    if (/^[1-6]$/.test(key)) return this.choose(Number(key) - 1), true;
    return Boolean(pad?.key(key, event.shiftKey));
  }
}
