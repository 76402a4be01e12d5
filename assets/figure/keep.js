// A figure taken home: what it shows now, in its present colours, as a picture of points or of lines. Made here in the browser.

import { el, say } from "../shared/dom.js";
import { give } from "../shared/give.js";
import { CONFIG, loadPlotly } from "../shared/plotly.js";

const SLIDE = 1920; // pixels across, as a projector has
const WORDS = 6; // of its description, for its file's name
const TYPES = { png: "image/png", svg: "image/svg+xml" };

export class Keep {
  // shown: gives what is drawn, { data, layout }, with its width, its ground, its size and what it is about in words
  constructor(shown, live) {
    this.shown = shown;
    this.live = live;
    const buttons = Object.keys(TYPES).map((format) => el("button", {
      type: "button", text: format.toUpperCase(), "aria-label": `Save this picture as ${format.toUpperCase()}`,
      title: `Save this picture as ${format.toUpperCase()}`, on: { click: () => this.#save(format) },
    }));
    this.node = el("div", { class: "keep" }, ...buttons);
  }

  async #save(format) {
    const shown = this.shown();
    if (!shown) return;
    try {
      const name = `${named(shown.alt)}.${format}`;
      give(await picture(shown, format), name);
      say(this.live, `${name} is saved.`);
    } catch (error) {
      say(this.live, "This picture could not be saved.");
      console.error(error);
    }
  }
}

// Letters and digits only: a description may hold a visitor's words.
const named = (alt) => alt.toLowerCase().match(/[a-z0-9]+/g)?.slice(0, WORDS).join("-") || "picture";

async function picture({ data, layout, width, height, ground }, format) {
  const Plotly = await loadPlotly();
  const whole = { data, layout: { ...layout, width, height, paper_bgcolor: ground }, config: CONFIG };
  const scale = format === "png" ? SLIDE / width : 1;
  const url = await Plotly.toImage(whole, { format, width, height, scale, imageDataOnly: true });
  return new Blob([format === "png" ? Uint8Array.from(atob(url), (letter) => letter.charCodeAt(0)) : url], { type: TYPES[format] });
}
