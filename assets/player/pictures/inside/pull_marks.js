// Who pulls, on the drawn network: what a click means, and the weight or unit that is pulled at.

import { strokeEdge } from "../edges.js";
import { edgeAt } from "../network_plan.js";
/** @import { Target } from "../../types.d.ts" */

const CLICK = 10; // px beside a weight that still mean it

// The weight under a click on the drawing, if there is one: its layer, and the units it joins.
/** @type {(plan: any, stage: HTMLElement, event: MouseEvent) => number[] | null} */
export function weightAt(plan, stage, { clientX, clientY }) {
  const { left, top } = stage.getBoundingClientRect();
  const edge = plan.edges[edgeAt(plan, clientX - left, clientY - top, CLICK)];
  return edge ? [edge.to.layer, edge.from.unit, edge.to.unit] : null;
}

// The unit that is pulled at, as the drawing has it; none for other targets.
/** @type {(plan: any, target: Target) => any} */
export function pulledUnit(plan, { kind, at: [layer, unit] }) {
  return kind === "unit" ? plan.units.find((one) => one.layer === layer && one.unit === unit) : null;
}

/** @type {(context: CanvasRenderingContext2D, plan: any, theme: any, target: Target) => void} */
export function markWeight(context, plan, theme, { kind, at: [layer, source, unit] }) {
  const edge = kind === "weight" && plan.edges.find(({ from, to }) => to.layer === layer && from.unit === source && to.unit === unit);
  if (edge) for (const [color, width] of [[theme.ground, 9], [theme.accent, 5]]) strokeEdge(context, edge, color, width);
}
