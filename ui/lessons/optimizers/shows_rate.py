"""Ideas on the rate: one weight that rolls downhill, and the border beyond which it runs away."""

from dataclasses import replace

import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import optimizers as core
from ui.figure import Drag, figure
from ui.lessons.optimizers import LABELS, RATES, controls, formulas, pictures, settings
from ui.lessons.optimizers.pictures import REACH
from ui.lessons.parts import lined, table
from ui.question import answered, playing, told

STEPS = 30
CURVATURES = (0.5, 1.0, 2.0)
SEEN = 1, 2, 3, 10, 100
"""Steps in the table of the border."""
FIRM, MU = ("sgd", "momentum", "nesterov"), 0.9
"""Optimisers with one rate for all weights, and the momentum of the latter two."""


@st.fragment
def downhill() -> None:
    """One weight on f = ½w²; the formula speaks of the step at which the film rests."""
    left, right = st.columns([3, 2])
    with right:
        start = controls.slider("downhill/start", "Start: weight w", -REACH, REACH, -2.5, 0.1)
        rate = controls.series("downhill/rate", "Learning rate η", RATES, 0.2)
    path = core.walk(settings("sgd", rate), core.bowl(1.0), [start], STEPS)
    film = pictures.rolling(path.thetas[:, 0])
    at, rest = controls.rest("downhill/at", len(film.frames))
    with left:
        figure(pictures.parabola(start), key="optimizers/downhill", height=400, **rest,
               animation=replace(film, autoplay=playing()),
               drag={"point": Drag(x=(-REACH, REACH), step=0.1, label="start")},
               on=lambda _, to: controls.put("downhill/start", round(to["x"], 2)),
               alt=f"The parabola ½w² and a point on it that starts at w = {words(start)}; the rate is {words(rate)}.")
    with right:
        table(("step", "w", "slope g", "−η · g", "new w"),
              [(str(t), *(words(v) for v in (s.w, s.g, -s.rate * s.g, s.to))) for t in range(1, 5) for s in [path.step(t)]])
        t = min(at + 1, len(path))
        st.markdown(f"**Step {t}**, from where the film rests:")
        lined(formulas.update(path, t, slope=r"\frac{df}{dw}=w"))


@st.fragment
def border() -> None:
    """ηk on a line of numbers, and where it makes the weight go on f = ½k w²."""
    left, right = st.columns([3, 2])
    with right:
        optimizer = controls.one_of("border/optimizer", "Optimiser", {key: LABELS[key] for key in FIRM}, "sgd")
        k = controls.series("border/k", "Curvature k", CURVATURES, 1.0)
        product = controls.number("border/product", "Rate times curvature, ηk", 0.01, 4.0, 1.8)
    path = core.walk(settings(optimizer, product / k, momentum=MU), core.bowl(k), [1.0], 100)
    w, edge = path.thetas[:, 0], core.border(optimizer, MU)
    manner = _manner(optimizer, product, edge)
    with left:
        figure(pictures.border(product, k, edge if answered() else None), key="optimizers/border", height=440,
               animation=replace(pictures.rolling(w[:STEPS + 1], k), autoplay=playing()),
               drag={"product": Drag(x=(0.01, 4), step=0.01, label="ηk")},
               on=lambda _, to: controls.put("border/product", round(to["x"], 2)),
               alt=f"The parabola ½k w² for k = {words(k)}, and below it ηk = {words(product, 8)} on a line from 0 to 4; the "
                   f"point {manner}.")
        table(("after step", *map(str, SEEN)), [("w", *(words(w[t], 7) for t in SEEN))])
    with right:
        st.markdown(f"From w = 1 with a rate of {words(product / k, 8)} the point **{manner}**.")
        if optimizer == "sgd":
            lined((r"w-\eta k w&=(1-\eta k)\,w", rf"1-\eta k&=1-{tex(product, 8)}={tex(1 - product, 8)}",
                   rf"w_{{10}}&={factor(1 - product, 8)}^{{10}}\cdot1={tex(w[10], 6)}"))
        else:
            speed = r"(g+\mu v)" if optimizer == "nesterov" else "v"
            lined((r"v&\leftarrow\mu v+k w", rf"w&\leftarrow w-\eta\,{speed}", rf"\mu&={MU:g},\quad\eta={tex(product / k, 8)}"))
        st.markdown(told(f"Border of {LABELS[optimizer]}: ηk = **{words(edge, 7)}**. " + {
            "sgd": "It is 2, whatever k is.", "momentum": "It is 2(1 + μ): momentum bears a larger rate.",
            "nesterov": "It is 2(1 + μ)/(1 + 2μ): Nesterov bears a smaller one."}[optimizer], ""))


def _manner(optimizer: str, product: float, edge: float) -> str:
    """How a point goes at this ηk."""
    if abs(product - edge) < 1e-9:
        return "jumps to and fro for ever"
    if product > edge:
        return "gets further away with each jump" if optimizer == "sgd" else "runs away"
    if optimizer != "sgd":
        return "comes nearer in the end"
    if product == 1:
        return "lands in one step"
    if product > 1:
        return "jumps across, nearer each time"
    return "crawls on one side" if product <= 0.1 else "rolls down on one side"
