// States and gates while a sequence is read: a row for each unit, a column for each step, for one watched sequence.

import { capital, el, say } from "../../shared/dom.js";
import { Cursor } from "./cursor.js";
import { place, signed } from "./filters.js";
import { WrittenOut } from "./inside/written_out.js";
import { gray } from "./maps.js";
import { RunChoice } from "./run_choice.js";
import { Tiles, scaled } from "./tiles.js";
import { Watched } from "./watched.js";
import { learned } from "../film/bands.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

const MOST_ROWS = 24; // numbers of a step that are drawn
const PARTS = { // what each of them is, or says
  state: "what it carries", cell: "what it stores", candidate: "what would come in",
  forget: "how much of the cell stays", input: "how much comes in", output: "how much goes out",
  update: "how much of the state stays", reset: "how much of it the candidate sees",
};
const [MOST_SIZE, MOST_HEIGHT, ALONE] = [14, 200, 22]; // CSS pixels of a point, of a part, and of a point where there is but one part

export default class Gates {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  chosen = 0;
  frame;
  values;
  /** @type {any} */
  cell; // that is written out
  said;
  drawn;
  /** @type {Uint32Array} */
  gray;

  constructor({ select, redraw, following, back }) {
    this.redraw = redraw;
    this.written = new WrittenOut({ following, back }, "gates", "sequence");
    this.choice = new RunChoice("Network whose states are shown", select);
    this.note = el("span", { class: "note", text: "a row for each of its numbers, a column for each step; gates from 0 (empty) to 1 (full), others orange +, blue −" });
    this.title = el("h2");
    this.which = new Watched("Sequence shown to the network", () => this.#read());
    this.symbols = el("bdi"); // of whatever script
    this.read = el("p", { class: "read" }, "It reads: ", this.symbols);
    this.verdict = el("p", { class: "verdict" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.list = el("div", { class: "parts" });
    this.stage = el("div", { class: "tiles", role: "group" }, this.list, this.tip);
    this.node = el("section", { class: "gates" },
      el("header", {}, this.title, this.note, el("span", { class: "push" }), this.choice.node),
      this.which.node, this.read, this.verdict, this.stage, this.written.node);
  }

  span() {
    return 12;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {{ veiled?: boolean }} header */
  scene(runs, theme, { veiled }) {
    this.runs = runs;
    this.plain = Boolean(veiled); // a question is open: what is read is enough to understand it
    this.node.toggleAttribute("data-plain", this.plain);
    say(this.title, this.plain ? "What they read" : "What it keeps while it reads");
    this.note.hidden = this.choice.node.hidden = this.plain;
    this.#show(Math.min(this.chosen, runs.length - 1), theme);
  }

  #show(chosen, theme) {
    this.chosen = chosen;
    const { scene, points: { gate_inputs: inputs } } = this.runs[chosen];
    const { gate_parts: parts, gate_units: [units], gate_steps: steps, gate_symbols: symbols, gate_names: names } = scene;
    this.inputs = bytes(inputs);
    this.scales = parts.map(() => 0);
    const rows = names.length;
    const shown = [...(rows <= MOST_ROWS ? [{ name: "what it reads", height: rows, input: true, signed: false, layer: 0, first: 0, part: 0 }] : []), ...(this.plain ? [] : parts).map((part) => ({ ...part, height: units, input: false }))];
    let first = 0;
    this.parts = shown.map((part) => {
      const tiles = new Tiles({ count: 1, height: part.height, width: steps, most: Math.min(this.plain ? ALONE : MOST_SIZE, Math.floor(MOST_HEIGHT / part.height)) });
      const found = { part, tiles, first: part.input ? 0 : first, caption: el("figcaption"), cursor: null };
      if (!part.input) first += units * steps;
      found.cursor = part.input ? null : new Cursor(tiles, `Write out a unit of ${part.name} at a step: click, or arrow keys and Enter`, (place) => this.#write(found, place));
      tiles.canvas.addEventListener("pointermove", (event) => this.#point(event, found));
      tiles.canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
      return found;
    });
    this.list.replaceChildren(...this.parts.map(({ caption, tiles, cursor }) => el("figure", {}, caption, cursor?.node ?? tiles.canvas)));
    this.which.offer(symbols.map((_, i) => ({ attributes: { class: "choice", dir: "auto", text: this.#called(i) } })));
    this.which.node.hidden = symbols.length < 2;
    this.retheme(theme);
    this.data();
    this.#read();
  }

  #called(i) {
    const { gate_truth: truth, gate_symbols: symbols } = this.runs[this.chosen].scene;
    return truth[i].length === 1 ? `asked: ${truth[i][0]}` : `${symbols[i].slice(0, 5).join("")}…`;
  }

  // How the number of a unit at a step comes about.
  #write({ part, cursor }, { row: unit, column: step }) {
    const { scene } = this.runs[this.chosen];
    const name = ([, , t, which], names) => `${part.name.startsWith("state of") ? part.name : names[which] ?? "state"}: unit ${unit + 1}, step ${t + 1} (${scene.gate_symbols[this.which.chosen][t]})`;
    this.written.open([part.layer, part.first + unit, step, part.part], scene.gate_rows[this.which.chosen], scene.gate_held_out, name, cursor.node);
    this.cell = { part, unit };
  }

  // What is written out is marked, also when another step or part of it was chosen below.
  #mark(at) {
    for (const { part, cursor } of this.parts) {
      const here = at && this.cell && part.layer === at[0] && at[1] - part.first === this.cell.unit && part.part === (at[3] ?? 0) && (part.name === this.cell.part.name || part.part !== this.cell.part.part);
      cursor?.keep(here ? { picture: 0, row: this.cell.unit, column: at[2] } : null);
    }
  }

  #read() {
    const { gate_rows: rows, gate_symbols } = this.runs[this.chosen].scene;
    if (this.written.on) this.written.follow(rows[this.which.chosen]);
    const symbols = gate_symbols[this.which.chosen];
    say(this.symbols, symbols.join(symbols.every((one) => [...one].length === 1) ? "" : " "));
    this.drawn = null;
    this.redraw();
  }

  key(event) {
    return this.written.key(event) || this.which.key(event);
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
    const columns = this.plain || room < 520 ? 1 : room < 820 ? 2 : 3;
    this.list.style.setProperty("--across", String(Math.min(columns, this.parts.length)));
    const each = (room - 16 * (columns - 1)) / columns;
    if (room) for (const { tiles } of this.parts) tiles.lay(each);
  }

  // Scales only grow: colours hold still while the film plays.
  data() {
    for (const { gate_scale: scale } of this.runs[this.chosen].frames) if (scale) this.scales = this.scales.map((known, i) => Math.max(known, scale[i]));
    const { gate_parts: names, gate_units: [shown, units] } = this.runs[this.chosen].scene;
    const some = shown < units ? `; the first ${shown} of ${units} units` : "";
    for (const { part, caption } of this.parts) {
      const i = names.findIndex(({ name }) => name === part.name);
      const of = `${part.name}${part.signed ? "" : " gate"}${part.name in PARTS ? `: ${PARTS[part.name]}` : ""}`;
      say(caption, part.input ? this.plain ? "a row for each of its inputs, a column for each step" : part.name : `${of}${part.signed ? `, full colour ±${Number(this.scales[i].toPrecision(2))}` : ""}${some}`);
    }
    this.drawn = null;
  }

  /** @param {Moment} moment */
  draw(moment) {
    const { shown, selected, time, account } = moment;
    if (selected !== this.chosen) this.#show(selected, this.theme);
    this.written.draw(moment);
    this.#mark(this.written.on ? account?.told?.at ?? account?.place.at : null);
    const { run: { scene }, frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.gates) return;
    this.drawn = this.frame = frame;
    const K = scene.gate_symbols.length;
    const of = (column) => column.subarray((this.which.chosen * column.length) / K, ((this.which.chosen + 1) * column.length) / K);
    this.values = of(frame.gates);
    const inputs = of(this.inputs);
    let i = 0;
    for (const { part, tiles, first } of this.parts) {
      if (part.input) paint(tiles, inputs, this.gray);
      else {
        tiles.paint(this.values, first, part.signed ? scaled(this.theme.units, frame.gate_scale[i] / this.scales[i]) : this.gray);
        i++;
      }
    }
    this.#tell(shown, time);
  }

  remove() {
    this.written.remove();
  }

  // What every network answers to the sequence that is shown.
  #tell(shown, time) {
    const { gate_truth: truths, gate_parts: parts, gate_rows: rows } = this.runs[this.chosen].scene;
    const truth = truths[this.which.chosen];
    const told = shown.filter(({ run, frame }) => frame.gate_answers && run.scene.gate_rows.includes(rows[this.which.chosen]))
      .map(({ run, frame }) => `${shown.length > 1 ? run.scene.name : "It"} ${answer(run, frame, rows[this.which.chosen])}`);
    const words = `${told.join(" · ")}${truth.length > 1 ? "" : ` · right: ${truth[0]}`}`;
    say(this.verdict, words);
    const epoch = time.toFixed(1);
    const said = `${epoch} ${this.which.chosen} ${this.chosen}`;
    if (said !== this.said) this.stage.setAttribute("aria-label", `${capital(parts.map(({ name }) => name).join(", "))} over time, at epoch ${epoch}. ${words}.`);
    this.said = said;
  }

  #point(event, { part, tiles, first }) {
    const found = tiles.at(event);
    this.tip.hidden = !found || !this.values;
    if (this.tip.hidden) return;
    const { scene } = this.runs[this.chosen];
    const symbol = scene.gate_symbols[this.which.chosen][found.column];
    if (part.input) say(this.tip, `Step ${found.column + 1}: ${symbol}`);
    else {
      const byte = this.values[first + found.index];
      const scale = this.frame.gate_scale[scene.gate_parts.findIndex(({ name }) => name === part.name)];
      say(this.tip, `Step ${found.column + 1} (${symbol}), unit ${found.row + 1}: ${part.name} about ${part.signed ? signed(((byte - 128) / 127) * scale) : (byte / 255).toFixed(2)}`);
    }
    place(this.tip, event, this.stage);
  }
}

// What a network says to the sequence of this row, and whether that is right: of one that has not learned it is but a guess.
function answer(run, frame, row) {
  const { scene: { gate_classes: classes, gate_truth: truths, gate_rows: rows } } = run;
  const { gate_answers: all } = frame;
  const [i, each] = [rows.indexOf(row), all.length / rows.length];
  const [answers, truth] = [all.subarray(i * each, (i + 1) * each), truths[i]];
  if (truth.length > 1) return `is right at ${truth.filter((one, t) => classes[answers[t]] === one).length} of ${truth.length} steps`;
  if (!classes.length) return `says ${answers[0].toFixed(2).replace("-", "−")}`;
  const share = (c) => (classes.length > 2 ? answers[c] : c ? answers[0] : 1 - answers[0]);
  const top = classes.map((_, c) => share(c)).reduce((best, value, c, all) => (value > all[best] ? c : best), 0);
  const said = `${classes[top]} (${Math.round(100 * share(top))} %)`;
  return learned(run, frame)[0] ? `says ${said} ${classes[top] === truth[0] ? "✓" : "✗"}` : `guesses ${said}`;
}

// Steps of numbers, step by step, as bytes from the least to the greatest.
function bytes(values) {
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  return Uint8Array.from(values, (value) => (255 * (value - low)) / (high - low || 1));
}

// The same, a column for each step.
function paint(tiles, values, table) {
  const { width, height } = tiles;
  const turned = new Uint8Array(values.length);
  for (let t = 0; t < width; t++) for (let n = 0; n < height; n++) turned[n * width + t] = values[t * height + n];
  tiles.paint(turned, 0, table);
}
