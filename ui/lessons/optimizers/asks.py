"""The questions of the lesson "Optimisers". A draw gives other numbers for the same question."""

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.run.training import TrainingConfig


def downhill(draw: int = 0) -> Ask:
    w, rate = numbers(draw, (1.0, 0.1), (2.0, -1.0, -2.0, 3.0), (0.05, 0.2, 0.5))
    to = float(core.walk(TrainingConfig(optimizer="sgd", learning_rate=rate), core.bowl(1.0), [w], 1).thetas[1, 0])
    values = {to: "The step is minus the rate times the slope.",
              w + rate * w: "That would be so if the step went uphill, along the slope.",
              0.0: "That would be so with a rate of 1: then the whole slope is taken away, and on this bowl it is w itself."}
    return Ask.of_values(f"f = ½w², so the slope at w is w itself. From w = {words(w)}, with a rate of {words(rate)}: "
                         "where is w after one step?", values, to,
                         f"w − η · slope = {words(w)} − {words(rate)} · ({words(w)}) = {words(to)}.",
                         scene=({"downhill/start": w, "downhill/rate": rate},), plays=4)
