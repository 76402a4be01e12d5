// The linked cursor: one line through all plots, and what every curve is worth there.

import { el, say } from "../shared/dom.js";
import { precise } from "../shared/spelling.js";

const STEPS = 200; // across the picture, rounded to a step that reads well
const LEAP = 10; // steps, with Shift
const SETTLES = 150; // ms: the page hears of a place when the cursor stays there
const SPOKEN = 8; // curves that are read aloud

// A curve's value at x. Between two points as it is drawn: straight, or in steps.
export function valueAt({ x, y, line }, at) {
  let i = x.findIndex((value) => value > at); // the first beyond
  if (i < 0) i = x[x.length - 1] === at ? x.length : -1;
  if (i < 1) return NaN;
  const [left, right] = [i - 1, Math.min(i, x.length - 1)];
  if (x[left] === at || line?.shape === "hv") return y[left] ?? NaN;
  if (line?.shape === "vh") return y[right] ?? NaN;
  if (y[left] === null || y[right] === null) return NaN;
  return y[left] + ((y[right] - y[left]) * (at - x[left])) / (x[right] - x[left]);
}

// 1, 2 or 5 times a power of ten, at most the value.
function stepDown(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return [5, 2, 1].find((step) => step * decade <= value * 1.0001) * decade;
}

const words = (title, otherwise) => (title?.text ?? "").replace(/<[^>]*>/g, "") || otherwise;

export class Cursor {
  // `tell(at)` hears where it was set.
  constructor(tell) {
    this.tell = tell;
    this.lines = el("div", { class: "lines" });
    this.node = el("div", { class: "cursor", role: "slider", tabindex: 0, on: {
      pointermove: (event) => this.#point(event), pointerdown: (event) => this.#point(event),
      pointerleave: () => this.#home(), keydown: (event) => this.#key(event),
    } }, this.lines);
    this.head = el("p");
    this.list = el("ul");
    this.readout = el("div", { class: "readout" }, this.head, this.list);
    this.node.hidden = this.readout.hidden = true;
  }

  take({ cursor, at, sets }) {
    this.on = Boolean(cursor);
    this.sets = sets;
    if (at !== this.heard) this.heard = this.at = this.page = at;
    this.readout.hidden = !this.on;
    if (!this.on) this.node.hidden = true;
  }

  // After Plotly drew: where its plots and curves are now.
  lay(gd, { data }) {
    if (!this.on) return;
    this.plots = Object.values(gd._fullLayout._plots).map(({ xaxis, yaxis }) => ({ xaxis, yaxis, id: xaxis._id + yaxis._id, called: words(yaxis.title, "") }));
    this.curves = gd._fullData.flatMap((full, i) => (full.visible === true && full.type === "scatter" && full.mode.includes("lines") && data[i].name
      ? [{ trace: data[i], color: full.line.color, dash: full.line.dash, axes: full.xaxis + full.yaxis }] : []));
    const [first] = this.plots;
    if (!first) return;
    const [low, high] = [...first.xaxis.range].sort((a, b) => a - b);
    this.range = [low, high];
    this.step = stepDown((high - low) / STEPS);
    this.called = words(this.plots.map(({ xaxis }) => xaxis.title).find((title) => words(title, "")), "x");
    this.node.setAttribute("aria-label", `Cursor along ${this.called}`);
    this.node.setAttribute("aria-valuemin", low);
    this.node.setAttribute("aria-valuemax", high);
    this.node.hidden = false; // it says from where to where it goes
    this.#list();
    this.#go(this.at ?? this.page ?? (low <= 0 && high >= 0 ? 0 : (low + high) / 2), true);
  }

