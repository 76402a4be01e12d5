// "What it decides": a panel for each run, or one panel with the difference of two.

import { Difference, comparable } from "./difference.js";
import { el, say } from "./dom.js";
import { Panel } from "./panel.js";

const pressed = (button) => button.getAttribute("aria-pressed") === "true";

export class Boundary {
  constructor({ back }) {
    this.title = el("h3");
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
    this.node = el("section", { class: "boundary" },
      el("header", {}, this.title, this.note, el("span", { class: "push" }), this.back,
        el("span", { class: "choices" }, this.compare, this.shapes)), this.panels);
  }

  scene(runs, theme) {
    this.theme = theme;
    this.runs = runs;
    this.compare.hidden = !comparable(runs);
    if (this.compare.hidden) this.compare.setAttribute("aria-pressed", "false");
    this.#panels();
    this.shapes.hidden = runs.every((run) => run.scene.task === "regression");
    this.retheme(theme);
  }

  #panels() {
    this.list?.forEach((panel) => panel.remove());
    this.list = pressed(this.compare) ? [new Difference(this.runs)] : this.runs.map((run) => new Panel(run, this.runs.length > 1));
    this.panels.dataset.count = this.list.length;
    this.panels.replaceChildren(...this.list.map((panel) => panel.node));
  }

  retheme(theme) {
    this.theme = theme;
    for (const panel of this.list ?? []) panel.dress(theme, pressed(this.shapes));
  }

  draw(moment) {
    const { shown, selected, unit } = this.moment = moment;
    const { scene } = shown[selected].run;
    if (pressed(this.compare)) {
      say(this.title, "Where they differ");
      say(this.note, this.list[0].note);
      return this.list[0].draw(shown, this.theme);
    }
    say(this.title, unit ? `What ${unit.words} sees` : scene.task === "regression" ? "What it predicts" : "What it decides");
    say(this.note, unit ? unitNote(shown[selected].frame, unit) : pointsNote(shown[selected].run));
    this.back.hidden = !unit;
    return shown.forEach(({ run, frame }, i) => this.list[i].draw(run, frame, i === selected ? unit : null, this.theme));
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

const unitNote = (frame, unit) => `orange: up to ${(frame.unit_scale?.[unit.index] ?? 1).toPrecision(2)} above its centre`;

function pointsNote(run) {
  const split = run.points.test_target.length > 0 ? "faded dots: test points" : "";
  return [split, run.scene.plane.note].filter(Boolean).join(" · ");
}
