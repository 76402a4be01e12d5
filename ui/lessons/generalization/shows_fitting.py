"""Ideas on too little and too much: held-out rows, a polynomial, sizes of a network, a training as it overfits."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import generalization as core
from ann_core.lessons.generalization_changes import DEPTHS, SIZES_FROM, SPARED, WIDTHS, deep, wide
from ann_core.lessons.generalization_curves import DEGREES, POINTS, POINTS_FROM, Polynomial
from ui.figure import figure
from ui.lessons.generalization import (
    BAND,
    DRAWS,
    controls,
    ended,
    judged_on_fresh,
    pictures,
    pictures_fitting,
    polynomial,
    trained,
)
from ui.lessons.generalization.pictures import LOWEST, TEST, TRAINING, VALIDATION
from ui.lessons.parts import lined, table, worked_out
from ui.question import answered, playing, told

SHARES = (0.5, 0.7, 0.9)
PULLS = (0.0, 1e-8, 1e-6, 1e-4, 1e-3, 0.01, 0.1, 1.0)
SPANS = {"width": (-3.2, 1.2), "depth": (-5.8, 1.3)}
"""Of the axis of losses, in powers of ten."""
SHORT = 300
"""Epochs of the first network."""


@st.fragment
def held() -> None:
    """Rows that are learned and rows that are not, on the plane of a trained network."""
    left, right = st.columns([3, 2])
    with right:
        share = controls.series("held/share", "Share of the rows that is held out", SHARES, 0.9)
        draw = controls.slider("held/draw", "Draw of the data", 0, 9, 0, 1)
    config = core.changed({"data.test_share": share, "training.epochs": SHORT}, draw)
    course = trained(config)
    data, errors = course.run.data, [float(part[1][-1]) for part in (course.training, course.held)]
    rows = [len(data.y_train), len(data.y_test)]
    wrong = [round(error * n) for error, n in zip(errors, rows, strict=True)]
    with left:
        figure(pictures.plane(course.map(pictures.SIDE), data), key="generalization/held", height=440,
               alt=f"A plane with {rows[0]} training rows, full, and {rows[1]} rows held out, faint. The line where the "
                   "network changes its mind winds around single training rows.")
    with right:
        fresh = judged_on_fresh(config)
        table(("rows", "how many", "wrong", "error"), [
            ("training", str(rows[0]), str(wrong[0]), words(errors[0])),
            ("held out", str(rows[1]), str(wrong[1]), words(errors[1])),
            ("new ones", f"{core.FRESH:,}", *(told(text) for text in (f"{fresh * core.FRESH:,.0f}", words(fresh))))])
        lined((r"\text{error}&=\frac{\text{wrong}}{\text{rows}}",
               rf"\text{{training}}&=\frac{{{wrong[0]}}}{{{rows[0]}}}={tex(errors[0])}",
               rf"\text{{held out}}&=\frac{{{wrong[1]}}}{{{rows[1]}}}={tex(errors[1])}"))
        st.caption(f"128 hidden units after {SHORT} epochs. The new rows were made in the same way, after training.")


@st.fragment
def curve() -> None:
    """A polynomial through fifteen points, and how far it is from them and from the curve behind them."""
    left, right = st.columns([3, 2])
    with right:
        degree = controls.slider("curve/degree", "Degree of the polynomial", 0, DEGREES[-1], 5, 1)
        draw = controls.slider("curve/draw", "Draw of the points", 0, 9, POINTS_FROM, 1)
        pull = controls.series("curve/pull", "Pull towards 0, λ", PULLS, 0.0)
    fitted = {d: polynomial(d, draw, pull) for d in DEGREES}
    now = fitted[degree]
    with left:
        figure(pictures_fitting.curve(now, answered()), key="generalization/curve", height=380,
               alt=f"Fifteen points and a polynomial of degree {degree}, {words(now.train, 3)} away from them.")
    with right:
        train, test = ([getattr(fitted[d], part) for d in DEGREES] for part in ("train", "test"))
        figure(pictures_fitting.degrees(train, test if answered() else None, degree), key="generalization/curve/degrees",
               height=280, alt="How far polynomials are from the points, over the degree: it only falls." if not pull else
               "How far polynomials are from the points, over the degree, with a pull towards 0.")
        st.markdown(f"Away from the points: **{words(now.train, 3)}**, from the true curve: **{told(words(now.test, 3))}**.")
    with left:
        _polynomial(degree, pull, now)


def _polynomial(degree: int, pull: float, now: Polynomial) -> None:
    """The formula of what is fitted, and what is left of it."""
    pulled = rf"+\lambda\sum_k c_k^2,\quad\lambda={tex(pull)}" if pull else ""
    lined((rf"\hat y(x)&=\sum_{{k=0}}^{{{degree}}}c_k\,P_k\!\left(\tfrac x2\right)",
           rf"\text{{least:}}&\ \frac1{{{POINTS}}}\sum_i(\hat y_i-y_i)^2{pulled}",
           rf"\text{{RMSE}}&=\sqrt{{\tfrac1{{{POINTS}}}\textstyle\sum_i(\hat y_i-y_i)^2}}={tex(now.train, 3)}"))
    st.caption(f"{degree + 1} numbers c are free; the Pₖ are Legendre's polynomials of degree k. The points stray from their "
               "curve by a standard deviation of 0.15." + told(f" Largest c: {words(np.abs(now.c).max(), 3)}.", ""))


@st.fragment
def width() -> None:
    """Loss and error at the end of training over the size of the network."""
    left, right = st.columns([3, 2])
    with right:
        by = controls.one_of("width/by", "What grows", ("width", "depth"), "width")
        loss = controls.one_of("width/shown", "What is shown", ("loss", "error"), "loss") == "loss"
        draws = controls.one_of("width/draws", "Draws of the data", DRAWS, 1)
    names, make = (WIDTHS, wide) if by == "width" else (DEPTHS, deep)
    drawn = range(SIZES_FROM, SIZES_FROM + draws)
    found = worked_out([(name, draw) for draw in drawn for name in names],
                       lambda place: ended(make(*place), SPARED), "Networks trained")
    values = {part: np.array([[(end.losses if loss else end.errors)[i] for name in names for end in [found[name, draw]]]
                              for draw in drawn]) for i, part in enumerate((TRAINING, VALIDATION, TEST))}
    lowest = np.array([[found[name, draw].lowest for name in names] for draw in drawn])
    shown = values | ({LOWEST: lowest} if loss else {}) if answered() else {TRAINING: values[TRAINING]}
    what = "hidden units" if by == "width" else "hidden layers of 16 units"
    middle = {part: np.median(each, axis=0) for part, each in values.items()}
    with left:
        figure(pictures_fitting.sizes(names, shown, what, SPANS[by] if loss else None), key="generalization/width", height=400,
               alt=f"The {'loss' if loss else 'error'} over the number of {what}; on training rows from "
                   f"{words(middle[TRAINING][0], 3)} to {words(middle[TRAINING][-1], 3)}.")
    chosen = int(middle[VALIDATION].argmin())
    with right:
        judged = (middle[VALIDATION], middle[TEST], *([np.median(lowest, axis=0)] if loss else []))
        table((what, "training", "validation", "test", *(["test, at its lowest"] if loss else [])), [
            (str(name), words(middle[TRAINING][i], 2, 2), *(told(words(part[i], 3)) for part in judged))
            for i, name in enumerate(names)])
    last = found[names[-1], SIZES_FROM]
    with left:
        _size(by == "width", names[-1], last, draws > 1)
    st.markdown(f"The validation rows choose **{told(str(names[chosen]))}** {what}: there the "
                f"{'loss' if loss else 'error'} on test rows is **{told(words(middle[TEST][chosen], 3))}**; the lowest of all "
                f"is **{told(words(middle[TEST].min(), 3))}**.")


def _size(wide: bool, size: int, last: core.Ending, several: bool) -> None:
    """How many parameters the largest network has, and what its gap is."""
    free = (rf"P&=2\cdot{size}+{size}+{size}+1={4 * size + 1}" if wide else
            rf"P&=(2\cdot16+16)+{size - 1}\,(16\cdot16+16)+17={48 + 272 * (size - 1) + 17}")
    lined((free, r"\text{gap}&=\text{error}_\text{test}-\text{error}_\text{training}",
           rf"&={told(tex(last.errors[2]))}-{factor(last.errors[0])}={told(tex(last.gap))}"))
    st.caption(f"60 training rows of {'circles' if wide else 'moons'} with much noise, 60 for validation, 480 for the "
               f"test; all trained to epoch {core.EPOCHS:,}. At its lowest: of the epochs that were looked at on the "
               "way. P counts the parameters of the largest network; the gap is its "
               f"own, on draw {SIZES_FROM}." + (f" {BAND}" if several else ""))


@st.fragment
def film() -> None:
    """A wide network as it learns sixty rows by heart."""
    draw = controls.slider("film/draw", "Draw of the data", 0, 9, 0, 1)
    course = trained(core.drawn(core.BASELINE, draw))
    picture, animation = pictures_fitting.film(course, answered())
    at, resting = controls.rest("film/rest", len(animation.frames))
    figure(picture, key="generalization/film", height=430, least=640, animation=replace(animation, autoplay=playing()),
           alt="Left the plane that the network divides, right its loss over the epochs: on training rows it falls to "
               f"{words(course.training[0][-1], 3)}.", **resting)
    t = at + 1  # before the first step there is no keyframe
    (train, wrong), (test, missed) = ((part[0][t], part[1][t]) for part in (course.training, course.held))
    epoch, low = course.epochs[t], int(course.held[0].argmin())
    left, right = st.columns([3, 2])
    with right:
        st.caption("The faint points are held out.")
        lined((r"J&=\frac1m\sum_i-\ln p_i(\text{right class})", rf"J_\text{{training}}&={tex(train, 3)}\quad(m=60)",
               rf"J_\text{{held out}}&={told(tex(test, 3))}\quad(m=540)"))
    with left:
        table(("", "where it rests", "lowest held-out loss", "at the end"), [
            ("epoch", f"{epoch:,}", told(f"{course.epochs[low]:,}"), f"{core.EPOCHS:,}"),
            ("training loss", words(train, 3), told(words(course.training[0][low], 3)), words(course.training[0][-1], 3)),
            ("held-out loss", *(told(words(value, 3)) for value in (test, course.held[0][low], course.held[0][-1]))),
            ("training error", words(wrong, 3), told(words(course.training[1][low], 3)), words(course.training[1][-1], 3)),
            ("held-out error", *(told(words(value, 3)) for value in (missed, course.held[1][low], course.held[1][-1])))])
