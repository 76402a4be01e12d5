// A unit's numbers at a stage of a step, as tables and lines. Of the row that is followed; weights and their derivatives of the batch.

import { number } from "../../../shared/spelling.js";

// -> { about, tables: [{ columns, rows, strong, bars }], lines }
export function account(scene, step, stage, unit) {
  if (unit.layer === 0) return { about: "", tables: [], lines: [`${scene.inputs[unit.unit]} = ${number(step.x[unit.unit])}`] };
  const layer = step.layers[unit.layer - 1];
  return { forward, loss, backward, update }[stage.kind](scene, step, layer, unit);
}

// What comes into a layer: of each input its name and value.
function inputsOf(scene, step, unit) {
  const values = unit.layer === 1 ? step.x : step.layers[unit.layer - 2].outputs;
  return values.map((value, i) => ({ name: unit.layer === 1 ? scene.inputs[i] : `unit ${i + 1}`, value }));
}

function forward(scene, step, layer, { layer: place, unit: j }) {
  const rows = inputsOf(scene, step, { layer: place }).map(({ name, value }, i) => [name, value, layer.W[i][j], value * layer.W[i][j]]);
  const [z, bent, acted, kept, out] = ["sums", "bent", "acted", "kept", "outputs"].map((name) => layer[name][j]);
  const { activation } = scene.layers[place];
  const steps = [Math.abs(bent - z) > 1e-12 ? `normalised over the batch: ${number(bent)}` : "",
    activation === "softmax" ? `its share of 1: a = ${number(acted)}` : activation === "linear" ? `a = z = ${number(acted)}` : `${activation} makes a = ${number(acted)}`,
    kept === 1 ? "" : kept ? `dropout makes it ${number(acted * kept)}` : "dropout switches it off: 0",
    Math.abs(out - acted * kept) > 1e-12 ? `with what came into the layer: ${number(out)}` : ""];
  return { tables: [{ columns: ["from", "input", "× weight", "="], rows: [...rows, ["bias", "", "", layer.b[j]], ["sum z", "", "", z]], strong: rows.length + 1 }],
    lines: [`${steps.filter(Boolean).join("; ")}.`] };
}

function loss(scene, step) {
  const { outputs } = step.layers[step.layers.length - 1];
  const names = outputs.map((_, k) => (outputs.length > 1 && scene.classes?.length === outputs.length ? scene.classes[k] : outputs.length > 1 ? `output ${k + 1}` : "output"));
  return { about: "The answer beside what is right, as the loss gets it:",
    tables: [{ columns: ["of", "answer a", "target y", "a − y"], rows: outputs.map((a, k) => [names[k], a, step.y[k], a - step.y[k]]) }],
    lines: [`ℓ = ${number(step.loss)} for this row, L = ${number(step.batch_loss)} over the batch.`] };
}

function backward(scene, step, layer, { layer: place, unit: j }) {
  const delta = layer.dZ[j];
  const weights = { columns: ["from", "∂ℓ/∂z · input", step.mean ? "mean ∂L/∂w" : "sum ∂L/∂w"],
    rows: [...inputsOf(scene, step, { layer: place }).map(({ name, value }, i) => [name, delta * value, layer.dW[i][j]]), ["bias", delta, layer.db[j]]] };
  if (place === step.layers.length) {
    const how = step.fused ? `a − y = ${number(layer.outputs[j])} − ${bracketed(step.y[j])} = ` : "";
    return { tables: [null, weights], lines: [`∂ℓ/∂z = ${how}${number(delta)}`] };
  }
  const next = step.layers[place];
  const rows = next.dZ.map((d, k) => [scene.layers[place + 1].units > 1 ? `unit ${k + 1}` : scene.layers[place + 1].name, d, next.W[j][k], d * next.W[j][k]]);
  const through = step.direct ? `times the slope φ′(z) = ${number(layer.slopes[j])}: ∂ℓ/∂z = ${number(delta)}`
    : `through all that stands between z and a: ∂ℓ/∂z = ${number(delta)}`;
  const around = Math.abs(layer.dA[j] - rows.reduce((sum, row) => sum + row[3], 0)) > 1e-12 * Math.abs(layer.dA[j]) + 1e-15 && !step.direct;
  return { tables: [{ columns: ["to", "∂ℓ/∂z", "× weight", "="], rows: [...rows, ...(around ? [["skip connection", "", "", layer.dA[j] - rows.reduce((sum, row) => sum + row[3], 0)]] : []),
    ["∂ℓ/∂a", "", "", layer.dA[j]]], strong: rows.length + Number(around) }, weights], lines: [through] };
}

function update(scene, step, layer, { layer: place, unit: j }) {
  const changed = layer.gW.some((row, i) => row[j] !== layer.dW[i][j]) || layer.gb[j] !== layer.db[j];
  const rows = [...inputsOf(scene, step, { layer: place }).map(({ name }, i) => [name, layer.W[i][j], layer.gW[i][j], layer.new_W[i][j] - layer.W[i][j], layer.new_W[i][j]]),
    ["bias", layer.b[j], layer.gb[j], layer.new_b[j] - layer.b[j], layer.new_b[j]]];
  return { tables: [{ columns: ["from", "w", changed ? "changed ∂" : "∂L/∂w", "step", "new w"], rows, bars: false, digits: [3, 4, 3, 3, 4] }],
    lines: [changed ? "“changed ∂” is ∂L/∂w after penalties and clipping." : ""] };
}

// Of a weight, in slow motion: its derivative, and what the step makes of it.
export function stepOf({ layers, mean, rows }, from, to) {
  const { W, dW, new_W: next } = layers[to.layer - 1];
  const [i, j] = [from.unit, to.unit];
  return `; ∂L/∂w ${number(dW[i][j])}, the ${mean ? "mean" : "sum"} over ${rows} ${rows === 1 ? "row" : "rows"}; ` +
    `this step changes it by ${number(next[i][j] - W[i][j])}, to ${number(next[i][j], 4)}`;
}

const bracketed = (value) => (value < 0 ? `(${number(value)})` : number(value));
