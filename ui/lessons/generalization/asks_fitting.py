"""Questions of the lesson "Generalisation" on too little and too much. A draw gives other numbers for the same question."""


import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import generalization as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.generalization_changes import SIZES_FROM, SPARED, wide
from ann_core.lessons.generalization_curves import POINTS_FROM
from ui.lessons.generalization import ended, judged_on_fresh, polynomial, trained


def held() -> Ask:
    config = core.changed({"training.epochs": 300})
    course, fresh = trained(config), judged_on_fresh(config)
    train, test = (float(part[1][-1]) for part in (course.training, course.held))
    values = (train, test, (train + test) / 2)
    return Ask("You want to know how often the network will be wrong on new points. Whose error comes nearest to it?", {
        "That of the training rows": "That would be so if it had learned the rule behind the points, and not the points.",
        "That of the rows held out": "That would be so if they were new to the network, as the new points are.",
        "The mean of both": "That would be so if it did about half as badly on new points as on those held out."},
        int(np.abs(np.array(values) - fresh).argmin()),
        f"On {core.FRESH:,} new points the error is {words(fresh, 3)}; on the rows held out {words(test, 3)}, on the training "
        f"rows {words(train, 3)}. Only rows that were not learned from tell what was learned.",
        scene=[{"held/share": 0.9, "held/draw": other} for other in (1, 2, 0)])


def curve(draw: int = 0) -> Ask:
    (degrees,) = numbers(draw, ((1, 3, 14),), ((0, 3, 13), (1, 4, 12), (2, 3, 11), (1, 3, 12)))
    points = (POINTS_FROM + draw) % 10
    tests = [polynomial(degree, points).test for degree in degrees]
    few, right, many = degrees
    return Ask(f"Fifteen noisy points of a smooth curve (draw {points}). The polynomial of which degree comes nearest to the "
               "curve itself?", {
        f"degree {few}": "That would be so if the curve bent less, and the rest were noise.",
        f"degree {right}": "That would be so if the curve had one bump and one dip.",
        f"degree {many}": "That would be so if the points lay on the curve, without noise: more freedom would do no harm."},
        int(np.argmin(tests)), "Away from the true curve: " + "; ".join(
            f"degree {degree}: {words(test, 3)}" for degree, test in zip(degrees, tests, strict=True)) +
        ". The highest degree comes nearest to the points, because it follows their noise, and swings widely between them.",
        scene=[{"curve/draw": points, "curve/pull": 0.0, "curve/degree": degree} for degree in degrees])


def width() -> Ask:
    small, large = (ended(wide(units, SIZES_FROM), SPARED) for units in (8, 128))
    rises = tuple(after > before for before, after in zip(small.losses, large.losses, strict=True))
    return Ask("8 hidden units become 128, both trained to the end. What happens to the loss on training rows, and on test "
               "rows?", {
        "Both fall": "That would be so if there were rows enough for all the weights.",
        "The first falls, the second rises": "That would be so if the new freedom went into the noise of the training rows.",
        "Both rise": "That would be so if a large network were harder to train."},
        [(False, False), (False, True), (True, True)].index((rises[0], rises[2])),
        f"On training rows it goes from {words(small.losses[0], 3)} to {words(large.losses[0], 3)}, on test rows from "
        f"{words(small.losses[2], 3)} to {words(large.losses[2], 3)}. But on the way, at its lowest, the test loss was "
        f"{words(small.lowest, 3)} with 8 units and {words(large.lowest, 3)} with 128: what hurts is training to the "
        "end.",
        scene=[{"width/by": "width", "width/shown": what} for what in ("error", "loss")])


def film(draw: int = 0) -> Ask:
    data = draw % 10
    course = trained(core.drawn(core.BASELINE, data))
    low = int(course.epochs[course.held[0].argmin()])
    return Ask(f"The training loss falls for all {core.EPOCHS:,} epochs (draw {data}). When is the loss on rows held out "
               "lowest?", {
        "Within the first 100 epochs": "That would be so if the network soon had what all rows share, and then learned noise.",
        "Around the middle": "That would be so if half of the training were spent on the rule, and only the rest on noise.",
        "At the end": "That would be so if every step that helps the training rows helped others, too."},
        0 if low <= 100 else 1 if low < 900 else 2,
        f"Of the epochs that are shown it is lowest at {low}, with {words(course.held[0].min(), 3)}; at epoch {core.EPOCHS:,} "
        f"it is {words(course.held[0][-1], 3)}, while the training loss has gone down to {words(course.training[0][-1], 2)}.",
        scene=({"film/draw": data},), plays=7)
