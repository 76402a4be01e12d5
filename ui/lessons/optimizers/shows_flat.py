"""Ideas on ground that holds optimisers up: a slope of 0, a plateau, two valleys."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.lessons.optimizers_grounds import PLATEAU, VALLEYS, flat_places
from ann_core.lessons.optimizers_surfaces import SURFACES
from ui.figure import Drag, figure
from ui.lessons.optimizers import (
    LABELS,
    SHELVES,
    WALKERS,
    controls,
    over_the_plateau,
    own_rate,
    pictures_paths,
    pictures_schedule,
    settings,
)
from ui.lessons.optimizers.parts import worked
from ui.lessons.parts import table
from ui.question import answered, playing, told

SADDLE = SURFACES["saddle"]
SHOWN = 120
HEIGHTS = (0.0, 1e-12, 1e-6, 1e-3, 0.1)
FLAT, HILLY = (-9.0, 6.0), (-2.3, 2.3)
"""What the pictures of the plateau and of the valleys span."""
SPREADS = (0.0, 0.05, 0.2, 0.5, 1.0, 2.0)
RUNS, NOISY = 20, 2000


@st.cache_data(show_spinner=False, max_entries=16)
def _leaving(y: float) -> dict[str, str]:
    """For each optimiser the first step with |y| > 0.5 on the saddle, from (−1, y)."""
    paths = {key: core.walk(settings(key, own_rate(key)), lambda theta, t: SADDLE.gradient(theta), [-1.0, y], 300)
             for key in WALKERS}
    far = {key: np.abs(path.thetas[:, 1]) > 0.5 for key, path in paths.items()}
    return {key: str(one.argmax()) if one.any() else "not in 300" for key, one in far.items()}


@st.fragment
def saddle() -> None:
    """A saddle, with a start beside or on its ridge."""
    left, right = st.columns([3, 2])
    with right:
        y = controls.series("saddle/y", "Start: how far beside the ridge, y₀", HEIGHTS, 1e-6)
        key = controls.from_list("saddle/of", "Optimiser", {key: LABELS[key] for key in WALKERS}, "sgd")
    path = core.walk(settings(key, own_rate(key)), lambda theta, t: SADDLE.gradient(theta), [-1.0, y], 200)
    film = pictures_paths.walking({key: path.thetas}, {key: SADDLE.value(path.thetas)}, range(201), rate=12)
    at, rest = controls.rest("saddle/at", len(film.frames))
    with left:
        figure(pictures_schedule.on_surface(SADDLE, path.thetas, key, answered()), key="optimizers/saddle", height=420, **rest,
               animation=replace(film, autoplay=playing()),
               alt=f"A saddle from above; {LABELS[key]} starts at (−1, {words(y)}). The lowest points are at (0, ±1).")
        table(("optimiser", "first step beyond y = ±0.5"), [
            (LABELS[name], step if y or answered() else "?") for name, step in _leaving(y).items()])
    with right:
        worked(path, at + 1, 1, weight="y")
    st.markdown(told("Noise helps here: a little of it in the gradient pushes plain gradient descent off the ridge.", ""))


@st.fragment
def plateau() -> None:
    """One sigmoid unit that is sure of the wrong answer: the ground is flat."""
    left, right = st.columns([3, 2])
    with right:
        start = controls.series("plateau/start", "Start: weight w", SHELVES, -4.0)
        key = controls.from_list("plateau/of", "Optimiser", {key: LABELS[key] for key in WALKERS}, "sgd")
    path = core.walk(settings(key, own_rate(key)), PLATEAU.gradient, [start], 1000)
    w = path.thetas[:, 0]
    shown = np.unique(np.linspace(0, 1, 61) ** 2 * 1000 // 1).astype(int)
    film = pictures_schedule.rolls(PLATEAU, w, shown, FLAT)
    at, rest = controls.rest("plateau/at", len(film.frames))
    with left:
        figure(pictures_schedule.hill(PLATEAU, start, FLAT, (-0.02, 0.55), "½(σ(w) − 1)²"), key="optimizers/plateau",
               height=360, **rest,
               animation=replace(film, noun=None, autoplay=playing()),
               alt=f"The cost ½(σ(w) − 1)²: flat far to the left, falling around 0. {LABELS[key]} starts at {words(start)}.")
        table(("optimiser", "first step with σ(w) > ½"), [
            (LABELS[name], "?" if name != key and not answered() else "not in 4,000" if step is None else f"{step:,}")
            for name, steps in over_the_plateau().items() for step in [steps[SHELVES.index(start)]]])
    with right:
        slope = float(PLATEAU.slope(np.array([start]))[0])
        st.markdown(f"At the start the slope is **{words(slope, 3)}**.")
        worked(path, int(shown[at]) + 1, slope=r"(\sigma-1)\,\sigma\,(1-\sigma)")


@st.fragment
def valleys() -> None:
    """A deep valley, a shallow one, and a rim between them."""
    left, right = st.columns([3, 2])
    with right:
        start = controls.slider("valleys/start", "Start: weight w", -2.0, 2.0, 1.5, 0.1)
        rate = controls.series("valleys/rate", "Learning rate η", (0.01, 0.03, 0.1, 0.3, 0.5), 0.03)
        mu = controls.slider("valleys/mu", "Momentum μ", 0.0, 0.99, 0.5, 0.01)
        spread = controls.series("valleys/noise", "Noise in the gradient σ", SPREADS, 0.0)
    c = settings("momentum", rate, momentum=mu)
    gradient = core.noisy(VALLEYS.gradient, spread, 0)
    path = core.walk(c, gradient, [start], NOISY)
    w = path.thetas[:, 0]
    film = pictures_schedule.rolls(VALLEYS, w, np.arange(min(len(w), SHOWN + 1)), HILLY)
    at, rest = controls.rest("valleys/at", len(film.frames))
    deep, rim, shallow = flat_places()
    with left:
        figure(pictures_schedule.hill(VALLEYS, start, HILLY, (-0.5, 2.4), "w⁴/4 − w²/2 + 0.1w"), key="optimizers/valleys",
               height=380, animation=replace(film, autoplay=playing()), **rest,
               drag={"point": Drag(x=(-2, 2), step=0.1, label="start")},
               on=lambda _, to: controls.put("valleys/start", round(to["x"], 2)),
               alt=f"A curve with a deep valley at {words(deep, 3)}, a shallow one at {words(shallow, 3)} and a rim at "
                   f"{words(rim, 3)}; the point starts at {words(start)}.")
        table(("place", "w", "f"), [(name, words(at), words(float(VALLEYS.f(np.array([at]))[0]))) for name, at in (
            ("deep valley", deep), ("rim", rim), ("shallow valley", shallow))])
    with right:
        st.markdown(_ended(path, rim))
        if spread:
            runs = core.walk(c, gradient, np.full((RUNS, 1), start), NOISY)
            deep_ones = int((runs.thetas[-1] < rim).sum())
            st.markdown(f"Of {RUNS} runs with noise, **{deep_ones}** are in the deep valley after {NOISY:,} steps."
                        if len(runs) == NOISY else f"Of {RUNS} runs with noise some run away.")
        worked(path, at + 1, slope=r"w^3-w+0.1" + r"+\text{noise}" * bool(spread))
    st.caption(told("What carries a point over a rim is the swing or the noise of the moment: other rates and starts end "
                    "elsewhere, sometimes in the worse valley.", ""))


def _ended(path: core.Path, rim: float) -> str:
    """Where it stands after the last step."""
    if len(path) < NOISY:
        return f"It **runs away**: after step {len(path)} its numbers are too large."
    w = float(path.thetas[-1, 0])
    return f"After {NOISY:,} steps w is **{words(w)}**: in the **{'deep' if w < rim else 'shallow'} valley**."
