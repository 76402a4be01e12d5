"""The questions of the lesson "Recurrence" on one unit."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.recurrence import PULSES, Unit
from ui.lessons.recurrence import THREE, WANTED


def state(draw: int = 0) -> Ask:
    w, u = numbers(draw, (1.0, 0.5), (0.5, 0.8, 1.2, 1.5), (0.4, 0.6, 1.4, 1.7))
    unit = Unit(w, u, 0.0, PULSES["one pulse"])
    second, first = float(unit.states[1]), float(unit.states[0])
    options = {words(0.0): "That would be so for a unit without a state: its second input is 0.",
               words(first, 3): "That would be so if the state were handed on untouched, without u and tanh.",
               words(second, 3): f"That would be so if its second sum were {words(float(np.arctanh(second)), 3)}."}
    return Ask(f"One pulse: the input is 1 at step 1 and 0 from then on. With w = {words(w)} and u = {words(u)}, what is the "
               "state after step 2?", options, [0.0, first, second].index(float(unit.states[1])),
               f"After step 1 it is tanh({words(w)}) = {words(first, 3)}. At step 2 nothing comes in, but the state does: "
               f"tanh({words(u)} · {words(first, 3)}) = {words(second, 3)}. What came at step 1 is still there, smaller.",
               scene=[{"state/inputs": "one pulse", "state/w": w, "state/u": u, "state/at": at} for at in (1, 2)])


def unrolled(draw: int = 0) -> Ask:
    (u,) = numbers(draw, (1.5,), (0.5, 0.8, 1.2, -1.0))
    unit = Unit(1.0, u, 0.0, THREE)
    parts, grad = unit.parts(WANTED)[1], float(unit.gradient(WANTED)[0][1])
    options = {float(parts[-1]): "That would be so if only the last step had used u.",
               float(parts.sum()): "That would be so if every step's part counted once.",
               float(parts.sum() / 3): "That would be so if the parts were averaged: each step would count a third."}
    right = int(np.abs(np.array(list(options)) - grad).argmin())
    return Ask(f"With w = 1 and u = {words(u)}: the weight u is used at every step. What is the derivative of the loss with "
               "respect to it?", {words(value, 3): said for value, said in options.items()}, right,
               f"Moved a little, u moves at all steps at once, so what they add is summed: "
               f"{' + '.join(words(float(v), 3) for v in parts)} = {words(grad, 3)}. The first step adds 0, since the state "
               "before it was 0.", scene=[{"unrolled/of": "u", "unrolled/w": 1.0, "unrolled/u": u}])
