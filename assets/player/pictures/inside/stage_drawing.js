// A stage of a step, drawn on the network: numbers in the units that have one by then, and the weights that are at work.

import { largestOf, strokeEdges } from "../edges.js";
import { number } from "../../../shared/spelling.js";

const LEAST = 20; // pixels of a square that has room for a number

export function drawStage(context, plan, theme, step, { kind, layer }) {
  const groups = layersOf(plan.edges);
  groups.forEach((edges, place) => {
    const { W, new_W: next, dW = W } = step.layers[place - 1];
    const active = kind === "update" ? Boolean(next) : kind !== "loss" && place === layer && place > step.first;
    const shown = kind === "backward" && place >= layer ? dW : W;
    const values = edges.map(({ from: { unit: i }, to: { unit: j } }) => (kind === "update" && next ? next[i][j] - W[i][j] : shown[i][j]));
    context.save();
    if (!active) context.globalAlpha = 0.25;
    strokeEdges(context, edges, values, theme, { largest: largestOf(values), tint: active ? (kind === "forward" ? null : theme.accent) : theme.line, faint: active ? 0.3 : 0.6 });
    context.restore();
  });
  for (const unit of plan.units) square(context, plan, theme, unit, shownAt(step, kind, layer, unit), isActive(kind, layer, unit));
}

// By the layer that they lead to.
function layersOf(edges) {
  const groups = new Map();
  for (const edge of edges) groups.set(edge.to.layer, [...(groups.get(edge.to.layer) ?? []), edge]);
  return groups;
}

const isActive = (kind, layer, unit) => kind !== "update" && unit.layer === layer;

// -> { value, back }: its answer, or on the way back ∂ℓ/∂z; null where nothing is known yet, or never will be.
function shownAt(step, kind, layer, unit) {
  const { outputs, dZ } = unit.layer ? step.layers[unit.layer - 1] : { outputs: step.x, dZ: undefined };
  if (kind === "forward" && unit.layer > layer) return null;
  if (dZ && (kind === "update" || (kind === "backward" && unit.layer >= layer))) return { value: dZ[unit.unit], back: true };
  return outputs.length ? { value: outputs[unit.unit] } : null;
}

function square(context, { size }, theme, { x, y }, shown, active) {
  const half = size / 2;
  context.beginPath();
  context.roundRect(x - half, y - half, size, size, Math.min(7, size / 4));
  context.fillStyle = theme.ground;
  context.fill();
  context.strokeStyle = active ? theme.accent : theme.line;
  context.lineWidth = active ? 2.5 : 1.5;
  context.stroke();
  if (!shown || size < LEAST) return;
  context.fillStyle = shown.back ? theme.token("accent-text") : theme.ink;
  context.font = `${size < 30 ? 9.5 : 11}px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(number(shown.value, 2), x, y, size - 3);
  context.textBaseline = "alphabetic";
}
