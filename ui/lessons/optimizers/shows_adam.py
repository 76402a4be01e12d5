"""Ideas on Adam and its kin: direction and size, decay, the look ahead; and all nine optimisers step by step."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_grounds as grounds
from ui.figure import figure
from ui.lessons.optimizers import LABELS, controls, own_rate, pictures_adam, pictures_paths, settings
from ui.lessons.optimizers.parts import chosen_step, worked
from ui.lessons.parts import table
from ui.question import answered, told

RATE = 0.1
RATES, STRENGTHS = (0.02, 0.05, 0.1, 0.2), (0.001, 0.01, 0.1, 1.0)
"""Of the learning rate of NAdam's idea, and of decay."""
SIZES = tuple(10.0**power for power in range(-3, 4))
FIRST_STEPS = ("sgd", "adagrad", "rmsprop", "adam", "nadam")
DECAYS = {"sgd": "SGD with L2", "adamw": "AdamW", "adam": "Adam with L2"}
PULLED = np.array([0.01, 10.0])
"""Sizes of the gradients of two weights that only change their sign."""


@st.fragment
def adam() -> None:
    """Mean and size of a constant gradient, as they stand and corrected; the length of the step with both."""
    left, right = st.columns([3, 2])
    with right:
        g = controls.series("adam/g", "Gradient g, the same in each step", SIZES, 1.0)
        t, cursor = chosen_step("adam/t", 100, 3)
    path = core.walk(settings("adam", RATE), lambda theta, t: np.full_like(theta, g), [0.0], 100)
    m, v = (memory[1:, 0] for memory in path.memories)
    m_hat, v_hat = (one[:, 0] for one in core.corrected(path))
    bare = m / (np.sqrt(v) + 1e-8)
    with left:
        bars = (m[t - 1], v[t - 1] ** 0.5, *((m_hat[t - 1], v_hat[t - 1] ** 0.5) if answered() else ()))
        figure(pictures_adam.means(bars, g), key="optimizers/adam", height=270,
               alt=f"Bars after {t} steps, as shares of the gradient: m, root of v" + told(", and both corrected.", "."))
        figure(pictures_adam.lengths(bare, -np.diff(path.thetas[:, 0]) / RATE if answered() else None),
               key="optimizers/adam_steps", height=270, **cursor,
               alt="The length of each of 100 steps in rates: without the correction" + told(", and with it.", "."))
        if not answered():
            st.caption("What the correction makes of them, and the step with it, stands here after the question.")
    with right:
        worked(path, t, whole=answered())
    st.markdown(f"**The first step of several optimisers for g = {words(g)}, η = {RATE:g}**")
    firsts = {key: -core.walk(settings(key, RATE), lambda theta, t: np.full_like(theta, g), [0.0], 1).thetas[1, 0]
              for key in FIRST_STEPS}
    table([LABELS[key] for key in FIRST_STEPS], [[told(words(step, 6)) for step in firsts.values()]])


@st.fragment
def decay() -> None:
    """One weight without any gradient from data, under decay and under L2."""
    left, right = st.columns([3, 2])
    with right:
        strength = controls.series("decay/lambda", "λ: strength of decay and of L2", STRENGTHS, 0.01)
        t, cursor = chosen_step("decay/t", 20, 1)
        key = controls.one_of("decay/of", "Update in the formula", DECAYS, "sgd")
    nothing = core.bowl(0.0)
    paths = {name: core.walk(settings(name, RATE, weight_decay=strength) if name == "adamw" else
                             settings(name, RATE, l2=strength), nothing, [1.0], 20) for name in DECAYS}
    seen = {name: path.thetas[:, 0] for name, path in paths.items() if name == "sgd" or answered()}
    with left:
        figure(pictures_paths.over_steps(seen, "w", (-0.4, 1.05), DECAYS, level=0.0), key="optimizers/decay", height=360,
               **cursor, alt="A weight that begins at 1 and gets no gradient from the data, over 20 steps, for "
                             f"{', '.join(DECAYS[name] for name in seen)}.")
        st.caption("The data says nothing here: its gradient is 0. What moves the weight is the pull towards 0 alone." + told(
            "", " The curves of AdamW and of Adam with L2 stand here after the question."))
        table(("after step", "1", "2", "3"), [
            (DECAYS[name], *(told(words(path.thetas[n, 0], 7)) if name != "sgd" else words(path.thetas[n, 0], 7)
                             for n in (1, 2, 3))) for name, path in paths.items()])
    with right:
        worked(paths[key], t, label=DECAYS[key], slope="0" if key == "adamw" else r"0+\lambda w")
    if answered():
        ends = _pulled()
        st.markdown("**With gradients**: two weights from 5, gradients ±0.01 and ±10 whose sign changes by chance, η = 0.001, "
                    f"λ = 0.01, 2,000 steps. Decay alone would leave {words(5 * (1 - 0.001 * 0.01) ** 2000)}.")
        table(("after 2,000 steps", "gradients ±0.01", "gradients ±10"), [(DECAYS[name], *(words(w) for w in end))
                                                                     for name, end in ends.items()])
        st.caption("Under Adam, L2 is divided by the size of the gradients it is mixed with: it hardly reaches the weight with "
                   "large ones.")


