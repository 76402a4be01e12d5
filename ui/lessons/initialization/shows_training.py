"""Ideas on training: eight units that start alike or not, and deep networks from several starts."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons.initialization import Start
from ann_core.lessons.initialization_training import BATCH, EPOCHS, RATES
from ui.figure import figure
from ui.lessons import initialization as shared
from ui.lessons.initialization import ACTS, LEARNERS, OPTIMIZERS, UNITS_FROM, controls, pictures_training
from ui.lessons.parts import lined, table
from ui.question import told

HIDDEN = {name: ACTS[name] for name in ("tanh", "relu", "sigmoid")}
SMALL = LEARNERS.index(Start("normal", 0.01))
MANNERS = {"stuck": "stuck", "half-way": "half-way", "learned": "learned", "ran away": "ran away"}


@st.fragment
def symmetry() -> None:
    """Eight hidden units while they learn, and what tells them apart."""
    left, right = st.columns([3, 2])
    with right:
        name = controls.from_list("symmetry/start", "First weights", list(UNITS_FROM), list(UNITS_FROM)[-1])
        activation = controls.one_of("symmetry/activation", "Activation", HIDDEN, "tanh")
        optimizer = controls.one_of("symmetry/optimizer", "Optimiser", OPTIMIZERS, "sgd")
    found = shared.symmetry(UNITS_FROM[name], activation, optimizer)
    first, last = found.parameters[[0, -1]]
    with left:
        figure(pictures_training.symmetry(found), key="initialization/symmetry", height=400,
               alt=f"The weight from x₁ to each of eight units over {EPOCHS} epochs, from {name}. At the end they lie "
                   f"between {words(last[:, 0].min(), 3)} and {words(last[:, 0].max(), 3)}.")
        lined((r"\frac{\partial L}{\partial w_{1j}}&=\frac1m\sum_i(p_i-y_i)\,v_j\,f'(z_{ij})\,x_{i1}",
               *(rf"\text{{unit }}{unit}\text{{: }}\frac{{\partial L}}{{\partial w_{{1{unit}}}}}&="
                 rf"{tex(found.gradient[unit - 1, 0], 3)}" for unit in (1, 8))))
    with right:
        table(("unit", "from x₁", "from x₂", "bias", "to output"),
              [(str(i + 1), *(words(v, 3) for v in unit)) for i, unit in enumerate(last)])
        apart = "exactly 0" if found.apart[-1] == 0 else words(found.apart[-1], 3)
        st.markdown(f"After {EPOCHS} epochs: largest difference between two units **{told(apart)}**, loss "
                    f"**{words(found.loss, 3)}**, **{100 * found.accuracy:.0f} %** of the held-out points right.")
        st.caption(f"Two moons, batches of {BATCH} rows. A straight line is right for about nine in ten of these. "
                   "i: row, j: unit, v: its weight to the output; the formula's numbers are from before the first step." + told(
                       " Where two units have the same w, b and v, everything in the formula is the same for both."
                       + (_zeros(activation) if not first.any() else ""), ""))


def _zeros(activation: str) -> str:
    """What zeros do, which depends on the output at z = 0."""
    if activation == "sigmoid":
        return (" From zeros the sigmoid puts out 0.5, so v gets a gradient and then w too: all eight move, as one. They learn "
                "what one unit can, a straight line.")
    return f" From zeros {HIDDEN[activation]} puts out 0, so both v and its gradient are 0: no weight ever moves."


@st.fragment
def learns() -> None:
    """The loss of deep networks from eight starts."""
    left, right = st.columns([3, 2])
    with right:
        activation = controls.one_of("learns/activation", "Activation", HIDDEN, "tanh")
        layers = int(controls.one_of("learns/layers", "Hidden layers of ten units", (5, 10), 5))
        optimizer = controls.one_of("learns/optimizer", "Optimiser", OPTIMIZERS, "sgd")
    found = shared.learned(LEARNERS, activation, optimizer, layers)
    names = [start.label.partition(",")[0].partition("/")[0] for start in LEARNERS]
    ends = [MANNERS[found.manner(i)] for i in range(len(names))]
    with left:
        figure(pictures_training.learns(found, names), key="initialization/learns", height=560,
               alt="Losses over a hundred epochs. " + "; ".join(
                   f"{name}: {end}" for name, end in zip(names, ends, strict=True)) + ".")
        lined(_first_step(names[SMALL], float(found.gradient[SMALL])))
    with right:
        table(("first weights", "loss", "right", "in the end"), [
            (name, words(loss, 3) if np.isfinite(loss) else "–", f"{100 * share:.0f} %" if np.isfinite(share) else "–", end)
            for name, loss, share, end in zip(names, found.loss[-1], found.accuracy, ends, strict=True)])
        st.caption(f"Two moons, {EPOCHS} epochs. Right: share of the held-out points. A straight line "
                   "gets about nine in ten. "
                   "Stuck: no better than guessing. Half-way: better than guessing, but hardly more than a line. Each network "
                   "has a draw of its own, others may end otherwise. g: the typical gradient of layer 1 before the first step."
                   + told(" Over 20 draws of five tanh layers, zeros are stuck under both optimisers in all 20, normal (0.01) "
                       "under SGD in all 20 and under Adam in none.", ""))


def _first_step(name: str, gradient: float) -> list[str]:
    """How far each optimiser goes in its first step."""
    g, (sgd, adam) = tex(gradient, 2), RATES.values()
    return [rf"\text{{{name}: }}g&={g}", rf"\text{{SGD: }}\eta\,g&={sgd}\cdot{g}", rf"&={tex(sgd * gradient, 2)}",
            r"\text{Adam: }\eta\,\frac{g}{|g|+10^{-8}}&=" + told(tex(adam * gradient / (gradient + 1e-8), 2))]
