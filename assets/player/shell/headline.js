// The sentence on top: what is left of the gradient when it reaches layer 1, one clause a run. It is told of the first moment
// under a run's settings, before a step was made: there nothing but the settings differs. Later the output layer's gradient
// falls and rises a hundredfold, and every share of it with it; the bars and the line below them follow the film.

import { band } from "../film/bands.js";
import { el, say } from "../../shared/dom.js";
import { share, size } from "../film/logs.js";
import { runColor } from "../../shared/theme.js";

/** @import { Frame, Header, Moment, Run, Theme } from "../types.d.ts" */

export class Headline {
  /** @type {Theme} */
  theme;

  constructor() {
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
  draw({ shown }) {
    const key = shown.map(({ run, frame }) => `${run.opening.step} ${frame.step}`).join();
    if (!this.on || this.drawn === key) return;
    this.drawn = key;
    const parts = sentence(shown);
    while (this.node.childNodes.length > parts.length) this.node.lastChild.remove();
    parts.forEach(([text, run, tag = run ? "B" : "SPAN"], i) => {
      const kept = this.node.childNodes[i];
      if (kept?.tagName !== tag) kept ? kept.replaceWith(el(tag)) : this.node.append(el(tag));
      const node = this.node.childNodes[i];
      say(node, text);
      if (run) node.style.color = runColor(run, this.theme, this.theme.accent);
    });
  }

  remove() {
    this.grown.disconnect();
  }
}

// -> [[text, run or nothing, tag], …]: what belongs to a run stands in its colour.
/** @param {Moment["shown"]} shown */
function sentence(shown) {
  const several = shown.length > 1;
  const [clauses, ends] = [[], []];
  const logs = shown.map(({ run }) => ofOutput(run)).filter(({ of }) => of !== undefined);
  const apart = (key) => Math.max(...logs.map((one) => one[key])) - Math.min(...logs.map((one) => one[key]));
  const sizes = logs.length > 1 && apart("first") > 3 && apart("ratio") < 3; // alike as shares, worlds apart in size
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
    const what = whole || left.of === undefined ? "" : `${left.of} the output layer's gradient`;
    const told = sizes && left.of !== undefined // a number is never broken in two
      ? [[size(left.first), run, "STRONG"], [` (${left.text}${left.of}${whole ? "" : " the output layer's"})`]]
      : [[left.text, run, "STRONG"], [what]];
    whole ||= left.of !== undefined;
    clauses.push([...told, ...(several ? [[" with "], [run.scene.name, run]] : [])]);
    if (dead >= 0) ends.push([...own, [`${several ? "every" : "Every"} unit of ${named} is flat for every point.`]]);
  }
  const joined = clauses.flatMap((clause, i) => [[i ? ", " : opening(shown, sizes)], ...clause]);
  return [...joined, ...(joined.length ? [[". "]] : []), ...ends.flatMap((end) => [...end, [" "]])].filter(([text]) => text);
}

function opening(shown, sizes) {
  const first = shown[0].run.scene.weight_layers[0];
  const when = shown.some(({ run }) => run.since) ? "To begin with" : "At epoch 0";
  return sizes ? `${when}, ${first}'s gradient is ` : `${when}, ${first} receives `;
}

// The hidden layer nearest the output in which nothing moves any more, or -1.
/** @param {Run} run   @param {Frame} frame */
function deadLayer(run, frame) {
  return band(run, frame, "dead").mid.findLastIndex((share) => share >= 1);
}

// The first layer's gradient as a share of the output layer's; without `of` when it is none.
/** @param {Run} run   @returns {{ first: number, ratio?: number, text: string, of?: string }} */
function ofOutput(run) {
  const { mid } = band(run, run.opening, "gradient");
  const [first, last] = [mid[0], mid[mid.length - 1]];
  if (first === -Infinity) return { first, text: "no gradient at all" };
  return { first, ratio: first - last, ...(Number.isFinite(first - last) ? share(first - last) : { text: "an unknown gradient" }) };
}
