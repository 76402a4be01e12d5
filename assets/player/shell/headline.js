// The sentence on top: what is left of the gradient when it reaches layer 1, one clause a run. It is told of the first moment
// under a run's settings, before a step was made: there nothing but the settings differs. Later the output layer's gradient
// falls and rises a hundredfold, and every share of it with it: what the bars show now is said after it, with its moment.

import { band } from "../film/bands.js";
import { mark } from "../../glossary/words.js";
import { capital, el, say } from "../../shared/dom.js";
import { share, size } from "../film/logs.js";
import { when } from "../film/when.js";
import { Before, kinds } from "../pictures/before.js";
import { runInk } from "../../shared/theme.js";

/** @import { Frame, Header, Moment, Run, Theme } from "../types.d.ts" */

export class Headline {
  /** @type {Theme} */
  theme;

  constructor() {
    this.before = new Before();
    this.node = el("p", { class: "headline", hidden: true });
    // It never shrinks again while it plays: nothing below jumps.
    this.grown = new ResizeObserver(() => { this.node.style.minHeight = `${this.node.offsetHeight}px`; });
    this.grown.observe(this.node);
  }

  get text() {
    return this.node.hidden ? "" : this.node.textContent;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.on = Boolean(header.headline) && !header.veiled && runs.every(({ scene }) => scene.networks.length === 1 && scene.weight_layers.length > 1);
    this.node.hidden = !this.on;
    this.before.about(header.subject);
    this.places = header.places;
    this.resize();
    this.retheme(theme);
  }

  resize() {
    this.node.style.minHeight = "";
  }

  retheme(theme) {
    [this.theme, this.drawn] = [theme, null];
    this.node.replaceChildren();
  }

  /** @param {Moment} moment */
  draw({ shown, time }) {
    const key = shown.map(({ run, frame }) => `${run.opening.step} ${frame.step}`).join();
    if (!this.on || this.drawn === key) return;
    this.drawn = key;
    this.before.look(shown);
    const parts = switched(shown, time, this.before.runs, this.places) ?? sentence(shown, time);
    while (this.node.childNodes.length > parts.length) this.node.lastChild.remove();
    parts.forEach(([text, run, tag = run ? "B" : "SPAN"], i) => {
      const kept = this.node.childNodes[i];
      if (kept?.tagName !== tag) kept ? kept.replaceWith(el(tag)) : this.node.append(el(tag));
      const node = this.node.childNodes[i];
      say(node, text);
      node.style.color = run ? runInk(run, this.theme, this.theme.accent) : "";
    });
    if (!mark(this.node.querySelectorAll("span"))) this.drawn = null; // the words are not known yet
  }

  remove() {
    this.grown.disconnect();
  }
}

// -> [[text, run or nothing, tag], …]: what belongs to a run stands in its colour.
/** @typedef {[string, (Run | null)?, string?]} Part */

// What a switch of settings did to the runs that it began anew; undefined when there was none, or the weights were kept.
/** @type {(shown: Moment["shown"], time: number, before: any[], places: string[]) => Part[] | undefined} */
function switched(shown, time, before, places) {
  /** @type {Part[]} */
  const parts = before.flatMap((was, place) => {
    const { run } = shown[place];
    if (!was || was.frames[0] === run.frames[0]) return [];
    const scenes = [was.scene, run.scene];
    const unnamed = scenes.some(({ name }) => name === places[place]); // when nothing told the runs apart
    const [a, b] = scenes.map((scene) => (unnamed ? kinds(scene) : scene.name));
    const what = a === b ? ", after the change" : `: ${a} → ${b}`;
    const [from, to] = [ofOutput({ ...was, opening: was.frames[0] }), ofOutput(run)];
    const shares = from.of !== undefined && to.of !== undefined && !ownSizes([from, to]);
    const [x, y] = [from, to].map((one) => (shares ? one.text : size(one.first)));
    const told = shares ? `${to.of} the output layer's gradient` : "";
    return [[capital(places[place]), run], [`${what}: layer 1 ${shares ? "receives" : "has a gradient of"} ${x} → `], [y, run, "STRONG"], [`${told}. `]];
  });
  return parts.length ? [["Before the first step. "], ...parts, ...now(shown, time, bySize(shown))] : undefined;
}

