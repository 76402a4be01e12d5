// What slides in beside the drawn network: a unit's sum, or one step in slow motion. It never takes room from the player.

import { say } from "../../../shared/dom.js";
import { calm } from "../../../shared/motion.js";
import { AccountView } from "./account_view.js";
import { SlowView } from "./slow_view.js";
import { Titled } from "./titled.js";
import { unitName } from "../network_plan.js";
import { QUESTION } from "./pull_view.js";
/** @import { Frame, Moment, Run } from "../../types.d.ts" */

export class Aside {
  slow = false; // slow motion is open
  row = 0; // of the batch, in slow motion
  asked = ""; // of which step of which run
  unseen = false; // it has not been brought into sight yet
  fresh = false; // it has just been opened: the focus goes there

  // The acts of a picture; opened(): the drawing has another room now, and so another plan; closed(slow): who closed it
  // by keys is to find a place again
  constructor({ back, following, pause, step, batch, redraw, pulling }, { opened, closed }) {
    this.pulling = pulling;
    this.acts = { back, pause, step, redraw };
    this.opened = opened;
    this.closed = closed;
    this.account = new AccountView({ follow: (row) => following.follow(row), choose: (i, index) => following.choose(i, index) });
    this.steps = new SlowView({ choose: (row) => this.#row(row), take: batch, changed: redraw });
    this.panel = new Titled({ label: "Inside the network", tabindex: "0" }, () => this.close(), this.account.node, this.steps.node);
    this.node = this.panel.node;
    this.title = this.panel.title;
  }

  get open() {
    return !this.node.hidden;
  }

  // Other runs, or other settings: what was looked at is gone.
  scene() {
    this.node.insertBefore(this.pulling.view.node, this.panel.live);
    this.slow = false;
    this.asked = "";
    this.steps.show(null);
  }

  // Slow motion of the step after the shown moment.
  begin() {
    this.pulling.end();
    this.slow = true;
    this.row = 0;
    this.asked = "";
    this.fresh = true;
    this.acts.pause();
  }

  close() {
    const { slow, node } = this;
    if (node.contains(document.activeElement)) this.closed(slow);
    if (slow) this.scene();
    else if (this.pulling.on) this.pulling.end();
    else this.acts.back();
    this.acts.redraw();
  }

  #row(row) {
    this.row = row;
    this.asked = "";
    this.acts.redraw();
  }

  // A key pressed anywhere on the page.
  key({ key, target, ctrlKey, altKey, metaKey }) {
    const root = this.node.closest(".film-player");
    if (!this.open || ctrlKey || altKey || metaKey || !(target === document.body || root?.contains(target)) || target.matches("input, select, textarea")) return false;
    if (key === "Escape") return this.close(), true;
    return this.slow && this.steps.key(key);
  }

  // Which unit's numbers are written out in slow motion: the chosen one, or the first of the stage's layer.
  #unitOf(plan, chosen) {
    const { kind, layer } = this.steps.stage ?? { kind: "", layer: 0 };
    const own = chosen && plan.units[chosen.index];
    return own && (kind === "update" || kind === "loss" || own.layer === layer) ? own : plan.units.find((unit) => unit.layer === layer);
  }

  // Returns the stage to be drawn on the network, if there is one.
  /** @type {(moment: Moment, run: Run, frame: Frame, plan: any) => any} */
  draw({ state, unit, account, slow, pull }, run, frame, plan) {
    if (this.slow && state === "playing") this.scene(); // the film goes on
    const shown = this.slow || Boolean(unit) || Boolean(pull);
    this.pulling.view.node.hidden = !pull;
    if (this.node.hidden === shown) {
      this.node.hidden = !shown;
      plan = this.opened();
      this.unseen = shown;
    }
    if (this.unseen && (!unit || account?.moment)) this.#intoSight();
    if (!shown) return null;
    this.account.node.hidden = this.slow || Boolean(pull);
    this.steps.node.hidden = !this.slow;
    if (pull) {
      say(this.title, QUESTION);
      this.panel.say(this.pulling.view.spoken, state);
      return null;
    }
    if (this.slow) return this.#step(run, frame, plan, unit, slow);
    const place = plan.units[unit.index];
    say(this.title, unitName(run.scene, place));
    this.panel.say(`${this.title.textContent}. ${account ? this.account.draw(account, account.told?.noise ? "noise" : run.scene.plane ? "point" : "row") : ""}`, state);
    return null;
  }

  // Below the drawing, on a phone, once its numbers have come.
  #intoSight() {
    this.unseen = false;
    if (getComputedStyle(this.node).position === "static") requestAnimationFrame(() => this.node.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" }));
  }

  #step(run, frame, plan, chosen, told) {
    const wanted = `${run.id} ${frame.step} ${this.row}`;
    if (this.asked !== wanted) {
      this.asked = wanted;
      this.acts.step(this.row);
    }
    const here = told?.run === run.id && told.step === frame.step ? told : null;
    if (here !== this.steps.step && (here || this.steps.step?.step !== frame.step)) this.steps.show(here);
    say(this.title, here?.turns ? "One round in slow motion" : "One step in slow motion");
    const unit = this.#unitOf(plan, chosen);
    this.panel.say(this.steps.draw(run, unit), "paused");
    if (this.fresh && this.steps.stage) this.steps.on.focus({ preventScroll: true });
    if (this.steps.stage) this.fresh = false;
    return this.steps.stage && { step: this.steps.turn, stage: this.steps.stage, unit };
  }

  remove() {
    this.panel.remove();
    this.steps.stop();
  }
}
