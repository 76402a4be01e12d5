// What Plotly draws: the page's figure in our colours and manners, with a film's frame in it.

import { axis, escaped, layout as base, margin } from "../shared/plotly.js";

const TOKEN = /^var\(--([a-z0-9-]+)\)$/;
const TEXTS = ["name", "text", "hovertext", "labels", "customdata", "x", "y", "z"]; // of traces: may be a visitor's
const COLORS = ["accent", "second", "first", "third", "fourth", "positive", "negative"];

let able;
export function webgl() {
  able ??= Boolean(document.createElement("canvas").getContext("webgl"));
  return able;
}

const plain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const numbers = (list) => list.every((entry) => typeof entry === "number" || entry === null);

// The same value with `change` done to every text in it. Lists of numbers stay the same list: Plotly compares them by identity.
function texts(value, change) {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return numbers(value) ? value : value.map((entry) => texts(entry, change));
  return plain(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, texts(entry, change)])) : value;
}

const coloured = (value, theme) => texts(value, (text) => (TOKEN.test(text) ? theme.token(TOKEN.exec(text)[1]) : text));

const safe = (trace) => Object.fromEntries(Object.entries(trace).map(([key, value]) =>
  [key, TEXTS.includes(key) ? texts(value, escaped) : value]));

// `over` wins; both stay as they are.
function merged(under, over) {
  if (!plain(under) || !plain(over)) return over === undefined ? under : over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(under[key], over[key])]));
}

const dressed = (trace, theme) => coloured(safe(trace), theme);

// Without WebGL: what stands in space is seen from above.
function flat(trace) {
  const first = (list, pick) => (Array.isArray(list?.[0]) ? pick(list) : list);
  const seen = { scatter3d: "scatter", mesh3d: "scatter", surface: "contour" }[trace.type];
  if (!seen) return trace;
  const { scene: _scene, lighting: _lighting, contours: _contours, ...rest } = trace;
  if (seen === "scatter") return { ...rest, z: undefined, type: seen };
  return { ...rest, type: seen, x: first(rest.x, (rows) => rows[0]), y: first(rest.y, (rows) => rows.map((row) => row[0])) };
}

const own = (named, name) => (named && Object.hasOwn(named, name) ? named[name] : undefined);

// A frame may say how far a line has come: its first `upto` points.
function grown({ upto, ...trace }) {
  if (upto === undefined) return trace;
  return { ...trace, ...Object.fromEntries(["x", "y", "z"].filter((axis) => trace[axis]).map((axis) => [axis, trace[axis].slice(0, upto)])) };
}

// Frames say only what is new: a surface keeps its type, and so does what stands for it.
export function compose(message, theme, frame, space) {
  const view = space ? (trace) => trace : flat;
  // Each trace of each frame is one object, always the same: Plotly keeps in it what it worked out.
  message.ready ??= message.data.map(() => new Map());
  const data = message.data.map((trace, i) => {
    const [ready, news] = [message.ready[i], own(frame?.traces, trace.name)];
    if (!ready.has(news)) ready.set(news, dressed(view(grown(merged(trace, news))), theme));
    return ready.get(news);
  });
  const { scene, ...told } = coloured(structuredClone(message.layout), theme);
  const shapes = (told.shapes ?? []).map((shape) => merged(shape, coloured(own(frame?.shapes, shape.name) ?? {}, theme)));
  const seen = !scene ? {} : space ? { scene } : { xaxis: sides(scene.xaxis), yaxis: sides(scene.yaxis) };
  const layout = { ...seen, ...told, shapes, template: (theme.template ??= manners(theme)), height: message.height };
  return { data, layout: { ...layout, margin: merged(room(layout, theme, space && message.solid), told.margin) } };
}

// Around the plots: as much as there are titles. Worked out here, as Plotly's own way draws everything twice.
function room(layout, theme, bare) {
  const titled = (letter) => Object.keys(layout).some((key) => key.startsWith(`${letter}axis`) && layout[key]?.title?.text);
  const t = layout.title?.text ? 36 : 12;
  return bare ? { l: 0, r: 0, t: layout.title?.text ? t : 0, b: 0 } : margin(theme, { l: titled("y") ? 60 : 42, r: 14, t, b: titled("x") ? 46 : 28 });
}

// Plotly forgets the ranges it fitted when it is given a layout without them. Held: what is dragged must not make them run away.
export function keepRanges(layout, { _fullLayout: drawn = {} }, held) {
  for (const [key, axis] of Object.entries(drawn)) {
    if (!/^[xy]axis\d*$/.test(key) || layout[key]?.range || !(held || axis.autorange === true)) continue;
    layout[key] = { ...layout[key], range: [...axis.range], autorange: !held };
  }
}

// What of an axis in space an axis in the plane can have.
const sides = (axis) => Object.fromEntries(["title", "range", "tickvals", "ticktext"].filter((key) => axis?.[key]).map((key) => [key, axis[key]]));

// Our colours and manners, as what holds where a figure says nothing else.
function manners(theme) {
  const size = theme.text;
  const line = axis(theme, { title: { standoff: 8, font: { size: size + 1, color: theme.muted } } });
  const edge = { color: theme.muted, gridcolor: theme.line, zerolinecolor: theme.line, showbackground: false };
  const sequential = [[0, theme.token("pale")], [1, theme.accent]];
  const diverging = [[0, theme.negative], [0.5, theme.neutral], [1, theme.positive]];
  const heights = { colorscale: sequential, colorbar: { thickness: 10, outlinewidth: 0 } };
  return {
    data: Object.fromEntries(["surface", "contour", "heatmap"].map((type) => [type, [{ type, ...heights }]])),
    layout: {
      ...base(theme),
      xaxis: line, yaxis: line,
      scene: { dragmode: "turntable", aspectmode: "cube", xaxis: edge, yaxis: edge, zaxis: edge },
      title: { font: { size: size + 3, color: theme.ink }, x: 0, xref: "paper", xanchor: "left" },
      legend: { font: { size: size + 0.5, color: theme.ink }, bgcolor: "rgba(0,0,0,0)" },
      shapedefaults: { line: { color: theme.ink } },
      annotationdefaults: { font: { size: size + 1, color: theme.ink }, arrowcolor: theme.muted },
      colorway: COLORS.map(theme.token),
      colorscale: { sequential, diverging },
      hovermode: "closest",
      uirevision: "kept", // a turned scene stays turned
    },
  };
}
