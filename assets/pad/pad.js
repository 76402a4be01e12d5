// A sheet to draw on with a pen, by pointer or by keys, and what the network makes of the drawing.

import { el, fit, say } from "../shared/dom.js";
import { readTheme } from "../shared/theme.js";
import { gray } from "../player/pictures/maps.js";
import { place } from "../player/pictures/filters.js";
import { MapStack } from "../player/pictures/map_stack.js";
import { Examples } from "./examples.js";

const SIDE = 240; // CSS pixels
const PEN = 16;
const STEP = 1 / 24; // of the sheet, for an arrow key
const APART = 1 / 80; // nearer points of a stroke are left out
const EVERY = 100; // ms between two messages while a stroke goes on
const BY_HAND = "Draw with the mouse or a finger; or with the arrow keys: Space puts the pen down and lifts it.";
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const clamped = (value) => Math.round(1000 * Math.min(1, Math.max(0, value))) / 1000;

export class Pad {
  /** @type {(strokes: number[][][]) => void} */
  send;
  /** @type {(change: Record<string, any>) => void} */
  change;
  data;
  /** @type {any} */
  theme;
  /** @type {number[][][]} */
  strokes = [];
  later = 0; // when it will be told
  told = 0; // when the server was told last
  down = false; // the pen, by pointer or by keys
  at = [0.5, 0.25]; // where the keyboard's pen is

