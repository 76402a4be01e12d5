// What moves with a dragged thing: rules that came as data (FollowingLine and FollowingPoints of ui/figure/parts.py), worked out here.

const one = (factor, values) => (typeof factor === "string" ? values[factor] : factor);

// A number, a dragged value by its name, or a sum of products of both.
export const amount = (said, values) =>
  Array.isArray(said) ? said.reduce((sum, product) => sum + product.reduce((all, factor) => all * one(factor, values), 1), 0) : one(said, values);

// Two ends of a·x + b·y + c = 0, at the borders that it crosses least steeply. Null: there is no such line.
export function ends(a, b, c, [left, right], [low, high]) {
  if (a === 0 && b === 0) return null;
  if (Math.abs(b) * Math.abs(high - low) >= Math.abs(a) * Math.abs(right - left)) {
    return { x: [left, right], y: [left, right].map((x) => -(a * x + c) / b) };
  }
  return { x: [low, high].map((y) => -(b * y + c) / a), y: [low, high] };
}

// The places of a rule's target. `ranges(name)` gives the ranges of its axes.
export function places(rule, values, ranges) {
  if (!("a" in rule)) return { x: rule.x.map((said) => amount(said, values)), y: rule.y.map((said) => amount(said, values)) };
  return ends(...["a", "b", "c"].map((name) => amount(rule[name], values)), ...ranges(rule.target)) ?? { x: [], y: [] };
}
