"""Ideas on inputs: the right ones make a problem easy, a network gains from them, too, and some can be left out."""

import numpy as np
import streamlit as st

from ann_core import RunConfig
from ann_core.base.spelling import tex, words
from ann_core.data import FEATURES
from ann_core.lessons.generalization_changes import FIVE, SHAPES, changed, helped, labels, with_inputs
from ui.figure import figure
from ui.lessons.generalization import (
    BAND,
    DRAWS,
    controls,
    ended,
    held_on_the_way,
    pictures_cures,
    pictures_inputs,
    trained,
)
from ui.lessons.generalization.pictures import SIDE
from ui.lessons.parts import lined, table, tiles, worked_out
from ui.question import answered, told

UNITS = {0: "none", 2: "2", 4: "4", 8: "8"}
GOAL = 0.1
"""The error that counts as learned."""
VALIDATION = 75
"""Of the 150 rows held out one half chooses the inputs."""
SPELT = {name: FEATURES[name].label for name in FIVE}


@st.fragment
def features() -> None:
    """A network without a hidden layer, or with a small one, and the inputs that it is given."""
    places = st.columns(3)
    with places[0]:
        source = controls.one_of("features/data", "Data", SHAPES, "circles")
    with places[1]:
        given = tuple(controls.some_of("features/inputs", "Inputs", SPELT, ("x1", "x2")))
    with places[2]:
        units = controls.one_of("features/units", "Hidden tanh units", UNITS, 0)
    if not given:
        st.caption("Without any input there is nothing to learn from: x₁ is given.")
    inputs = given or ("x1",)
    course = trained(with_inputs(source, inputs, units))
    left, right = st.columns(2)
    pair = (inputs[0], inputs[1]) if len(inputs) > 1 else (inputs[0], "x2" if inputs[0] == "x1" else "x1")
    with left:
        figure(pictures_cures.plain(course.map(SIDE), course.run.data), key="generalization/features", height=360,
               alt=f"The points in the plane of x₁ and x₂, with the network's line, given {labels(inputs)}.")
    with right:
        figure(pictures_inputs.seen(course, pair), key="generalization/features/seen", height=360,
               alt=f"The same points in the plane of {labels(pair)}.")
    accuracy, (train, _) = 1 - float(course.held[1][-1]), course.training
    tiles({"accuracy on rows held out": told(words(accuracy, 3)), "parameters": str(course.run.net.n_parameters),
           "training loss": told(words(float(train[-1]), 3)), "inputs": labels(inputs)})
    lined(_answer(course.thetas[-1], inputs) if units == 0 else (
        rf"P&={len(inputs)}\cdot{units}+{units}+{units}+1={course.run.net.n_parameters}",))
    st.caption("350 training rows, 150 held out, noise 0.1, 300 epochs. Inputs are scaled to mean 0 and deviation 1 before; "
               "the weights in the formula are those of the scaled ones. Left the line where the network changes its mind, "
               "right the same points as two of its inputs place them.")


def _answer(theta: np.ndarray, inputs: tuple[str, ...]) -> tuple[str, ...]:
    """What a network without a hidden layer answers, term by term."""
    terms = [rf"{'+' if w >= 0 else '-'}{tex(abs(w), 3)}\,{FEATURES[name].formula}"
             for w, name in zip(theta, inputs, strict=False)]
    b = theta[-1]
    return (r"\hat y&=\sigma(z)", "z&=" + rf"{terms[0].removeprefix('+')}", *("&\\quad" + term for term in terms[1:]),
            rf"&\quad{'+' if b >= 0 else '-'}{tex(abs(b), 3)}")


