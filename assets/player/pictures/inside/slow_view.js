// One step in slow motion: its stages with the lesson's words, and the numbers of one unit at each of them.

import { el, icon, say } from "../../../shared/dom.js";
import { ICONS } from "../../../shared/icons.js";
import { calm } from "../../../shared/motion.js";
import { Ledger } from "./ledger.js";
import { Picker } from "./picker.js";
import { account } from "./account.js";
import { unitName } from "../network_plan.js";

/** @import { Slow, Stage, Turn } from "../../types.d.ts" */

const PACE = 2600; // ms a stage, while it plays

export class SlowView {
  /** @type {Slow | null} */
  step = null; // as the server told it
  /** @type {{ turn: Turn, stage: Stage, name: string }[]} */
  stages = []; // of all its turns
  at = 0; // the stage

  // choose(row): of the batch; take(): the film takes this step; changed(): another stage
  constructor({ choose, take, changed }) {
    this.take = take;
    this.changed = changed;
    const button = (words, key, shape, click) => el("button", { type: "button", class: "choice", "aria-label": words, title: `${words} (${key})`, on: { click } }, icon(shape));
    this.back = button("Stage back", "B", ICONS.back, () => this.go(this.at - 1));
    this.play = button("Play the stages", "P", ICONS.play, () => this.#toggle());
    this.on = button("Stage on", "N", ICONS.on, () => this.next());
    this.count = el("b");
    this.rows = new Picker("row", choose);
    this.title = el("h3");
    this.words = el("p");
    this.unit = el("p", { class: "note", title: "Click another unit in the drawing to see its numbers" });
    this.ledgers = [new Ledger(), new Ledger()];
    this.lines = [el("p", { class: "bent" }), el("p", { class: "bent" })];
    this.body = el("div", {}, this.title, this.words, this.unit, this.ledgers[0].node, this.lines[0], this.ledgers[1].node, this.lines[1]);
    this.controls = el("div", { class: "row" }, this.back, this.play, this.on, this.count, this.rows.node);
    this.refusal = el("p", { class: "note" });
    this.node = el("div", { class: "slow" }, this.controls, this.refusal, this.body);
  }

  get stage() {
    return this.stages[this.at]?.stage ?? null;
  }

  // Whose numbers are shown.
  get turn() {
    return this.stages[this.at]?.turn ?? null;
  }

  // What the server told; null while it is awaited.
  show(step) {
    const fresh = step?.step !== this.step?.step || step?.run !== this.step?.run;
    this.step = step;
    const turns = step?.turns ?? (step?.stages ? [/** @type {Turn} */ (step)] : []);
    const was = this.stages[this.at]?.name;
    this.stages = turns.flatMap((turn, i) => turn.stages.map((stage) => ({ turn, stage, name: `${i} ${stage.kind} ${stage.layer}` })));
    this.at = fresh ? 0 : Math.max(0, this.stages.findIndex(({ name }) => name === was)); // another row may have fewer
    if (!this.stages.length) this.stop();
  }

  go(to) {
    this.stop();
    this.#at(to);
  }

  // After the last stage the film takes the step, and the next one begins.
  next() {
    if (this.at < this.stages.length - 1) return this.go(this.at + 1);
    this.stop();
    return this.stages.length ? this.take() : undefined;
  }

  #at(to) {
    this.at = Math.max(0, Math.min(to, this.stages.length - 1));
    this.changed();
  }

  #toggle() {
    if (this.timer) return this.stop();
    if (!this.stages.length) return undefined;
    if (this.at === this.stages.length - 1) this.#at(0);
    else if (!calm.matches) this.#at(this.at + 1);
    this.timer = setInterval(() => (this.at < this.stages.length - 1 ? this.#at(this.at + 1) : this.stop()), PACE);
    this.#dress();
    return undefined;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.#dress();
  }

  #dress() {
    const words = this.timer ? "Pause the stages" : "Play the stages";
    this.play.setAttribute("aria-label", words);
    this.play.title = `${words} (P)`;
    this.play.firstChild.firstChild.setAttribute("d", this.timer ? ICONS.pause : ICONS.play);
  }

  // A key while it is open. Returns whether it was for this.
  key(key) {
    if (key === "n" || key === "N") this.next();
    else if (key === "b" || key === "B") this.go(this.at - 1);
    else if (key === "p" || key === "P") this.#toggle();
    else return false;
    return true;
  }

  // unit: whose numbers are written out. Returns what is shown in words.
  draw(run, unit) {
    const { step, stage, stages, turn } = this;
    this.body.hidden = !stage;
    this.controls.hidden = Boolean(step?.refused); // while a step is on its way they keep the focus
    this.refusal.hidden = Boolean(stage);
    if (!stage) {
      say(this.refusal, step?.refused ?? "The numbers of this step are on their way …");
      return this.refusal.textContent;
    }
    const last = this.at === stages.length - 1;
    this.back.disabled = this.at === 0;
    const words = last ? "Take this step, and look at the next one" : "Stage on";
    this.on.setAttribute("aria-label", words);
    this.on.title = `${words} (N)`;
    say(this.count, `${this.at + 1} / ${stages.length}`);
    this.rows.noun = turn.noun;
    this.rows.show(turn.row, turn.rows);
    say(this.title, stage.title);
    say(this.words, stage.words);
    const { about, tables, lines } = account(run.scene, turn, stage, unit);
    say(this.unit, about ?? `Written out: ${unitName(run.scene, unit)}`);
    this.ledgers.forEach((ledger, i) => {
      ledger.node.hidden = !tables[i];
      if (tables[i]) ledger.show(tables[i].columns, tables[i].rows, tables[i]);
      this.lines[i].hidden = !lines[i];
      say(this.lines[i], lines[i] ?? "");
    });
    return `${stage.title}. ${stage.words} ${lines.filter(Boolean).join(" ")}`;
  }
}
