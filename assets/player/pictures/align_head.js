// What one head looks at, as cells: a row for each token that is written, a column for each that it may look at.

import { el, fit } from "../../shared/dom.js";
/** @import { Scene } from "../types.d.ts" */

const MOST = 30; // CSS pixels of a cell
const LABEL = 26; // of the tokens' names beside the cells

export class AlignHead {
  cell = 1;
  /** @type {CanvasRenderingContext2D | null} */
  context = null;

  // first: where its weights begin among those of all heads   write: writes one of its looks out
  /** @param {Scene["align_heads"][number]} shape   @param {number} first   @param {() => void} write */
  constructor({ name, layer, head, height, width, writes }, first, write) {
    this.name = name;
    this.layer = layer;
    this.head = head;
    this.height = height;
    this.width = width;
    this.writes = writes;
    this.first = first;
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.button = el("button", { class: "link", type: "button", text: "write out", title: "How this look comes about, number by number", on: { click: write } });
  }

  lay(room) {
    this.cell = Math.max(6, Math.min(MOST, Math.floor((room - LABEL) / this.width)));
    const [width, height] = [LABEL + this.cell * this.width, LABEL + this.cell * this.height];
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.context = fit(this.canvas, width, height);
  }

  // Its own of the weights of all heads.
  row(looks, t) {
    const from = this.first + t * this.width;
    return looks.subarray(from, from + this.width);
  }

  // rows, columns: the tokens; looks: weights of all heads; chosen: the row with a frame
  paint({ rows, columns }, looks, chosen, { ink, accent, font }, gray) {
    const { context, cell, height, width } = this;
    if (!context) return;
    context.clearRect(0, 0, LABEL + cell * width, LABEL + cell * height);
    context.font = `${Math.min(13, cell + 3)}px ${font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = ink;
    if (cell > 8) {
      columns.forEach((name, s) => context.fillText(name, LABEL + (s + 0.5) * cell, LABEL / 2));
      rows.forEach((name, t) => context.fillText(name, LABEL / 2, LABEL + (t + 0.5) * cell));
    }
    for (let t = 0; t < Math.min(height, rows.length); t++) {
      this.row(looks, t).forEach((weight, s) => {
        const color = gray[weight];
        context.fillStyle = `rgb(${color & 255},${(color >> 8) & 255},${(color >> 16) & 255})`;
        context.fillRect(LABEL + s * cell, LABEL + t * cell, cell - 1, cell - 1);
      });
    }
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.strokeRect(LABEL - 1, LABEL + chosen * cell - 1, cell * width + 1, cell + 1);
  }

  // Column and row under the pointer; below 0 on the names.
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top].map((at) => Math.floor((at - LABEL) / this.cell));
  }
}
