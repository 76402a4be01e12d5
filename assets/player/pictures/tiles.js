// Small pictures side by side on one canvas, from bytes: 128 is 0, a table gives the colours.

import { el, fit } from "../../shared/dom.js";

const GAP = 4; // CSS pixels between two pictures

const TILE = 56; // CSS pixels of a picture, if there is room for it

// A table of colours for bytes whose full scale is `factor` times that of the colours.
export function scaled(table, factor) {
  if (factor === 1) return table;
  return Uint32Array.from({ length: 256 }, (_, byte) => table[Math.min(255, Math.max(0, Math.round(128 + (byte - 128) * factor)))]);
}

export class Tiles {
  // once there is room: in a row; CSS pixels of a point, and from picture to picture
  columns = 1;
  point = 1;
  stepX = 1;
  stepY = 1;

  // count pictures of height × width points; `across` of them in a row, else as many as fit; a point is at most `most` pixels large
  constructor({ count, height, width, across = 0, most = 16 }) {
    this.count = count;
    this.height = height;
    this.width = width;
    this.across = across;
    this.most = most;
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.small = document.createElement("canvas");
    [this.small.width, this.small.height] = [width, height * count];
    this.brush = this.small.getContext("2d");
    this.image = this.brush.createImageData(width, height * count);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  // Finds places for them in a room so wide.
  lay(room) {
    const { count, height, width, most } = this;
    const least = Math.min(most, TILE / width);
    const columns = this.across || Math.max(1, Math.min(count, Math.floor((room + GAP) / (least * width + GAP))));
    const rows = Math.ceil(count / columns);
    this.columns = this.across || Math.ceil(count / rows); // rows of equal length
    const fitting = Math.min(1, parseFloat(getComputedStyle(this.canvas).getPropertyValue("--fit")) || 1); // to the window
    this.point = Math.max(1, fitting * Math.min(most, Math.floor((room + GAP) / this.columns - GAP) / width));
    [this.stepX, this.stepY] = [this.point * width + GAP, this.point * height + GAP];
    const size = [this.columns * this.stepX - GAP, rows * this.stepY - GAP];
    Object.assign(this.canvas.style, { width: `${size[0]}px`, height: `${size[1]}px` });
    this.context = fit(this.canvas, size[0], size[1]);
    this.context.imageSmoothingEnabled = false;
  }

  // values: bytes, from `first` on, picture after picture, row by row
  paint(values, first, table) {
    const { pixels, count, columns, width, height, point } = this;
    if (!this.context) return;
    for (let i = 0; i < pixels.length; i++) pixels[i] = table[values[first + i]];
    this.brush.putImageData(this.image, 0, 0);
    for (let i = 0; i < count; i++) {
      this.context.drawImage(this.small, 0, i * height, width, height, (i % columns) * this.stepX,
        Math.floor(i / columns) * this.stepY, point * width, point * height);
    }
  }

  // Which picture and which of its points lies under the pointer, and where its number stands; null between them.
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const [column, row] = [Math.floor(x / this.stepX), Math.floor(y / this.stepY)];
    const [across, down] = [x - column * this.stepX, y - row * this.stepY].map((length) => Math.floor(length / this.point));
    const picture = row * this.columns + column;
    if (!(across >= 0 && across < this.width && down >= 0 && down < this.height) || picture >= this.count || column >= this.columns) return null;
    return { picture, row: down, column: across, index: (picture * this.height + down) * this.width + across, x, y };
  }
}
