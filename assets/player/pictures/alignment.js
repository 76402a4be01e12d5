// Where a network looks while it answers: for one watched question a row for each token of the answer, a column for each token
// that it may look at, head beside head.

import { AlignHead } from "./align_head.js";
import { longest, questionOf, shown, standing, task } from "./align_words.js";
import { el, say } from "../../shared/dom.js";
import { place } from "./filters.js";
import { WrittenOut } from "./inside/written_out.js";
import { gray } from "./maps.js";
import { RunChoice } from "./run_choice.js";
import { Watched } from "./watched.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

/** @type {Uint8Array} */
const NOWHERE = new Uint8Array(); // of a network without attention

export default class Alignment {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  chosen = 0;
  drawn;
  told;
  /** @type {AlignHead[]} */
  heads = [];
  /** @type {any} */
  open; // the head whose look is written out
  about; // what the films are about, whose longest question is shown first: a short one leaves cells empty
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
    this.title = el("h2");
    this.note = el("span", { class: "note", text: "rows: what it writes, columns: what it reads; the stronger a cell, the more it looks there" });
    this.which = new Watched("Question asked", () => this.#ask());
    this.words = new Watched("Token of the answer", () => this.#watch(), "written");
    this.verdict = el("p", { class: "verdict" });
    this.look = el("p", { class: "read" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.list = el("div", { class: "heads" });
    this.stage = el("div", { class: "tiles", role: "group" }, this.list, this.tip);
    this.node = el("section", { class: "alignment" },
      el("header", {}, this.title, this.note, el("span", { class: "push" }), this.choice.node),
      this.which.node, this.verdict, this.words.node, this.look, this.stage, this.written.node);
  }

  // One head leaves room beside it.
  span() {
    return this.runs.some(({ scene }) => scene.align_heads.length > 1) ? 12 : 7;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {{ subject: string, veiled?: boolean }} header */
  scene(runs, theme, { subject, veiled }) {
    this.runs = runs;
    this.plain = Boolean(veiled); // a question is open: the task is enough to understand it
    this.node.toggleAttribute("data-plain", this.plain);
    this.note.hidden = this.choice.node.hidden = this.plain;
    say(this.title, this.plain ? "What is asked" : "Where it looks while it answers");
    if (subject !== this.about) this.which.chosen = longest(runs[0].scene);
    this.about = subject;
    this.#show(Math.min(this.chosen, runs.length - 1), theme);
  }

  #show(chosen, theme) {
    this.chosen = chosen;
    const { align_heads: heads, align_reads: reads } = this.runs[chosen].scene;
    let first = 0;
    this.heads = heads.map((shape) => {
      const head = new AlignHead(shape, first, () => this.#write(head, this.#row(this.runs[this.chosen].scene, head)));
      first += head.height * head.width;
      head.canvas.addEventListener("pointermove", (event) => this.#point(event, head));
      head.canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
      head.canvas.addEventListener("click", (event) => this.#click(event, head));
      return head;
    });
    const alone = heads.length < 2;
    this.list.replaceChildren(...this.heads.map(({ name, canvas, button }) => el("figure", {}, el("figcaption", {}, alone ? "" : `${name} · `, button), canvas)));
    this.which.offer(reads.map((_, i) => ({ attributes: { class: "choice", text: questionOf(this.runs[this.chosen].scene, i).join("") } })));
    this.retheme(theme);
    this.which.choose(this.which.chosen);
  }

  #ask() {
    if (this.written.on) this.written.follow(this.which.chosen);
    this.words.mark(0);
    this.#again();
  }

  #watch() {
    if (this.written.on) this.#write(this.open, this.#row(this.runs[this.chosen].scene, this.open));
    this.#again();
  }

  #again() {
    this.drawn = null;
    this.redraw();
  }

  // How a head's look at a step comes about.
  #write(head, row) {
    const { scene } = this.runs[this.chosen];
    this.open = head;
    this.written.open([head.layer, head.head, row], this.which.chosen, scene.align_held_out, ([, , step, number]) => `${head.name}: step ${step + 1}${number === undefined ? "" : `, number ${number + 1} of what it takes in`}`, head.button);
  }

  #click(event, head) {
    const [s, t] = head.at(event);
    if (this.#inside(head, s, t)) this.#write(head, t);
  }

  key(event) {
    return this.written.key(event) || this.which.key(event) || this.words.key(event);
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
    for (const head of this.heads) head.lay(each);
  }

  data() {
    this.drawn = null;
  }

  /** @param {Moment} moment */
  draw(moment) {
    const { shown, selected, time } = moment;
    if (selected !== this.chosen) this.#show(selected, this.theme);
    this.written.draw(moment);
    const { run: { scene }, frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.align_said) return;
    this.drawn = frame;
    const K = scene.align_reads.length;
    const of = (column = NOWHERE) => column.subarray((this.which.chosen * column.length) / K, ((this.which.chosen + 1) * column.length) / K);
    [this.looks, this.answer, this.sure] = [of(frame.alignment), of(frame.align_said), of(frame.align_sure)];
    for (const head of this.heads) head.paint(this.#names(scene, head), this.looks, this.#row(scene, head), this.theme, this.gray);
    this.#tell(scene, time);
  }

  // The answer up to its end, behind which nothing is said.
  #said(names, freely) {
    const end = freely ? this.answer.indexOf(names.length - 1) : -1;
    return end < 0 ? this.answer : this.answer.subarray(0, end + 1);
  }

  // What stands at the rows and columns of a head.
  #names({ align_reads: reads, align_names: names, align_truth: truths, align_half: half, align_freely: freely }, head) {
    const asked = reads[this.which.chosen].map(shown);
    const said = [...this.#said(names, freely)].map((token) => shown(names[token]));
    if (!freely) return { rows: said.filter((_, t) => truths[this.which.chosen][t] >= 0), columns: asked };
    if (head.writes) return { rows: said, columns: asked.slice(0, half) };
    const whole = [...asked.slice(0, half), "", ...said.slice(0, -1)]; // what the network was given: the question, then its own answers
    return { rows: whole, columns: whole };
  }

  // The row of a head that belongs to the chosen token.
  #row({ align_freely: freely, align_half: half }, { writes }) {
    return this.words.chosen + (freely && !writes ? half : 0);
  }

  #tell(scene, time) {
    const { align_names: names, align_truth: truths, align_freely: freely, align_foretells: foretells } = scene;
    const truth = truths[this.which.chosen];
    const asked = truth.map((token, t) => [token, t]).filter(([token]) => token >= 0);
    const right = asked.filter(([token, t]) => this.answer[t] === token).length;
    const count = foretells ? asked.length : this.#said(names, freely).length;
    const spell = (tokens) => tokens.filter((token) => !freely || token !== names.length - 1).map((token) => names[token]).join("");
    const spelt = spell([...this.answer.slice(0, count)]);
    const wanted = spell(asked.map(([token]) => token));
    const whole = freely ? spelt === wanted : right === asked.length;
    say(this.verdict, this.plain ? task(questionOf(scene, this.which.chosen), wanted, foretells) : foretells
      ? `${right} of ${count} foretold: likeliest ${spelt} where ${wanted} came`
      : `It answers ${spelt || "nothing"}${whole ? " ✓" : ` ✗, right: ${wanted}`}`);
    if (this.words.node.children.length !== count) {
      this.words.offer(Array.from({ length: count }, () => ({ attributes: { class: "choice" }, inside: [el("b"), el("small")] })));
    }
    [...this.words.node.children].forEach((button, t) => {
      const token = shown(names[this.answer[t]]);
      const sure = Math.round((100 * this.sure[t]) / 255);
      say(button.firstChild, token);
      say(button.lastChild, `${sure} %`);
      button.classList.toggle("wrong", !foretells && truth[t] >= 0 && this.answer[t] !== truth[t]);
    });
    const words = this.heads.map((head) => this.#looks(scene, head)).filter(Boolean).join(" ");
    say(this.look, words || `It has no attention: all it knows of ${foretells ? "what came is its" : "the question is the encoder's last"} state.`);
    const told = `${this.chosen} ${this.which.chosen} ${this.words.chosen} ${time.toFixed(1)}`;
    if (told !== this.told) this.stage.setAttribute("aria-label", `Where it looks, at epoch ${time.toFixed(1)}. ${words}`);
    this.told = told;
  }

  // A sentence on the chosen row of a head: the two places with most weight.
  #looks(scene, head) {
    const { columns } = this.#names(scene, head);
    const weights = [...head.row(this.looks, this.#row(scene, head))];
    const order = weights.map((_, s) => s).sort((a, b) => weights[b] - weights[a]).slice(0, 2);
    const token = shown(scene.align_names[this.answer[this.words.chosen]]);
    const parts = order.map((s) => `${standing(columns, s, scene)} ${Math.round(weights[s] / 2.55)} %`);
    const where = this.heads.length > 1 ? `${head.name}: ` : "";
    return `${where}writing ${token} it looks at ${parts.join(", ")}.`;
  }

  remove() {
    this.written.remove();
  }

  #inside(head, s, t) {
    const { rows } = this.#names(this.runs[this.chosen].scene, head);
    return s >= 0 && s < head.width && t >= 0 && t < rows.length && this.looks.length > 0;
  }

  #point(event, head) {
    const [s, t] = head.at(event);
    const { scene } = this.runs[this.chosen];
    const { rows, columns } = this.#names(scene, head);
    this.tip.hidden = !this.#inside(head, s, t);
    if (this.tip.hidden) return;
    say(this.tip, `${rows[t] || "·"} looks at ${standing(columns, s, scene)}: ${Math.round(head.row(this.looks, t)[s] / 2.55)} %`);
    place(this.tip, event, this.stage);
  }
}
