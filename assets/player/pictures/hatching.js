// Diagonal lines: "there is nothing here", in no colour that means something.

import { css, rgb } from "../../shared/theme.js";

export function hatching(theme, ground = theme.panel, line = theme.muted) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const context = tile.getContext("2d");
  context.fillStyle = css(rgb(ground));
  context.fillRect(0, 0, 6, 6);
  context.strokeStyle = css(rgb(line));
  context.lineWidth = 1;
  context.beginPath();
  for (const shift of [-6, 0, 6]) {
    context.moveTo(shift, 6);
    context.lineTo(shift + 6, 0);
  }
  context.stroke();
  return tile;
}
