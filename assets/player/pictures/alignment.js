// Where a network looks while it answers: for one watched question a row for each token of the answer, a column for each token
// that it may look at, head beside head.

import { el, fit, say } from "../../shared/dom.js";
import { place } from "./filters.js";
import { WrittenOut } from "./inside/written_out.js";
import { gray } from "./maps.js";
import { RunChoice } from "./run_choice.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const MOST = 30; // CSS pixels of a cell
const LABEL = 26; // of the tokens' names beside the cells
const SPACE = "␣";
/** @type {Uint8Array} */
const NOWHERE = new Uint8Array(); // of a network without attention

export default class Alignment {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  chosen = 0;
  question = 0;
  step = 0;
  drawn;
  told;
  /** @type {any} */
  open; // the head whose look is written out
  /** @type {{ name: string; height: number; width: number; writes: boolean; layer: number; head: number; first: number; button: any; canvas: HTMLCanvasElement; cell: number; context: CanvasRenderingContext2D | null }[]} */
  heads = [];
  // of the watched question, at the moment that is drawn
  /** @type {Uint8Array} */
  looks = NOWHERE;
  /** @type {Uint8Array} */
  answer = NOWHERE;
  /** @type {Uint8Array} */
  sure = NOWHERE;
  /** @type {Uint32Array} */
  gray;

