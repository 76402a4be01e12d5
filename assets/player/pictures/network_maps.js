// The units of the drawn network as squares, each a small map of what the unit sees.

import { hatching } from "./hatching.js";
import { Raster } from "./raster.js";

export class UnitMaps {
  constructor() {
    this.raster = new Raster();
  }

  retheme(theme) {
    this.theme = theme;
    this.hatch = hatching(theme);
  }

  lay(plan) {
    this.plan = plan;
    const { units, size } = plan;
    this.tiles = new Path2D();
    for (const { x, y } of units) this.tiles.roundRect(x - size / 2, y - size / 2, size, size, Math.min(7, size / 4));
  }

  // maps: bytes of every unit, side × side each; undefined: empty squares
  draw(context, maps, side) {
    const { theme } = this;
    context.save();
    context.clip(this.tiles);
    if (maps) this.#fill(context, maps, side);
    context.restore();
    context.strokeStyle = theme.line;
    context.lineWidth = 1.5;
    context.stroke(this.tiles);
  }

  #fill(context, maps, side) {
    const { units, size } = this.plan;
    const half = size / 2;
    this.raster.field(maps, side, this.theme.units, units.length);
    for (const { x, y, index, layer } of units) {
      if (layer > 0 && silent(maps, index, side * side)) {
        context.fillStyle = context.createPattern(this.hatch, "repeat");
        context.fillRect(x - half, y - half, size, size);
      } else context.drawImage(this.raster.canvas, 0, index * side, side, side, x - half, y - half, size, size);
    }
  }

  // The unit that is looked at.
  mark(context, chosen) {
    const { units, size } = this.plan;
    if (!chosen || !units[chosen.index]) return;
    const { x, y } = units[chosen.index];
    const half = size / 2;
    context.strokeStyle = this.theme.accent;
    context.lineWidth = 3;
    context.beginPath();
    context.roundRect(x - half - 2, y - half - 2, size + 4, size + 4, 8);
    context.stroke();
  }
}

// A unit that sits exactly at its centre everywhere: off, or never started.
export function silent(maps, index, size) {
  for (let i = index * size; i < (index + 1) * size; i++) if (maps[i] !== 128) return false;
  return true;
}
