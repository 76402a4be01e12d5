// Where the network's units and edges stand in the drawing, and what lies under a point of it.

const LABEL = 15;
export const MOST_NAMES = 8; // inputs that have their names above them; more stand too close, and have them at the left
const NAMES = 64;

// -> { units: [{ x, y, layer, unit, index }], edges: [{ from, to, …control points }], columns, size }
export function plan(scene, width, height) {
  const shown = scene.shown_layers.map((index) => ({ index, ...scene.layers[index] }));
  const most = Math.max(...shown.map((layer) => layer.shown.length));
  const [top, bottom] = [scene.layers.some(({ network }) => network) ? 1.3 * LABEL : 4, height - 1.6 * LABEL];
  const pitch = Math.min(54, (bottom - top) / most);
  const left = scene.layers[0].shown.length > MOST_NAMES ? NAMES : 0;
  const gapX = (width - left) / shown.length;
  const size = Math.max(8, Math.min(36, pitch - 6, gapX * 0.55));
  const units = [];
  const columns = shown.map((layer, column) => {
    const x = left + gapX * (column + 0.5);
    const first = units.length;
    const apart = namesOf(scene, layer.index) ? Math.max(pitch, Math.min(size + 24, (bottom - top - LABEL) / layer.shown.length)) : pitch;
    layer.shown.forEach((unit, row) => {
      const y = (top + bottom) / 2 + (row - (layer.shown.length - 1) / 2) * apart;
      units.push({ x, y, layer: layer.index, unit, index: units.length });
    });
    return { layer, x, members: units.slice(first), last: column === shown.length - 1,
      below: units[units.length - 1].y + size / 2, skipped: column ? layer.index - shown[column - 1].index - 1 : 0 };
  });
  return { units, columns, size, width, height, edges: edges(columns, size) };
}

// Edges join neighbouring layers, from-unit major.
function edges(columns, size) {
  const pairs = columns.slice(1).map((column, i) => [columns[i], column]).filter(([, b]) => b.skipped === 0);
  return pairs.flatMap(([a, b]) => a.members.flatMap((from) => b.members.map((to) => bezier(from, to, size))));
}

function bezier(from, to, size) {
  const [x0, x1] = [from.x + size / 2, to.x - size / 2];
  return { from, to, x0, x1, y0: from.y, y1: to.y, middle: (x0 + x1) / 2 };
}

export function unitAt({ units, size }, x, y) {
  const reach = size / 2 + 2;
  return units.find((unit) => Math.abs(unit.x - x) <= reach && Math.abs(unit.y - y) <= reach) ?? null;
}

// Index of the nearest edge within a few pixels, or -1.
export function edgeAt({ edges }, x, y, reach = 7) {
  let [nearest, distance] = [-1, reach];
  edges.forEach((edge, i) => {
    if (x < edge.x0 || x > edge.x1) return;
    // x(t) of the curve is monotonous: a few halvings find t, then y(t) is compared.
    let [low, high] = [0, 1];
    for (let k = 0; k < 8; k++) {
      const t = (low + high) / 2;
      const at = edge.x0 * (1 - t) ** 3 + 3 * edge.middle * t * (1 - t) + edge.x1 * t ** 3;
      if (at < x) low = t;
      else high = t;
    }
    const t = (low + high) / 2;
    const gap = Math.abs(edge.y0 + (edge.y1 - edge.y0) * t * t * (3 - 2 * t) - y);
    if (gap < distance) [nearest, distance] = [i, gap];
  });
  return nearest;
}

// What the units of a layer are called, where they have names.
export const namesOf = ({ inputs, layers }, layer) => layers[layer].names ?? (layer ? null : inputs);

export function unitName(scene, { layer, unit }) {
  const { name, units, names, network } = scene.layers[layer];
  if (layer === 0) return names ? names[unit] : `input ${scene.inputs[unit]}`;
  if (names) return `${name}, ${names[unit]}`;
  const whose = network ? `${network}, ${name}` : name;
  if (layer < scene.layers.length - 1) return `${whose}, unit ${unit + 1}`;
  return units > 1 && scene.classes?.length === units ? `${whose} for ${scene.classes[unit]}` : whose;
}

// As a unit is called in a list of a layer's inputs: x₁, unit 3.
export function nameIn(scene, { layer, unit }) {
  return namesOf(scene, layer)?.[unit] ?? `unit ${unit + 1}`;
}
