// The points that can be followed through the network, over what a unit sees; a click chooses the nearest.

import { el } from "../../../shared/dom.js";
import { classColor, fieldColor } from "../../../shared/theme.js";
/** @import { Run, Theme } from "../../types.d.ts" */

export class Followed {
  // yRange: of the picture   follow(point): it is to be followed
  /** @param {Run} run   @param {[number, number]} yRange   @param {(point: number) => void} follow */
  constructor(run, yRange, follow) {
    const { plane, point_answers: answers } = run.scene;
    const { point_places: places, train_target: target } = run.points;
    const curve = plane.kind === "curve";
    const share = (value, [low, high]) => Math.min(1, Math.max(0, (value - low) / (high - low)));
    this.run = run;
    this.spots = answers.map((_, k) => ({ x: share(places[curve ? k : 2 * k], plane.x), y: 1 - (curve ? share(target[k], yRange) : share(places[2 * k + 1], plane.y)) }));
    this.dots = this.spots.map(({ x, y }) => Object.assign(el("i"), { style: `left: ${100 * x}%; top: ${100 * y}%` }));
    this.node = el("div", { class: "followed", hidden: true, title: "Click a point to follow it through the network", on: { click: (event) => follow(this.#nearest(event)) } }, ...this.dots);
  }

  #nearest({ clientX, clientY }) {
    const { left, top, width, height } = this.node.getBoundingClientRect();
    const far = this.spots.map(({ x, y }) => Math.hypot(left + x * width - clientX, top + y * height - clientY));
    return far.indexOf(Math.min(...far));
  }

  /** @param {Theme} theme */
  dress(theme) {
    const { scene, points } = this.run;
    this.dots.forEach((dot, k) => {
      const value = points.train_target[k];
      dot.style.background = scene.field ? fieldColor(theme, value, scene.field) : classColor(scene, theme, value);
    });
  }

  // point: the one that is followed; shown: whether a unit is looked at
  draw(point, shown) {
    this.node.hidden = !shown;
    if (shown) this.dots.forEach((dot, k) => dot.toggleAttribute("data-here", k === point));
  }
}
