"""The questions of the lesson "Generalisation". A draw gives other numbers for the same question."""

from collections.abc import Sequence

import numpy as np

from ann_core import RunConfig
from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons import generalization as core
from ann_core.lessons import generalization_curves as curves
from ann_core.lessons import generalization_scores as scores
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.generalization_changes import (
    CURES,
    FIVE,
    PENALTIES,
    PRODUCT,
    SHAPES,
    SIZES_FROM,
    SPARED,
    SQUARES,
    helped,
    labels,
    pulled,
    wide,
    with_inputs,
    with_rows,
)
from ui.lessons.generalization import (
    SHUFFLES,
    both_losses,
    ended,
    estimated,
    held_on_the_way,
    judged_on_fresh,
    polynomial,
    swept,
    trained,
    tries,
    watched,
)


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
        scene=({"held/share": 0.9, "held/draw": 0},))


def curve(draw: int = 0) -> Ask:
    (degrees,) = numbers(draw, ((1, 3, 14),), ((0, 3, 13), (1, 4, 12), (2, 3, 11), (1, 3, 12)))
    points = 1 + draw % 9
    tests = [polynomial(degree, points).test for degree in degrees]
    few, right, many = degrees
    return Ask(f"Fifteen noisy points of a smooth curve (draw {points}). The polynomial of which degree comes nearest to the "
               "curve itself?", {
        f"degree {few}": "That would be so if the curve bent less, and the rest were noise.",
        f"degree {right}": "That would be so if the curve had one bump and one dip.",
        f"degree {many}": "That would be so if the points lay on the curve, without noise: more freedom would do no harm."},
        int(np.argmin(tests)), "Away from the true curve: " + "; ".join(
            f"degree {degree} {words(test, 3)}" for degree, test in zip(degrees, tests, strict=True)) +
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
        f"{words(small.losses[2], 3)} to {words(large.losses[2], 3)}.",
        scene=({"width/by": "width", "width/shown": "loss"},))


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
        scene=({"stop/patience": patience, "stop/draw": 0},))


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
    X = course.run.data.X_test[:1]
    first, second = (float(course.answers(X)[0]) for _ in range(2))
    one, other = (float(core.thinned(course, 2, mask)[0][0, 0]) for mask in (0, 1))
    return Ask("A network was trained with half of its units off at each step. Now it is asked twice about the same point. "
               "What happens?", {
        "Two different answers": "That would be so if units went on being switched off after training.",
        "Twice the same answer, of half the units": "That would be so if one half were chosen in the end, and the other removed.",
        "Twice the same answer, of all units": "That would be so if dropout belonged to training only."},
        2 if first == second else 0,
        f"It says {words(first, 3)} both times: asked, every unit is on. In training, two draws "
        f"of the units would have said {words(one, 3)} and {words(other, 3)} in the lower left corner of the picture.",
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
    before = ended(core.BASELINE).losses[2]
    keys = ("l2", "dropout", "norm")
    after = {key: ended(CURES[key].make(0)).losses[2] for key in keys}
    said = {"l2": "That would be so if smaller weights did not make a calmer line.",
            "dropout": "That would be so if many thinned networks learned the same noise as one.",
            "norm": "That would be so if it made training easier, and learning by heart with it."}
    return Ask("One of these three is no cure on this baseline: the test loss stays far too high. Which one?",
               {CURES[key].label: said[key] for key in keys}, keys.index(max(keys, key=lambda key: after[key])),
               f"Without a cure the test loss is {words(before, 3)}. " + "; ".join(
                   f"{CURES[key].label}: {words(loss, 3)}" for key, loss in after.items()) +
               ". Over twenty draws batch normalisation lowers it in about half of them.",
               scene=({"cures/chosen": list(keys), "cures/draws": 1},))


def features(draw: int = 0) -> Ask:
    cases = (("circles", SQUARES), ("xor", (PRODUCT,)), ("circles", (PRODUCT,)), ("xor", SQUARES), ("circles", ("x1", "x2")))
    source, inputs = cases[draw % len(cases)]
    course = trained(with_inputs(source, inputs))
    share = 1 - float(course.held[1][-1])
    return Ask.of_values(f"A network without a hidden layer learns {SHAPES[source]} from {labels(inputs)} alone: it can draw "
                         "one straight line in these inputs. How often is it right on rows held out?", {
        0.5: "That would be so if both classes lay on both sides of every line in these inputs.",
        0.8: "That would be so if a line in these inputs could part most of the two classes, but not all.",
        1.0: "That would be so if these inputs put the two classes on two sides of a line."}, share,
        f"It has {course.run.net.n_parameters} parameters and is right in {words(share, 3)} of the rows held out. " + (
            "The classes lie on two sides of a line in these inputs." if share > 0.9 else
            "In these inputs the classes lie over each other, and no line parts them."),
        lambda value: "always, or nearly" if value == 1 else f"in about {10 * value:.0f} of 10",
        scene=({"features/data": source, "features/units": 0, "features/inputs": list(inputs)},))


def gain() -> Ask:
    (epochs, without, wrong), (_, given, missed) = (held_on_the_way(helped(8, squares)) for squares in (False, True))
    first, then = (int(epochs[errors <= 0.1].min()) for errors in (wrong, missed))
    better = given[-1] < without[-1] and then < first
    return Ask("Eight tanh units can learn circles from x₁ and x₂ alone. Do they gain anything if x₁² and x₂² are given, too?", {
        "No, hidden layers build such features themselves": "That would be so if sixty rows were enough to build them well.",
        "Yes, they learn sooner, and the loss on rows held out is lower": "That would be so if the shape need not be found in the rows any more.",
        "No, they get worse": "That would be so if the new inputs had nothing to do with the classes."},
        1 if better else 2 if given[-1] > without[-1] else 0,
        f"Wrong in at most one of ten at epoch {then} in place of {first}, and at the end a loss of {words(given[-1], 2)} in "
        f"place of {words(without[-1], 2)}. Networks do not end the work on inputs: the right ones still make a problem easy.",
        scene=({"gain/units": 8, "gain/draws": 1},))


def dropping() -> Ask:
    config = with_inputs("circles", FIVE)
    names = ("x1", PRODUCT, "x1_squared")
    losses = [ended(core.edited(config, {"data.features": tuple(one for one in FIVE if one != name)}), 75).losses[1]
              for name in names]
    whole = ended(config, 75).losses[1]
    return Ask("Circles, five inputs, no hidden layer. One input is left out, and the network trained again. Which one is "
               "missed most?", {
        labels(("x1",)): "That would be so if the class hung on left or right.",
        labels((PRODUCT,)): "That would be so if the class hung on whether both signs are equal, as in XOR.",
        labels(("x1_squared",)): "That would be so if the class hung on the distance from the middle."},
        int(np.argmax(losses)), f"With all five the validation loss is {words(whole, 3)}; " + "; ".join(
            f"without {labels((name,))} {words(loss, 3)}" for name, loss in zip(names, losses, strict=True)) + ".",
        scene=({"dropping/data": "circles", "dropping/kept": list(FIVE), "dropping/draw": 0},))


def folds() -> Ask:
    found = [estimated(100, 5, 2, shuffle) for shuffle in SHUFFLES]
    single, mean = (float(np.ptp(each)) for each in ([one.single for one in found], [one.mean for one in found]))
    return Ask.of_values("100 rows, of which one split keeps 20 for the test. Ten people shuffle the same rows differently. "
                         "How far apart are their lowest and their highest error?", {
        0.01: "That would be so if the test had thousands of rows: with 20, a single row is 0.05.",
        0.2: "That would be so if a few rows of 20 more or less were wrong by chance.",
        0.6: "That would be so if learning itself failed in some of the splits."}, single,
        f"They are {words(single, 2)} apart here. With five folds, which ask about every row once, {words(mean, 2)}. This is "
        "the spread of the shuffle only: another hundred rows would move both.",
        lambda value: f"about {value:g}", scene=({"folds/rows": 100, "folds/k": 5, "folds/draw": 2},))


def search() -> Ask:
    rates = [len(np.unique(places[:, 0])) for places in (scores.grid("l2"), scores.at_random("l2", 0))]
    options = {(4, 16): "That would be so if random trials never used a rate twice.",
               (16, 16): "That would be so if every trial of a grid had a rate of its own.",
               (4, 4): "That would be so if random search drew from the values of a grid."}
    return Ask("Sixteen trials over two settings, once on a 4 × 4 grid and once at random. How many different learning rates "
               "does each of them try?", {f"grid {a}, random {b}": said for (a, b), said in options.items()},
               list(options).index((rates[0], rates[1])),
               f"The grid tries {rates[0]} rates, each with four values of the other setting; random search {rates[1]}. Where "
               "the other setting hardly matters, that is four times as many looks at the one that does. Where both matter, a "
               "grid is as good.", scene=({"search/second": "l2", "search/draw": 0},))


def curse(draw: int = 0) -> Ask:
    (rows,) = numbers(draw, (40,), (100, 270, 40))
    found = tries(True, rows, scores.CURSED_FROM).best()
    best, test = (float(each[-1]) for each in found)
    return Ask("The labels were shuffled, so there is nothing to learn. Of 64 networks the best one is right in "
               f"{words(100 * best, 3)} % of {rows} validation rows. And on new rows?", {
        f"in about {words(100 * best, 3)} %, as before": "That would be so if the network had learned something.",
        "in about half of them": "That would be so if its score were nothing but the luck of these rows.",
        "in about a quarter": "That would be so if its luck had to be paid back."},
        int(np.argmin([abs(test - value) for value in (best, 0.5, 0.25)])),
        f"On test rows it is right in {words(100 * test, 3)} %. The best of many scores is too good: it was chosen for being high.",
        scene=({"curse/labels": True, "curse/rows": rows, "curse/draws": 1},))


def descent() -> Ask:
    test = np.median([swept(draw)[1] for draw in range(5)], axis=0)
    sizes = (20, 60, 1600)
    found = [float(test[curves.SIZES.index(size)]) for size in sizes]
    return Ask("60 rows, least squares on more and more random features. Where is the distance from new rows the largest?", {
        "with 20 features": "That would be so if too little freedom were the greatest danger.",
        "with 60 features": "That would be so where the features can just reach every row, at any price.",
        "with 1,600 features": "That would be so if more freedom always did more harm."},
        int(np.argmax(found)), "; ".join(f"{size:,} features: {words(value, 3)}" for size, value in zip(sizes, found, strict=True)) +
        ". With as many features as rows there is one single way to hit every row, and its weights are huge. With far more "
        "there are many ways, and the shortest weights of them are calm.", scene=[{"descent/features": size} for size in sizes])
