"""Questions of the lesson "Generalisation" on what helps. A draw gives other numbers for the same question."""

from collections.abc import Sequence

import numpy as np

from ann_core import RunConfig
from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons import generalization as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.generalization_changes import CURES, PENALTIES, pulled, with_rows
from ui.lessons.generalization import both_losses, ended, trained, watched


def stop(draw: int = 0) -> Ask:
    (patience,) = numbers(draw, (20,), (10, 50, 5, 100))
    run = watched(core.changed({"training.patience": patience}))[0].run
    best, last = run.kept.state.best, run.state.epoch
    assert best is not None
    epochs = (best.epoch, last, core.EPOCHS)
    held = [float(loss) for loss in _losses_at(run.config, epochs)]
    return Ask(f"Training goes on as long as the validation loss falls, and stops once it has not for {patience} epochs. Which "
               "weights are worth keeping?", {
        "Those with the lowest validation loss": "That would be so if later steps served the training rows alone.",
        "Those at which it stopped": "That would be so if the last epochs had helped on rows held out, too.",
        f"Those of epoch {core.EPOCHS:,}, without stopping": "That would be so if the lowest training loss were the aim."},
        int(np.argmin(held)), f"The validation loss is lowest at epoch {best.epoch}, {words(held[0], 3)}; at epoch {last}, "
        f"where it stops, {words(held[1], 3)}; at epoch {core.EPOCHS:,} {words(held[2], 3)}.",
        scene=[{"stop/patience": most, "stop/draw": 0} for most in (5, 10, 20, 50, 100) if most <= patience])


def _losses_at(config: RunConfig, epochs: Sequence[int]) -> Array:
    """The validation loss at these epochs of the whole training."""
    whole, _ = watched(core.edited(config, {"training.patience": None}), True)
    return whole.held[0][[int(np.abs(whole.epochs - epoch).argmin()) for epoch in epochs]]


def weights() -> Ask:
    tiny = {kind: ended(pulled(kind, 0.01, True)).tiny for kind in ("none", "l2", "l1")}
    return Ask("The rate falls to 0 and λ is 0.01. Which pull leaves the most weights nearly 0?", {
        "no pull": "That would be so if training itself had no use for most weights, and took them back.",
        "L2": "That would be so if a pull in proportion to a weight did not fade as the weight gets small.",
        "L1": "That would be so if the pull stayed as strong for a small weight as for a large one."},
        int(np.argmax(list(tiny.values()))),
        "Nearly 0 are " + ", ".join(
            f"{words(100 * share, 3)} % with {PENALTIES[kind][0]}" for kind, share in tiny.items()) +
        ". L1 pulls each weight equally hard, L2 the less the smaller it is.",
        scene=[{"weights/kind": kind, "weights/size": 0.01, "weights/falling": True} for kind in ("l2", "l1")])


def dropout() -> Ask:
    course = trained(core.changed({"network.dropout": 0.5}))
    X = course.run.data.X_test
    unsure = int(np.abs(course.answers(X) - 0.5).argmin())
    point = X[unsure:unsure + 1]
    first, second = (float(course.answers(point)[0]) for _ in range(2))
    one, other = (float(core.thinned(course, point, mask)[0][0]) for mask in (0, 1))
    return Ask("A network was trained with half of its units off at each step. Now it is asked twice about the same point. "
               "What happens?", {
        "Two different answers": "That would be so if units went on being switched off after training.",
        "Twice the same answer, of half the units": "That would be so if one half were chosen in the end for good.",
        "Twice the same answer, of all units": "That would be so if dropout belonged to training only."},
        2 if first == second else 0,
        f"A point near the line gets the probability {words(first, 3)} both times: asked, every unit is on. In training, two "
        f"draws of the units would have given {words(one, 3)} and {words(other, 3)}.",
        scene=({"dropout/rate": 0.5, "dropout/draw": 0},), plays=8)


def rows() -> Ask:
    few, many = (both_losses(with_rows(count)) for count in (60, 960))
    signs = (many[0] > few[0], many[2] > few[2])
    return Ask("960 training rows take the place of 60, all else is the same. What happens to the loss on training rows, and "
               "on test rows?", {
        "Both fall": "That would be so if more rows were also easier to learn by heart.",
        "The first rises, the second falls": "That would be so if so many rows could no longer be learned by heart.",
        "Both stay": "That would be so if sixty rows had told all there is to know."},
        [(False, False), (True, False)].index(signs) if signs in ((False, False), (True, False)) else 2,
        f"On training rows it goes from {words(few[0], 2)} to {words(many[0], 3)}, on test rows from {words(few[2], 3)} to "
        f"{words(many[2], 3)}: the two meet.",
        scene=[{"rows/what": "more rows", "rows/rows": count} for count in (60, 240, 960)])


def cures() -> Ask:
    keys = ("l2", "dropout", "norm")
    before, *rest = (float(np.median([ended(make(draw)).losses[2] for draw in range(5)])) for make in (
        lambda draw: core.drawn(core.BASELINE, draw), *(CURES[key].make for key in keys)))
    after = dict(zip(keys, rest, strict=True))
    said = {"l2": "That would be so if smaller weights did not make a calmer line.",
            "dropout": "That would be so if many thinned networks learned the same noise as one.",
            "norm": "That would be so if it made training easier, and learning by heart with it."}
    return Ask("One of these three is no cure on this baseline: the test loss stays far too high. Which one?",
               {CURES[key].label: said[key] for key in keys}, keys.index(max(keys, key=lambda key: after[key])),
               f"Without a cure the test loss is {words(before, 3)}, the median of five draws. " + "; ".join(
                   f"{CURES[key].label}: {words(loss, 3)}" for key, loss in after.items()) +
               ". Over twenty draws batch normalisation lowers it in about half of them.",
               scene=[{"cures/chosen": list(keys[:n]), "cures/draws": 5} for n in (1, 2, 3)])
