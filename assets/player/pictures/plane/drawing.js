// "Your own drawing": the list of points, its past, and the row of tools. This list is the truth until the server has it.

import { el, say } from "../../../shared/dom.js";
import { classColor } from "../../../shared/theme.js";

const UNDO = 100; // steps

export const text = (points) => JSON.stringify(points);
const count = (points) => points.reduce((most, [, , c]) => Math.max(most, c + 1), 2);
const name = (c, classes) => (classes === 2 && c < 2 ? ["blue", "orange"][c] : `class ${c + 1}`);
export const many = (points) => `${points.length} ${points.length === 1 ? "point" : "points"}`;

export class Drawing {
  points = [];
  past = [];
  sent = [];
  said = null;
  limits = null; // of what the server takes: reach of the plane, least and most points, classes
  chips = [];
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
    this.eraser = button("erase", "Press on points to remove them (or press with the right button)", () => this.choose(this.erasing ? this.chosen : null), { class: "choice" });
    this.back = button("undo", "Take back the last stroke (Ctrl+Z)", () => this.undo());
    this.clear = button("clear all", "Remove all points; undo brings them back", () => this.#clear());
    this.told = el("span", { class: "note" });
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    this.node = el("div", { class: "tools", role: "group", "aria-label": "Drawing" }, this.eraser, this.told, this.live);
    this.ways = el("span", { class: "choices" }, this.back, this.clear);
  }

  // Other runs: can they be drawn on, and do they learn from this list?
  scene(runs, header) {
    const [said, ...others] = runs.map((run) => text(run.scene.drawn ?? null));
    this.on = Boolean(header.can_draw) && said !== "null" && others.every((other) => other === said);
    this.pads = this.on ? this.pads : [];
    this.#hear(this.on ? said : null, runs[0].scene.drawn);
    if (!this.on) return;
    this.#limit(runs[0].scene.drawing);
    const { test_points: xy, test_target: target } = runs[0].points;
    this.aside = new Set(Array.from(target, (c, i) => text([this.rounded(xy[2 * i]), this.rounded(xy[2 * i + 1]), c])));
  }

  #limit(limits) {
    if (this.limits) return;
    this.limits = limits;
    this.chips = Array.from({ length: limits.classes }, (_, c) => el("button", { class: "choice chip", type: "button", on: { click: () => this.choose(c) } },
      el("i", { class: "dot" }), el("span")));
    this.eraser.before(...this.chips);
  }

  // A coordinate as the server takes it.
  rounded = (value) => {
    const { reach } = this.limits;
    return Math.round(100 * Math.min(reach, Math.max(-reach, value))) / 100 + 0; // + 0: there is one zero only
  };

  get enough() {
    return this.points.length >= this.limits.least;
  }

  #hear(said, points) {
    const news = said !== this.said && !this.sent.includes(said);
    this.said = said;
    if (said === null || said === text(this.points)) this.sent = [];
    else if (news) Object.assign(this, { points, past: [], sent: [], stroke: null }); // a link, or the way back in the browser
    else if (!this.stroke) this.#send(); // it has an older list of ours
  }

  #send() {
    if (!this.enough) return;
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
    if (this.points.length < this.limits.most) this.points = [...this.points, [this.rounded(x), this.rounded(y), this.chosen]];
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
    this.show(this.erasing ? "Points are erased." : this.alike ? "Points are put." : `Next: ${name(c, count(this.points))}.`);
  }

  // All points are alike: true ones, that a generator is to imitate.
  get alike() {
    return this.limits?.classes === 1;
  }

  called([x, y, c]) {
    return `${this.alike ? "Point" : `${name(c, count(this.points))} point`} at ${x}, ${y}`;
  }

  color(c) {
    if (this.alike) return this.theme.positive;
    const classes = Math.max(count(this.points), c + 1);
    return classColor({ classes: { length: classes } }, this.theme, c);
  }

  dress(theme, shapes) {
    Object.assign(this, { theme, shapes });
    this.show();
  }

  show(words) {
    if (!this.on) return;
    const classes = count(this.points);
    this.chosen = Math.min(this.chosen, classes);
    this.chips.forEach((chip, c) => {
      const [called, fresh] = [name(c, classes), c >= classes];
      const pressed = c === this.chosen && !this.erasing;
      chip.hidden = c > classes || this.alike;
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
    say(this.told, length < this.limits.most ? many(this.points) : `${many(this.points)}: full`);
    if (words) say(this.live, words);
    for (const pad of this.pads) pad.draw();
  }

  // A key, before the film hears it. Returns whether it meant something here.
  key(event) {
    const { key, target } = event;
    const root = this.node.closest(".film-player");
    if (!this.on || this.node.hidden || !root || !(target === document.body || root.contains(target)) || target.matches("input, select")) return false;
    const pad = this.pads.find((other) => other.node === target);
    if (event.ctrlKey || event.metaKey) return key === "z" && !event.shiftKey && (this.undo(), true);
    if (event.altKey) return false;
    if (/^[1-9]$/.test(key) && Number(key) <= this.limits.classes) return this.choose(Number(key) - 1), true;
    return Boolean(pad?.key(key, event.shiftKey));
  }
}
