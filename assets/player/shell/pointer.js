// A ring around a part of the pictures, for whoever is told of it.

import { el } from "../../shared/dom.js";
import { calm } from "../../shared/motion.js";
/** @import { Moment, Run } from "../types.d.ts" */

const AROUND = 5; // px
const IN_SIGHT = ["play", "epoch"]; // of the timeline, which stays where the page is scrolled to
const SMALL = 26; // px, a ring around a place without a size

export class Pointer {
  /** @param {HTMLElement} root   @param {(name: string) => any} picture */
  constructor(root, picture) {
    this.root = root;
    this.picture = picture;
    this.node = el("div", { class: "pointer", "aria-hidden": "true", hidden: true });
  }

  // Which weight is pointed at: of those drawn the one that has changed most since the start.
  /** @param {Run} run   @param {Moment["shown"][0]["frame"]} frame */
  weight(run, frame) {
    const [before, now] = [run.frames[0].weights ?? [], frame.weights ?? []];
    let most = 0;
    for (let i = 1; i < now.length; i++) if (Math.abs(now[i] - before[i]) > Math.abs(now[most] - before[most])) most = i;
    return most;
  }

  // part: of the player, by name; seen: whether it is brought into sight
  /** @param {string} part   @param {Moment} moment   @param {boolean} seen */
  at(part, moment, seen) {
    const box = this[`_${part}`]?.(moment.shown[0]);
    this.node.hidden = !box;
    if (!box) return;
    const home = this.root.getBoundingClientRect();
    const { left, top, width, height } = box;
    Object.assign(this.node.style, { left: `${left - home.left - this.root.clientLeft - AROUND}px`, top: `${top - home.top - this.root.clientTop - AROUND}px`,
      width: `${width + 2 * AROUND}px`, height: `${height + 2 * AROUND}px` });
    if (seen && !IN_SIGHT.includes(part)) this.node.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }

  #box(selector) {
    return this.root.querySelector(selector)?.getBoundingClientRect();
  }

  _play() {
    return this.#box(".timeline .play");
  }

  _epoch() {
    return this.#box(".timeline .count");
  }

  _loss() {
    return this.#box(".loss .chart");
  }

  // Of the training points the one nearest the middle of the picture.
  _point({ run: { scene: { plane }, points } }) {
    const box = this.#box(".boundary .picture");
    if (!box || !plane) return null;
    const share = (value, [low, high]) => (value - low) / (high - low);
    const places = Array.from(points.train_target, (_, i) => [share(points.train_points[2 * i], plane.x), share(points.train_points[2 * i + 1], plane.y)]);
    const [[x, y]] = places.sort((a, b) => Math.hypot(a[0] - 0.5, a[1] - 0.5) - Math.hypot(b[0] - 0.5, b[1] - 0.5));
    return around(box.left + box.width * x, box.bottom - box.height * y);
  }

  // The first unit of the first hidden layer.
  _unit({ run }) {
    const { children } = this.root.querySelector(".network .units") ?? {};
    return children?.[run.scene.layers[0].shown.length]?.getBoundingClientRect();
  }

  // The middle of its line.
  _weight({ run, frame }) {
    const [box, edge] = [this.#box(".network .net"), this.picture("network")?.plan?.edges[this.weight(run, frame)]];
    return box && edge && around(box.left + (edge.x0 + edge.x1) / 2, box.top + (edge.y0 + edge.y1) / 2);
  }
}

const around = (x, y) => ({ left: x - SMALL / 2, top: y - SMALL / 2, width: SMALL, height: SMALL });
