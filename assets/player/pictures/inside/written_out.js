// What is written out below a picture that is no drawn network: a filter at a place, a state at a step, where a head looks.

import { say } from "../../../shared/dom.js";
import { calm } from "../../../shared/motion.js";
import { AccountView } from "./account_view.js";
import { Titled } from "./titled.js";
/** @import { Moment } from "../../types.d.ts" */

export class WrittenOut {
  fresh = false; // it has just been opened: it comes into sight

  // host: the picture's name, which itself chooses the row   noun: what a row is called there
  constructor({ following, back }, host, noun) {
    this.following = following;
    this.back = back;
    this.host = host;
    this.noun = noun;
    this.view = new AccountView({ follow: null, choose: (i, index) => following.choose(i, index) });
    this.panel = new Titled({ class: "written", label: "Written out", tabindex: "-1" }, () => this.close(), this.view.node);
    [this.node, this.title] = [this.panel.node, this.panel.title];
  }

  // at: layer, unit and what else is chosen   row: of the rows that the picture shows   name(at, parts): what is written out, as the
  // numbers of its place say   from: who has the focus again when it closes
  open(at, row, heldOut, name, from) {
    this.name = name;
    this.from = from;
    this.fresh = !this.on;
    this.back(); // a unit that is looked at elsewhere
    this.following.row = row;
    this.following.aim({ at, heldOut, host: this.host });
  }

  follow(row) {
    this.following.follow(row);
  }

  get on() {
    return this.following.place?.host === this.host;
  }

  close() {
    if (this.node.contains(document.activeElement)) this.from?.focus();
    this.following.aim(null);
  }

  /** @param {Moment} moment */
  draw({ account, state }) {
    const shown = account?.place.host === this.host;
    this.node.hidden = !shown;
    if (!shown) return;
    const parts = account.told?.choices?.find(({ names }) => names.length)?.names ?? [];
    say(this.title, this.name(account.told?.at ?? account.place.at, parts));
    const words = `${this.title.textContent}. ${this.view.draw(account, this.noun)}`;
    if (this.fresh && account.moment) {
      this.fresh = false;
      this.node.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    }
    this.panel.say(words, state);
  }

  // A key pressed anywhere on the page.
  key({ key, target }) {
    const here = target === document.body || this.node.closest(".film-player")?.contains(target);
    if (!this.on || key !== "Escape" || !here || target.matches("select, textarea")) return false;
    this.close();
    return true;
  }

  remove() {
    this.panel.remove();
  }
}
