"""Ideas on momentum: the ravine, and Nesterov's look ahead."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ui.figure import figure
from ui.lessons.optimizers import LABELS, STEEP, controls, pictures_paths, settings
from ui.lessons.optimizers.parts import chosen_step, worked
from ui.lessons.parts import table
from ui.question import answered, playing

RATES = (0.001, 0.005, 0.01, 0.015, 0.019, 0.02, 0.021)
SHOWN, LONG = 60, 4000
"""Steps in the film, and steps that are counted."""
LOW = 1e-3


@st.fragment
def ravine() -> None:
    """f = ½(w₁² + 100w₂²) from (1, 1): plain gradient descent and momentum."""
    left, right = st.columns([3, 2])
    with right:
        rate = controls.series("ravine/rate", "Learning rate η", RATES, 0.019)
        mu = controls.slider("ravine/mu", "Momentum μ", 0.0, 0.99, 0.9, 0.01)
        i = controls.one_of("ravine/weight", "Weight in the formula", {0: "w₁, the flat way", 1: "w₂, the steep way"}, 0)
    gradient = core.bowl(1.0, STEEP)
    paths = {key: core.walk(settings(key, rate, momentum=mu), gradient, [1.0, 1.0], LONG) for key in ("sgd", "momentum")}
    shown = {key: path.thetas[:SHOWN + 1] for key, path in paths.items()}
    costs = {key: _height(path.thetas) for key, path in paths.items()}
    film = pictures_paths.walking(shown, costs, range(SHOWN + 1))
    at, rest = controls.rest("ravine/at", SHOWN + 1)
    x, y = np.linspace(-1.3, 1.3, 41), np.linspace(-1.3, 1.3, 161)
    below = pictures_paths.ground((x**2 + STEEP * y[:, None] ** 2) / 2, x, y)
    with left:
        figure(pictures_paths.ways([below], shown, ("w₁", "w₂"), ((-1.3, 1.3), (-1.3, 1.3)), answered()),
               key="optimizers/ravine", height=440, animation=replace(film, autoplay=playing()), **rest,
               alt=f"A long ravine along w₁ from above, steep along w₂, with the ways of both optimisers at a rate of "
                   f"{words(rate)}.")
    with right:
        table(("f below 0.001 for good", "after "
                                         "steps"), [(LABELS[key], _said(cost, paths[key])) for key, cost in costs.items()])
        worked(paths["momentum"], at + 1, i, weight=("w₁", "w₂")[i])
    if answered():
        st.markdown("**Each at its best rate, by how much steeper one way is than the other (κ)**")
        table(("κ", "gradient descent", "momentum"),
              [[f"{number:,}" for number in (kappa, *_best(kappa))] for kappa in (10, 100, 1000)])
        st.caption("Gradient descent needs about κ times as many steps, momentum about √κ times. The rates are those of "
                   "theory: 2/(1 + κ), and 4/(1 + √κ)² with μ = ((√κ − 1)/(√κ + 1))².")


def _height(thetas: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return (thetas**2 @ np.array([1.0, STEEP])) / 2


def _said(cost: np.ndarray, path: core.Path) -> str:
    steps = core.settled(cost, LOW) if len(path) == LONG else None
    return f"{steps:,}" if steps is not None else "runs away" if cost[-1] > 1e3 else f"not in {LONG:,}"


@st.cache_data(show_spinner=False, max_entries=8)
def _best(kappa: int) -> tuple[int | None, ...]:
    """Steps on ½(w₁² + κw₂²) until f stays below 0.001, of gradient descent and of momentum, at the best rates in theory."""
    root = kappa**0.5
    ways = settings("sgd", 2 / (1 + kappa)), settings("momentum", 4 / (1 + root) ** 2, momentum=((root - 1) / (root + 1)) ** 2)
    return tuple(core.settled(core.walk(c, core.bowl(1.0, kappa), [1.0, 1.0], 5 * kappa).thetas ** 2 @ np.array([1, kappa]) / 2,
                              LOW) for c in ways)


@st.fragment
def nesterov() -> None:
    """One weight over steps on ½w²: plain, with momentum, with Nesterov's."""
    left, right = st.columns([3, 2])
    with right:
        mu = controls.slider("nesterov/mu", "Momentum μ", 0.0, 0.95, 0.9, 0.05)
        rate = controls.series("nesterov/rate", "Learning rate η", (0.02, 0.05, 0.1, 0.2, 0.5), 0.1)
        t, cursor = chosen_step("nesterov/t", 80, 2)
    paths = {key: core.walk(settings(key, rate, momentum=mu), core.bowl(1.0), [1.0], 300)
             for key in ("sgd", "momentum", "nesterov")}
    w = {key: path.thetas[:, 0] for key, path in paths.items()}
    seen = {key: values for key, values in w.items() if key != "nesterov" or answered()}
    with left:
        figure(pictures_paths.over_steps({key: values[:81] for key, values in seen.items()}, "w", (-0.85, 1.05), level=0.0),
               key="optimizers/nesterov", height=380, **cursor,
               alt=f"The weight after each of 80 steps from 1, for {', '.join(LABELS[key] for key in seen)}; 0 is the lowest "
                   "point.")
        if not answered():
            st.caption("Nesterov's curve stands here after the question.")
        table(("", "first below 0", "lowest w", "within 0.01 for good"), [
            (LABELS[key], *(_overshoot(values) if key in seen else ("?",) * 3)) for key, values in w.items()])
    for place, key in zip(st.columns(2), ("momentum", "nesterov"), strict=True):
        with place:
            if key in seen:
                worked(paths[key], t)
            else:
                st.caption("Nesterov's update stands here after the question.")


def _overshoot(w: np.ndarray) -> tuple[str, str, str]:
    """When a path goes over 0, how far it swings to the other side, and when it is near 0 for good."""
    below, still = np.flatnonzero(w < -1e-12), core.settled(w, 0.01)
    return (f"step {below[0]}" if len(below) else "never", words(w.min(), 3) if len(below) else "–",
            f"step {still}" if still is not None else "not in 300")
