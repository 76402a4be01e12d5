// What a film shows at a moment, told in a sentence: of the lines that a page gives, the last one that has come true so far.

import { band, scored } from "../film/bands.js";
import { el, say } from "../../shared/dom.js";
/** @import { Header, Line, Moment, Run } from "../types.d.ts" */

export class Tale {
  constructor() {
    this.node = el("p", { class: "tale", hidden: true });
  }

  /** @param {Header} header */
  scene({ narration }) {
    this.lines = narration?.lines ?? [];
    this.node.hidden = !this.lines.length;
  }

  /** @param {Moment} moment */
  draw({ shown: [{ run, frame }] }) {
    if (!this.lines.length) return;
    const film = run.frames.filter(({ step }) => step <= frame.step);
    say(this.node, this.lines.findLast((line) => holds(line, run, film)).words);
  }
}

/** @type {(line: Line, run: Run, film: Run["frames"]) => boolean} */
function holds({ epoch, score, turned, diverged }, run, film) {
  const now = film[film.length - 1];
  return now.epoch >= epoch && (score === null || film.some((frame) => reached(run, frame, score))) &&
    (turned === null || rise(run, film) >= turned) && (!diverged || (run.end?.state === "diverged" && now === run.last));
}

function reached(run, frame, wanted) {
  const value = band(run, frame, scored(run, frame).column).mid[0];
  return run.scene.score.better === "more" ? value >= wanted : value <= wanted;
}

// How far the loss of the rows held out ever rose above its lowest so far, as a factor.
function rise(run, film) {
  const { column } = run.scene.series[run.scene.series.length - 1];
  let [lowest, most] = [Infinity, 1];
  for (const frame of film) {
    const value = band(run, frame, column).mid[0];
    lowest = Math.min(lowest, value);
    if (value / lowest > most) most = value / lowest;
  }
  return most;
}