@st.cache_data(show_spinner=False, max_entries=1)
def _pulled() -> dict[str, list[float]]:
    """Where both weights end, under AdamW and under Adam with L2."""
    gradient = grounds.any_sign(PULLED, 0)
    ways = {"adamw": settings("adamw", 0.001, weight_decay=0.01), "adam": settings("adam", 0.001, l2=0.01)}
    return {name: core.walk(c, gradient, [5.0, 5.0], 2000).thetas[-1].tolist() for name, c in ways.items()}


@st.fragment
def nadam() -> None:
    """Adam's and NAdam's ways on ½w²."""
    left, right = st.columns([3, 2])
    with right:
        rate = controls.series("nadam/rate", "Learning rate η", RATES, 0.1)
        t, cursor = chosen_step("nadam/t", 60, 2)
    paths = {key: core.walk(settings(key, rate), core.bowl(1.0), [1.0], 60) for key in ("adam", "nadam")}
    seen = list(paths)[:2 if answered() else 1]
    with right:
        worked(paths[seen[-1]], t)
    with left:
        figure(pictures_paths.over_steps({key: paths[key].thetas[:, 0] for key in seen}, "w", (-0.6, 1.05), level=0.0),
               key="optimizers/nadam", height=360, **cursor,
               alt=f"The weight after each of 60 steps from 1 on ½w², for {' and '.join(LABELS[key] for key in seen)}.")
        table(("", "first step", "lowest w"), [
            (LABELS[key], *((words(1 - path.thetas[1, 0], 6), words(path.thetas.min(), 3)) if key in seen else ("?", "?")))
            for key, path in paths.items()])
        if not answered():
            st.caption("NAdam's curve and its update stand here after the question.")
            return
        st.caption("μₜ is β₁ with a slow start of its own; ∏μ is the product of all of them so far. Where Adam takes m̂, NAdam "
                   "mixes the next step's share of m with the present gradient.")


@st.fragment
def byhand() -> None:
    """All nine on ½w²; the chosen one's update at a chosen step."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.from_list("byhand/of", "Optimiser", LABELS, "momentum")
        t, _ = chosen_step("byhand/t", 50, 1)
    paths = {name: core.walk(settings(name, own_rate(name)), core.bowl(1.0), [1.0], 50) for name in LABELS}
    with left:
        figure(pictures_adam.nine({name: path.thetas[:, 0] for name, path in paths.items()}, key, t),
               key="optimizers/byhand", height=380,
               alt=f"The weight after each of 50 steps from 1 on ½w², {LABELS[key]} in front of the others.")
    with right:
        worked(paths[key], t, digits=6, slope="w")
    table(("", "w after 1", "after 2", "after 3"), [
        (LABELS[name], words(path.thetas[1, 0], 6), *(told(words(path.thetas[n, 0], 6)) for n in (2, 3)))
        for name, path in paths.items()])
    st.caption("f = ½w², so the gradient is w. η = 0.1 (AdaDelta: 1), μ = β₁ = 0.9, β₂ = 0.999, ρ = 0.9, AdamW's λ = 0.01. "
               "ε is a tiny number that keeps from dividing by 0.")
