"""Cures for steps that are too long: clipping, scaled inputs, a smaller rate."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.data import load
from ann_core.lab import remedies
from ann_core.lessons import gradients as core
from ui.figure import Drag, figure
from ui.lessons.gradients import FAILS, controls, effects, pictures_steps, seed, seeded, situation
from ui.lessons.parts import lined, table
from ui.question import answered, told

BY = {"clip_norm": "by norm", "clip_value": "by value"}
REACH = 5.0
"""Components of the arrow go so far."""


@st.fragment
def clip() -> None:
    """An arrow to drag, and what both ways of clipping leave of it."""
    left, right = st.columns([3, 2])
    with right:
        limit = controls.slider("clip/limit", "Limit c", 0.5, 5.0, 2.0, 0.1)
        x = controls.slider("clip/x", "∂L/∂w₁", -REACH, REACH, 4.0, 0.1)
        y = controls.slider("clip/y", "∂L/∂w₂", -REACH, REACH, 1.0, 0.1)
    g = np.array([x, y])
    by_norm, by_value = core.clipped(g, limit)
    with left:
        figure(pictures_steps.clip(g, by_norm, by_value, limit), key="gradients/clip", height=520, on=_pull,
               drag={"gradient": Drag(x=(-REACH, REACH), y=(-REACH, REACH), step=0.1, label="tip of the gradient", point=1)},
               alt=f"The gradient ({words(x)}, {words(y)}) as an arrow; clipped by norm ({words(by_norm[0], 3)}, "
                   f"{words(by_norm[1], 3)}), by value ({words(by_value[0], 3)}, {words(by_value[1], 3)}).")
    length = float(np.linalg.norm(g))
    with right:
        lined((rf"\|g\|&=\sqrt{{{factor(x)}^2+{factor(y)}^2}}={tex(length, 3)}",
               r"\text{by norm:}\;g&\leftarrow g\cdot\min\bigl(1,\tfrac{c}{\|g\|}\bigr)",
               rf"&=({tex(by_norm[0], 3)},\;{tex(by_norm[1], 3)})",
               r"\text{by value:}\;g_i&\leftarrow\min(c,\max(-c,g_i))",
               rf"&=({tex(by_value[0], 3)},\;{tex(by_value[1], 3)})"))
        table(("", "length", "turned by"), [("the gradient", words(length, 3), ""), *(
            (BY[key], words(float(np.linalg.norm(part)), 3), f"{words(round(core.angle(g, part), 3), 3)}°")
            for key, part in (("clip_norm", by_norm), ("clip_value", by_value)))])
    left, right = st.columns([3, 2])
    with right:
        key = controls.one_of("clip/by", "Clip", BY, "clip_norm")
        remedy = remedies.clip(key)
        pair = remedy.fails if situation("clip", remedy.helps, remedy.fails) == FAILS else remedy.helps
        number = seed("clip")
        names = "without", f"clipped {BY[key]}"
        limits = pair.cured.training
        st.caption(f"The limit is {words(limits.clip_norm or limits.clip_value or 0)} here. {effects.LEARNED}")
    with left:
        effects.picture("clip", pair, names, number)
        effects.numbers(pair, names, number)


def _pull(name: str, to: dict[str, float]) -> None:
    for axis in "xy":
        controls.put(f"clip/{axis}", round(to[axis], 2))


@st.fragment
def scaling() -> None:
    """Inputs as measured and on one scale."""
    left, right = st.columns([3, 2])
    remedy = remedies.scaling()
    with right:
        fails = situation("scaling", remedy.helps, remedy.fails) == FAILS
        pair, shown = (remedy.fails, answered()) if fails else (remedy.helps, True)
        raw, scaled = (load(config.data) for config in (pair.without, pair.cured))
        column = controls.from_list(f"scaling/{'moons' if fails else 'wine'}", "Input in the formula",
                                    dict(enumerate(raw.input_names)), int(raw.X_train.max(0).argmax()))
        number = seed("scaling")
    names = "as measured", "standardised"
    with left:
        effects.picture("scaling", pair, names, number, shown)
        effects.numbers(pair, names, number, shown)
    with right:
        x, out = raw.X_train[:, column], float(scaled.X_train[0, column])
        lined((r"x'&=\frac{x-\text{mean}}{\text{std}}",
               rf"&=\frac{{{tex(float(x[0]))}{signed(-float(x.mean()))}}}{{{tex(float(x.std()))}}}={tex(out, 3)}",
               r"\frac{\partial L}{\partial W^1}&=X^\top dZ^1"))
        st.caption(f"{raw.input_names[column]} of row 1. The inputs of this row go from "
                   f"{words(float(raw.X_train[0].min()), 3)} to {words(float(raw.X_train[0].max()), 3)}; each of them stands "
                   f"as a factor in the gradient of layer 1. {effects.LEARNED}")


@st.fragment
def rate() -> None:
    """A tenth of the rate."""
    left, right = st.columns([3, 2])
    remedy = remedies.rate()
    with right:
        pair = remedy.fails if situation("rate", remedy.helps, remedy.fails) == FAILS else remedy.helps
        number = seed("rate")
    rates = [config.training.learning_rate for config in (pair.without, pair.cured)]
    names = f"η = {words(rates[0])}", f"η = {words(rates[1])}"
    with left:
        effects.picture("rate", pair, names, number, gradient=answered())
        effects.numbers(pair, names, number, gradient=answered())
    with right:
        g, size = (float(part) for part in core.first_step(seeded(pair.without, number)))
        steps = [rf"\eta\,\|g\|&={tex(eta)}\cdot{tex(g, 3)}={tex(eta * g, 3)}" for eta in rates]
        lined((r"w&\leftarrow w-\eta\,\frac{\partial L}{\partial w}", steps[0], told(steps[1], r"\eta\,\|g\|&=\;?")))
        st.caption(f"The first step, over all weights together, in both runs; the weights have the length {words(size, 3)}. "
                   + told("The first gradient is the same to the last digit: a rate only says how far to go along it. ", "")
                   + effects.LEARNED)
