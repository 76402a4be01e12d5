// The board: every picture there is, and those of them that are shown.

import { el } from "../../shared/dom.js";
import { Boundary } from "../pictures/boundary.js";
import { Choice } from "../pictures/choice.js";
import { Gradient } from "../pictures/gradient.js";
import { Loss } from "../pictures/loss.js";
import { LayerMap } from "../pictures/map.js";
import { Network } from "../pictures/network.js";
import { Slope } from "../pictures/slope.js";
import { Waterfall } from "../pictures/waterfall.js";

/** @import { Run, View } from "../types.d.ts" */

export class Board {
  /** @type {View[]} */
  shown = [];

  // What a visitor does in the pictures: choose(unit), back() from it, select(run), learn(points), seek(time); redraw() draws again.
  constructor({ choose, back, select, learn, seek, redraw }) {
    const lab = { choice: new Choice(), choose: redraw };
    this.network = new Network({ choose, select });
    this.boundary = new Boundary({ learn, back });
    /** @type {Record<string, View>} */
    this.pictures = {
      network: this.network, boundary: this.boundary, gradient: new Gradient(), loss: new Loss(),
      waterfall: new Waterfall(lab), slope: new Slope(lab), map: new LayerMap({ seek }),
    };
    this.node = el("div", { class: "board" });
  }

  // Shows those of `names` that can show these runs. Put in anew only when they are others: that would end a stroke.
  /** @param {string[]} names   @param {Run[]} runs */
  put(names, runs) {
    const fitting = names.filter((name) => this.pictures[name] && (this.pictures[name].fits?.(runs) ?? true));
    this.shown = fitting.map((name) => this.pictures[name]);
    const nodes = this.shown.map((picture) => picture.node);
    const { children, dataset } = this.node;
    if (nodes.length !== children.length || nodes.some((node, i) => node !== children[i])) this.node.replaceChildren(...nodes);
    [dataset.runs, dataset.pictures] = [runs.length, fitting.join(" ")];
  }

  // Whether it has another size than when this was last asked.
  resized() {
    const size = `${this.node.clientWidth} ${this.node.clientHeight}`;
    if (!this.node.clientWidth || this.size === size) return false;
    this.size = size;
    return true;
  }

  remove() {
    for (const picture of Object.values(this.pictures)) picture.remove?.();
  }
}
