// A unit's numbers at a stage of a step, as tables and lines. Of the row that is followed; weights and their derivatives of the batch.

import { nameIn } from "../network_plan.js";
import { number } from "../../../shared/spelling.js";

const STILL = "It stays as it is: this turn moves the other network.";

// -> { about, tables: [{ columns, rows, strong, bars }], lines }
export function account(scene, step, stage, unit) {
  const layer = unit.layer ? step.layers[unit.layer - 1] : null;
  if (unit.layer <= step.first) {
    const { outputs } = layer ?? { outputs: step.x };
    return { about: "", tables: [], lines: [outputs.length ? `${nameIn(scene, unit)} = ${number(outputs[unit.unit])}` : "A true sample is not made: no number stands here."] };
  }
  return { forward, loss, backward, update }[stage.kind](scene, step, layer, unit);
}

const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);

// Of a layer, a row for each unit that is drawn and one for all others together. cells(i): of a unit   others(of): of those
function rowsOf(scene, place, cells, others) {
  const { units, shown } = scene.layers[place];
  const rows = shown.map((i) => [nameIn(scene, { layer: place, unit: i }), ...cells(i)]);
  if (shown.length === units) return rows;
  const rest = Array.from({ length: units }, (_, i) => i).filter((i) => !shown.includes(i));
  return [...rows, [`${rest.length} more`, ...others(rest)]];
}

// What comes into a layer.
const cameTo = (step, place) => (place === 1 ? step.x : step.layers[place - 2].outputs);

function forward(scene, step, layer, { layer: place, unit: j }) {
  const came = cameTo(step, place);
  const product = (i) => came[i] * layer.W[i][j];
  const rows = rowsOf(scene, place - 1, (i) => [came[i], layer.W[i][j], product(i)], (rest) => ["", "", sumOf(rest.map(product))]);
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
  return { about: `The answer beside what ${step.noun === "row" ? "is right" : "this network wants"}, as the loss gets it:`,
    tables: [{ columns: ["of", "answer a", "target y", "a − y"], rows: outputs.map((a, k) => [names[k], a, step.y[k], a - step.y[k]]) }],
    lines: [`ℓ = ${number(step.loss)} for this ${step.noun}, L = ${number(step.batch_loss)} over the batch.`] };
}

function backward(scene, step, layer, { layer: place, unit: j }) {
  if (!layer.dZ) return { tables: [], lines: ["Nothing comes back to it in this turn."] };
  const delta = layer.dZ[j];
  const came = cameTo(step, place);
  const weights = layer.dW && { columns: ["from", "∂ℓ/∂z · input", `${step.together} ∂L/∂w`],
    rows: [...rowsOf(scene, place - 1, (i) => [delta * came[i], layer.dW[i][j]], () => ["", ""]), ["bias", delta, layer.db[j]]] };
  if (place === step.layers.length) {
    const how = step.fused ? `a − y = ${number(layer.outputs[j])} − ${bracketed(step.y[j])} = ` : "";
    return { tables: [null, weights], lines: [`∂ℓ/∂z = ${how}${number(delta)}`] };
  }
  const next = step.layers[place];
  const product = (k) => next.dZ[k] * next.W[j][k];
  const rows = rowsOf(scene, place + 1, (k) => [next.dZ[k], next.W[j][k], product(k)], (rest) => ["", "", sumOf(rest.map(product))]);
  if (scene.layers[place + 1].units === 1) rows[0][0] = scene.layers[place + 1].name;
  const through = step.direct ? `times the slope φ′(z) = ${number(layer.slopes[j])}: ∂ℓ/∂z = ${number(delta)}`
    : `through all that stands between z and a: ∂ℓ/∂z = ${number(delta)}`;
  const missing = layer.dA[j] - sumOf(rows.map((row) => row[3]));
  const around = Math.abs(missing) > 1e-12 * Math.abs(layer.dA[j]) + 1e-15 && !step.direct;
  return { tables: [{ columns: ["to", "∂ℓ/∂z", "× weight", "="], rows: [...rows, ...(around ? [["skip connection", "", "", missing]] : []), ["∂ℓ/∂a", "", "", layer.dA[j]]],
    strong: rows.length + Number(around) }, weights], lines: [through, layer.dW ? "" : STILL] };
}

function update(scene, _step, layer, { layer: place, unit: j }) {
  if (!layer.new_W) return { tables: [], lines: [STILL] };
  const changed = layer.gW.some((row, i) => row[j] !== layer.dW[i][j]) || layer.gb[j] !== layer.db[j];
  const rows = [...rowsOf(scene, place - 1, (i) => [layer.W[i][j], layer.gW[i][j], layer.new_W[i][j] - layer.W[i][j], layer.new_W[i][j]], () => ["", "", "", ""]),
    ["bias", layer.b[j], layer.gb[j], layer.new_b[j] - layer.b[j], layer.new_b[j]]];
  return { tables: [{ columns: ["from", "w", changed ? "changed ∂" : "∂L/∂w", "step", "new w"], rows, bars: false, digits: [3, 4, 3, 3, 4] }],
    lines: [changed ? "“changed ∂” is ∂L/∂w after penalties and clipping." : ""] };
}

// Of a weight, in slow motion: its derivative, and what the step makes of it.
export function stepOf({ layers, together, rows }, from, to) {
  const { W, dW, new_W: next } = layers[to.layer - 1];
  const [i, j] = [from.unit, to.unit];
  if (!next) return "; it stays as it is in this turn";
  const over = together === "both means" ? `the means over ${rows / 2} true and ${rows / 2} made samples, added`
    : `the ${together} over ${rows} ${rows === 1 ? "row" : "rows"}`;
  return `; ∂L/∂w ${number(dW[i][j])}, ${over}; ` +
    `this step changes it by ${number(next[i][j] - W[i][j])}, to ${number(next[i][j], 4)}`;
}

const bracketed = (value) => (value < 0 ? `(${number(value)})` : number(value));
