"""Ideas on a rate for each weight: AdaGrad and its sum, RMSProp and AdaDelta and their fading means."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_grounds as grounds
from ui.figure import figure
from ui.lessons.optimizers import LABELS, RHOS, controls, own_rate, pictures_paths, settings
from ui.lessons.optimizers.parts import chosen_step, worked
from ui.lessons.parts import table
from ui.question import answered

RATE, STEPS = 0.1, 100
WEIGHTS = {"frequent": "w₁, the frequent one", "rare": "w₂, the rare one"}
SIZES = {1.0: (1.0, 1.0), 3.0: (0.2, 1.0), 10.0: (0.01, 1.0)}
"""Size of the frequent input -> the best rates of gradient descent and of AdaGrad, of the ladder 1, 2, 5."""
CALM, SMALL, LONG = 20, 0.1, 80
"""Steps with gradient 1, the gradient of the later ones, steps in all."""
FORGETFUL = ("rmsprop", "adadelta", "adagrad")


@st.fragment
def adagrad() -> None:
    """The effective rates of a frequent and a rare weight over steps."""
    left, right = st.columns([3, 2])
    with right:
        every = controls.series("adagrad/every", "The rare feature comes in every … step", (2, 5, 10, 20, 50), 10)
        t, cursor = chosen_step("adagrad/t", STEPS, 20)
        i = list(WEIGHTS).index(controls.one_of("adagrad/weight", "Weight in the formula", WEIGHTS, "rare"))
    path = core.walk(settings("adagrad", RATE), grounds.rare_feature(every), [0.0, 0.0], STEPS)
    rates, came = core.effective_rates(path), (path.gradients[:t] != 0).sum(0)
    with left:
        figure(pictures_paths.rates(rates, WEIGHTS), key="optimizers/adagrad", height=360, **cursor,
               alt="The effective rate of two weights over 100 steps: one has a gradient in each step, one in every "
                   f"{every}th.")
        st.caption("Each gradient that comes is 1, whatever the weights are. The effective rate is what a gradient is "
                   "multiplied by: η ÷ (√G + ε). Where a feature is absent, its weight has no gradient.")
        table(("weight", "gradients so far", "effective rate", "way gone", "way of SGD"), [
            (name.split(",")[0], str(came[k]), words(rates[t - 1, k]) if came[k] else "no gradient yet",
             words(abs(path.thetas[t, k])), words(RATE * came[k])) for k, name in enumerate(WEIGHTS.values())])
    with right:
        worked(path, t, i, weight=("w₁", "w₂")[i])
    if answered():
        st.markdown("**Does it pay?** A task: ŷ = w₁x₁ + w₂x₂ with true weights 1, x₂ = 1 in every tenth row, else 0. Steps "
                    "until both weights stay within 0.1, each at its best rate:")
        table(("size of x₁", "SGD", "AdaGrad"), [(words(size), *_task(size)) for size in SIZES])
        st.caption("With inputs of equal size plain gradient descent is as good. AdaGrad gains where a large or frequent input "
                   "forces gradient descent to a small rate.")


@st.cache_data(show_spinner=False, max_entries=4)
def _task(size: float) -> tuple[str, ...]:
    ways = (settings(key, rate) for key, rate in zip(("sgd", "adagrad"), SIZES[size], strict=True))
    return tuple(f"{steps:,} (η = {words(c.learning_rate)})" for c in ways for steps in [grounds.learned(c, size, 10)])


@st.fragment
def forget() -> None:
    """The memories of AdaGrad and RMSProp, and what comes of a gradient, while gradients become small."""
    left, right = st.columns([3, 2])
    with right:
        rho = controls.series("forget/rho", "ρ: how much of the mean is kept", RHOS, 0.9)
        t, cursor = chosen_step("forget/t", LONG, 30)
        key = controls.one_of("forget/of", "Optimiser in the formula", {key: LABELS[key] for key in FORGETFUL}, "rmsprop")
    gradient = grounds.becomes_small(CALM, SMALL)
    paths = {key: core.walk(settings(key, own_rate(key), rho=rho), gradient, [0.0], LONG)
             for key in FORGETFUL}
    memories = {key: np.sqrt(paths[key].memories[0][1:, 0]) for key in ("adagrad", "rmsprop")}
    rates = {key: grounds.stretch(path)[:, 0] for key, path in paths.items()}
    with left:
        figure(pictures_paths.forgetting(paths["adagrad"].gradients[:, 0], memories, rates), key="optimizers/forget",
               height=460, **cursor,
               alt=f"Gradients of 1 for {CALM} steps, then of {SMALL}. Above, what AdaGrad and RMSProp remember of their size; "
                   "below, what a gradient is multiplied by.")
        st.caption("RMSProp and AdaDelta remember the same G. AdaDelta also remembers the size of its own steps, D, and takes "
                   "no rate from you: η is 1.")
    with right:
        table(("", "effective rate"), [(LABELS[name], words(values[t - 1])) for name, values in rates.items()])
        worked(paths[key], t)
    if answered():
        end = _swing()
        st.markdown(f"A rate that can rise again need not settle: on ½w² with η = {RATE}, RMSProp ends up jumping between "
                    f"**{words(end[0], 3)}** and **{words(end[1], 3)}**, half a rate on either side.")


@st.cache_data(show_spinner=False, max_entries=1)
def _swing() -> list[float]:
    """Between which two places RMSProp jumps in the end."""
    return core.walk(settings("rmsprop", RATE), core.bowl(1.0), [1.0], 1000).thetas[-2:, 0].tolist()
