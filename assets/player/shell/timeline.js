// The timeline at the foot: one for all pictures and all runs.

import { PACES } from "../film/clock.js";
import { capital, el, icon, say } from "../../shared/dom.js";
import { ICONS } from "../../shared/icons.js";
import { count, perEpoch } from "../film/when.js";

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

export class Timeline {
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
    this.speed = el("select", { "aria-label": "Speed", on: { change: () => act.speed(this.speed.value) } });
    this.which = el("select", { class: "which", "aria-label": "Run to branch", title: "Run to branch",
      on: { change: () => act.select(this.which.selectedIndex) } });
    const { reset, back, play, on, batch, branch, seed } = this.buttons;
    this.node = el("div", { class: "timeline", role: "group", "aria-label": "Timeline" },
      el("div", { class: "keys" }, reset, back, play, on, batch), this.slider,
      el("div", { class: "count" }, this.now, " ", this.of), el("div", { class: "keys" }, branch, this.which, this.speed, seed));
  }

  scene(runs, horizon, { can_reseed: reseed, can_branch: branch, present, by_steps: bySteps }) {
    this.run = runs[0];
    this.#paced(Boolean(bySteps), runs[0].scene);
    this.slider.setAttribute("aria-label", capital(runs[0].scene.clock));
    this.buttons.seed.hidden = !reseed;
    this.buttons.branch.hidden = !branch;
    this.which.hidden = !branch || runs.length < 2;
    this.which.replaceChildren(...runs.map((run) => el("option", { text: run.scene.name })));
    this.chosen = null;
    this.buttons.batch.hidden = this.speed.hidden = Boolean(present);
    this.present = present;
    this.#extent(horizon);
  }

  // Frames that lie steps apart are reached by the handle, too.
  #paced(bySteps, { steps_per_epoch: stepsPerEpoch, clock }) {
    this.fine = bySteps;
    this.slider.step = bySteps ? 1 / stepsPerEpoch : 1;
    const { unit: usual, speeds } = PACES[bySteps ? "steps" : "epochs"];
    const unit = bySteps && clock === "round" ? clock : usual;
    if (this.unit === unit) return;
    this.unit = unit;
    this.speed.replaceChildren(...speeds.map((speed) => el("option", { value: speed,
      text: speed === "auto" ? "auto speed" : `${speed} ${unit}${speed === 1 ? "" : "s"} a frame` })));
    const [label, key] = bySteps ? ["One frame on", BUTTONS.on[1]] : BUTTONS.on;
    this.buttons.on.title = `${label} (${key})`;
    this.buttons.on.setAttribute("aria-label", label);
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
    this.last = (Math.ceil(horizon) * perEpoch(this.run)).toLocaleString("en-US");
    say(this.of, `/ ${this.last} ${this.run.scene.clock}s`);
  }

  draw({ time, shown, tail, horizon, state, selected }) {
    if (this.chosen !== selected) this.chosen = this.which.selectedIndex = selected;
    if (horizon > Number(this.slider.max)) this.#extent(horizon);
    const { max } = this.slider;
    if (document.activeElement !== this.slider || !this.slider.matches(":active")) this.slider.value = this.fine ? time : Math.round(time);
    this.slider.style.setProperty("--played", `${(100 * time) / max}%`);
    this.slider.style.setProperty("--ready", `${(100 * tail) / max}%`);
    const now = count(shown[0], time);
    say(this.now, now);
    this.slider.setAttribute("aria-valuetext", `${this.run.scene.clock} ${now} of ${this.last}`);
    if (state === this.state) return;
    this.state = state;
    const { play } = this.buttons;
    const playing = state === "playing";
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
    play.title = `${playing ? "Pause" : "Play"} (Space)`;
    play.firstChild.firstChild.setAttribute("d", playing ? ICONS.pause : ICONS.play);
  }
}