  // Back to where the page has it.
  #home() {
    if (this.range && this.page !== null) this.#go(this.page, true);
  }

  // To stay there: the page follows.
  #set(at) {
    this.#go(at);
    if (!this.sets) return;
    this.page = this.at;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(this.at), SETTLES);
  }

  // One entry a name: the same function and its slope stand side by side.
  #list() {
    const names = [...new Set(this.curves.map(({ trace }) => trace.name))];
    const look = JSON.stringify(this.curves.map(({ trace, color, dash, axes }) => [trace.name, color, dash, axes]));
    if (look === this.look) return;
    this.look = look;
    this.rows = names.map((name) => {
      const curves = this.curves.filter(({ trace }) => trace.name === name);
      const values = curves.map(() => el("b"));
      const swatch = el("i", { "data-dash": curves[0].dash });
      swatch.style.borderTopColor = curves[0].color;
      const labels = curves.map(({ axes }) => this.plots.find(({ id }) => id === axes)?.called ?? "");
      const node = el("li", {}, swatch, el("span", { text: plain(name) }), ...values.flatMap((value, i) => [
        this.plots.length > 1 && labels[i] ? el("small", { text: labels[i] }) : null, value]));
      return { name: plain(name), curves: curves.map((curve) => this.curves.indexOf(curve)), values, labels, node };
    });
    this.list.replaceChildren(...this.rows.map(({ node }) => node));
    this.marks = this.curves.map(({ color }) => {
      const mark = el("i", { class: "mark" });
      mark.style.background = color;
      return mark;
    });
    this.rules = this.plots.map(() => el("i", { class: "rule" }));
    this.lines.replaceChildren(...this.rules, ...this.marks);
  }

  // exact: not on the nearest step, as the page may stand between two of them.
  #go(wanted, exact = false) {
    const [low, high] = this.range;
    const at = Math.min(high, Math.max(low, exact ? wanted : Number((Math.round(wanted / this.step) * this.step).toPrecision(12))));
    this.at = at;
    say(this.head, `${this.called} = ${precise(at)}${this.sets && at !== this.page ? " under the pointer: press to stay here" : ""}`);
    this.plots.forEach(({ xaxis, yaxis }, i) => {
      Object.assign(this.rules[i].style, { transform: `translate(${xaxis._offset + xaxis.d2p(at)}px, ${yaxis._offset}px)`, height: `${yaxis._length}px` });
    });
    const values = this.curves.map(({ trace }) => valueAt(trace, at));
    this.curves.forEach(({ axes }, i) => {
      const plot = this.plots.find(({ id }) => id === axes);
      const top = plot ? plot.yaxis.d2p(values[i]) : NaN;
      this.marks[i].hidden = !(top >= 0 && top <= plot?.yaxis._length);
      if (!this.marks[i].hidden) this.marks[i].style.transform = `translate(${plot.xaxis._offset + plot.xaxis.d2p(at)}px, ${plot.yaxis._offset + top}px)`;
    });
    for (const { curves, values: cells } of this.rows) cells.forEach((cell, i) => say(cell, precise(values[curves[i]])));
    const told = this.rows.slice(0, SPOKEN).map(({ name, curves, labels }) => `${name}: ${curves.map((curve, i) =>
      `${labels[i]} ${precise(values[curve])}`.trim()).join(", ")}`).join("; ");
    this.node.setAttribute("aria-valuenow", at);
    this.node.setAttribute("aria-valuetext", `${this.called} ${precise(at)}. ${told}`);
  }

  // In whichever plot the pointer is; between two of them, the nearer.
  #point(event) {
    if (!this.plots?.length) return;
    const at = this.#place(event);
    if (this.sets && event.buttons) this.#set(at);
    else this.#go(at);
  }

  #place(event) {
    const left = (event.clientX - this.node.getBoundingClientRect().left) / (this.node.currentCSSZoom ?? 1);
    const off = ({ xaxis }) => Math.max(xaxis._offset - left, left - xaxis._offset - xaxis._length, 0);
    const { xaxis } = this.plots.reduce((a, b) => (off(b) < off(a) ? b : a));
    return xaxis.p2d(left - xaxis._offset);
  }

  #key(event) {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    const end = { Home: 0, End: 1 }[event.key];
    if (!this.range || (!way && end === undefined) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#set(way ? this.at + way * this.step * (event.shiftKey ? LEAP : 1) : this.range[end]);
  }
}

// A name as it was before it was made safe for Plotly.
const plain = (name) => name.replace(/%\u200b\{/g, "%{").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
