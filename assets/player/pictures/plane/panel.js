// One picture from bytes under a trace of points that never changes.
// The picture is a canvas below a transparent plot: moving it costs Plotly nothing.

import { number } from "../../../shared/spelling.js";
import { density, el, say } from "../../../shared/dom.js";
import { Followed } from "./followed.js";
import { Pulled } from "./pulled.js";
import { Raster } from "../raster.js";
import { CONFIG, axis, escaped, layout, loadPlotly, purge } from "../../../shared/plotly.js";
import { SYMBOLS, classColor, fieldColor, rimOf, runColor } from "../../../shared/theme.js";
/** @import { Run } from "../../types.d.ts" */

const HOVER_UP_TO = 3000; // points; beyond that texts would cost more than they tell

export const faded = ({ points, scene }) => (points.test_target.length ? `faded: ${scene.held_out}` : "");

export class Panel {
  drawn; // the frame shown
  key; // and of which unit, or -1

  /** @param {Run} run   @param {boolean} named   @param {(point: number) => void} [follow]   @param {(kind: "spot", at: number[]) => void} [aim] */
  constructor(run, named, follow = () => {}, aim = () => {}) {
    this.run = run;
    this.raster = new Raster(el("canvas"));
    this.plot = el("div", { class: "plot" });
    this.frame = el("div", { class: "picture", role: "img" }, this.raster.canvas, this.plot);
    this.follow = follow;
    this.aim = aim;
    this.dot = el("i", { class: "dot" });
    const name = named ? el("figcaption", { class: "name" }, this.dot, run.scene.name) : null;
    const { plane } = run.scene;
    this.pale = this.curve || run.scene.field ? null : el("span", { class: "left", text: "no colour: undecided" });
    this.axes = el("figcaption", { class: "axes" }, this.pale, el("span", { text: `${plane.x_name} →` }),
      el("span", { text: `↑ ${this.curve ? "prediction" : plane.y_name}` }));
    this.sheet = el("div", { class: "sheet" }, this.frame);
    this.#follow();
    this.node = el("figure", {}, name, this.sheet, this.axes);
  }

  // On which points are drawn: it shows them itself.
  attach(pad) {
    this.pad = pad;
    this.pulled.node.before(pad.node);
    this.left = el("span", { class: "left" }); // the tools take the room above the picture
    this.pale?.remove();
    this.axes.prepend(this.left);
    this.renew(this.run);
    return pad;
  }

