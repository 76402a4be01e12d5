// What is written into the drawn network: names of layers and inputs, and how much has no place.

import { MOST_NAMES, namesOf } from "./network_plan.js";

export function drawLabels(context, plan, scene, theme) {
  const { columns, height, width } = plan;
  const wide = width / columns.length;
  context.fillStyle = theme.muted;
  context.font = `11.5px ${theme.font}`;
  context.textAlign = "center";
  for (const { layer, x, members, below, skipped } of columns) {
    if (layer.index === 0 || (layer.names && members.length <= MOST_NAMES)) drawNames(context, plan, scene, members, x, wide);
    const name = layer.activation && !layer.names && layer.index < scene.layers.length - 1 && wide > 90 ? `${layer.name} · ${layer.activation}` : layer.name;
    context.fillText(name, x, height - 4, wide - 4);
    const more = layer.units - layer.shown.length;
    if (more > 0) context.fillText(`+ ${more} more`, x, Math.min(below + 13, height - 18), wide - 4);
    if (skipped > 0) context.fillText(`${skipped} more`, x - wide / 2, height / 2 - 4), context.fillText(skipped > 1 ? "layers" : "layer", x - wide / 2, height / 2 + 10);
  }
  drawNetworks(context, columns, theme);
}

// Above the layers of each network, where there are several.
function drawNetworks(context, columns, theme) {
  context.font = `600 12px ${theme.font}`;
  context.fillStyle = theme.ink;
  for (const network of new Set(columns.flatMap(({ layer }) => layer.network ?? []))) {
    const places = columns.filter(({ layer }) => layer.network === network).map(({ x }) => x);
    context.fillText(network, (places[0] + places[places.length - 1]) / 2, 12);
  }
}

// Of inputs: above their squares, or left of them when they stand too close.
function drawNames(context, { size }, scene, members, x, wide) {
  const room = members.length <= MOST_NAMES ? wide : x - size / 2 - 8;
  const { layers, short_inputs: shorter } = scene;
  const [{ layer }] = members;
  const names = namesOf(scene, layer);
  const brief = layers[layer].names ? names : shorter ?? names;
  const said = members.every(({ unit }) => fits(names[unit], room)) ? names : brief; // all in one way
  const name = ({ unit }) => short(said[unit], room);
  if (members.length <= MOST_NAMES) return members.forEach((unit) => context.fillText(name(unit), x, unit.y - size / 2 - 4, wide - 4));
  context.textAlign = "right";
  members.forEach((unit) => context.fillText(name(unit), x - size / 2 - 6, unit.y + 4, room));
  context.textAlign = "center";
  return undefined;
}

const letters = (width) => Math.max(4, Math.floor(width / 6));
const fits = (text, width) => text.length <= letters(width);

// The end stays: names in a row often differ there.
function short(text, width) {
  const room = letters(width);
  return fits(text, width) ? text : `${text.slice(0, Math.ceil((room - 1) * 0.6))}…${text.slice(text.length - Math.floor((room - 1) * 0.4))}`;
}
