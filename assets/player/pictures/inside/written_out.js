// What is written out below a picture that is no drawn network: a filter at a place, a state at a step, where a head looks.

import { el, say } from "../../../shared/dom.js";
import { calm } from "../../../shared/motion.js";
import { AccountView } from "./account_view.js";
import { Picker } from "./picker.js";
import { Titled } from "./titled.js";
/** @import { Account, Moment } from "../../types.d.ts" */

export class WrittenOut {
  /** @type {Account | null} */
  told = null; // last
  fresh = false; // it has just been opened: it comes into sight

  // host: the picture's name, which itself chooses the row   noun: what a row is called there
  constructor({ following, back }, host, noun) {
    this.following = following;
    this.back = back;
    this.host = host;
    this.noun = noun;
    this.view = new AccountView({ follow: null, choose: (i, index) => following.choose(i, index) });
    this.layers = new Picker("layer", (i) => this.#go(this.told.layers[i].number, 0));
    this.units = new Picker("unit", (unit) => this.#go(this.told.at[0], unit));
    this.ways = el("div", { class: "row" }, this.layers.node, this.units.node);
    this.panel = new Titled({ class: "written", label: "Written out", tabindex: "-1" }, () => this.close(), this.ways, this.view.node);
    this.node = this.panel.node;
    this.title = this.panel.title;
  }

  // at: layer, unit and what else is chosen   row: of the rows that the picture shows   name(at, parts): what is written out, as the
  // numbers of its place say   from: who has the focus again when it closes
  open(at, row, heldOut, name, from) {
    this.name = name;
    this.opened = at.slice(0, 2).join();
    this.from = from;
    this.fresh = !this.on;
    this.back(); // a unit that is looked at elsewhere
    this.following.row = row;
    this.following.aim({ at, heldOut, host: this.host });
  }

  // Another layer, or another number of it, at the same step.
  #go(layer, unit) {
    const { place } = this.following;
    const [was, , ...choices] = this.told.at;
    this.following.aim({ ...place, at: [layer, unit, ...choices.slice(0, was === layer ? choices.length : 1)] });
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
    const { told } = account;
    const parts = told?.choices?.find(({ names }) => names.length)?.names ?? [];
    const at = told?.at ?? account.place.at;
    this.ways.hidden = !told?.layers;
    if (told?.layers) this.#offer(told);
    say(this.title, at.slice(0, 2).join() === this.opened ? this.name(at, parts) : this.#goneTo(at));
    const words = `${this.title.textContent}. ${this.view.draw(account, this.noun)}`;
    if (this.fresh && account.moment) {
      this.fresh = false;
      this.node.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    }
    this.panel.say(words, state);
  }

  // Where one has gone on to. Of another layer than was last told, it is not known yet what its units are called.
  /** @param {number[]} place */
  #goneTo([layer, unit]) {
    if (!this.told) return "";
    const { layers, at, noun } = this.told;
    const name = `layer ${layers.find(({ number }) => number === layer)?.name ?? layer}`;
    return at[0] === layer ? `${name}, ${noun} ${unit + 1}` : name;
  }

  /** @param {Account} told */
  #offer(told) {
    this.told = told;
    const index = told.layers.findIndex(({ number }) => number === told.at[0]);
    this.layers.is({ noun: "layer", index, count: told.layers.length, names: told.layers.map(({ name }) => name) });
    this.units.noun = told.noun;
    this.units.show(told.at[1], told.units);
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
