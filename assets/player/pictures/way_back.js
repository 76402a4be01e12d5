// The gradient's way back through one run's layers, as numbers and in words.

import { none, share, size } from "../film/logs.js";

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

// The way back of the first seed, in logs: a step a hidden layer, then what the layers' inputs add to the ratio of RMS ∂L/∂W.
// `gone` is the first step that leaves nothing.
export function wayBack({ scene }, frame) {
  const { seeds: S, activations, networks: [{ layers: L }] } = scene;
  const steps = [];
  let [product, slopes, bound] = [0, 0, 0];
  for (let layer = activations.length - 1; layer >= 0; layer--) {
    const [weights, slope, from] = [frame.by_weights[layer * S], frame.by_slope[layer * S], product];
    product = from + weights + slope;
    slopes += slope;
    bound += Math.log10(scene.steepest[layer]);
    const expected = scene.skip ? NaN : from + Math.log10(scene.expected_by_weights[layer + 1]); // a way around has none
    steps.push({ layer, name: activations[layer].layer, weights, slope, from, middle: from + weights, to: product, slopes, bound, expected });
  }
  const ratio = frame.gradient ? frame.gradient[0] - frame.gradient[(L - 1) * S] : NaN;
  const output = frame.gradient ? frame.gradient[(L - 1) * S] : NaN;
  return { steps, product, inputs: ratio - product, ratio, output, gone: steps.find((step) => none(step.to)) };
}

// A factor in few characters.
export const factor = (log) => (log > -2 && log < 3 ? (10 ** log).toPrecision(log < 0 ? 2 : 3) : size(log));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// In one sentence what the way back does: geometric means, and what is left for layer 1's units and for its weights.
export function sentence({ steps, product, ratio, output, gone }, { batch_norm: normed }) {
  const counted = steps.filter((step) => Number.isFinite(step.weights) && Number.isFinite(step.slope));
  const [weights, slopes] = ["weights", "slope"].map((name) => factor(mean(counted.map((step) => step[name]))));
  const count = COUNTS[steps.length] ?? steps.length;
  const end = gone ? `nothing is left from ${gone.name} on` : `${count} layers make ${factor(product)}${ofWeights(ratio, output)}`;
  if (!counted.length) return `${end.charAt(0).toUpperCase()}${end.slice(1)}.`;
  const two = `by about ${weights} and the ${normed ? "slopes and batch norm" : "slopes"} by about ${slopes}`;
  if (steps.length === 1) return `One hidden layer, so nothing multiplies up: its weights multiply ${two}.`;
  if (normed) return `A layer's weights multiply ${two.replaceAll("about ", "")}; ${end}.`; // a longer name: shorter elsewhere
  return `Layer by layer the weights multiply ${two}; ${end}.`;
}

const ODD = 4; // log10: an output layer's gradient so far from 1 makes shares of it say little

function ofWeights(ratio, output) {
  if (!Number.isFinite(ratio)) return "";
  if (Math.abs(output) > ODD && Math.abs(ratio) < 1) return `, and layer 1's gradient is ${size(ratio + output)}, the output layer's ${size(output)}`;
  const { text, of } = share(ratio);
  return `, with the inputs' sizes ${text}${of} the output layer's gradient`;
}

export const stepWords = ({ name, weights, slope, to }) =>
  `${name}: weights × ${factor(weights)}, slope × ${factor(slope)}, leaves ${size(to)}`;
