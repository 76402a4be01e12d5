// The timeline at the foot: one for all pictures and all runs.

import { SPEEDS } from "../film/clock.js";
import { el, icon, say } from "../../shared/dom.js";
import { epochs } from "./words.js";

const ICONS = {
  reset: "M12 5V2L7 6l5 4V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
  back: "M15.5 5 8.5 12l7 7 1.4-1.4L11.3 12l5.6-5.6z",
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  on: "M8.5 5 7.1 6.4l5.6 5.6-5.6 5.6L8.5 19l7-7z",
  batch: "M6 5 4.6 6.4l5.6 5.6-5.6 5.6L6 19l7-7zM15 5h2.4v14H15z",
  branch: "M6 3a2.5 2.5 0 0 0-1 4.8v8.4a2.5 2.5 0 1 0 2 0V13c0-.6.4-1 1-1h6a4 4 0 0 0 4-4 2.5 2.5 0 1 0-2 0 2 2 0 0 1-2 2H8c-.3 0-.7.1-1 .2V7.800A2.5 2.5 0 0 0 6 3z",
  seed: "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 3.5a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2zm8 0a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2zm-4 4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2zm-4 4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2zm8 0a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z",
};

// name -> [label, keys that do the same, what the title adds]
const BUTTONS = {
  reset: ["Back to the untrained network, same seed", "R"],
  back: ["One frame back", "ArrowLeft"],
  play: ["Play", "Space"],
  on: ["One epoch on", "ArrowRight"],
  batch: ["One batch on", "."],
  branch: ["Branch here", "B", ": a second future from this moment"],
  seed: ["New seed: other starting weights", ""],
};

export class Controls {
  // `act`: what each button does, by name, and scrub(time), drop(time), speed(value), select(run).
  constructor(act) {
    this.buttons = Object.fromEntries(Object.entries(BUTTONS).map(([name, [label, key, more = ""]]) => [name, el("button", {
      type: "button", class: `round ${name}`, title: `${label}${more}${key && ` (${key})`}`, "aria-label": label,
      "aria-keyshortcuts": key || null, on: { click: () => this.#press(name, act) },
    }, icon(ICONS[name]))]));
    this.slider = el("input", {
      type: "range", min: 0, max: 1, step: 1, value: 0, "aria-label": "Epoch",
      on: { input: () => act.scrub(Number(this.slider.value)), change: () => this.#drop(act) },
    });
    this.now = el("b", { text: "0" });
    this.of = el("span");
    this.speed = el("select", { "aria-label": "Speed", on: { change: () => act.speed(this.speed.value) } },
      ...SPEEDS.map((speed) => el("option", { value: speed, text: speed === "auto" ? "auto speed" : `${speed} ${speed === 1 ? "epoch" : "epochs"} a frame` })));
    this.which = el("select", { class: "which", "aria-label": "Run to branch", title: "Run to branch",
      on: { change: () => act.select(this.which.selectedIndex) } });
    const { reset, back, play, on, batch, branch, seed } = this.buttons;
    this.node = el("div", { class: "timeline", role: "group", "aria-label": "Timeline" },
      el("div", { class: "keys" }, reset, back, play, on, batch), this.slider,
      el("div", { class: "count" }, this.now, " ", this.of), el("div", { class: "keys" }, branch, this.which, this.speed, seed));
  }

  scene(runs, horizon, { can_reseed: reseed, can_branch: branch, present }) {
    this.buttons.seed.hidden = !reseed;
    this.buttons.branch.hidden = !branch;
    this.which.hidden = !branch || runs.length < 2;
    this.which.replaceChildren(...runs.map((run) => el("option", { text: run.scene.name })));
    this.chosen = null;
    this.buttons.batch.hidden = this.speed.hidden = Boolean(present);
    this.present = present;
    this.#extent(horizon);
  }

  // After a branch comes playing: Space must not make another one.
  #press(name, act) {
    if (name === "branch") this.buttons.play.focus();
    act[name]();
  }

  #drop(act) {
    act.drop(Number(this.slider.value));
    if (this.present) this.slider.blur(); // a clicker's PageUp and PageDown would move it
  }

  #extent(horizon) {
    this.slider.max = Math.max(1, Math.ceil(horizon));
    say(this.of, `/ ${Math.ceil(horizon).toLocaleString("en-US")} epochs`);
  }

  draw({ time, tail, horizon, state, selected }) {
    if (this.chosen !== selected) this.chosen = this.which.selectedIndex = selected;
    if (horizon > Number(this.slider.max)) this.#extent(horizon);
    const { max } = this.slider;
    if (document.activeElement !== this.slider || !this.slider.matches(":active")) this.slider.value = Math.round(time);
    this.slider.style.setProperty("--played", `${(100 * time) / max}%`);
    this.slider.style.setProperty("--ready", `${(100 * tail) / max}%`);
    say(this.now, epochs(time));
    this.slider.setAttribute("aria-valuetext", `epoch ${epochs(time)} of ${max}`);
    if (state === this.state) return;
    this.state = state;
    const { play } = this.buttons;
    const playing = state === "playing";
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
    play.title = `${playing ? "Pause" : "Play"} (Space)`;
    play.firstChild.firstChild.setAttribute("d", playing ? ICONS.pause : ICONS.play);
  }
}

const ACTIONS = { " ": "play", ArrowLeft: "back", ArrowRight: "on", ".": "batch", Home: "home", End: "end", r: "reset", R: "reset", b: "branch", B: "branch" };

// Which action a key means here; null when it belongs to whatever has the focus.
export function actionOf(event, root, header) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return null;
  const { target } = event;
  if (target !== document.body && target !== document.documentElement && !root.contains(target)) return null;
  if (target.matches?.("input, select, textarea, [contenteditable=true]")) return null;
  if (event.key === " " && target.matches?.("button")) return null;
  if (event.key === "ArrowRight" && event.shiftKey) return "batch";
  const action = ACTIONS[event.key] ?? null;
  return action === "branch" && (!header.can_branch || header.present) ? null : action; // clickers send "b" to blank the screen
}
