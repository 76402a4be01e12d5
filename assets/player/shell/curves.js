// The curves of a film as a table: a row for each frame of each run.

/** @import { Run } from "../types.d.ts" */

// A cell that a spreadsheet shows and never calculates.
const cell = (said) => {
  const text = /^\s*[=+\-@|%\t\r]/.test(said) ? `'${said}` : said;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// The columns that a run has, as [heading, frame => number].
/** @param {Run} run */
function columns({ scene, frames }) {
  const named = [...scene.series, ...(scene.score?.series ?? []).map((one) => ({ ...one, name: `${scene.score.name}, ${one.name}` }))];
  const first = frames[0];
  const curves = named.filter(({ column }) => first[column]).flatMap(({ column, name }, i) => {
    const heading = i < scene.series.length ? `${scene.loss}, ${name}` : name;
    return Array.from(first[column], (_, seed) => [first[column].length > 1 ? `${heading}, seed ${seed + 1}` : heading, (frame) => frame[column]?.[seed]]);
  });
  const layers = scene.weight_layers.length;
  const gradients = first.gradient?.length === layers
    ? scene.weight_layers.map((layer, i) => [`log10 RMS of the gradient, ${layer}`, (frame) => frame.gradient?.[i]]) : [];
  return [...curves, ...gradients];
}

/** @param {Run[]} runs */
export function table(runs) {
  const each = runs.map((run) => ({ run, found: columns(run) }));
  const headings = [...new Set(each.flatMap(({ found }) => found.map(([heading]) => String(heading))))];
  const rows = each.flatMap(({ run, found }) => {
    /** @type {Record<string, any>} */
    const by = Object.fromEntries(found);
    return run.frames.map((frame) => [cell(run.scene.name), frame.step, frame.epoch,
      ...headings.map((/** @type {string} */ heading) => { const value = by[heading]?.(frame); return Number.isFinite(value) ? value : ""; })].join(","));
  });
  return [["network", "step", "epoch", ...headings].map(cell).join(","), ...rows].join("\r\n");
}