@st.fragment
def gain() -> None:
    """The same network with and without the squares as inputs."""
    left, right = st.columns([3, 2])
    with right:
        units = controls.one_of("gain/units", "Hidden tanh units", (2, 4, 8), 8)
        draws = controls.one_of("gain/draws", "Draws of the data", DRAWS, 1)
    plain, rich = pictures_inputs.GIVEN
    found = worked_out([(name, draw) for draw in range(draws) for name in (plain, rich)],
                       lambda place: held_on_the_way(helped(units, place[0] == rich, place[1])), "Networks trained")
    epochs = found[plain, 0][0]
    losses, errors = ({name: np.array([found[name, draw][i] for draw in range(draws)]) for name in (plain, rich)}
                      for i in (1, 2))
    with left:
        figure(pictures_inputs.gain(epochs, losses if answered() else {plain: losses[plain]}), key="generalization/gain",
               height=400, alt=f"Loss on rows held out over the epochs, for {units} tanh units.")
    with right:
        sooner = {name: [next((int(epoch) for epoch, error in zip(epochs, each, strict=True) if error <= GOAL), None)
                         for each in errors[name]] for name in (plain, rich)}
        rows = {name: (words(float(np.median(losses[name][:, -1])), 2), f"{sooner[name][0] or 'never'}")
                for name in (plain, rich)}
        table(("inputs", "loss at the end", "one in ten wrong at epoch (draw 0)"),
              [(plain, *rows[plain]), (rich, *map(told, rows[rich]))])
        wins = int((losses[rich][:, -1] < losses[plain][:, -1]).sum())
        st.markdown(f"With the squares the loss at the end is lower in **{told(f'{wins} of {draws}')}** draws.")
        lined((rf"P_\text{{without}}&=2\cdot{units}+{units}+{units}+1={4 * units + 1}",
               rf"P_\text{{with}}&=4\cdot{units}+{units}+{units}+1={6 * units + 1}"))
        st.caption("Circles with noise 0.1; 60 training rows, 540 held out; Adam at 0.02. The squares cost parameters"
                   + told(" and bring the shape.", ".") + (f" {BAND}" if draws > 1 else ""))


@st.fragment
def dropping() -> None:
    """Leave one input out, train again, compare on rows held out."""
    left, right = st.columns([3, 2])
    with right:
        source = controls.one_of("dropping/data", "Data", SHAPES, "circles")
        kept = tuple(controls.some_of("dropping/kept", "Inputs that are used", SPELT, FIVE))
        draw = controls.slider("dropping/draw", "Draw of the data", 0, 9, 0, 1)
    if not kept:
        st.caption("Without any input there is nothing to learn from: all five are used.")
    used = kept or FIVE
    config = changed({}, draw, with_inputs(source, used))
    whole = ended(config, VALIDATION)
    without = {name: _without(name, used, draw, config) for name in used}
    losses = {name: loss for name, (loss, _) in without.items()}
    spared = min(losses, key=lambda name: losses[name])
    with left:
        figure(pictures_inputs.dropping([SPELT[name] for name in used],
                                        list(losses.values()) if answered() else [None] * len(used), whole.losses[1]),
               key="generalization/dropping", height=110 + 50 * len(used),
               alt=f"Validation loss without each of the inputs {labels(used)}; dashed: with all, {words(whole.losses[1], 3)}.")
        st.caption("Dashed: the validation loss with all inputs that are used." + told(
            "", " What leaving one out does is drawn after the question."))
    with right:
        table(("inputs", "validation loss", "test error"), [
            (f"all {len(used)}", words(whole.losses[1], 3), words(whole.errors[2], 3)),
            *((f"without {SPELT[name]}", told(words(loss, 3)), told(words(error, 3)))
              for name, (loss, error) in without.items())])
        change = losses[spared] - whole.losses[1]
        lined((r"\Delta_i&=J_\text{validation}(\text{without }x_i)-J_\text{validation}",
               rf"\text{{smallest}}&={told(tex(losses[spared], 3))}-{tex(whole.losses[1], 3)}={told(tex(change, 2))}"))
        if len(used) > 1:
            st.markdown(f"The one to drop first: **{told(SPELT[spared])}**. Switch it off above, and ask again with the "
                        "others.")
        else:
            st.markdown("One input is left. Without it nothing but guessing is left: a loss of ln 2.")


def _without(name: str, used: tuple[str, ...], draw: int, config: RunConfig) -> tuple[float, float]:
    """Validation loss and test error after training without one input; of guessing, where there is no other."""
    others = tuple(one for one in used if one != name)
    if not others:
        return float(np.log(2)), 0.5
    end = ended(changed({"data.features": others}, draw, config), VALIDATION)
    return end.losses[1], end.errors[2]
