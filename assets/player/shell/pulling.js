// Who is pulling here: what is asked about, told at the moment where the film stands. Pictures draw it; where no network is drawn the
// list has its own place below them.

import { el, say } from "../../shared/dom.js";
import { PullView, QUESTION } from "../pictures/inside/pull_view.js";
/** @import { Frame, Header, Pull, Pulls, Run, Target } from "../types.d.ts" */

const REST = 120; // ms that a moment stands before it is asked about: not every one while the handle is dragged

export class Pulling {
  on = false;
  /** @type {Target} */
  target = { kind: "loss", at: [] };
  /** @type {Pulls | null} */
  told = null;
  asked = ""; // of which step of which run
  lit = -1; // the place of the point that is pointed at
  timer = 0;

  /** @param {import("./player.js").Player} player */
  constructor(player) {
    this.player = player;
    this.view = new PullView(this);
    this.button = el("button", { type: "button", class: "link", text: QUESTION, title: "Each point's part in this step", on: { click: () => this.begin() } });
    this.close = el("button", { type: "button", class: "choice close", text: "✕", "aria-label": "Close", title: "Close (Escape)", on: { click: () => this.end() } });
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    this.aside = el("div", { class: "inside", role: "group", "aria-label": QUESTION, hidden: true }, this.live,
      el("div", { class: "row" }, el("h3", { text: QUESTION }), el("span", { class: "push" }), this.close));
    this.node = el("div", { class: "pulling", hidden: true });
  }

  // Other runs or settings: what was told of is gone. drawn: a network is on the board, whose panel has the list
  /** @param {Header} header   @param {Run[]} runs   @param {boolean} drawn */
  scene(header, runs, drawn) {
    this.end();
    this.can = { pull: !header.veiled && runs.every(({ scene }) => scene.score), change: header.can_branch };
    this.node.hidden = drawn || !this.can.pull || !header.wants_rest || header.present;
    this.node.replaceChildren(...(drawn ? [] : [this.button, this.aside]));
    if (drawn) return;
    this.aside.append(this.view.node);
    this.view.node.hidden = false;
  }

  begin() {
    [this.on, this.target] = [true, { kind: "loss", at: [] }];
    this.#ask();
    this.view.begin();
    this.player.acts.pause();
  }

  end() {
    if (!this.on) return;
    this.on = false;
    this.#ask();
    this.player.redraw();
  }

  /** @param {Target["kind"]} kind   @param {number[]} at */
  aim(kind, at) {
    this.target = { kind, at };
    this.#ask();
    this.player.acts.pause();
  }

  #ask() {
    clearTimeout(this.timer);
    [this.asked, this.told, this.lit] = ["", null, -1];
  }

  light(place) {
    if (this.lit === place) return;
    this.lit = place;
    this.player.redraw();
  }

  // The run goes on from here without this row, or with another class for it, as a branch of its own.
  change(row, label) {
    this.player.acts.branch(label === null ? { row } : { row, label });
  }

  /** @param {Pulls} told */
  take(told) {
    this.told = told;
  }

  // What is known at this moment. Asks when the film has come to rest at another one.
  /** @type {(state: string, run: Run, frame: Frame) => Pull | null} */
  look(state, run, frame) {
    this.aside.hidden = !this.on;
    this.button.setAttribute("aria-expanded", String(this.on));
    if (!this.on) return null;
    const { kind, at } = this.target;
    const wanted = `${run.id} ${frame.step} ${kind} ${at}`;
    const resting = state !== "playing";
    if (resting && this.asked !== wanted) {
      this.#ask();
      this.asked = wanted;
      this.timer = setTimeout(() => this.player.acts.pulls(run, frame, this.target), REST);
    }
    const here = resting && this.told?.run === run.id && this.told.step === frame.step ? this.told : null;
    const pull = { target: this.target, told: here, lit: this.lit, resting };
    this.view.draw(pull, run, this.can.change);
    if (here) say(this.live, this.view.spoken);
    return pull;
  }

  key(event) {
    const inside = this.aside.contains(this.view.node);
    if (!this.on || event.ctrlKey || event.altKey || event.metaKey || event.target.matches?.("input, select, textarea")) return false;
    if (inside && event.key === "Escape") return this.end(), this.button.focus(), true;
    return this.view.key(event.key);
  }

  remove() {
    clearTimeout(this.timer);
  }
}
