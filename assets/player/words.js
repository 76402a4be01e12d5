// The sentence that says what the pictures show, the banner, and the announcement for screen readers.

import { el, say } from "./dom.js";
import { none, size } from "./gradient.js";
import { runColor } from "./theme.js";

const ANNOUNCE_EVERY = 1000; // ms

export class Words {
  constructor() {
    this.node = el("div", { class: "words" });
    this.notes = el("p", { class: "note notes" });
    this.banner = el("div", { class: "banner", role: "status", hidden: true });
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    this.spoken = 0;
  }

  scene(runs, theme) {
    this.runs = runs;
    this.lines = runs.map(() => el("p"));
    this.node.replaceChildren(...this.lines);
    const notes = [...new Set(runs.flatMap((run) => run.scene.notes ?? []))];
    say(this.notes, notes.join(" "));
    this.notes.hidden = !notes.length;
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.drawn = null;
    this.lines.forEach((line) => line.replaceChildren());
  }

  draw(moment) {
    const key = moment.shown.map(({ frame }) => frame.step).join() + moment.time;
    if (this.drawn === key) return;
    this.drawn = key;
    moment.shown.forEach((shown, i) => this.#line(this.lines[i], sentence(shown, moment, i)));
    this.#banner(moment);
  }

  // Parts alternate: plain, strong, plain … Nodes are kept and only their text changes.
  #line(line, parts) {
    while (line.childNodes.length > parts.length) line.lastChild.remove();
    parts.forEach((text, i) => {
      if (!line.childNodes[i]) line.append(i % 2 ? el("b") : el("span"));
      say(line.childNodes[i], text);
    });
    const run = this.runs[this.lines.indexOf(line)];
    if (this.runs.length > 1 && line.childNodes[1]) line.childNodes[1].style.color = runColor(run, this.theme, this.theme.ink);
  }

  #banner({ shown, time }) {
    const stopped = shown.filter(({ run }) => run.end?.state === "diverged" && !run.next(time));
    this.banner.hidden = !stopped.length;
    say(this.banner, stopped.map(({ run }) => `${this.runs.length > 1 ? `${run.scene.name}: ` : ""}` +
      (run.end.message ?? "The numbers grew beyond all bounds and training stopped. Try a smaller learning rate.")).join(" "));
  }

  fail(text) {
    this.banner.hidden = false;
    say(this.banner, text);
  }

  // Called while drawing and when the player comes to rest.
  announce(state) {
    const now = performance.now();
    clearTimeout(this.later);
    if (now - this.spoken < ANNOUNCE_EVERY) {
      this.later = setTimeout(() => this.announce(state), ANNOUNCE_EVERY);
      return;
    }
    this.spoken = now;
    say(this.live, [...this.lines.map((line) => line.textContent), state === "playing" ? "" : `${state}.`, this.banner.hidden ? "" : this.banner.textContent].join(" ").trim());
  }

  remove() {
    clearTimeout(this.later);
  }
}

function sentence({ run, frame }, { time, shown }, place) {
  const { scene } = run;
  const several = shown.length > 1;
  const tested = Number.isFinite(frame.test_score[0]); // without test points the training score is all there is
  const split = several ? (tested ? "test" : "training") : tested ? "Test" : "Training";
  const opening = several ? [place ? "" : `Epoch ${epochs(time)}. `, scene.name, ": "] : ["Epoch ", epochs(time), ". "];
  const [first, ...rest] = gradientParts(run, frame);
  return [...opening.slice(0, 2), `${opening[2]}${split} ${scene.score.name} `,
    scoreText(scene.score, (tested ? frame.test_score : frame.train_score)[0]), `${several ? "" : baseline(scene.score)}. ${first}`, ...rest];
}

export const epochs = (time) => (Math.abs(time - Math.round(time)) < 0.005 ? Math.round(time) : time.toFixed(2)).toLocaleString("en-US");

export function scoreText({ kind }, value) {
  if (!Number.isFinite(value)) return "not known";
  if (kind === "share") return `${(100 * value).toFixed(value > 0.995 && value < 1 ? 1 : 0)} %`;
  return value.toPrecision(3);
}

const baseline = (score) => (Number.isFinite(score.baseline) ? ` (${score.baseline_text}: ${scoreText(score, score.baseline)})` : "");

// Always two things: the share of the output layer's gradient, and the absolute size.
function gradientParts({ scene }, frame) {
  const layers = scene.weight_layers.length;
  const seeds = frame.gradient.length / layers;
  const [first, last] = [frame.gradient[0], frame.gradient[(layers - 1) * seeds]];
  if (layers === 1) return none(last) ? ["No gradient reaches the weights."] : ["Its gradient is ", size(last), "."];
  const name = scene.weight_layers[0].charAt(0).toUpperCase() + scene.weight_layers[0].slice(1);
  if (none(first)) return [`${name} receives `, "no gradient", " at all."];
  if (none(last)) return [`${name}'s gradient is `, size(first), ", the output layer has none."];
  return [`${name}'s gradient is `, size(first), ", ", ratio(first - last), " the output layer's."];
}

function ratio(log) {
  if (log >= -2) return `${Number((10 ** log).toPrecision(log >= 1 ? 3 : 2)).toLocaleString("en-US")} ×`;
  if (log >= -9) return `1/${Math.round(10 ** -log).toLocaleString("en-US")} of`;
  return `${size(log)} ×`;
}
