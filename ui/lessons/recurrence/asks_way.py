"""Questions on the gradient's way back through time."""

import numpy as np

from ann_core.base.numbers import size
from ann_core.base.spelling import words
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.recurrence_tasks import explodes, remembers, stretched
from ui.lessons.recurrence import SEEDS, before, twenty


def through(draw: int = 0) -> Ask:
    (length,) = numbers(draw, (20,), (40, 20))
    ratio = float(np.median(before(remembers("RNN, normal", length)).ratio))
    step = ratio ** (1 / (length - 1))
    options = {step: "That would be so if the gradient were multiplied once only, and not once at every step.",
               1 / length: "That would be so if every step took the same amount off, and not the same share.",
               ratio: f"That would be so if a step left {words(step, 2)} of it."}
    return Ask(f"With small normal weights a step leaves {words(step, 2)} of the gradient, on average. Of what reaches the "
               f"last of {length} steps, how much reaches the first?", {size(value): said for value, said in options.items()},
               int(np.abs(np.log(np.array(list(options)) / ratio)).argmin()),
               f"{words(step, 3)} to the power of {length - 1}: {size(ratio)}, the middle of {SEEDS} networks. So the first "
               "symbol hardly moves any weight.",
               scene=[{"through/cell": "RNN, normal", "through/length": steps} for steps in (10, length)])


def largest(draw: int = 0) -> Ask:
    kind, scale = numbers(draw, ("normal", 0.8), ("normal", "orthogonal"), (0.8, 1.0, 1.5, 2.0))
    way = before(stretched(kind, scale))
    s, above = float(np.median(way.largest)), int((way.ratio > 1).sum())
    values = {0.0: "That would be so if the slopes and the other directions took more than this one direction gives.",
              10.0: "That would be so if the stretching and the flattening were about even.",
              20.0: "That would be so if every step stretched the gradient, whatever direction it has and however flat tanh "
                    "is."}
    return Ask.of_values(
        f"{kind.capitalize()} weights times {words(scale)}: the largest singular value is {words(s, 3)}, so 19 steps can make "
        f"the gradient {size(s**19)} times as large. In how many of {SEEDS} networks is the first step's gradient larger than "
        "the last one's?", values, above,
        f"In {above} of {SEEDS}; the middle one has {size(float(np.median(way.ratio)))}. The bound holds for one direction and "
        "for slopes of 1. Most directions are stretched less, and tanh's slopes are below 1.",
        spell=lambda value: {0: "in none", 10: "in about half", 20: "in all"}[int(value)],
        scene=[{"largest/kind": kind, "largest/scale": scale}])


def clipping() -> Ask:
    free, clipped = twenty([explodes(2.5, None), explodes(2.5, 1.0)], 100, False)
    known = [int(np.isfinite(course.first).sum()) for course in (free, clipped)]
    values = {0.0: "That would be so if a shorter step also pointed somewhere else: clipping keeps the direction.",
              10.0: "That would be so if half of the first gradients were short enough anyway.",
              20.0: "That would be so if the direction was right all along, and only the length was not."}
    return Ask.of_values(f"Without clipping {known[0]} of {SEEDS} networks learn the task. Now no gradient is longer than 1. "
                         "How many learn it?", values, known[1],
                         f"{known[1]} of {SEEDS}, within {words(float(clipped.first.max()))} steps. The direction was good "
                         "enough; only the length was not.",
                         spell=lambda value: {0: "none", 10: "about half", 20: "all of them"}[int(value)],
                         scene=[{"clipping/limit": 1.0}])
