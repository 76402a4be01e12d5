// A picture's place on the board: loaded from the file of its name, drawn there; when it cannot be, a sentence stands in its place.

import { el, say } from "../../shared/dom.js";
/** @import { Acts, Header, Moment, Run, Theme, View } from "../types.d.ts" */

const NAME = /^[a-z_]+$/;

export class Place {
  /** @type {View | null} */
  picture = null;
  /** @type {(new (acts: Acts) => View) | undefined} */
  Picture;

  /** @param {string} name   @param {Acts} acts */
  constructor(name, acts) {
    this.name = name;
    this.acts = acts;
    this.told = el("p", { class: "note warn failure" });
    this.node = this.instead = el("section", {}, el("p", { class: "note warn failure", text: `The picture “${name}” could not be drawn.` }));
  }

  async load() {
    try {
      if (!NAME.test(this.name)) throw new Error(`No picture is called ${this.name}.`);
      this.Picture = (await import(`../pictures/${this.name}.js`)).default;
      if (!this.Picture) throw new Error(`pictures/${this.name}.js has no default export.`);
      this.ready();
    } catch (error) {
      this.#fail(error);
    }
    return this;
  }

  // A picture that failed is tried again with other runs.
  ready() {
    if (this.picture || !this.Picture) return;
    this.#try(() => {
      this.picture = new this.Picture(this.acts);
      this.#put(this.picture.node);
    });
  }

  // Which probe of a run is behind it, as [key, probe].
  /** @param {Run} run */
  probe(run) {
    return Object.entries(run.scene.probes).find(([, { pictures }]) => pictures.includes(this.name));
  }

  span(runs, names) {
    return this.picture?.span?.(runs, names) ?? 6;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.#try(() => this.picture?.scene(runs, theme, header));
  }

  retheme(theme) {
    this.#try(() => this.picture?.retheme(theme));
  }

  resize(theme) {
    this.#try(() => (this.picture?.resize ? this.picture.resize() : this.picture?.retheme(theme)));
  }

  data() {
    this.#try(() => this.picture?.data?.());
  }

  /** @param {Moment} moment */
  draw(moment) {
    const missing = this.#tell(moment.shown);
    if (!missing) this.#try(() => this.picture?.draw(moment));
  }

  // What failed in its probe stands below it; at a moment that has nothing of the probe, in its place. Returns whether it does.
  #tell(shown) {
    let missing = false;
    const sentences = shown.flatMap(({ run, frame }) => {
      const [key, { columns }] = this.probe(run);
      const sentence = run.failures[key];
      if (!sentence) return [];
      missing ||= !columns.some((column) => frame[column]);
      return [shown.length > 1 ? `${run.scene.name}: ${sentence}` : sentence];
    });
    this.told.hidden = !sentences.length;
    say(this.told, sentences.join(" "));
    this.node.toggleAttribute("data-missing", missing);
    return missing;
  }

  key(event) {
    return Boolean(this.#try(() => this.picture?.key?.(event)));
  }

  remove() {
    this.#try(() => this.picture?.remove?.());
  }

  #try(act) {
    try {
      const done = act();
      done?.catch?.((error) => this.#fail(error)); // some pictures wait for Plotly
      return done;
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error) {
    console.error(error);
    this.picture = null;
    this.#put(this.instead);
  }

  #put(node) {
    node.append(this.told);
    node.style.setProperty("--columns", this.node.style.getPropertyValue("--columns"));
    this.node.replaceWith(node);
    this.node = node;
  }
}
