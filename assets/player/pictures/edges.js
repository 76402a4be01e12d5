// The weights of a drawn network as lines, by sign and size. In few strokes: one for every line would cost several times as much.

const WIDTHS = 7; // groups a sign

// largest: the value of the thickest line   tint: one colour for all, instead of one a sign
export function strokeEdges(context, edges, values, theme, { largest, tint = null, faint = 0.22 }) {
  const groups = new Array(2 * WIDTHS + 1).fill(null); // negative, positive, exactly zero
  for (let i = 0; i < edges.length; i++) {
    const value = values[i];
    const level = Math.min(WIDTHS - 1, Math.floor((WIDTHS * Math.abs(value)) / largest));
    const path = (groups[value === 0 ? 2 * WIDTHS : level + (value > 0 ? WIDTHS : 0)] ??= new Path2D());
    const { x0, y0, x1, y1, middle } = edges[i];
    path.moveTo(x0, y0);
    path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
  }
  groups.forEach((path, group) => {
    if (!path) return;
    const level = (group % WIDTHS) / (WIDTHS - 1);
    context.strokeStyle = group === 2 * WIDTHS ? theme.muted : tint ?? (group < WIDTHS ? theme.negative : theme.positive);
    context.globalAlpha = faint + (0.82 - faint) * level;
    context.lineWidth = 0.7 + 3.3 * level;
    context.stroke(path);
  });
  context.globalAlpha = 1;
}

// One weight, over all the others.
export function strokeEdge(context, { x0, y0, x1, y1, middle }, color, width) {
  Object.assign(context, { strokeStyle: color, lineWidth: width });
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
  context.stroke();
}

// The size that gets the thickest line; weights below 1 stay thin.
export function largestOf(values, least = 0) {
  let largest = least;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest || 1;
}
