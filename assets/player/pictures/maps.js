// One watched picture, what every layer makes of it, and what the network says it is.

import { capital, el, say } from "../../shared/dom.js";
import { packed, rgb } from "../../shared/theme.js";
import { place } from "./filters.js";
import { WrittenOut } from "./inside/written_out.js";
import { MapStack } from "./map_stack.js";
import { RunChoice } from "./run_choice.js";
import { Tiles } from "./tiles.js";
import { Watched } from "./watched.js";
/** @import { Moment, Run, Theme } from "../types.d.ts" */

export default class Maps {
  /** @type {Run[]} */
  runs = [];
  /** @type {Theme} */
  theme;
  chosen = 0;

  constructor({ select, redraw, following, back }) {
    this.redraw = redraw;
    this.written = new WrittenOut({ following, back }, "maps", "picture");
    this.choice = new RunChoice("Network whose maps are shown", select);
    this.note = el("span", { class: "note", text: "orange +, blue −" });
    this.which = new Watched("Picture shown to the network", () => this.#look());
    this.tip = el("div", { class: "tip", hidden: true });
    this.stack = new MapStack((event, words) => this.#tell(event, words), (layer, place, node) => this.#write(layer, place, node));
    this.stage = el("div", { class: "tiles", role: "group" }, this.stack.node, this.tip);
    this.node = el("section", { class: "maps" },
      el("header", {}, el("h2", { text: "What each layer makes of a picture" }), this.note, el("span", { class: "push" }), this.choice.node),
      this.which.node, this.stage, this.written.node);
  }

  span() {
    return 8;
  }

  /** @param {Run[]} runs   @param {Theme} theme */
  scene(runs, theme) {
    this.runs = runs;
    this.#show(Math.min(this.chosen, runs.length - 1), theme);
  }

  #show(chosen, theme) {
    this.chosen = chosen;
    const { scene } = this.runs[chosen];
    const [height, width] = scene.map_size;
    this.small = scene.map_truth.map(() => new Tiles({ count: 1, height, width, most: 4 }));
    this.which.offer(scene.map_truth.map((truth, i) => ({
      attributes: { "aria-label": `Training picture: ${scene.map_classes[truth]}`, title: scene.map_classes[truth] }, inside: [this.small[i].canvas] })));
    this.stack.scene(scene);
    this.redraw();
    this.retheme(theme);
    this.data();
  }

  // How the number at this place comes about.
  #write(layer, { picture: map, row, column }, node) {
    const { map_rows: rows } = this.runs[this.chosen].scene;
    this.written.open([layer.number, map, row, column], rows[this.which.chosen], false, ([, filter, y, x]) => `${layer.name}, map ${filter + 1}, row ${y + 1}, column ${x + 1}`, node);
  }

  #look() {
    if (this.written.on) this.written.follow(this.runs[this.chosen].scene.map_rows[this.which.chosen]);
    this.drawn = null;
    this.redraw();
  }

  key(event) {
    return this.written.key(event) || this.which.key(event);
  }

  retheme(theme) {
    this.theme = theme;
    this.choice.scene(this.runs, theme, this.chosen);
    this.gray = gray(theme);
    this.stack.retheme(theme, this.gray);
    this.resize();
  }

  resize() {
    this.drawn = null;
    const { points: { map_pictures: pictures } } = this.runs[this.chosen];
    this.bytes = Uint8Array.from(pictures, (value) => Math.round(255 * value));
    const size = this.bytes.length / this.small.length;
    this.small.forEach((tiles, i) => {
      tiles.lay(4 * tiles.width);
      tiles.paint(this.bytes, i * size, this.gray);
    });
    if (this.stage.clientWidth) this.stack.lay(this.stage.clientWidth);
  }

  data() {
    for (const { map_scale: scale } of this.runs[this.chosen].frames) if (scale) this.stack.reach(scale);
    this.drawn = null;
  }

  /** @param {Moment} moment */
  draw(moment) {
    const { shown, selected, time } = moment;
    if (selected !== this.chosen) this.#show(selected, this.theme);
    this.written.draw(moment);
    const { account } = moment;
    this.stack.mark(this.written.on ? account?.told?.at ?? account?.place.at : null);
    const { run: { scene }, frame } = shown[this.chosen];
    if (this.drawn === frame || !frame.map_answers) return;
    this.drawn = frame;
    const of = (column) => {
      if (!column) return null; // there is no layer that gives pictures
      const size = column.length / scene.map_truth.length;
      return column.subarray(this.which.chosen * size, (this.which.chosen + 1) * size);
    };
    const truth = scene.map_truth[this.which.chosen];
    this.stack.draw({ picture: of(this.bytes), maps: of(frame.maps), scale: frame.map_scale, answers: of(frame.map_answers), saliency: of(frame.saliency), truth });
    const said = `${Math.round(time)} ${this.which.chosen}`;
    if (said !== this.said) this.stage.setAttribute("aria-label", `Training picture of ${scene.map_classes[truth]}, epoch ${Math.round(time)}. ${capital(this.stack.words)}`);
    this.said = said;
  }

  remove() {
    this.written.remove();
  }

  #tell(event, words) {
    this.tip.hidden = !words;
    if (!words) return;
    say(this.tip, words);
    place(this.tip, event, this.stage);
  }
}

// From the ground to the ink.
export const gray = (theme) => {
  const [ground, ink] = [theme.panel, theme.ink].map(rgb);
  return Uint32Array.from({ length: 256 }, (_, byte) => packed(ground.map((value, i) => value + ((ink[i] - value) * byte) / 255)));
};

