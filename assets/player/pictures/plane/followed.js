// The training points over what a unit sees: a click chooses the nearest to be followed through the network.

import { density, el, fit } from "../../../shared/dom.js";
import { classColor, fieldColor } from "../../../shared/theme.js";
/** @import { Run, Theme } from "../../types.d.ts" */

const MANY = 400; // points beyond which they are drawn smaller

export class Followed {
  drawn = ""; // at which size

  // yRange: of the picture   follow(point): it is to be followed
  /** @param {Run} run   @param {[number, number]} yRange   @param {(point: number) => void} follow */
  constructor(run, yRange, follow) {
    const { plane } = run.scene;
    const { train_points: places, train_target: target } = run.points;
    const curve = plane.kind === "curve";
    const share = (value, [low, high]) => Math.min(1, Math.max(0, (value - low) / (high - low)));
    this.run = run;
    this.spots = Array.from(target, (value, k) => ({ x: share(places[curve ? k : 2 * k], plane.x), y: 1 - (curve ? share(value, yRange) : share(places[2 * k + 1], plane.y)) }));
    this.canvas = el("canvas");
    this.here = el("i", { "data-here": true });
    this.node = el("div", { class: "followed", hidden: true, title: "Click a point to follow it through the network", on: { click: (event) => follow(this.#nearest(event)) } }, this.canvas, this.here);
  }

  #nearest({ clientX, clientY }) {
    const { left, top, width, height } = this.node.getBoundingClientRect();
    const far = this.spots.map(({ x, y }) => Math.hypot(left + x * width - clientX, top + y * height - clientY));
    return far.indexOf(Math.min(...far));
  }

  /** @param {Theme} theme */
  dress(theme) {
    const { scene, points } = this.run;
    this.colors = Array.from(points.train_target, (value) => (scene.field ? fieldColor(theme, value, scene.field) : classColor(scene, theme, value)));
    this.rim = theme.rim;
    this.drawn = "";
  }

  // point: the one that is followed; shown: whether a unit is looked at
  draw(point, shown) {
    this.node.hidden = !shown;
    if (!shown) return;
    this.#dots();
    const spot = this.spots[point];
    this.here.hidden = !spot;
    if (!spot) return;
    Object.assign(this.here.style, { left: `${100 * spot.x}%`, top: `${100 * spot.y}%`, background: this.colors?.[point] });
  }

  #dots() {
    const { clientWidth: width, clientHeight: height } = this.node;
    const size = `${width} ${height} ${density.ratio}`;
    if (this.drawn === size || !width || !this.colors) return;
    this.drawn = size;
    const context = fit(this.canvas, width, height);
    context.clearRect(0, 0, width, height);
    context.strokeStyle = this.rim;
    const radius = this.spots.length > MANY ? 1.7 : 2.6;
    this.spots.forEach(({ x, y }, k) => {
      context.fillStyle = this.colors[k];
      context.beginPath();
      context.arc(x * width, y * height, radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    });
  }
}
