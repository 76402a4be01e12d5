"""Ideas on one layer: its first weights, and what they do to a spread."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import initialization as core
from ann_core.lessons.initialization import Start
from ann_core.nn.initializers import INITIALIZERS
from ui.figure import figure
from ui.lessons.initialization import SHAPES, controls, pictures_one, pooled, start_control
from ui.lessons.parts import lined, table
from ui.question import told

DRAWS = 40
VARIANCES = (0.0001, 0.0025, 0.01, 0.02, 0.04, 0.0625, 0.25, 1.0)
SIZES = (1, 4, 16, 25, 64, 100)
INPUTS = {"normal": "around 0", "halved": "after a ReLU"}
RULES = {
    "glorot": "Drawn by chance around 0: the more inputs and units the layer has, the smaller.",
    "he": "Drawn by chance around 0: the more inputs a unit has, the smaller.",
    "lecun": "Drawn by chance around 0: the more inputs a unit has, the smaller, and with half of He's variance.",
    "orthogonal": "The columns of the table stand at right angles, or its rows where these are fewer, and all are σ long.",
    "normal": "Drawn by chance around 0, of the size σ, however many inputs there are.",
    "uniform": "Drawn by chance between −σ and σ, however many inputs there are.",
    "constant": "Each weight is σ.", "zeros": "Each weight is 0."}
"""What an initialiser does, in plain words, by its family."""


@st.fragment
def first() -> None:
    """The first weights of one layer: a map, a histogram, and their variance in theory and in this draw."""
    left, right = st.columns([3, 2])
    with right:
        start = start_control("first", Start("glorot_normal", 0.5))
        st.caption(RULES[_family(start)])
        shape = SHAPES[controls.one_of("first/shape", "Inputs × units (n_in × n_out)", tuple(SHAPES), "32 × 32")]
        draw = controls.number("first/draw", "Number of the draw", 0, 9999, 0, "Another number, another draw by chance.")
    W, theory = start.draw(shape, draw), start.variance(*shape)
    n_in, n_out = shape
    with left:
        figure(pictures_one.first(W, start), key="initialization/first", height=360, least=540,
               alt=f"{n_in} × {n_out} first weights, {start.label}, from {words(W.min(), 3)} to {words(W.max(), 3)}.")
    with right:
        table(("variance of the weights", ""), [
            ("by the formula", words(theory)), ("in this draw", words(W.var())),
            (f"in {DRAWS} draws", told(words(pooled(start, shape, DRAWS)))), ("largest weight", words(np.abs(W).max()))])
        lined(_variance(start, *shape))
    with left:
        st.caption("Blue: below 0, orange: above, the stronger the further from it. Var(W), the variance: the mean of the "
                   "squared distances of the weights from their mean. n_in: how many inputs each unit has; n_out: how many "
                   "units the layer has. All biases begin at 0. Density: the share of the weights in a bin by its width, so "
                   "that the area is 1. "
                   + INITIALIZERS[start.initializer].advice * start.random
                   + told(" Only zeros and constant are not drawn: they are always the same.", ""))


def _family(start: Start) -> str:
    """What it has in common with its other form, such as he for he_normal."""
    return start.initializer.partition("_")[0]


def _variance(start: Start, n_in: int, n_out: int) -> list[str]:
    """The initialiser's formula with the learner's numbers."""
    s = tex(start.sigma)
    spelt = {"glorot": rf"\frac{{2}}{{{n_in}+{n_out}}}", "he": rf"\frac{{2}}{{{n_in}}}", "lecun": rf"\frac{{1}}{{{n_in}}}",
             "normal": f"{s}^2", "uniform": rf"\frac{{{s}^2}}{{3}}",
             "orthogonal": rf"\frac{{{s}^2}}{{\max({n_in},{n_out})}}"}.get(_family(start), "")
    variance = start.variance(n_in, n_out)
    formula = INITIALIZERS[start.initializer].formula
    lines = [formula.replace("=", "&=", 1).replace(r"\sim", r"&\sim", 1)]
    lines.append(("" if "Var" in formula else r"\mathrm{Var}(W)") + f"&={f'{spelt}=' if spelt else ''}{tex(variance)}")
    if "uniform" in start.initializer:
        lines.append(rf"|w|&\le\sqrt{{3\,\mathrm{{Var}}(W)}}={tex(np.sqrt(3 * variance))}")
    return lines


@st.fragment
def layer() -> None:
    """The bell of the inputs goes in, the bell of the sums comes out."""
    left, right = st.columns([3, 2])
    with right:
        n_in = int(controls.series("layer/n_in", "Inputs of each unit, n_in", SIZES, 100))
        variance = controls.series("layer/variance", "Variance of the weights, Var(W)", VARIANCES, 0.01)
        halved = controls.one_of("layer/inputs", "Inputs", INPUTS, "normal") == "halved"
    found = core.sums(n_in, variance, halved)
    with left:
        figure(pictures_one.layer(found), key="initialization/layer", height=400,
               alt=f"The sums have a spread of {words(found.Z.std(), 3)}, their inputs one of {words(found.X.std(), 3)}.")
        lined((r"\mathrm{Var}(z)&=n_{in}\cdot\mathrm{Var}(W)\cdot\overline{x^2}",
               rf"&={n_in}\cdot{tex(variance)}\cdot{tex(found.square)}={tex(found.spread ** 2)}",
               rf"\text{{spread of }}z&=\sqrt{{{factor(found.spread ** 2)}}}={tex(found.spread)}"))
    with right:
        table(("", "by the formula", "measured"), [
            ("mean of x²", words(found.square), words((found.X ** 2).mean(), 3)),
            ("variance of z", words(found.spread ** 2), words(found.Z.var(), 3)),
            ("spread of z", words(found.spread), words(found.Z.std(), 3))])
        st.caption(f"{core.SUM_ROWS} rows through {core.SUM_UNITS} units. Spread: the standard deviation. Sums beyond ±20 "
                   "are not drawn. Density: shares by the width of a bin, so both areas are 1. After a ReLU the inputs are no "
                   "longer around 0: what counts is the mean of their squares, not their variance.")
