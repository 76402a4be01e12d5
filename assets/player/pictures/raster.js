// Paints pictures from bytes onto small canvases. Row 0 of the data is the lowest y, row 0 of a canvas the highest.

import { classSoft } from "../../shared/theme.js";

// One canvas, kept with its pixels.
export class Raster {
  constructor(canvas = document.createElement("canvas")) {
    this.canvas = canvas;
  }

  #size(width, height) {
    if (this.canvas.width !== width || this.canvas.height !== height || !this.image) {
      [this.canvas.width, this.canvas.height] = [width, height];
      this.context = this.canvas.getContext("2d");
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
  }

  // Values 0…255 through a table of colours. `count` pictures of G × G stand one below the other.
  field(values, G, table, count = 1) {
    this.#size(G, G * count);
    const { pixels } = this;
    for (let picture = 0; picture < count; picture++) {
      const base = picture * G * G;
      for (let row = 0; row < G; row++) {
        const from = base + row * G, to = base + (G - 1 - row) * G;
        for (let column = 0; column < G; column++) pixels[to + column] = table[values[from + column]];
      }
    }
    this.context.putImageData(this.image, 0, 0);
  }

  // One plane of shares a class: each point gets the classes' colours mixed by their shares.
  classes(planes, C, G, theme) {
    this.#size(G, G);
    const colors = Array.from({ length: C }, (_, c) => classSoft(theme, c));
    const { data } = this.image;
    for (let row = 0; row < G; row++) {
      for (let column = 0; column < G; column++) {
        let [red, green, blue, sum] = [0, 0, 0, 1e-6];
        for (let c = 0; c < C; c++) {
          const share = planes[c * G * G + row * G + column];
          const color = colors[c];
          red += share * color[0];
          green += share * color[1];
          blue += share * color[2];
          sum += share;
        }
        const to = 4 * ((G - 1 - row) * G + column);
        data[to] = red / sum;
        data[to + 1] = green / sum;
        data[to + 2] = blue / sum;
        data[to + 3] = 255;
      }
    }
    this.context.putImageData(this.image, 0, 0);
  }

  // A prediction along one input, as a line in a box of `width` × `height` device pixels.
  curve(values, width, height, [low, high], theme) {
    this.#size(width, height);
    const { context } = this;
    context.clearRect(0, 0, width, height);
    context.beginPath();
    values.forEach((value, i) => {
      const y = height * (1 - (value - low) / (high - low));
      context.lineTo((i / (values.length - 1)) * width, Math.min(Math.max(y, -height), 2 * height));
    });
    context.strokeStyle = theme.accent;
    context.lineWidth = Math.max(3, width / 130);
    context.lineJoin = "round";
    context.stroke();
  }
}
