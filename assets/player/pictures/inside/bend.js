// An activation as a curve, and where a sum meets it. The axes hold still; a sum beyond them stands at their edge.

import { el } from "../../../shared/dom.js";

const [WIDTH, HEIGHT, ROOM] = [112, 66, 6];
const SVG = "http://www.w3.org/2000/svg";

const svg = (tag, attributes) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
};

export class Bend {
  constructor() {
    this.axes = svg("path", { class: "axes" });
    this.curve = svg("path", { class: "curve" });
    this.lead = svg("path", { class: "lead" });
    this.dot = svg("circle", { r: 4, class: "here" });
    this.picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" });
    this.picture.append(this.axes, this.curve, this.lead, this.dot);
    this.node = el("span", { class: "bend" }, this.picture);
  }

  // values: of the activation, equally spaced over z from −reach to reach
  show(values, reach, z, a) {
    this.node.hidden = !Number.isFinite(values[0]);
    if (this.node.hidden) return;
    if (this.values !== values) this.#lay(values, reach);
    const [x, y] = [this.x(z), this.y(a)];
    this.lead.setAttribute("d", `M${x} ${this.y(0)}V${y}H${this.x(0)}`);
    this.dot.setAttribute("cx", x);
    this.dot.setAttribute("cy", y);
  }

  #lay(values, reach) {
    this.values = values;
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const within = (share) => Math.min(1, Math.max(0, share));
    this.x = (z) => (ROOM + (WIDTH - 2 * ROOM) * within((z + reach) / (2 * reach))).toFixed(1);
    this.y = (a) => (HEIGHT - ROOM - (HEIGHT - 2 * ROOM) * within((a - low) / (high - low || 1))).toFixed(1);
    const at = (i) => this.x(-reach + (2 * reach * i) / (values.length - 1));
    this.curve.setAttribute("d", Array.from(values, (a, i) => `${i ? "L" : "M"}${at(i)} ${this.y(a)}`).join(""));
    this.axes.setAttribute("d", `M${ROOM} ${this.y(0)}H${WIDTH - ROOM}M${this.x(0)} ${ROOM}V${HEIGHT - ROOM}`);
  }
}