// Whether sizes say what shares hide: shares are alike, the gradients themselves are worlds apart.
function ownSizes(logs) {
  const apart = (key) => Math.max(...logs.map((one) => one[key])) - Math.min(...logs.map((one) => one[key]));
  return logs.length > 1 && apart("first") > 2 && apart("ratio") < 3;
}

/** @param {Moment["shown"]} shown */
const bySize = (shown) => ownSizes(shown.map(({ run }) => ofOutput(run)).filter(({ of }) => of !== undefined));

/** @param {Moment["shown"]} shown   @param {number} time   @returns {Part[]} */
function sentence(shown, time) {
  const several = shown.length > 1;
  const [clauses, ends] = [[], []];
  const sizes = bySize(shown);
  let whole = false; // has it been said what the shares are shares of?
  for (const { run, frame } of shown) {
    const dead = deadLayer(run, frame);
    const named = run.scene.activations[dead]?.layer;
    const left = ofOutput(run);
    const own = several ? [[run.scene.name, run], [": "]] : [];
    if (dead >= 0 && left.first === -Infinity) {
      ends.push([...own, [`${several ? "all" : "All"} units of ${named} are dead, so nothing below it can learn.`]]);
      continue;
    }
    const shares = !sizes && left.of !== undefined;
    const what = whole || !shares ? "" : `${left.of} the output layer's gradient`;
    const told = shares || left.of === undefined ? left.text : size(left.first); // a number is never broken in two
    whole ||= shares;
    clauses.push([[told, run, "STRONG"], [what], ...(several ? [[" with "], [run.scene.name, run]] : [])]);
    if (dead >= 0) ends.push([...own, [`${several ? "every" : "Every"} unit of ${named} is flat for every point.`]]);
  }
  const joined = clauses.flatMap((clause, i) => [[i ? ", " : opening(shown, sizes)], ...clause]);
  return [...joined, ...(joined.length ? [[". "], ...now(shown, time, sizes)] : []), ...ends.flatMap((end) => [...end, [" "]])].filter(([text]) => text);
}

/** @type {(text: string, run?: Run | null) => Part} */
const small = (text, run = null) => [text, run, "SMALL"];

// The same at the shown moment, of the runs that have gone on.
/** @type {(shown: Moment["shown"], time: number, sizes: boolean) => Part[]} */
function now(shown, time, sizes) {
  const gone = shown.filter(({ run, frame }) => frame.step !== run.opening.step);
  if (!gone.length) return [];
  const each = gone.flatMap(({ run, frame }, i) => {
    const left = ofOutput(run, frame);
    const named = shown.length > 1 ? ` with ${run.scene.name}` : "";
    return [small(i ? ", " : ""), small((sizes ? size(left.first) : left.text) + named, run)];
  });
  return [small(`At ${when(shown[0], time)}: `), ...each, small(". ")];
}

function opening(shown, sizes) {
  const first = shown[0].run.scene.weight_layers[0];
  const when = shown.some(({ run }) => run.since) ? "To begin with" : "Before the first step";
  return sizes ? `${when}, ${first}'s gradient is ` : `${when}, ${first} receives `;
}

// The hidden layer nearest the output in which nothing moves any more, or -1.
/** @param {Run} run   @param {Frame} frame */
function deadLayer(run, frame) {
  return band(run, frame, "dead").mid.findLastIndex((share) => share >= 1);
}

// The first layer's gradient as a share of the output layer's; without `of` when it is none.
/** @param {Run} run   @param {Frame} [frame]   @returns {{ first: number, ratio?: number, text: string, of?: string }} */
function ofOutput(run, frame = run.opening) {
  const { mid } = band(run, frame, "gradient");
  const [first, last] = [mid[0], mid[mid.length - 1]];
  if (first === -Infinity) return { first, text: "no gradient at all" };
  return { first, ratio: first - last, ...(Number.isFinite(first - last) ? share(first - last) : { text: "an unknown gradient" }) };
}
