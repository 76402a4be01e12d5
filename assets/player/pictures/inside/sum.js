// What a unit adds up for a followed point at a frame, read off the film's columns.

import { unitName } from "../network_plan.js";
/** @import { Frame, Run } from "../../types.d.ts" */

// -> { terms: [{ name, value, weight, product }], others, missing, bias, z, bent, acted, out }; others: how many inputs have no
// place in the drawing, missing: what they add up to. Null where a film has no such numbers.
/** @type {(run: Run, frame: Frame, plan: any, unit: any, point: number) => any} */
export function sumOf({ scene }, frame, plan, unit, point) {
  const { point_sums: sums, point_outs: outs } = frame;
  if (!sums || !outs) return null;
  const units = frame.shapes.point_outs[1];
  const of = (column, index) => column[point * units + index];
  if (unit.layer === 0) return { input: true, terms: [], out: of(outs, unit.index) };
  const terms = plan.edges.flatMap(({ from, to }, i) => {
    if (to !== unit) return [];
    const [value, weight] = [of(outs, from.index), frame.weights[i]];
    return [{ name: nameIn(scene, from), value, weight, product: value * weight }];
  });
  const [z, bias] = [of(sums, unit.index), frame.biases[unit.index]];
  const others = scene.layers[unit.layer - 1].units - terms.length;
  return {
    terms, others, bias, z, missing: others ? z - bias - terms.reduce((sum, { product }) => sum + product, 0) : 0,
    bent: frame.point_bent ? of(frame.point_bent, unit.index) : z, normed: Boolean(frame.point_bent),
    acted: frame.point_acted ? of(frame.point_acted, unit.index) : of(outs, unit.index), out: of(outs, unit.index),
  };
}

// As it is called in a list of a layer's inputs: x₁, unit 3.
export function nameIn(scene, unit) {
  return unit.layer === 0 ? scene.inputs[unit.unit] : `unit ${unit.unit + 1}`;
}

// Why a unit's sum cannot be written out, in words.
export function why(scene, unit) {
  if (scene.layers[unit.layer] && !scene.probes.points) {
    return "A sum can be written out where every layer weighs all numbers of the one before it (dense layers), and where there are right answers. " +
      "This network is of another kind; its units are shown by what they see.";
  }
  return `The numbers of ${unitName(scene, unit)} could not be measured at this moment.`;
}
