// A unit's sum, written out: inputs times weights and the bias add up to z, which bends to a. Follows one point, frame by frame.

import { el, say } from "../../../shared/dom.js";
import { number } from "../../../shared/spelling.js";
import { Bend } from "./bend.js";
import { Ledger } from "./ledger.js";
import { Picker } from "./picker.js";
import { sumOf, why } from "./sum.js";
/** @import { Frame, Run } from "../../types.d.ts" */

export class SumView {
  // follow(point): another one is to be followed
  constructor(follow) {
    this.picker = new Picker("point", follow);
    this.answer = el("span", { class: "note" });
    this.ledger = new Ledger();
    this.bend = new Bend();
    this.told = el("p", { class: "bent" });
    this.note = el("p", { class: "note" });
    this.numbers = el("div", {}, el("div", { class: "row" }, this.picker.node, this.answer), this.ledger.node,
      el("div", { class: "row" }, this.bend.node, this.told));
    this.node = el("div", {}, this.numbers, this.note);
  }

  // Returns what is shown in words.
  /** @type {(run: Run, frame: Frame, plan: any, unit: any, point: number) => string} */
  draw(run, frame, plan, unit, point) {
    const { scene } = run;
    const sum = sumOf(run, frame, plan, unit, point);
    this.numbers.hidden = !sum;
    if (!sum) {
      const reason = why(scene, unit);
      say(this.note, reason);
      return reason;
    }
    this.picker.show(point, scene.point_answers.length);
    say(this.answer, `right answer: ${scene.point_answers[point]}`);
    const shown = sum.input ? { words: input(scene, unit, sum), note: "An input has no weights: it hands its number on as it is." } : this.#sum(run, unit, sum);
    this.ledger.node.hidden = Boolean(sum.input);
    if (sum.input) this.bend.node.hidden = true;
    say(this.told, shown.words);
    say(this.note, shown.note);
    return sum.input ? shown.words : `${sentence(sum)} ${shown.words}`;
  }

  #sum(run, unit, sum) {
    const { scene } = run;
    const rows = [...sum.terms.map(({ name, value, weight, product }) => [name, value, weight, product]),
      ...(sum.others ? [[`${sum.terms.length ? `${sum.others} more` : `all ${sum.others}`} inputs`, "", "", sum.missing]] : []), ["bias", "", "", sum.bias]];
    this.ledger.show(["from", "input", "× weight", "="], [...rows, ["sum z", "", "", sum.z]], { strong: rows.length });
    const last = unit.layer === scene.layers.length - 1;
    const { activation } = scene.layers[unit.layer];
    this.bend.show(curve(run, unit.layer), scene.bend_reach, sum.bent, sum.acted);
    return { words: bent(sum, activation, last), note: notes(scene, sum, last, activation) };
  }
}

const curves = new WeakMap(); // of a run's scene: the curve of each layer

/** @type {(run: Run, layer: number) => Float32Array} */
export function curve({ scene, points }, layer) {
  if (!curves.has(scene)) {
    const size = points.bends.length / (scene.layers.length - 1);
    curves.set(scene, scene.layers.slice(1).map((_, i) => points.bends.subarray(i * size, (i + 1) * size)));
  }
  return curves.get(scene)[layer - 1];
}

const input = (scene, unit, { out }) => `${scene.inputs[unit.unit]} = ${number(out)}, as the network gets it.`;

function bent({ bent: got, acted, out, normed }, activation, last) {
  const norm = normed && !last ? `Batch normalisation makes ${number(got)} of z. ` : "";
  const name = normed && !last ? "it" : "z";
  if (last && activation === "softmax") return `softmax: its share of 1 is a = ${number(out)}.`;
  if (activation === "linear") return `${norm}Nothing bends ${name}: a = ${number(acted)}.`;
  const skip = Math.abs(out - acted) > 1e-6 ? ` With what came into the layer, ${number(out - acted)}, it is ${number(out)}.` : "";
  return `${norm}${activation} bends ${name} to a = ${number(acted)}.${skip}`;
}

function notes(scene, { z, normed }, last, activation) {
  const beyond = activation !== "softmax" && Math.abs(z) > scene.bend_reach && !normed;
  return [beyond ? `z lies beyond the curve, which is drawn from −${scene.bend_reach} to ${scene.bend_reach}.` : "",
    normed && !last ? "Normalised with the mean and spread that training has kept." : ""].filter(Boolean).join(" ");
}

// The sum for those who hear it.
function sentence({ terms, others, missing, bias, z }) {
  const parts = terms.map(({ name, value, weight }) => `${name} ${number(value)} times ${number(weight)}`);
  if (others) parts.push(`${others} more inputs ${number(missing)}`);
  return `${[...parts, `bias ${number(bias)}`].join(", plus ")}, is z = ${number(z)}.`;
}
