// The sentence that says what the pictures show, the banner, and the announcement for screen readers.

import { band, failures, scored, seedsOf } from "../film/bands.js";
import { capital, el, say } from "../../shared/dom.js";
import { none, size } from "../film/logs.js";
import { percent } from "../pictures/measures.js";
import { number } from "../../shared/spelling.js";
import { count } from "../film/when.js";
import { Tale } from "./tale.js";
import { runInk } from "../../shared/theme.js";

const SETTLED = 300; // ms: what is read aloud must still hold when it is heard
const BROKEN = "Here it breaks off: numbers became too large to compute with. Shown is the last state before that.";

/** @import { Frame, Header, Moment, Run, Theme } from "../types.d.ts" */

export class Words {
  constructor() {
    this.node = el("div", { class: "words" });
    this.notes = el("p", { class: "note notes" });
    this.banner = el("div", { class: "banner", role: "status", hidden: true });
    this.live = el("p", { class: "sr-only", "aria-live": "polite" });
    this.tale = new Tale();
    this.anew = false; // the film begins again because the server has forgotten it
  }

  /** @param {Run[]} runs   @param {Theme} theme   @param {Header} header */
  scene(runs, theme, header) {
    this.runs = runs;
    this.headline = Boolean(header.headline);
    this.asked = Boolean(header.veiled); // a question is open: nothing here gives its answer away
    this.unexplained = Boolean(header.unexplained); // why a run broke off is a question still
    this.node.hidden = this.asked;
    if (this.asked) say(this.live, "");
    this.veiled = header.narration?.gradient === false; // the film is about something else
    this.both = Boolean(header.narration?.both);
    this.coverage = header.pictures.includes("coverage"); // it is what the page is about
    this.tale.scene(header);
    this.lines = runs.map(() => el("p", { title: rule(runs) || null }));
    this.node.replaceChildren(this.tale.node, ...this.lines);
    const anew = this.anew ? "The connection was broken for a while, so this film begins again." : null;
    const notes = [...new Set([anew, rule(runs), ...runs.flatMap((run) => run.scene.notes ?? [])])].filter(Boolean);
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
    if (this.asked) {
      this.banner.hidden = true;
      return;
    }
    this.tale.draw(moment);
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
    if (this.runs.length > 1 && line.childNodes[1]) line.childNodes[1].style.color = runInk(run, this.theme, this.theme.ink);
  }

  #banner({ shown, time }) {
    const stopped = shown.filter(({ run }) => run.end?.message && !run.next(time));
    this.banner.hidden = !stopped.length;
    this.banner.classList.toggle("calm", stopped.every(({ run }) => run.end.state !== "diverged"));
    say(this.banner, stopped.map(({ run }) => `${this.runs.length > 1 ? `${run.scene.name}: ` : ""}` +
      (this.unexplained && run.end.state === "diverged" ? BROKEN : run.end.message)).join(" "));
  }

  fail(text) {
    this.banner.hidden = false;
    say(this.banner, text);
  }

  // Called while drawing and when the player comes to rest. While it plays only what the film tells: numbers would be old before
  // they are heard.
  announce(state, headline) {
    clearTimeout(this.later);
    say(this.live, this.asked || state !== "playing" ? "" : this.tale.node.textContent);
    if (this.asked || state === "playing") return;
    this.later = setTimeout(() => say(this.live, [headline, this.tale.node.textContent, ...this.lines.map((line) => line.textContent),
      `${state}.`, this.banner.hidden ? "" : this.banner.textContent].join(" ").trim()), SETTLED);
  }

  remove() {
    clearTimeout(this.later);
  }
}

// Parts alternate: plain, strong, plain … With a headline above, which tells the shares, the sizes are enough.
/** @type {(shown: Moment["shown"][0], moment: Moment, place: number, told: { headline: boolean, veiled: boolean, both: boolean, coverage: boolean }) => string[]} */
function sentence({ run, frame }, { time, shown }, place, { headline, veiled, both, coverage }) {
  const several = shown.length > 1;
  const [clock, told] = [capital(run.scene.clock), count({ run, frame }, time)];
  const opening = several ? [place ? "" : `${clock} ${told}. `, run.scene.name, ": "] : [`${clock} `, told, ". "];
  const progress = run.scene.score ? scoreParts(run, frame, time, several, both)
    : coverage ? joined(coverageParts(run, frame, several), lossParts(run, frame, false)) : lossParts(run, frame, several);
  return [opening, progress, veiled || coverage ? [""] : gradientParts(run, frame, headline)].reduce(joined);
}

