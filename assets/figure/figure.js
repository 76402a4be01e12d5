// One figure: Plotly's picture, what can be dragged on it, its cursor and its film.

import { el, say } from "../shared/dom.js";
import { calm } from "../shared/motion.js";
import { CONFIG, loadPlotly, purge } from "../shared/plotly.js";
import { readTheme } from "../shared/theme.js";
import { compose, keepRanges, webgl } from "./compose.js";
import { Cursor } from "./cursor.js";
import { Handles } from "./handles.js";
import { Keep } from "./keep.js";
import { Timeline } from "./timeline.js";

const PAPER = 680; // pixels between the margins of a sheet of A4, upright: in print a wider picture becomes smaller (style.css)

export class Figure {
  send; // (moved): tells the server
  tell; // ("set" or "rest", number): where the cursor was set, where the film rests

  constructor(root) {
    this.root = root;
    this.drawn = 0;
    this.plot = el("div", { class: "plot", role: "img" });
    this.note = el("p", { class: "note" });
    this.note.hidden = true;
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    const redraw = () => this.redraw();
    this.handles = new Handles({ redraw, send: (moved) => this.send(moved), say: (text) => say(this.live, text) });
    this.cursor = new Cursor((at) => this.tell("set", at));
    this.timeline = new Timeline(redraw, (index) => this.tell("rest", index));
    this.stage = el("div", { class: "stage" }, this.plot, this.cursor.node, this.handles.node);
    this.strip = el("div", { class: "strip", on: { scroll: () => this.#hint() } }, this.stage);
    this.more = el("button", { type: "button", class: "more", text: "goes on →", "aria-label": "On to the right part of the picture", hidden: true,
      on: { click: () => this.strip.scrollBy({ left: 0.7 * this.strip.clientWidth, behavior: calm.matches ? "auto" : "smooth" }) } });
    this.keep = new Keep(() => this.#shown(), this.live);
    root.replaceChildren(this.strip, this.more, this.note, this.cursor.readout, this.timeline.node, this.keep.node, this.live);
    this.sized = new ResizeObserver(() => { if (this.width !== this.stage.clientWidth) this.redraw(); });
    this.sized.observe(this.stage);
  }

  receive(message) {
    this.message = message;
    this.stage.style.height = `${message.height}px`;
    this.stage.style.minWidth = `${message.least}px`;
    this.plot.setAttribute("aria-label", message.alt);
    this.handles.take(message);
    this.cursor.take(message);
    this.timeline.take(message.film, message.rest);
    this.redraw();
  }

  // The theme may have changed with any message.
  retheme() {
    const theme = readTheme(this.root);
    if (theme.key === this.theme?.key) return;
    this.theme = theme;
    if (this.message) this.message.ready = null;
    this.redraw();
  }

  redraw() {
    this.request ??= requestAnimationFrame(() => this.#draw().catch((error) => this.#fail(error)).finally(() => {
      this.request = null;
      if (this.again) this.redraw();
    }));
    this.again = this.drawing; // what changes while Plotly draws is drawn next
  }

  async #draw() {
    this.drawing = true;
    this.again = false;
    try {
      const Plotly = await loadPlotly();
      this.width = this.stage.clientWidth;
      this.root.style.setProperty("--paper", `${Math.min(1, PAPER / (this.width || 1))}`);
      this.#turn();
      this.#hint();
      this.strip.tabIndex = this.width > this.strip.clientWidth ? 0 : -1; // what is scrolled can be reached by key
      if (!this.message || !this.theme || !this.width || !this.root.isConnected) return;
      const space = !this.message.solid || webgl();
      this.note.hidden = space;
      if (!space) say(this.note, "This browser shows no pictures in three dimensions (WebGL is off), so the surface is seen from above: its colours are the heights.");
      const { state, index } = this.timeline; // they may move on while Plotly draws
      const picture = compose(this.message, this.theme, this.timeline.frame, space);
      keepRanges(picture.layout, this.plot, this.handles.places.size > 0);
      this.handles.apply(picture.data, picture.layout);
      this.picture = picture;
      await Plotly.react(this.plot, picture.data, { ...picture.layout, width: this.width }, CONFIG);
      this.handles.lay(this.plot, picture);
      this.cursor.lay(this.plot, picture);
      this.root.dataset.state = state;
      this.root.dataset.frame = index;
      this.root.dataset.drawn = this.drawn += 1;
    } finally {
      this.drawing = false;
    }
  }

  // What is drawn, for those who want to keep it.
  #shown() {
    const { picture, message, theme, width, plot } = this;
    if (!picture || !width) return null;
    const { scene } = plot._fullLayout; // turned as it stands
    const layout = scene ? { ...picture.layout, scene: { ...picture.layout.scene, camera: scene.camera } } : picture.layout;
    return { ...picture, layout, width, height: message.height, ground: theme.ground, alt: message.alt };
  }

  // To what the picture is about now, unless the visitor has scrolled since.
  #turn() {
    const { toward } = this.message;
    if (toward === this.toward) return;
    this.toward = toward;
    this.strip.scrollLeft = toward * this.width - this.strip.clientWidth / 2;
  }

  // That a wide picture goes on behind its right edge.
  #hint() {
    this.more.hidden = this.strip.scrollLeft + this.strip.clientWidth > this.width - 12;
  }

  #fail(error) {
    this.root.dataset.state = "failed";
    this.note.hidden = false;
    say(this.note, "This picture could not be drawn. Reload the page to try again.");
    console.error(error);
  }

  remove() {
    this.sized.disconnect();
    cancelAnimationFrame(this.request);
    this.timeline.remove();
    this.handles.remove();
    purge(this.plot);
  }
}
