// Where what can be dragged is: in the figure's data, and in pixels.

import { escaped } from "../shared/plotly.js";

const axisOf = (gd, ref, letter) => gd._fullLayout[(ref ?? letter).replace(letter, `${letter}axis`)];

const found = (shapes, name) => (shapes ?? []).find((shape) => shape.name === name);
const traceOf = (data, name) => data.find((trace) => trace.name === escaped(name)); // drawn data have safe names

// The axes of the trace or shape of a name.
export function axesOf(gd, data, layout, name) {
  const of = traceOf(data, name) ?? found(layout.shapes, name);
  return { x: axisOf(gd, of.xaxis ?? of.xref, "x"), y: axisOf(gd, of.yaxis ?? of.yref, "y") };
}

// Where a handle's point or shape stands in a figure.
export function standing(data, layout, { name, point }) {
  if (point !== null) {
    const trace = traceOf(data, name);
    return { x: trace.x[point], y: trace.y[point] };
  }
  const shape = found(layout.shapes, name);
  return { x: shape.x0, y: shape.y0 };
}

// Puts it there.
export function move(data, layout, spec, place) {
  const at = standing(data, layout, spec);
  const to = { x: place.x ?? at.x, y: place.y ?? at.y };
  if (spec.point === null) {
    const { x0, x1, y0, y1 } = found(layout.shapes, spec.name);
    put(data, layout, spec.name, { x: [to.x, x1 + to.x - x0], y: [to.y, y1 + to.y - y0] });
  } else {
    const trace = traceOf(data, spec.name);
    put(data, layout, spec.name, { x: trace.x.with(spec.point, to.x), y: trace.y.with(spec.point, to.y) });
  }
}

// Another trace with other lists: the page's own stays as it came, and Plotly compares lists by identity.
export function put(data, layout, name, { x, y }) {
  const index = data.indexOf(traceOf(data, name));
  if (index >= 0) data[index] = { ...data[index], x, y };
  else Object.assign(found(layout.shapes, name), { x0: x[0], x1: x[1], y0: y[0], y1: y[1], visible: x.length > 0 });
}

// The pixels that a handle covers.
export function pixels(gd, data, layout, { name, point }) {
  if (point === null) return span(gd, found(layout.shapes, name));
  const trace = traceOf(data, name);
  const { x, y } = axesOf(gd, data, layout, name);
  const size = [trace.marker?.size].flat();
  return { x: x._offset + x.d2p(trace.x[point]), y: y._offset + y.d2p(trace.y[point]), width: (size[point] ?? size[0] ?? 8) + 12, round: true };
}

// Of a line its length and angle, of others their box.
function span(gd, shape) {
  const { w, h, l, t } = gd._fullLayout._size;
  const across = (value) => pixel(axisOf(gd, (shape.xref ?? "x").split(" ")[0], "x"), shape.xref, value, (share) => l + share * w, (_, share) => share);
  const down = (value) => pixel(axisOf(gd, (shape.yref ?? "y").split(" ")[0], "y"), shape.yref, value, (share) => t + (1 - share) * h, (_, share) => 1 - share);
  const [x0, x1, y0, y1] = [across(shape.x0), across(shape.x1), down(shape.y0), down(shape.y1)];
  const middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
  if (shape.type !== "line") return { ...middle, width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
  return { ...middle, width: Math.hypot(x1 - x0, y1 - y0), height: 20, angle: Math.atan2(y1 - y0, x1 - x0) };
}

function pixel(axis, ref, value, onPaper, inDomain) {
  if (ref === "paper") return onPaper(value);
  return axis._offset + (ref?.endsWith("domain") ? inDomain(axis, value) * axis._length : axis.d2p(value));
}

// Lays a button over its pixels, large enough for a finger.
export function cover(button, { x, y, width, height = width, angle = 0, round = false }) {
  const [w, h] = [Math.max(28, width), Math.max(round ? 28 : 20, height)];
  Object.assign(button.style, { width: `${w}px`, height: `${h}px`, borderRadius: round ? "50%" : "8px",
    transform: `translate(${x - w / 2}px, ${y - h / 2}px) rotate(${angle}rad)` });
}
