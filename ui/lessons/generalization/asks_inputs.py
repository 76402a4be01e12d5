"""Questions of the lesson "Generalisation" on inputs. A draw gives other numbers for the same question."""


import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import generalization as core
from ann_core.lessons.ask import Ask
from ann_core.lessons.generalization_changes import FIVE, PRODUCT, SHAPES, SQUARES, helped, labels, with_inputs
from ui.lessons.generalization import ended, held_on_the_way, trained


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
        f"It has {course.run.net.n_parameters} parameters, and its accuracy on rows held out is {words(share, 3)}. " + (
            "The classes lie on two sides of a line in these inputs." if share > 0.9 else
            "In these inputs the classes lie over each other, and no line parts them."),
        lambda value: "always, or nearly" if value == 1 else f"in about {10 * value:.0f} of 10",
        scene=[{"features/data": source, "features/units": 0, "features/inputs": given}
               for given in (["x1", "x2"], list(inputs))])


def gain() -> Ask:
    (epochs, without, wrong), (_, given, missed) = (held_on_the_way(helped(8, squares)) for squares in (False, True))
    first, then = (int(epochs[errors <= 0.1].min()) for errors in (wrong, missed))
    better = given[-1] < without[-1] and then < first
    return Ask("Eight tanh units can learn circles from x₁ and x₂ alone. Do they gain anything if x₁² and x₂² are given, "
               "too?", {
        "No, they build such features": "That would be so if sixty rows were enough to build them well.",
        "Yes: sooner, and a lower loss": "That would be so if the shape need no longer be found in the rows.",
        "No, they get worse": "That would be so if the new inputs had nothing to do with the classes."},
        1 if better else 2 if given[-1] > without[-1] else 0,
        f"Wrong in at most one of ten at epoch {then} in place of {first}, and at the end a loss of {words(given[-1], 2)} in "
        f"place of {words(without[-1], 2)}. Networks do not end the work on inputs: the right ones still make a problem easy.",
        scene=[{"gain/units": units, "gain/draws": 1} for units in (2, 4, 8)])


def dropping() -> Ask:
    config = with_inputs("circles", FIVE)
    names = ("x1", PRODUCT, "x1_squared")
    losses = [ended(core.edited(config, {"data.features": tuple(one for one in FIVE if one != name)}), 75).losses[1]
              for name in names]
    whole = ended(config, 75).losses[1]
    return Ask("Circles, five inputs, no hidden layer. One input is left out, and the network trained again. Which of these "
               "three is missed most?", {
        labels(("x1",)): "That would be so if the class hung on left or right.",
        labels((PRODUCT,)): "That would be so if the class hung on whether both signs are equal, as in XOR.",
        labels(("x1_squared",)): "That would be so if the class hung on the distance from the middle."},
        int(np.argmax(losses)), f"With all five the validation loss is {words(whole, 3)}; " + "; ".join(
            f"without {labels((name,))} {words(loss, 3)}" for name, loss in zip(names, losses, strict=True)) + ".",
        scene=[{"dropping/data": "circles", "dropping/draw": 0, "dropping/kept": [one for one in FIVE if one != name]}
               for name in (None, *names)])
