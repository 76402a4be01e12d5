// "What it decides": a panel for each run, or one panel with the difference of two.

import { el, say } from "../../shared/dom.js";
import { Difference, comparable } from "./plane/difference.js";
import { Drawing } from "./plane/drawing.js";
import { Legend } from "./plane/legend.js";
import { Pad } from "./plane/pad.js";
import { Panel, faded } from "./plane/panel.js";
import { number } from "../../shared/spelling.js";
/** @import { Header, Moment, Run, Theme } from "../types.d.ts" */

const LONG = 24; // letters of a note that stands in a line of its own, below the buttons

const pressed = (button) => button.getAttribute("aria-pressed") === "true";

export default class Boundary {
  /** @type {Run[]} */
  runs;
  /** @type {Theme} */
  theme;
  // back(): from what a unit sees to the decision; learn(points): from a drawing.
  constructor({ back, learn, following, pulling }) {
    this.follow = (row) => following.follow(row);
    this.aim = (kind, at) => pulling.aim(kind, at);
    this.drawing = new Drawing(learn);
    this.title = el("h2");
    this.note = el("span", { class: "note" });
    this.back = el("button", { class: "link", text: "‹ back to the decision", type: "button", hidden: true, on: { click: back } });
    this.shapes = el("button", {
      class: "link", text: "shapes", type: "button", "aria-pressed": "false", title: "A marker shape for each class",
      on: { click: () => this.#toggleShapes() },
    });
    this.compare = el("button", {
      class: "link", text: "difference", type: "button", "aria-pressed": "false", title: "Where two decisions differ: B − A",
      on: { click: () => this.#toggleDifference() },
    });
    this.panels = el("div", { class: "panels" });
    this.legend = new Legend();
    this.node = el("section", { class: "boundary" },
      el("header", {}, this.title, this.note, el("span", { class: "push" }), this.back, this.drawing.ways,
        el("span", { class: "choices" }, this.compare, this.shapes)), this.drawing.node, this.panels, this.legend.node);
  }

  span(runs, names) {
    return names.includes("network") ? [4, 6, 5, 5][runs - 1] : 6;
  }

  key(event) {
    return this.drawing.key(event) || (this.list ?? []).some((panel) => panel.steers(event));
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.theme = theme;
    this.runs = runs;
    this.drawing.scene(runs, header);
    this.compare.hidden = !comparable(runs);
    if (this.compare.hidden) this.compare.setAttribute("aria-pressed", "false");
    this.#panels();
    this.shapes.hidden = runs.every((run) => run.scene.field);
    this.retheme(theme);
  }

  #panels() {
    const drawable = this.drawing.on && !pressed(this.compare);
    this.drawing.node.hidden = this.drawing.ways.hidden = !drawable;
    if (drawable && this.runs.length === 1 && this.list?.length === 1 && this.list[0].pad) return this.list[0].renew(this.runs[0]);
    this.list?.forEach((panel) => panel.remove());
    this.difference = pressed(this.compare) ? new Difference(this.runs) : null;
    this.list = this.difference ? [this.difference] : this.runs.map((run) => new Panel(run, this.runs.length > 1, this.follow, this.aim));
    this.panels.dataset.count = this.list.length;
    this.panels.replaceChildren(...this.list.map((panel) => panel.node));
    this.drawing.pads = drawable ? this.list.map((panel) => panel.attach(new Pad(this.drawing))) : [];
    return undefined;
  }

  retheme(theme) {
    this.theme = theme;
    for (const panel of this.list ?? []) panel.dress(theme, pressed(this.shapes));
    this.drawing.dress(theme, pressed(this.shapes));
    this.legend.dress(this.runs[0].scene, theme, pressed(this.shapes));
    if (this.drawing.on || pressed(this.compare)) this.legend.node.hidden = true;
  }

  /** @param {Moment} moment */
  draw(moment) {
    const { shown, selected, unit, account, pull } = this.moment = moment;
    const { scene } = shown[selected].run;
    if (this.difference) {
      say(this.title, "Where they differ");
      say(this.note, this.difference.note);
      return this.difference.draw(shown, this.theme);
    }
    say(this.title, unit ? `What ${unit.words} sees` : scene.field ? "What it predicts" : "What it decides");
    say(this.note, unit ? unitNote(shown[selected].frame, unit) : this.list[selected].pad ? "" : pointsNote(shown[selected].run));
    this.note.classList.toggle("long", this.note.textContent.length > LONG);
    this.back.hidden = !unit;
    return shown.forEach(({ run, frame }, i) => this.list[i].draw(run, frame, i === selected ? unit : null, account?.row ?? 0, this.theme, i === selected ? pull : null));
  }

  resize() {
    for (const panel of this.list ?? []) panel.resize();
  }

  #toggleShapes() {
    this.shapes.setAttribute("aria-pressed", String(!pressed(this.shapes)));
    this.retheme(this.theme);
  }

  #toggleDifference() {
    this.compare.setAttribute("aria-pressed", String(!pressed(this.compare)));
    this.back.hidden = true;
    this.#panels();
    this.retheme(this.theme);
    this.draw(this.moment);
  }
}

const unitNote = (frame, unit) => `orange: up to ${number(frame.unit_scale?.[unit.index] ?? 1, 2)} above its centre`;

const pointsNote = (run) => [faded(run), run.scene.plane.note].filter(Boolean).join(" · ");
