// Who pulls, as a list: a sentence on all rows together, and the strongest of them, each to be pointed at, left out or relabelled.

import { capital, el, say } from "../../../shared/dom.js";
import { number } from "../../../shared/spelling.js";
import { nameIn } from "../network_plan.js";
/** @import { Puller, Pull, Pulls, Run } from "../../types.d.ts" */

export const QUESTION = "Who is pulling here?";
const GLYPHS = { up: "▲", down: "▼" };

// Which way a row pulls.
/** @type {(told: Pulls, place: number) => "up" | "down"} */
export const wayOf = (told, place) => (told.way * told.parts[place] > 0 ? "up" : "down");

export class PullView {
  /** @type {any} */
  drawn; // what the list shows
  open = -1; // which of the strongest is written out; none: so more of them are in sight
  fresh = false; // it has just been opened: the focus goes there

  // pulling: aim(kind, at), light(place), change(row, label)
  constructor(pulling) {
    this.pulling = pulling;
    this.choice = el("select", { "aria-label": "What is pulled at", on: { change: () => this.#choose() } });
    this.hint = el("p", { class: "note" });
    this.words = el("p");
    this.ways = Object.fromEntries(Object.entries(GLYPHS).map(([way, glyph]) => [way, el("span", { "data-way": way }, el("i", { text: glyph, "aria-hidden": "true" }), el("span"))]));
    this.legend = el("p", { class: "ways" }, this.ways.up, this.ways.down);
    this.list = el("ol", { class: "pullers", "aria-label": "Who pulls most" });
    this.node = el("div", { class: "pulls", hidden: true }, this.choice, this.words, this.legend, this.list, this.hint);
    this.list.addEventListener("pointerleave", () => this.pulling.light(-1));
  }

  begin() {
    [this.drawn, this.open, this.fresh] = [null, -1, true];
  }

  /** @param {Pull} pull   @param {Run} run   @param {boolean} changes */
  draw({ target, told, resting }, run, changes) {
    if (this.fresh && this.choice.offsetParent) { // its place is shown a frame later
      this.fresh = false;
      this.choice.focus({ preventScroll: true });
    }
    const key = told ?? (resting ? target : run);
    if (this.drawn === key) return;
    this.drawn = key;
    this.#choices(target, run);
    const known = told && !told.refused ? told : null;
    this.legend.hidden = this.list.hidden = !known?.strongest.length;
    const noun = run.scene.plane ? "point" : "row";
    say(this.hint, hint(run));
    say(this.words, known ? sentence(known, noun) : told?.refused ?? (resting ? "The numbers of this moment are on their way …" : "Pause: then it can be told who pulls at that moment."));
    if (known) this.#fill(known, noun, changes);
  }

  // The loss, the spot, and of a layer's unit its bias and the weights that come in.
  #choices(target, run) {
    this.options = [{ name: "at the loss", kind: "loss", at: [] }];
    if (target.kind === "spot") this.options.push({ name: "at the answer at this spot", ...target });
    if (target.kind === "unit" || target.kind === "weight") {
      const { scene } = run;
      const [layer, unit] = target.kind === "unit" ? target.at : [target.at[0], target.at[2]];
      const place = layer === scene.layers.length - 1 ? scene.layers[layer].units > 1 ? `output ${unit + 1}` : "the output" : `layer ${layer}, unit ${unit + 1}`;
      this.options.push({ name: `at the bias of ${place}`, kind: "unit", at: [layer, unit] });
      scene.layers[layer - 1].shown.forEach((from) => this.options.push({ name: `at the weight ${nameIn(scene, { layer: layer - 1, unit: from })} → ${place}`, kind: "weight", at: [layer, from, unit] }));
    }
    this.choice.replaceChildren(...this.options.map(({ name }) => el("option", { text: name })));
    this.choice.selectedIndex = this.options.findIndex(({ kind, at }) => kind === target.kind && String(at) === String(target.at));
  }

  #choose() {
    const { kind, at } = this.options[this.choice.selectedIndex];
    this.pulling.aim(kind, at);
  }

  #fill(told, noun, changes) {
    const signs = told.parts.map((part) => Math.sign(told.way * part));
    for (const [way, sign] of [["up", 1], ["down", -1]]) say(this.ways[way].lastChild, `${signs.filter((one) => one === sign).length} ${told[way]}`);
    const most = Math.abs(told.parts[told.strongest[0]?.place] ?? 1);
    this.open = Math.min(this.open, told.strongest.length - 1);
    this.list.replaceChildren(...told.strongest.map((one, i) => this.#row(told, one, i, most, noun, changes)));
  }

  /** @type {(told: Pulls, one: Puller, i: number, most: number, noun: string, changes: boolean) => HTMLElement} */
  #row(told, one, i, most, noun, changes) {
    const part = told.parts[one.place];
    const way = wayOf(told, one.place);
    const shown = i === this.open;
    const button = el("button", { type: "button", class: "puller", "data-way": way, "aria-expanded": String(shown), style: `--share: ${(100 * Math.abs(part)) / most}%`,
      "aria-label": `${capital(noun)} ${one.row + 1}: ${number(part)}. ${told[way]}`,
      on: { click: () => this.#write(i), focus: () => this.pulling.light(one.place), blur: () => this.pulling.light(-1), pointerenter: () => this.pulling.light(one.place) } },
    el("i", { text: GLYPHS[way], "aria-hidden": "true" }), el("span", { text: `${noun} ${one.row + 1}` }), el("span", { class: "right", text: one.right }), el("b", { text: number(part) }));
    const lines = [one.inputs, told.towards ? `raises ${told.classes[told.towards[one.place]]} most` : "", one.right ? `right: ${one.right}; answer: ${one.answer}` : "", `its part of the loss: ${number(one.loss)}`].filter(Boolean);
    return el("li", {}, button, el("div", { class: "details", hidden: !shown }, el("p", { class: "note", text: lines.join(" · ") }), changes ? this.#acts(told, one) : null));
  }

  #acts(told, { row, label }) {
    const act = (text, to) => el("button", { type: "button", class: "choice", text, title: "Play on from here as a branch", on: { click: () => this.pulling.change(row, to()) } });
    const others = label === null ? [] : told.classes.map((name, k) => [name, k]).filter(([, k]) => k !== label);
    const classes = el("select", { "aria-label": "Which class" }, ...others.map(([name]) => el("option", { text: name }))); // arrows walk through it: only the button branches
    const flip = others.length < 2 ? others.map(([name, k]) => act(`flip to ${name}`, () => k))
      : [act("learn it as", () => others[classes.selectedIndex][1]), classes];
    return el("div", { class: "row" }, ...flip, act("leave it out", () => null));
  }

  // Another one is written out, or none.
  #write(i) {
    this.open = this.open === i ? -1 : i;
    [...this.list.children].forEach((item, k) => {
      item.firstChild.setAttribute("aria-expanded", String(k === this.open));
      item.lastChild.hidden = k !== this.open;
    });
  }

  // Up and Down walk among the pullers.
  key(key) {
    const buttons = [...this.list.querySelectorAll(".puller")];
    const here = buttons.indexOf(document.activeElement);
    if (here < 0 || !["ArrowUp", "ArrowDown"].includes(key)) return false;
    buttons[Math.max(0, Math.min(buttons.length - 1, here + (key === "ArrowUp" ? -1 : 1)))].focus();
    return true;
  }

  // What is shown in words, for those who hear it.
  get spoken() {
    return `${this.words.textContent} ${this.legend.hidden ? "" : this.legend.textContent}`;
  }
}

const hint = ({ scene }) => {
  const marks = [scene.layers?.length ? "a weight or a unit" : "", scene.plane ? "a spot of the picture" : ""].filter(Boolean);
  return `Click a ${scene.plane ? "point" : "row"} of the list for more.${marks.length ? ` Or ${marks.join(", or ")}: who pulls there?` : ""}`;
};

/** @type {(told: Pulls, noun: string) => string} */
function sentence(told, noun) {
  const { half, rows, all, total, kind } = told;
  const measured = rows < all ? ` Measured on the first ${rows.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} training ${noun}s.` : "";
  if (!half) return `Nobody pulls at ${told.name}: every ${noun}'s part is exactly 0.${measured}`;
  const some = `${half} of ${rows.toLocaleString("en-US")} ${noun}s ${half === 1 ? "does" : "do"} half of the pulling`;
  const together = {
    loss: () => `. A number says how fast that ${noun}'s part of the loss falls in a step for all; below 0 it rises. Together: ${number(total)}, the gradient's length squared, ‖∇L‖².`,
    spot: () => ` on ${told.name}. A plain step on all of them adds ${number(total)} to it.`,
    weight: () => `. Their parts add up to ∂L/∂w = ${number(total)}. A step goes against it: w is to become ${total > 0 ? "smaller" : "larger"}.`,
    unit: () => `. Their parts add up to ∂L/∂${told.name.includes("β") ? "β" : "b"} = ${number(total)}. A step goes against it: the sum is to become ${total > 0 ? "smaller" : "larger"}.`,
  }[kind]();
  return `${some}${together}${measured}`;
}
