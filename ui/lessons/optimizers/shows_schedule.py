"""Ideas on the rate over time: schedules under noise, and a rising start where it is steep."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons.optimizers import Path
from ann_core.lessons.optimizers_grounds import BEALE, FROM_BEALE, steep_start
from ann_core.nn.optimizers import SCHEDULES
from ui.figure import figure
from ui.lessons.optimizers import LABELS, controls, noisy_runs, pictures_paths, pictures_schedule
from ui.lessons.optimizers.parts import chosen_step
from ui.lessons.parts import lined, table
from ui.question import answered, playing, told

RATE, STEPS = 0.1, 1000
NEAR, SHOWN = 1e-3, 160


@st.fragment
def schedule() -> None:
    """The rate over steps, and below it a weight that gets noisy gradients."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.from_list("schedule/of", "Schedule", {key: one.label for key, one in SCHEDULES.items()}, "exponential")
        formula = SCHEDULES[key].formula
        k = (controls.series("schedule/k", "Length k, in steps", (50.0, 100.0, 200.0, 500.0, 1000.0), 200.0)
             if "k" in formula else 1.0)
        gamma = controls.series("schedule/gamma", "Factor γ", (0.1, 0.3, 0.5, 0.8), 0.5) if r"\gamma" in formula else 1.0
        t, cursor = chosen_step("schedule/t", STEPS, 250)
    factors = np.array([SCHEDULES[key].factor(float(step), k, gamma) for step in range(STEPS + 1)])
    w, rms = noisy_runs(RATE, key, k, gamma)
    jitter = float(np.sqrt(RATE / (2 - RATE)))
    with left:
        figure(pictures_schedule.schedule(factors * RATE, w, rms, jitter if answered() else None), key="optimizers/schedule",
               height=480, **cursor, alt=f"The rate over 1,000 steps ({SCHEDULES[key].label}); below, a weight on ½w² that "
                                         "gets noisy gradients, and how far 200 such runs are off.")
        st.caption("f = ½w² from w = 2, and to each gradient N(0, 1) is added, as if it came from a batch. 200 runs, "
                   "measured; the root of the mean of w² says how far they are from the lowest point.")
    with right:
        table(("", "rate", "√ of mean w²"), [(f"step {at:,}", words(RATE * factors[at], 3), words(rms[at], 3))
                                             for at in sorted({t, STEPS})])
        st.markdown(SCHEDULES[key].advice.replace("epochs", "steps"))
        lined((formula.replace("=", "&=", 1), "&=" + _spelt(key, t, k, gamma) + tex(RATE * factors[t])))
        st.markdown(told(f"Theory for a constant rate: √(η/(2 − η)) = **{words(jitter, 3)}**.", ""))


def _spelt(key: str, t: int, k: float, gamma: float) -> str:
    """The rate of step t in numbers, up to the result."""
    part = rf"\tfrac{{{t}}}{{{k:g}}}"
    return {"constant": "", "step": rf"{RATE:g}\cdot{gamma:g}^{{\lfloor {t}/{k:g}\rfloor}}=",
            "exponential": rf"{RATE:g}\cdot{gamma:g}^{{{t}/{k:g}}}=",
            "cosine": rf"\tfrac{{{RATE:g}}}{{2}}\bigl(1+\cos\pi\tfrac{{{min(t, int(k))}}}{{{k:g}}}\bigr)=",
            "warmup": rf"{RATE:g}\cdot\min\bigl(1,{part}\bigr)="}[key]


@st.fragment
def warmup() -> None:
    """Beale's surface from a steep place, with a rate that rises over the first steps."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.one_of("warmup/of", "Optimiser", {key: LABELS[key] for key in FROM_BEALE}, "momentum")
        k = controls.series("warmup/k", "Warm-up, in steps (1: none)", (1, 10, 20, 50, 100), 1)
    path = steep_start(key, k)
    f = BEALE.value(path.thetas)
    film = pictures_paths.walking({key: path.thetas}, {key: f}, range(min(len(path), SHOWN) + 1), rate=16)
    at, rest = controls.rest("warmup/at", len(film.frames))
    with left:
        figure(pictures_schedule.on_surface(BEALE, path.thetas[:SHOWN + 1], key, answered()), key="optimizers/warmup",
               height=440, **rest,
               animation=replace(film, autoplay=playing()),
               alt=f"Beale's surface from above, the way of {LABELS[key]} from (1, 1.5), and the lowest point at (3, 0.5).")
    with right:
        st.markdown(f"**{_ends(path)}**")
        t = min(at + 1, len(path))
        size = float(np.linalg.norm(path.gradients[t - 1]))
        table((f"step {t}", ""), [("length of the gradient", words(size, 3)), ("rate", words(path.rate(t), 3)),
                                  ("f before", words(f[t - 1], 3)), ("f after", words(f[t], 3))])
        lined((r"\eta_t&=\eta\min\bigl(1,\tfrac tk\bigr)",
               rf"&={FROM_BEALE[key]:g}\cdot\min\bigl(1,\tfrac{{{t}}}{{{k}}}\bigr)={tex(path.rate(t))}"))
        st.caption("At the start the gradient is about 99 long, far steeper than later. This surface was made to be hard; on "
                   "small deep networks that were tried, a warm-up made no difference.")


def _ends(path: Path) -> str:
    """What became of it."""
    near = np.flatnonzero(BEALE.value(path.thetas) < NEAR)
    if not BEALE.inside(path.thetas[-1]):
        return f"It leaves the picture at step {len(path)}."
    return f"f is below 0.001 first at step {near[0]}." if len(near) else f"In {len(path)} steps it does not get below 0.001."
