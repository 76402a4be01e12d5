"""Ideas on the gradient's way back through time: its size at every step, what bounds it, and what clipping does."""

import numpy as np
import streamlit as st

from ann_core.base.numbers import size
from ann_core.base.spelling import factor, tex, words
from ann_core.lessons.recurrence_tasks import explodes, remembers, stretched
from ui.figure import figure
from ui.lessons.parts import lined, table, tiles
from ui.lessons.recurrence import SEEDS, STEPS, alone, before, controls, pictures_way, twenty
from ui.question import answered, told

LENGTHS = (5, 10, 20, 40)
LOWEST = {5: -6, 10: -6, 20: -12, 40: -24}
"""The lowest power of ten on the axis of factors, by the length of the sequence."""
RNNS = {"RNN, normal": "normal, small", "RNN": "orthogonal"}
"""Two ways in which the recurrent weights may begin."""
SCALES = (0.5, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
LIMITS = (0.1, 1.0, 10.0)


@st.fragment
def through() -> None:
    """The gradient of every state, before learning and while it learns."""
    left, right = st.columns([3, 2])
    with right:
        cell = controls.one_of("through/cell", "First recurrent weights", RNNS, "RNN")
        length = int(controls.series("through/length", "Steps T of the sequence", LENGTHS, 10))
    course = alone(remembers(cell, length), STEPS, True)
    film = pictures_way.learning(course)
    at, rests = controls.rest("through/at", len(film.frames))
    way = course.ways[at]
    slopes, weights = (float(part[0]) for part in pictures_way.factors(way))
    first, last = float(way.size[0, 0]), float(way.size[-1, 0])
    with left:
        figure(pictures_way.through(course.ways[0], LOWEST[length]), key="recurrence/through",
               height=520, animation=film, **rests,
               alt=f"Bars for {length} steps, on a logarithmic axis: {size(first)} reaches the first state, {size(last)} the "
                   f"last.")
    with right:
        table(("", f"after {course.step[at]} steps of learning"), [
            ("reaches h of the first step", size(first)), ("reaches h of the last step", size(last)),
            ("slopes, multiplied", size(slopes)), ("weights, multiplied", size(weights))])
        lined((r"\frac{\|\partial L/\partial h_1\|}{\|\partial L/\partial "
               r"h_T\|}&=\prod_t\text{slopes}_t\cdot\prod_t\text{weights}_t",
               rf"&={tex(slopes, 3)}\cdot{factor(weights, 3)}", rf"&={tex(slopes * weights, 3)}"))
        st.caption(f"The task: step 1 shows one of four symbols, then come {length - 1} that say nothing; after the last one "
                   "the first is asked for. Only the last state answers. 16 tanh units; the film shows a network that learns.")


@st.fragment
def largest() -> None:
    """The largest singular value of the recurrent matrix, and twenty networks."""
    left, right = st.columns([3, 2])
    with right:
        kind = controls.one_of("largest/kind", "Recurrent weights", ("orthogonal", "normal"), "orthogonal")
        scale = float(controls.series("largest/scale", "Scale", SCALES, 0.8))
    way = before(stretched(kind, scale))
    T, s = len(way.size), float(np.median(way.largest))
    bound = s ** np.arange(T - 1, -1, -1.0)
    above, middle = int((way.ratio > 1).sum()), float(np.median(way.ratio))
    with left:
        figure(pictures_way.largest(way, bound, answered()), key="recurrence/largest", height=420,
               alt=f"The bound at step 1 is {size(bound[0])}." + told(
                   f" Of twenty networks the middle one has {size(middle)} there.", ""))
    with right:
        tiles({"largest singular value": words(s, 3), "bound at step 1": size(float(bound[0]))})
        table(("20 networks, first step over last", ""), [
            ("the middle one", told(size(middle))), ("from", told(size(float(way.ratio.min())))),
            ("to", told(size(float(way.ratio.max())))), ("above 1", told(f"{above} of {SEEDS}"))])
        lined((r"\|\delta_t\,U^\top\|&\le s\,\|\delta_t\|,\quad|\tanh'|\le1",
               rf"\frac{{\|\partial L/\partial h_1\|}}{{\|\partial L/\partial h_{{{T}}}\|}}&\le s^{{{T - 1}}}",
               rf"&={tex(s, 3)}^{{{T - 1}}}={tex(float(bound[0]), 3)}"))
        st.caption("s, the largest singular value of U, is the most by which the matrix can make any vector longer. With "
                   "normal weights it is the middle of twenty networks'.")


@st.fragment
def clipping() -> None:
    """Recurrent weights that stretch, without and with a longest step."""
    left, right = st.columns([3, 2])
    with right:
        limit = float(controls.one_of("clipping/limit", "Longest gradient c", LIMITS, 1.0, words))
    with left:
        free, clipped = twenty([explodes(2.5, None), explodes(2.5, limit)], 100, False)
    norms = free.ways[0].norm
    g = float(norms[0])
    known = [int(np.isfinite(course.first).sum()) for course in (free, clipped)]
    with left:
        shown = [("without clipping", free), (f"clipped at {words(limit)}", clipped if answered() else None)]
        figure(pictures_way.clipping(shown), key="recurrence/clipping", height=340, least=560,
               alt=f"Share of right answers over 100 steps of learning: without clipping {known[0]} of 20 networks learn the "
                   f"task" + told(f", with clipping {known[1]}.", "."))
    with right:
        table(("", "know the task"), [("without clipping", f"{known[0]} of {SEEDS}"),
                                      (f"clipped at {words(limit)}", told(f"{known[1]} of {SEEDS}"))])
        lined((r"g&\leftarrow g\cdot\min\Bigl(1,\frac{c}{\|g\|}\Bigr)",
               rf"&=g\cdot\min\Bigl(1,\frac{{{tex(limit)}}}{{{tex(g, 3)}}}\Bigr)={tex(min(1.0, limit / g), 3)}\,g"))
        st.caption("10 steps, 16 tanh units, orthogonal recurrent weights times 2.5, plain gradient descent at a rate of 1, "
                   "100 steps. The numbers in the formula: the first gradient of the first network. Of the twenty the longest "
                   f"first gradient is {size(float(norms.max()))}.")