  // Those that can be followed, where a network is drawn.
  #follow() {
    this.followed?.node.remove();
    this.followed = this.run.scene.probes.units && this.run.points.train_target.length ? new Followed(this.run, this.yRange, this.follow) : null;
    if (this.followed) this.frame.append(this.followed.node);
    this.pulled?.node.remove();
    this.pulled = new Pulled(this.run, this.yRange, this.aim);
    this.sheet.append(this.pulled.node);
  }

  // Another film in the same place, so that whoever is drawing on it is not disturbed.
  renew(run) {
    [this.run, this.drawn] = [run, null];
    this.#follow();
    say(this.left, faded(run));
  }

  // One input: the prediction along it.
  get curve() {
    return this.run.scene.plane.kind === "curve";
  }

  /** @returns {[number, number]} */
  get yRange() {
    const { plane, field } = this.run.scene;
    if (!this.curve) return plane.y;
    const { low, high } = field ?? { low: 0, high: 1 };
    return [low - 0.08 * (high - low), high + 0.08 * (high - low)];
  }

  // What was drawn does not fit any more: not the moment, nor who is asked about, be it nobody (null).
  #anew() {
    [this.drawn, this.pulling] = [null, undefined];
  }

  async dress(theme, shapes) {
    this.theme = theme;
    this.#anew();
    this.dot.style.background = runColor(this.run, theme, theme.ink);
    this.followed?.dress(theme);
    const Plotly = await loadPlotly();
    if (this.removed) return;
    const range = (values) => axis(theme, { range: values, showgrid: false, showticklabels: false });
    this.ready = Plotly.react(this.plot, [this.#trace("test", theme, shapes), this.#trace("train", theme, shapes)], {
      ...layout(theme, { l: 0, r: 0, t: 0, b: 0 }), xaxis: range(this.run.scene.plane.x), yaxis: range(this.yRange),
      width: this.frame.clientWidth || 300, height: this.frame.clientHeight || 300,
    }, CONFIG);
  }

  #trace(split, theme, shapes) {
    const { scene, points } = this.run;
    const [xy, target] = [points[`${split}_points`], points[`${split}_target`]];
    const inputs = this.curve ? 1 : 2; // coordinates of a point
    const x = Array.from(target, (_, i) => xy[inputs * i]);
    const y = Array.from(target, (value, i) => (this.curve ? value : xy[2 * i + 1]));
    const categorical = !scene.field;
    const palette = categorical ? scene.classes.map((_, c) => classColor(scene, theme, c)) : null;
    const color = Array.from(target, (value) => (categorical ? palette[value] : fieldColor(theme, value, scene.field)));
    const called = categorical ? scene.classes.map(escaped) : null;
    const labels = target.length <= HOVER_UP_TO
      ? Array.from(target, (value) => `${categorical ? called[value] : number(value)} · ${split === "test" ? scene.held_out : "training"}`) : undefined;
    return {
      type: "scatter", mode: "markers", x, y, hoverinfo: labels ? "text" : "skip", hovertext: labels,
      opacity: split === "test" ? 0.55 : 1,
      marker: {
        size: target.length > 800 ? 5.5 : 7.5, color, line: { width: target.length > 800 ? 1 : 1.5, color: rimOf(scene, theme) },
        symbol: shapes && categorical ? Array.from(target, (value) => SYMBOLS[value % SYMBOLS.length]) : "circle",
      },
    };
  }

  // A key pressed anywhere on the page: was it for a spot of this picture?
  steers(event) {
    return this.pulled.key(event);
  }

  draw(run, frame, unit, point, theme, pull) {
    this.followed?.draw(point, Boolean(unit));
    if (this.pulling !== pull) this.pulled.draw(pull, theme);
    this.pulling = pull;
    this.plot.classList.toggle("away", Boolean(unit || this.pad || pull?.resting));
    if (this.pale) this.pale.hidden = Boolean(unit);
    const key = unit ? unit.index : -1;
    if (this.drawn === frame && this.key === key) return;
    [this.drawn, this.key] = [frame, key];
    if (unit && frame.units) this.#unit(frame, unit, theme);
    else if (frame.curve) this.#curve(frame, theme);
    else if (frame.boundary) this.#boundary(frame, theme);
    if (this.pad) this.pad.node.hidden = Boolean(unit);
    const what = unit ? `Map of ${unit.words}` : run.scene.field ? "Predicted values" : "Decision regions";
    const epoch = Math.round(frame.epoch);
    if (this.said !== `${key} ${epoch}`) {
      this.said = `${key} ${epoch}`;
      this.frame.setAttribute("aria-label", `${what} of ${run.scene.name} at epoch ${epoch}, over ${run.scene.plane.x_name}` +
        `${this.curve ? "" : ` and ${run.scene.plane.y_name}`}.`);
    }
  }

  #unit({ units, shapes: { units: [, side] } }, { index }, theme) {
    const size = side * side;
    this.raster.field(units.subarray(index * size, (index + 1) * size), side, theme.units);
  }

  #boundary(frame, theme) {
    const [C, G] = frame.shapes.boundary;
    if (C === 1) this.raster.field(frame.boundary, G, theme.field);
    else this.raster.classes(frame.boundary, C, G, theme);
  }

  #curve(frame, theme) {
    const { ratio } = density;
    const size = Math.round((this.frame.clientWidth || 300) * ratio);
    this.raster.curve(frame.curve, size, size, this.yRange, theme);
  }

  async resize() {
    this.#anew();
    this.pad?.draw();
    if (!this.ready) return;
    const Plotly = await loadPlotly();
    await this.ready;
    if (!this.removed) Plotly.relayout(this.plot, { width: this.frame.clientWidth, height: this.frame.clientHeight });
  }

  remove() {
    this.removed = true;
    purge(this.plot);
  }
}
