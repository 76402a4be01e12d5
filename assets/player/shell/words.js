// The sentence that says what the pictures show, the banner, and the announcement for screen readers.

import { band, failures, scored, seedsOf } from "../film/bands.js";
import { el, say } from "../../shared/dom.js";
import { none, share, size } from "../film/logs.js";
import { runColor } from "../../shared/theme.js";

const ANNOUNCE_EVERY = 1000; // ms

/** @import { Frame, Header, Moment, Run, Theme } from "../types.d.ts" */

export class Words {
  constructor() {
    this.node = el("div", { class: "words" });
    this.notes = el("p", { class: "note notes" });
    this.banner = el("div", { class: "banner", role: "status", hidden: true });
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    this.spoken = 0;
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.runs = runs;
    this.headline = Boolean(header.headline);
    this.veiled = Boolean(header.veiled); // a question is open: nothing here gives its answer away
    this.lines = runs.map(() => el("p", { title: rule(runs) || null }));
    this.node.replaceChildren(...this.lines);
    const notes = [...new Set([rule(runs), ...runs.flatMap((run) => run.scene.notes ?? [])])].filter(Boolean);
    say(this.notes, notes.join(" "));
    this.notes.hidden = !notes.length;
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
    this.drawn = null;
    this.lines.forEach((line) => line.replaceChildren());
  }

  /** @param {Moment} moment */
  draw(moment) {
    const key = moment.shown.map(({ frame }) => frame.step).join() + moment.time;
    if (this.drawn === key) return;
    this.drawn = key;
    moment.shown.forEach((shown, i) => this.#line(this.lines[i], sentence(shown, moment, i, this)));
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
    const stopped = shown.filter(({ run }) => run.end?.message && !run.next(time));
    this.banner.hidden = !stopped.length;
    this.banner.classList.toggle("calm", stopped.every(({ run }) => run.end.state !== "diverged"));
    say(this.banner, stopped.map(({ run }) => `${this.runs.length > 1 ? `${run.scene.name}: ` : ""}` +
      run.end.message).join(" "));
  }

  fail(text) {
    this.banner.hidden = false;
    say(this.banner, text);
  }

  // Called while drawing and when the player comes to rest.
  announce(state, headline) {
    const now = performance.now();
    clearTimeout(this.later);
    if (now - this.spoken < ANNOUNCE_EVERY) {
      this.later = setTimeout(() => this.announce(state, headline), ANNOUNCE_EVERY);
      return;
    }
    this.spoken = now;
    say(this.live, [headline, ...this.lines.map((line) => line.textContent), state === "playing" ? "" : `${state}.`, this.banner.hidden ? "" : this.banner.textContent].join(" ").trim());
  }

  remove() {
    clearTimeout(this.later);
  }
}

// Parts alternate: plain, strong, plain … With a headline above, which tells the shares, the sizes are enough.
/** @type {(shown: Moment["shown"][0], moment: Moment, place: number, told: { headline: boolean, veiled: boolean }) => string[]} */
function sentence({ run, frame }, { time, shown }, place, { headline, veiled }) {
  const { scene } = run;
  const several = shown.length > 1;
  const name = scored(frame);
  const split = { test_score: scene.held_out, train_score: "training" }[name];
  const opening = several ? [place ? "" : `Epoch ${epochs(time)}. `, scene.name, ": "] : ["Epoch ", epochs(time), ". "];
  const [first, ...rest] = veiled ? [""] : gradientParts(run, frame, headline);
  const seeds = frame[name].length;
  const after = `${several ? "" : baseline(scene.score)}${seeds > 1 && time > 0 ? `, failed to learn in ${failures(run, frame)} of ${seeds} runs` : ""}. `;
  return [...opening.slice(0, 2), `${opening[2]}${several ? split : capital(split)} ${scene.score.name} `,
    scoreText(scene.score, band(run, frame, name).mid[0]), after + first, ...rest];
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const epochs = (time) => (Math.abs(time - Math.round(time)) < 0.005 ? Math.round(time) : time.toFixed(2)).toLocaleString("en-US");

export function scoreText({ kind }, value) {
  if (!Number.isFinite(value)) return "not known";
  if (kind === "share") return `${(100 * value).toFixed(value > 0.995 && value < 1 ? 1 : 0)} %`;
  return value.toPrecision(3);
}

const baseline = (score) => (Number.isFinite(score.baseline) ? ` (${score.baseline_text}: ${scoreText(score, score.baseline)})` : "");

// What "failed" and the numbers mean, when a run is several.
/** @param {Run[]} runs */
function rule(runs) {
  const seeds = seedsOf(runs);
  if (seeds === 1) return "";
  return `Numbers are medians of ${seeds} seeds, pictures show the first. Failed to learn: ${runs[0].scene.score.failed}.`;
}

// Always two things: the share of the output layer's gradient, and the absolute size.
/** @type {(run: Run, frame: Frame, headline: boolean) => string[]} */
function gradientParts(run, frame, headline) {
  const layers = run.scene.weight_layers.length;
  const { mid } = band(run, frame, "gradient");
  const [first, last] = [mid[0], mid[layers - 1]];
  if (layers === 1) return none(last) ? ["No gradient reaches the weights."] : ["Its gradient is ", size(last), "."];
  const name = capital(run.scene.weight_layers[0]);
  if (first === -Infinity) return [`${name} receives `, "no gradient", " at all."];
  if (headline) return [`${name}'s gradient is `, size(first), "."];
  if (!Number.isFinite(first - last)) return [`${name}'s gradient is `, size(first), " (the output layer's: ", size(last), ")."];
  const { text, of } = share(first - last);
  return [`${name}'s gradient is `, size(first), ", ", text + of, " the output layer's."];
}
