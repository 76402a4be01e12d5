"""Questions on both ways, on layers on top of each other, and on depth beside time."""

import numpy as np

from ann_core.base.numbers import size
from ann_core.base.spelling import words
from ann_core.data.made.sequences import MARKER_SHARE, best_looking_back
from ann_core.lessons import recurrence_depth as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.recurrence_tasks import forecasts
from ui.lessons.recurrence import median_arriving


def both(draw: int = 0) -> Ask:
    (length,) = numbers(draw, (12,), (6, 18, 12))
    best = best_looking_back(length)
    values = {0.5: "That would be so if both answers were equally likely at every step.",
              best: "That would be so if one always gave the likelier of both answers.",
              1.0: "That would be so if the past told something of the future; here each step is drawn by itself."}
    return Ask.of_values(f"At each of {length} steps: will a marker still come? What share can be answered right at best by "
                         "somebody who has seen nothing but the past?", values, best,
                         f"Near the end a marker seldom comes (at the last step but one “no” is right in "
                         f"{words(100 * (1 - MARKER_SHARE))} % of the sequences), early on one often does: with the likelier "
                         f"answer everywhere it is {words(best, 3)}. More training or more units cannot change that; reading "
                         "from the other end can.", spell=lambda value: words(value, 3),
                         scene=[{"both/length": length}])


def stacked() -> Ask:
    inputs = core.built(forecasts(2)).layers[1].inputs
    options = {(20, 16): "That would be so if the first layer handed on its state at every step.",
               (16,): "That would be so if nothing but the last state were handed on; then there would be no sequence any "
                      "more.",
               (20, 1): "That would be so if the second layer looked at the data, too."}
    words_of = {(20, 16): "16 numbers at each of 20 steps", (16,): "16 numbers, once", (20, 1): "1 number at each of 20 steps"}
    return Ask("One recurrent layer stands on another; both have 16 units, and a window has 20 values. What does the upper one "
               "get?", {words_of[key]: said for key, said in options.items()}, list(options).index(inputs),
               "The first layer gives its state at every step, and that is again a sequence: 20 steps of 16 numbers.")


def depth(draw: int = 0) -> Ask:
    (n,) = numbers(draw, (20,), (12, 30, 40))
    plain, cured = (float(median_arriving("chain", n, 0.8, cure)[0]) for cure in ("none", "a way past"))
    values = {plain: "That would be so if the gates left the product of slopes and weights as it is.",
              cured: "That would be so if the cell's way were multiplied by forget gates near 1, and by nothing else.",
              1e4: "That would be so if the way past added to the gradient at every step and nothing took anything off."}
    return Ask(f"Scale 0.8, {n} steps: without a cure {size(plain)} reaches the first step. Now the chain is an LSTM whose "
               "forget gates begin nearly open. About how much reaches it "
               "then?", {size(value): said for value, said in values.items()},
               int(np.abs(np.log(np.array(list(values)) / cured)).argmin()),
               f"{words(cured / plain, 2)} times as much. The cure is the same idea on both sides: a way on which the "
               f"gradient is multiplied by 1 or "
               "nearly 1. In a stack it is the skip connection, in time the cell with its forget gate.",
               scene=[{"depth/scale": 0.8, "depth/cure": "a way past", "depth/n": n}])
