// Pictures taken home: a menu beside the timeline that saves what is on the board, made here in the browser.

import { density, el } from "../../shared/dom.js";
import { give } from "../../shared/give.js";
import { paint, vectors } from "./paint.js";
import { Gif, Palette } from "./gif.js";
import { table } from "./curves.js";
import { count } from "../film/when.js";

const SLIDE = 1920; // pixels across, as a projector has
const SHARP = 3; // canvases are drawn so much finer while a picture is saved
const ANIMATED = 960;
const MOST = 60; // frames
const [EACH, LAST] = [120, 1500]; // ms

/** @import { Player } from "./player.js" */

export class Keep {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.which = el("select", { "aria-label": "Which picture" });
    const button = (text, save) => el("button", { class: "choice", type: "button", text, on: { click: () => this.#do(save) } });
    this.vector = button("SVG", () => this.#vectors());
    this.said = el("span", { class: "note", role: "status" });
    this.link = button("Link to this moment", () => this.#moment());
    this.address = el("input", { class: "address", readonly: true, hidden: true, "aria-label": "Address of this moment" });
    this.node = el("details", { class: "keep" }, el("summary", { text: "Save pictures" }),
      el("div", {}, this.which, button("PNG", () => this.#picture()), this.vector, button("Animation (GIF)", () => this.#film()),
        button("Curves (CSV)", () => this.#curves()), this.link, this.address, this.said));
    this.which.addEventListener("change", () => this.#offer());
  }

  // Other pictures.
  scene() {
    const { shown } = this.player.board;
    const chosen = this.which.value;
    this.which.replaceChildren(el("option", { value: "", text: "all pictures" }),
      ...shown.map(({ name, node }) => el("option", { value: name, text: node.querySelector("h2")?.textContent || name })));
    this.which.value = [...this.which.options].some(({ value }) => value === chosen) ? chosen : "";
    this.link.hidden = !this.player.header.moment;
    this.address.hidden = true;
    this.#offer();
  }

  get chosen() {
    const { shown, node } = this.player.board;
    return shown.find(({ name }) => name === this.which.value)?.node ?? node;
  }

  #offer() {
    this.vector.disabled = !this.which.value || !vectors(this.chosen);
    this.vector.title = this.vector.disabled ? "Choose a picture that is drawn of lines." : "";
  }

  async #do(save) {
    if (this.busy) return;
    this.busy = true;
    try {
      await save();
    } catch (error) {
      this.said.textContent = "This could not be saved. Try another picture.";
      console.error(error);
    }
    this.busy = false;
  }

  // Its files' name: which picture, at which moment.
  #name(ending) {
    const { dataset: { epoch } } = this.player.root;
    return `${this.which.value || "pictures"}-epoch-${Math.round(Number(epoch) * 100) / 100}.${ending}`;
  }

  // The moment that is shown, in words.
  #caption() {
    const { clock: { time }, store: { runs } } = this.player;
    return `${runs[0].scene.clock} ${count({ run: runs[0], frame: runs[0].at(time) }, time)}`;
  }

  #give(blob, name) {
    give(blob, name);
    this.said.textContent = `${name} is saved.`;
  }

  async #picture() {
    const { player, chosen } = this;
    density.asked = SHARP;
    try {
      player.screen.redress();
      await settled();
      const canvas = await paint(chosen, SLIDE, player.screen.theme, this.#caption());
      this.#give(await new Promise((done) => canvas.toBlob(done, "image/png")), this.#name("png"));
    } finally {
      density.asked = 0;
      player.screen.redress();
    }
  }

  #vectors() {
    this.#give(new Blob([vectors(this.chosen)], { type: "image/svg+xml" }), this.#name("svg"));
  }

  #curves() {
    this.#give(new Blob([table(this.player.store.runs)], { type: "text/csv" }), this.#name("csv").replace(/^[a-z_]+/, "curves"));
  }

  // The page's own address, with the epoch. To be copied by hand where the browser lets no page do that.
  async #moment() {
    const address = new URL(location.href);
    address.searchParams.set("epoch", String(Math.round(this.player.clock.time * 1e4) / 1e4));
    this.address.value = address.href;
    this.address.hidden = false;
    this.address.select();
    try {
      await navigator.clipboard.writeText(address.href);
      this.said.textContent = "The link is copied.";
    } catch {
      this.said.textContent = "Copy this link.";
    }
  }

  // From the start of the film to where it stands.
  async #film() {
    const { player, chosen } = this;
    const end = player.clock.time;
    player.acts.pause();
    const moments = times(player.store.runs, end);
    const width = Math.min(ANIMATED, Math.round(2 * chosen.clientWidth));
    const pictures = [];
    try {
      for (const [i, time] of moments.entries()) {
        this.said.textContent = `Picture ${i + 1} of ${moments.length} …`;
        player.screen.show(time);
        await settled(); // the page goes on meanwhile
        const canvas = await paint(chosen, width, player.screen.theme, this.#caption(), true);
        pictures.push({ height: canvas.height, pixels: canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data });
      }
    } finally {
      player.screen.show(end);
    }
    const palette = new Palette();
    const some = Math.max(1, Math.floor(pictures.length / 6));
    pictures.forEach(({ pixels }, i) => i % some === 0 && palette.count(pixels));
    const { height } = pictures[0];
    const gif = new Gif(width, height, palette.make());
    let rested = performance.now();
    for (const [i, { pixels }] of pictures.entries()) {
      if (performance.now() - rested > 100) {
        this.said.textContent = `Packing ${i + 1} of ${pictures.length} …`;
        await settled(); // it is seen, and the page goes on
        rested = performance.now();
      }
      const cut = pixels.subarray(0, 4 * width * height);
      gif.add(cut, i + 1 < pictures.length ? EACH : LAST);
    }
    this.#give(gif.blob(), this.#name("gif"));
  }
}

// At most so many moments at which there is a frame, evenly from the first to the end.
function times(runs, end) {
  const known = [...new Set(runs[0].frames.map(({ epoch }) => epoch).filter((epoch) => epoch < end)), end];
  const count = Math.min(MOST, known.length);
  return Array.from({ length: count }, (_, i) => known[Math.round((i * (known.length - 1)) / Math.max(1, count - 1))]);
}

// Plotly draws between two frames of the browser.
const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
