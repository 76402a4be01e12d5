// What stands under the pointer on the drawn network, in words that are told again with every frame.

import { el, say } from "../../shared/dom.js";
import { number } from "../../shared/spelling.js";
import { stepOf } from "./inside/account.js";
import { unitName } from "./network_plan.js";
import { silent } from "./network_maps.js";

export class Tip {
  constructor() {
    this.node = el("div", { class: "tip", hidden: true });
  }

  // telling(): the words, and where they belong
  tell(telling, plan) {
    this.telling = telling;
    this.plan = plan;
    this.again();
  }

  again() {
    if (!this.telling) return;
    const { words, x, y } = this.telling();
    say(this.node, words);
    this.node.hidden = false;
    const half = this.node.offsetWidth / 2;
    const left = Math.min(Math.max(x, half + 2), this.plan.width - half - 2);
    const top = Math.min(y + 10, this.plan.height - this.node.offsetHeight);
    this.node.style.transform = `translate(${(left - half).toFixed(0)}px, ${top.toFixed(0)}px)`;
  }

  silent() {
    this.telling = null;
    this.node.hidden = true;
  }
}

// step: the one that is shown in slow motion, if one is
export function weightWords(scene, step, { from, to }, value) {
  return `${unitName(scene, from)} → ${unitName(scene, to)}: weight ${signed(value)}${step ? stepOf(step, from, to) : ""}`;
}

// plain: a question is open, what units see is not told
export function unitWords(scene, frame, unit, plain) {
  const { biases, unit_scale: scale, units, shapes } = frame ?? {};
  const bias = unit.layer > 0 && biases ? `, bias ${signed(biases[unit.index])}` : "";
  const range = scale ? `, full colour is ${number(scale[unit.index])} from its centre` : "";
  const off = !plain && unit.layer > 0 && units && silent(units, unit.index, shapes.units[1] * shapes.units[2]);
  return `${unitName(scene, unit)}${bias}${off ? ": the same everywhere, so it tells nothing apart" : range}`;
}

const signed = (value) => (value < 0 ? "−" : "+") + number(Math.abs(value));
