// What the colours of "What it decides" stand for: classes by name, or the values of the two end colours.

import { el } from "../../../shared/dom.js";
import { number } from "../../../shared/spelling.js";
import { SYMBOLS, classColor } from "../../../shared/theme.js";

const MOST = 10;
const MARKS = { circle: "●", square: "■", "triangle-up": "▲", diamond: "◆", cross: "✚", star: "★", x: "✖", "triangle-down": "▼" };
const OURS = ["blue", "orange"]; // names that say the colour themselves

export class Legend {
  constructor() {
    this.node = el("div", { class: "colours" });
  }

  // scene: of the run whose colours these are   shapes: whether classes have a marker shape each
  dress(scene, theme, shapes) {
    this.node.hidden = scene.classes.length === 2 && scene.classes.every((name, i) => name === OURS[i]);
    this.node.replaceChildren(...(scene.field ? values(scene, theme) : classes(scene, theme, shapes)));
  }
}

function classes(scene, theme, shapes) {
  const shown = scene.classes.slice(0, MOST).map((name, i) => {
    const mark = el("i", { text: MARKS[shapes ? SYMBOLS[i % SYMBOLS.length] : "circle"], "aria-hidden": "true" });
    mark.style.color = classColor(scene, theme, i);
    return el("span", { title: name }, mark, el("span", { text: name }));
  });
  const more = scene.classes.length - MOST;
  return more > 0 ? [...shown, el("span", { text: `and ${more} more` })] : shown;
}

function values({ field }, theme) {
  const bar = el("i", { class: "bar", "aria-hidden": "true" });
  bar.style.background = `linear-gradient(90deg, ${theme.negative}, ${theme.neutral}, ${theme.positive})`;
  return [el("span", { text: number(field.low) }), bar, el("span", { text: number(field.high) })];
}