  constructor(root) {
    this.root = root;
    this.canvas = el("canvas", { "aria-hidden": "true" });
    const end = () => this.#lift();
    this.sheet = el("div", { class: "sheet", role: "application", tabindex: 0, "aria-describedby": "drawing-pad-hint",
      "aria-label": "Sheet to draw on. Arrow keys move the pen, Space puts it down and lifts it, Backspace takes the last stroke away.",
      on: { pointerdown: (event) => this.#press(event), pointermove: (event) => this.#move(event), pointerup: end, pointercancel: end,
        keydown: (event) => this.#key(event), focus: () => this.#draw(), blur: () => { this.down = false; this.#draw(); } } }, this.canvas);
    this.undo = el("button", { type: "button", class: "small", text: "Undo", on: { click: () => this.#back() } });
    this.clear = el("button", { type: "button", class: "small", text: "Clear", on: { click: () => this.#set([]) } });
    this.hint = el("p", { class: "hint", id: "drawing-pad-hint" });
    this.words = el("p", { class: "words", role: "status" });
    this.examples = new Examples({ keep: (number) => this.#keep(number), away: (place) => this.change({ away: place }) });
    this.tip = el("div", { class: "tip", hidden: true });
    this.stack = new MapStack((event, words) => this.#tell(event, words));
    this.stack.node.setAttribute("role", "img");
    this.seen = el("div", { class: "tiles" }, this.stack.node, this.tip);
    root.replaceChildren(el("div", { class: "left" }, this.sheet, el("div", { class: "tools" }, this.undo, this.clear), this.examples.keepers, this.hint),
      el("div", { class: "right" }, this.words, this.seen), this.examples.node);
    new ResizeObserver(() => this.#lay()).observe(this.seen);
  }

  retheme() {
    const theme = readTheme(this.root);
    if (theme.key === this.theme?.key) return;
    this.theme = theme;
    this.stack.retheme(theme, gray(theme));
    this.examples.draw(gray(theme));
    this.#draw();
    this.#lay();
  }

  receive({ header, runs }) {
    const { blocks } = runs[0];
    const scene = JSON.stringify(header.scene);
    if (scene !== this.scene) {
      this.scene = scene;
      this.stack.scene(header.scene);
    }
    say(this.words, header.words);
    this.examples.receive(header.examples, blocks.kept?.data);
    say(this.hint, header.examples ? `${BY_HAND} A class's letter keeps the drawing.` : BY_HAND);
    this.examples.allow(this.strokes.length > 0);
    this.shown = blocks.map_answers && Object.fromEntries(Object.entries(blocks).map(([name, { data }]) => [name, data]));
    this.stack.node.hidden = !this.shown;
    if (!this.theme) this.retheme();
    this.#lay();
    if (this.shown) this.root.dataset.answered = String(Number(this.root.dataset.answered ?? 0) + 1);
  }

  #lay() {
    if (!this.shown || !this.seen.clientWidth || !this.theme) return;
    const { picture, maps, map_scale: scale, map_answers: answers, saliency } = this.shown;
    this.stack.lay(this.seen.clientWidth);
    this.stack.reach(scale ?? []);
    this.stack.draw({ picture, maps, scale, answers, saliency, truth: null });
    this.stack.node.setAttribute("aria-label", `What the network makes of the drawing: ${this.stack.words}.`);
  }

  #set(strokes) {
    this.strokes = strokes;
    this.down = false;
    this.#changed();
  }

  #back() {
    this.#set(this.strokes.slice(0, -1));
  }

  // Kept as an example of a class; the sheet is free for the next one.
  #keep(number) {
    if (!this.strokes.length) return;
    this.change({ keep: number, strokes: this.strokes });
    clearTimeout(this.later);
    this.later = 0;
    this.strokes = [];
    this.down = false;
    this.#draw();
    this.sheet.focus({ preventScroll: true });
  }

  // Told at once, and while a stroke goes on once for several points.
  #changed() {
    this.#draw();
    this.later ||= setTimeout(() => {
      [this.later, this.told] = [0, performance.now()];
      this.send(this.strokes);
    }, Math.max(0, this.told + EVERY - performance.now()));
  }

  #place(event) {
    const box = this.sheet.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(clamped);
  }

  #press(event) {
    if (event.button > 0) return;
    this.sheet.setPointerCapture(event.pointerId);
    this.down = true;
    this.at = this.#place(event);
    this.strokes = [...this.strokes, [this.at]];
    this.#changed();
  }

  #move(event) {
    if (!this.down || !event.buttons) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) this.#add(this.#place(one));
  }

  #add(point) {
    const stroke = this.strokes[this.strokes.length - 1];
    const [x, y] = stroke[stroke.length - 1];
    if (Math.hypot(point[0] - x, point[1] - y) < APART) return;
    stroke.push(point);
    this.at = point;
    this.#changed();
  }

  #lift() {
    this.down = false;
    this.#draw();
  }

  #key(event) {
    const move = MOVES[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (move) {
      this.at = [this.at[0] + move[0] * STEP, this.at[1] + move[1] * STEP].map(clamped);
      if (this.down) this.#add(this.at);
    } else if (event.key === " ") {
      this.down = !this.down;
      if (this.down) {
        this.strokes = [...this.strokes, [this.at]];
        this.#changed();
      }
    } else if (event.key === "Backspace" || event.key === "Delete") this.#back();
    else if (this.examples.number(event.key) !== null) this.#keep(this.examples.number(event.key));
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#draw();
  }

  #draw() {
    if (!this.theme) return;
    const context = fit(this.canvas, SIDE, SIDE);
    context.clearRect(0, 0, SIDE, SIDE);
    Object.assign(context, { strokeStyle: this.theme.ink, lineWidth: PEN, lineCap: "round", lineJoin: "round" });
    for (const stroke of this.strokes) {
      context.beginPath();
      stroke.forEach(([x, y], i) => (i ? context.lineTo(SIDE * x, SIDE * y) : context.moveTo(SIDE * x, SIDE * y)));
      if (stroke.length === 1) context.lineTo(SIDE * stroke[0][0] + 0.01, SIDE * stroke[0][1]);
      context.stroke();
    }
    this.undo.disabled = this.clear.disabled = !this.strokes.length;
    this.examples.allow(this.strokes.length > 0);
    if (!this.sheet.matches(":focus-visible")) return;
    const [x, y] = this.at.map((share) => share * SIDE);
    Object.assign(context, { strokeStyle: this.theme.accent, lineWidth: 2 });
    context.beginPath();
    context.arc(x, y, PEN / 2, 0, 2 * Math.PI);
    context.moveTo(x - PEN, y);
    context.lineTo(x + PEN, y);
    context.moveTo(x, y - PEN);
    context.lineTo(x, y + PEN);
    context.stroke();
  }

  #tell(event, words) {
    this.tip.hidden = !words;
    if (!words) return;
    say(this.tip, words);
    place(this.tip, event, this.seen);
  }
}
