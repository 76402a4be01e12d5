// A chart whose bars or curves move: Plotly draws the axes, which stand still, and a canvas above them the rest, because a Plotly
// update redoes axes and text every time.

import { el, fit, say } from "../../shared/dom.js";
import { CONFIG, axis, layout, loadPlotly, margin, purge } from "../../shared/plotly.js";

export class Chart {
  width = 0;
  height = 0;
  margin = { l: 0, r: 0, t: 0, b: 0 };
  /** @type {[number, number]} */
  range = [0, 1]; // of the vertical axis
  /** @type {CanvasRenderingContext2D | null} */
  context = null; // none until it has been seen

  // told(x): what stands under a pointer at x, in words, or nothing; over: what else lies over the canvas
  /** @param {(x: number) => string | null} told   @param {HTMLElement[]} over */
  constructor(told, ...over) {
    this.plot = el("div", { class: "plot" });
    this.canvas = el("canvas");
    this.tip = el("div", { class: "tip", hidden: true });
    this.node = el("div", { class: "chart", role: "img" }, this.plot, this.canvas, ...over, this.tip);
    this.node.addEventListener("pointermove", (event) => {
      const x = this.at(event);
      hover(this.tip, x, this.width, this.context && told(x));
    });
    this.node.addEventListener("pointerleave", () => { this.tip.hidden = true; });
  }

  // Whether it has a place to be drawn in, and how large that is.
  measure() {
    [this.width, this.height] = [this.node.clientWidth, this.node.clientHeight];
    return this.width > 0;
  }

  // usual: the margins at the usual size of type
  fit(theme, usual) {
    this.margin = margin(theme, usual);
    this.context = fit(this.canvas, this.width, this.height);
  }

  clear() {
    this.context.clearRect(0, 0, this.width, this.height);
  }

  // x, y: what Plotly is told of them
  async axes(theme, x, y) {
    const Plotly = await loadPlotly();
    Plotly.react(this.plot, [{ type: "scatter", x: [], y: [] }], {
      ...layout(theme, this.margin), width: this.width, height: this.height,
      xaxis: axis(theme, { showgrid: false, ...x }), yaxis: axis(theme, { range: this.range, ...y }),
    }, { ...CONFIG, staticPlot: true });
  }

  get across() {
    return this.width - this.margin.l - this.margin.r;
  }

  get foot() {
    return this.height - this.margin.b;
  }

  // Pixels of a share of the way from left to right, and of a value on the vertical axis.
  x(share) {
    return this.margin.l + this.across * share;
  }

  y(value) {
    const [low, high] = this.range;
    return this.margin.t + (this.foot - this.margin.t) * (1 - Math.min(1, Math.max(0, (value - low) / (high - low))));
  }

  // Where a pointer is, in pixels; and as a share of the way from left to right.
  at(event) {
    return event.clientX - this.node.getBoundingClientRect().left;
  }

  share(x) {
    return (x - this.margin.l) / this.across;
  }

  remove() {
    purge(this.plot);
  }
}

// Words at x, within so wide a chart; without words none.
/** @param {HTMLElement} tip   @param {number} x   @param {number} width   @param {string | null} words */
export function hover(tip, x, width, words) {
  tip.hidden = !words;
  if (!words) return;
  say(tip, words);
  const left = Math.min(Math.max(4, x - tip.offsetWidth / 2), width - tip.offsetWidth - 4);
  tip.style.transform = `translate(${left.toFixed(0)}px, 0)`;
}