// One after the other; both begin with a plain part.
const joined = (before, after) =>
  (before.length % 2 ? [...before.slice(0, -1), before[before.length - 1] + after[0], ...after.slice(1)] : [...before, ...after]);

function scoreParts(run, frame, time, several, both) {
  const { score } = run.scene;
  const { column, name } = scored(run, frame);
  const { seeds } = run.scene;
  const after = `${several ? "" : baseline(score)}${seeds > 1 && time > 0 ? `, failed to learn in ${failures(run, frame)} of ${seeds} runs` : ""}. `;
  const text = (of) => scoreText(score, band(run, frame, of).mid[0]);
  const own = score.series[0];
  const before = both && own.column !== column ? [`${capital(own.name)} ${score.name} `, text(own.column), `, ${name} ${score.name} `]
    : [`${several ? name : capital(name)} ${score.name} `];
  return [...before, text(column), after];
}

// Without right answers there is no score: the losses are what is known.
function lossParts(run, frame, several) {
  const parts = run.scene.series.flatMap(({ column, name }, i) =>
    [`${i ? ", " : several ? "loss: " : "Loss: "}${name} `, number(band(run, frame, column).mid[0])]);
  return joined(parts, [". "]);
}

// Of a generator: how much of the data its samples cover, and how many of them are good.
function coverageParts(run, frame, several) {
  if (!frame.covered) return [""];
  const { of } = run.scene.coverage;
  const [covered, good] = ["covered", "good"].map((name) => band(run, frame, name).mid[0]);
  if (!Number.isFinite(covered)) return [several ? "no sample can be drawn. " : "No sample can be drawn. "];
  return [several ? "" : "Covered: ", of ? `${Math.round(covered * of)} of ${of} clouds` : percent(covered), several ? " covered, good samples: " : ", good samples: ", percent(good), ". "];
}

export function scoreText({ kind }, value) {
  if (!Number.isFinite(value)) return "not known";
  if (kind === "share") return `${(100 * value).toFixed(value > 0.995 && value < 1 ? 1 : 0)} %`;
  return number(value);
}

const baseline = (score) => (Number.isFinite(score.baseline) ? ` (${score.baseline_text}: ${scoreText(score, score.baseline)})` : "");

// What "failed" and the numbers mean, when a run is several.
/** @param {Run[]} runs */
function rule(runs) {
  const seeds = seedsOf(runs);
  if (seeds === 1) return "";
  const { score } = runs[0].scene;
  return `Numbers are medians of ${seeds} seeds, pictures show the first.${score ? ` Failed to learn: ${score.failed}.` : ""}`;
}

// Of each network two sizes, at its two ends.
/** @type {(run: Run, frame: Frame, headline: boolean) => string[]} */
function gradientParts(run, frame, headline) {
  const { networks, weight_layers: names } = run.scene;
  if (!frame.gradient) return [""];
  const { mid } = band(run, frame, "gradient");
  let end = 0;
  return networks.map(({ layers }, i) => {
    const of = networks.length > 1 ? `${capital(names[end])}'s` : "Its";
    const parts = reaching(capital(names[end]), of, mid.slice(end, (end += layers)), headline);
    return i ? [` ${parts[0]}`, ...parts.slice(1)] : parts;
  }).reduce(joined);
}

// How much reaches the first of these layers. of: whose gradient it is, when there is only one
function reaching(name, of, logs, headline) {
  const [first, last] = [logs[0], logs[logs.length - 1]];
  if (logs.length === 1) return none(last) ? ["No gradient reaches the weights."] : [`${of} gradient is `, size(last), "."];
  if (first === -Infinity) return [`${name} receives `, "no gradient", " at all."];
  if (headline) return [`${name}'s gradient is `, size(first), "."];
  return [`${name}'s gradient is `, size(first), `, ${of === "Its" ? "the" : "its"} output layer's `, size(last), "."];
}
