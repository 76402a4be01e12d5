// What is written out below a picture that is no drawn network: a filter at a place, a state at a step, where a head looks.

import { el, say } from "../../../shared/dom.js";
import { calm } from "../../../shared/motion.js";
import { AccountView } from "./account_view.js";
/** @import { Moment } from "../../types.d.ts" */

const SPOKEN = 700; // ms of rest before it is said

export class WrittenOut {
  timer = 0;
  fresh = false; // it has just been opened: it comes into sight

  // host: the picture's name, which itself chooses the row   noun: what a row is called there
  constructor({ following, back }, host, noun) {
    this.following = following;
    this.back = back;
    this.host = host;
    this.noun = noun;
    this.view = new AccountView({ follow: null, choose: (i, index) => following.choose(i, index) });
    this.title = el("h3");
    const close = el("button", { type: "button", class: "choice close", text: "✕", "aria-label": "Close", title: "Close (Escape)", on: { click: () => this.close() } });
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    this.node = el("div", { class: "inside written", role: "group", tabindex: "-1", "aria-label": "Written out", hidden: true },
      el("div", { class: "row" }, this.title, el("span", { class: "push" }), close), this.view.node, this.live);
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
    clearTimeout(this.timer);
    if (state !== "playing") this.timer = setTimeout(() => say(this.live, words), SPOKEN);
  }

  // A key pressed anywhere on the page.
  key({ key, target }) {
    const here = target === document.body || this.node.closest(".film-player")?.contains(target);
    if (!this.on || key !== "Escape" || !here || target.matches("select, textarea")) return false;
    this.close();
    return true;
  }

  remove() {
    clearTimeout(this.timer);
  }
}