  constructor({ select, redraw, following, back }) {
    this.redraw = redraw;
    this.written = new WrittenOut({ following, back }, "alignment", "question");
    this.choice = new RunChoice("Network whose looks are shown", select);
    this.note = el("span", { class: "note", text: "rows: what it writes, columns: what it looks at; the stronger a cell, the more of its weight" });
    this.which = el("div", { class: "which", role: "radiogroup", "aria-label": "Question asked" });
    this.words = el("div", { class: "which written", role: "radiogroup", "aria-label": "Token of the answer" });
    this.verdict = el("p", { class: "verdict" });
    this.look = el("p", { class: "read" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.list = el("div", { class: "heads" });
    this.stage = el("div", { class: "tiles", role: "img" }, this.list, this.tip);
    this.node = el("section", { class: "alignment" },
      el("header", {}, el("h2", { text: "Where it looks while it answers" }), this.note, el("span", { class: "push" }), this.choice.node),
      this.which, this.verdict, this.words, this.look, this.stage, this.written.node);
  }

  // One head leaves room beside it.
  span() {
    return this.runs.some(({ scene }) => scene.align_heads.length > 1) ? 12 : 7;
  }

  /** @param {Run[]} runs   @param {Theme} theme */
  scene(runs, theme) {
    this.runs = runs;
    this.#show(Math.min(this.chosen, runs.length - 1), theme);
  }

  #show(chosen, theme) {
    this.chosen = chosen;
    const { align_heads: heads, align_reads: reads } = this.runs[chosen].scene;
    this.question = Math.min(this.question, reads.length - 1);
    let first = 0;
    this.heads = heads.map((head) => {
      const canvas = el("canvas", { "aria-hidden": "true" });
      const found = { ...head, first, canvas, cell: 1, context: null, button: null };
      first += head.height * head.width;
      canvas.addEventListener("pointermove", (event) => this.#point(event, found));
      canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
      canvas.addEventListener("click", (event) => this.#click(event, found));
      found.button = el("button", { class: "link", type: "button", text: "write out", title: "How this look comes about, number by number", on: { click: () => this.#write(found, this.#row(found)) } });
      return found;
    });
    const alone = heads.length < 2;
    this.list.replaceChildren(...this.heads.map(({ name, canvas, button }) => el("figure", {}, el("figcaption", {}, alone ? "" : `${name} · `, button), canvas)));
    this.which.replaceChildren(...reads.map((_, i) => el("button", {
      type: "button", role: "radio", class: "choice", text: this.#asked(i), on: { click: () => this.#choose(i) } })));
    this.retheme(theme);
    this.#choose(this.question);
  }

  // The tokens of a question, without padding.
  #asked(i) {
    const { align_reads: reads, align_half: half } = this.runs[this.chosen].scene;
    return (half ? reads[i].slice(0, half) : reads[i]).join("");
  }

  #choose(i) {
    if (this.written.on) this.written.follow(i);
    this.question = i;
    mark(this.which, i);
    this.step = 0;
    this.drawn = null;
    this.redraw();
  }

  // Arrow keys choose among questions, or among the tokens of the answer, whichever has the focus.
  key(event) {
    if (this.written.key(event)) return true;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const list = [this.which, this.words].find((one) => one.contains(event.target));
    if (!step || !list) return false;
    const count = list.children.length;
    if (list === this.which) this.#choose((this.question + step + count) % count);
    else this.#watch((this.step + step + count) % count);
    list.children[list === this.which ? this.question : this.step].focus();
    return true;
  }

  // Which row of a head belongs to the chosen token of the answer.
  #row(head) {
    const { align_freely: freely, align_half: half } = this.runs[this.chosen].scene;
    return this.step + (freely && !head.writes ? half : 0);
  }

  // How a head's look at a step comes about.
  #write(head, row) {
    const { scene } = this.runs[this.chosen];
    this.open = head;
    this.written.open([head.layer, head.head, row], this.question, scene.align_held_out, ([, , step, number]) => `${head.name}: step ${step + 1}${number === undefined ? "" : `, number ${number + 1} of what it takes in`}`, head.button);
  }

  #click(event, head) {
    const place = this.#cell(event, head);
    if (place) this.#write(head, place.t);
  }

  #watch(step) {
    this.step = step;
    if (this.written.on) this.#write(this.open, this.#row(this.open));
    this.drawn = null;
    this.redraw();
  }

  retheme(theme) {
    this.theme = theme;
    this.choice.scene(this.runs, theme, this.chosen);
    this.gray = gray(theme);
    this.resize();
  }

  resize() {
    this.drawn = null;
    const room = this.list.clientWidth;
    if (!room || !this.heads.length) return;
    const across = Math.max(1, Math.min(this.heads.length, Math.floor((room + 16) / 236)));
    this.list.style.setProperty("--across", String(across));
    const each = (room - 16 * (across - 1)) / across;
    for (const head of this.heads) {
      head.cell = Math.max(6, Math.min(MOST, Math.floor((each - LABEL) / head.width)));
      const size = [LABEL + head.cell * head.width, LABEL + head.cell * head.height];
      Object.assign(head.canvas.style, { width: `${size[0]}px`, height: `${size[1]}px` });
      head.context = fit(head.canvas, size[0], size[1]);
    }
  }

  data() {
    this.drawn = null;
  }

  /** @param {Moment} moment */
  draw(moment) {
    const { shown, selected, time } = moment;
    this.written.draw(moment);
    if (selected !== this.chosen) this.#show(selected, this.theme);
    const { run: { scene }, frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.align_said) return;
    this.drawn = frame;
    const K = scene.align_reads.length;
    const of = (column = NOWHERE) => column.subarray((this.question * column.length) / K, ((this.question + 1) * column.length) / K);
    [this.looks, this.answer, this.sure] = [of(frame.alignment), of(frame.align_said), of(frame.align_sure)];
    for (const head of this.heads) this.#paint(head, scene);
    this.#tell(scene, time);
  }

  // What stands at the rows and columns of a head.
  #names({ align_reads: reads, align_names: names, align_truth: truths, align_half: half, align_freely: freely }, head) {
    const asked = reads[this.question].map(shown);
    const said = [...this.answer].map((token) => shown(names[token]));
    if (!freely) return { rows: said.filter((_, t) => truths[this.question][t] >= 0), columns: asked };
    if (head.writes) return { rows: said, columns: asked.slice(0, half) };
    const whole = [...asked.slice(0, half), "", ...said.slice(0, -1)]; // what the network was given: the question, then its own answers
    return { rows: whole, columns: whole };
  }

  #paint(head, scene) {
    const { context, cell, height, width, first } = head;
    if (!context) return;
    const { rows, columns } = this.#names(scene, head);
    const [ink, accent] = [this.theme.ink, this.theme.accent];
    context.clearRect(0, 0, LABEL + cell * width, LABEL + cell * height);
    context.font = `${Math.min(13, cell + 3)}px ${getComputedStyle(this.node).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = ink;
    if (cell > 8) {
      columns.forEach((name, s) => context.fillText(name, LABEL + (s + 0.5) * cell, LABEL / 2));
      rows.forEach((name, t) => context.fillText(name, LABEL / 2, LABEL + (t + 0.5) * cell));
    }
    for (let t = 0; t < Math.min(height, rows.length); t++) {
      for (let s = 0; s < width; s++) {
        const color = this.gray[this.looks[first + t * width + s]];
        context.fillStyle = `rgb(${color & 255},${(color >> 8) & 255},${(color >> 16) & 255})`;
        context.fillRect(LABEL + s * cell, LABEL + t * cell, cell - 1, cell - 1);
      }
    }
    const row = this.step + (scene.align_freely && !head.writes ? scene.align_half : 0);
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.strokeRect(LABEL - 1, LABEL + row * cell - 1, cell * width + 1, cell + 1);
  }

  #tell(scene, time) {
    const { align_names: names, align_truth: truths, align_freely: freely, align_foretells: foretells } = scene;
    const truth = truths[this.question];
    const asked = truth.map((token, t) => [token, t]).filter(([token]) => token >= 0);
    const right = asked.filter(([token, t]) => this.answer[t] === token).length;
    const end = freely ? this.answer.indexOf(names.length - 1) : -1; // behind its end nothing is said
    const count = foretells ? asked.length : end < 0 ? this.answer.length : end + 1;
    const spelt = [...this.answer.slice(0, count)].map((token) => names[token]).join("");
    const wanted = asked.map(([token]) => names[token]).join("");
    const whole = freely ? spelt === wanted : right === asked.length;
    say(this.verdict, foretells
      ? `${right} of ${count} foretold: likeliest ${spelt} where ${wanted} came`
      : `It answers ${spelt}${whole ? " ✓" : ` ✗, asked: ${wanted}`}`);
    this.step = Math.min(this.step, count - 1);
    if (this.words.children.length !== count) {
      this.words.replaceChildren(...Array.from({ length: count }, (_, t) => el("button", {
        type: "button", role: "radio", class: "choice", on: { click: () => this.#watch(t) } }, el("b"), el("small"))));
    }
    [...this.words.children].forEach((button, t) => {
      const token = shown(names[this.answer[t]]);
      const sure = Math.round((100 * this.sure[t]) / 255);
      say(button.firstChild, token);
      say(button.lastChild, `${sure} %`);
      button.classList.toggle("wrong", !foretells && truth[t] >= 0 && this.answer[t] !== truth[t]);
    });
    mark(this.words, this.step);
    const words = this.heads.map((head) => this.#looks(scene, head)).filter(Boolean).join(" ");
    say(this.look, words || `It has no attention: all it knows of ${foretells ? "what came is its" : "the question is the encoder's last"} state.`);
    const told = `${this.chosen} ${this.question} ${this.step} ${time.toFixed(1)}`;
    if (told !== this.told) this.stage.setAttribute("aria-label", `Where it looks, at epoch ${time.toFixed(1)}. ${words}`);
    this.told = told;
  }

  // A sentence on the chosen row of a head: the two places with most weight.
  #looks(scene, head) {
    const { columns } = this.#names(scene, head);
    const row = this.step + (scene.align_freely && !head.writes ? scene.align_half : 0);
    const weights = [...this.looks.subarray(head.first + row * head.width, head.first + (row + 1) * head.width)];
    const order = weights.map((_, s) => s).sort((a, b) => weights[b] - weights[a]).slice(0, 2);
    const token = shown(scene.align_names[this.answer[this.step]]);
    const parts = order.map((s) => `${standing(columns, s, scene)} ${(weights[s] / 255).toFixed(2)}`);
    const where = this.heads.length > 1 ? `${head.name}: ` : "";
    return `${where}writing ${token} it looks at ${parts.join(", ")}.`;
  }

  remove() {
    this.written.remove();
  }

  // Row and column of a head under the pointer, or null.
  #cell(event, head) {
    const box = head.canvas.getBoundingClientRect();
    const [s, t] = [event.clientX - box.left, event.clientY - box.top].map((at) => Math.floor((at - LABEL) / head.cell));
    const { rows } = this.#names(this.runs[this.chosen].scene, head);
    return s >= 0 && s < head.width && t >= 0 && t < rows.length && this.looks.length > 0 ? { s, t } : null;
  }

  #point(event, head) {
    const cell = this.#cell(event, head);
    this.tip.hidden = !cell;
    if (!cell) return;
    const { s, t } = cell;
    const { scene } = this.runs[this.chosen];
    const { rows, columns } = this.#names(scene, head);
    say(this.tip, `${rows[t] || "·"} looks at ${standing(columns, s, scene)}: ${(this.looks[head.first + t * head.width + s] / 255).toFixed(2)}`);
    place(this.tip, event, this.stage);
  }
}

const shown = (token) => (token === " " ? SPACE : token);

// What stands where no token does.
const nothing = (scene) => (scene.align_foretells ? "the start" : "padding");

// A token with its place in the question, before which padding may stand.
function standing(columns, s, scene) {
  return columns[s] ? `${columns[s]} (place ${s + 1 - columns.findIndex(Boolean)})` : nothing(scene);
}

function mark(list, chosen) {
  [...list.children].forEach((button, k) => {
    button.setAttribute("aria-checked", String(k === chosen));
    button.tabIndex = k === chosen ? 0 : -1;
  });
}
