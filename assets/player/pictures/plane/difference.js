// One larger panel: what run B decides minus what run A decides, with the points on it, and in words how far they agree.

import { number } from "../../../shared/spelling.js";
import { el, say } from "../../../shared/dom.js";
import { Panel } from "./panel.js";
import { packed, rgb, runColor } from "../../../shared/theme.js";
/** @import { Run } from "../../types.d.ts" */

const like = ({ scene, frames: [frame] }) =>
  JSON.stringify([scene.classes, scene.plane.x, scene.plane.y, scene.field, frame.shapes.boundary]);

// Can these runs be laid over each other?
export const comparable = (runs) => runs.length > 1 && runs.every((run) => run.scene.plane.kind === "map" && like(run) === like(runs[0]));

export class Difference extends Panel {
  /** @param {Run[]} runs */
  constructor(runs) {
    super(runs[0], false);
    this.runs = runs;
    this.pair = [0, runs.length - 1];
    this.dots = this.pair.map(() => el("i", { class: "dot" }));
    const few = runs.length === 2;
    const name = (side) => (few ? el("b", { text: runs[this.pair[side]].scene.name }) : this.#choice(side));
    this.head = el("div", { class: "pair" }, ...[1, 0].flatMap((side) =>
      [el("label", {}, this.dots[side], el("span", { text: `${"AB"[side]} ` }), name(side)), side ? el("span", { text: "−" }) : null]));
    this.told = el("p", { class: "told" });
    this.node.prepend(this.head);
    this.node.append(this.told);
    this.node.classList.add("difference");
  }

  #choice(side) {
    const select = el("select", { "aria-label": `Run ${"AB"[side]}`, on: { change: () => {
      this.pair[side] = select.selectedIndex;
      this.#dots();
      this.drawn = null;
      this.draw(this.shown, this.theme);
    } } }, ...this.runs.map((run) => el("option", { text: run.scene.name })));
    select.selectedIndex = this.pair[side];
    return select;
  }

  dress(theme, shapes) {
    this.#dots(theme);
    return super.dress(theme, shapes);
  }

  #dots(theme = this.theme) {
    this.dots.forEach((dot, side) => { dot.style.background = runColor(this.runs[this.pair[side]], theme, theme.ink); });
  }

  get note() {
    const { field, classes } = this.run.scene;
    if (field) return "orange: B predicts more";
    return classes.length > 2 ? "coloured: other classes" : `orange: more ${classes[1]} in B`;
  }

  draw(shown, theme) {
    this.shown = shown;
    const [a, b] = this.pair.map((place) => shown[place].frame);
    const key = `${this.pair} ${a.step} ${b.step}`;
    if (this.drawn === key) return;
    this.drawn = key;
    const [C, G] = a.shapes.boundary;
    const words = C > 1 ? this.#classes(a.boundary, b.boundary, C, G, theme) : this.#field(a.boundary, b.boundary, G, theme);
    say(this.told, words);
    this.frame.setAttribute("aria-label", `Difference of two decisions, B ${this.runs[this.pair[1]].scene.name} minus ` +
      `A ${this.runs[this.pair[0]].scene.name}, at epoch ${Math.round(b.epoch)}. ${words}`);
  }

  #field(a, b, G, theme) {
    let [apart, distance] = [0, 0];
    const signed = a.map((value, i) => {
      if (value >= 128 !== b[i] >= 128) apart++;
      distance += Math.abs(b[i] - value);
      return (b[i] - value) / 2 + 127.5;
    });
    this.raster.field(signed, G, theme.field);
    const { field } = this.run.scene;
    if (!field) return disagree(apart / a.length);
    return `Their predictions differ by ${number((distance / a.length / 255) * (field.high - field.low), 2)} on average.`;
  }

  #classes(a, b, C, G, theme) {
    const size = G * G;
    const largest = (planes, i) => {
      let best = 0;
      for (let c = 1; c < C; c++) if (planes[c * size + i] > planes[best * size + i]) best = c;
      return best;
    };
    const differs = Uint8Array.from({ length: size }, (_, i) => (largest(a, i) === largest(b, i) ? 0 : 1));
    const [plain, accent] = [theme.neutral, theme.accent].map(rgb);
    const painted = accent.map((value, i) => 0.6 * value + 0.4 * plain[i]); // soft enough for the points on it
    this.raster.field(differs, G, Uint32Array.of(packed(plain), packed(painted)));
    return disagree(differs.reduce((sum, value) => sum + value, 0) / size);
  }
}

const disagree = (share) => (share === 0 ? "They agree on the whole plane."
  : `They disagree on ${share < 0.01 ? "less than 1" : Math.round(100 * share)} % of the plane.`);
