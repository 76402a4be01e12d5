"""Ideas on the rate: one weight that rolls downhill."""

from dataclasses import replace

import streamlit as st

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.run.training import TrainingConfig
from ui.figure import Drag, figure
from ui.lessons.optimizers import RATES, controls, formulas, pictures
from ui.lessons.optimizers.pictures import REACH
from ui.lessons.parts import lined, table
from ui.question import playing

STEPS = 30


@st.fragment
def downhill() -> None:
    """One weight on f = ½w²; the formula speaks of the step at which the film rests."""
    left, right = st.columns([3, 2])
    with right:
        start = controls.slider("downhill/start", "Start: weight w", -REACH, REACH, -2.5, 0.1)
        rate = controls.series("downhill/rate", "Learning rate η", RATES, 0.2)
    path = core.walk(TrainingConfig(optimizer="sgd", learning_rate=rate), core.bowl(1.0), [start], STEPS)
    film = pictures.rolling(path.thetas[:, 0])
    at, rest = controls.rest("downhill/at", len(film.frames))
    with left:
        figure(pictures.parabola(start), key="optimizers/downhill", height=400, **rest,
               animation=replace(film, autoplay=playing()),
               drag={"point": Drag(x=(-REACH, REACH), step=0.1, label="start")},
               on=lambda _, to: controls.put("downhill/start", round(to["x"], 2)),
               alt=f"The parabola ½w² and a point on it that starts at w = {words(start)}; the rate is {words(rate)}.")
    with right:
        shown = range(1, min(4, len(path)) + 1)
        table(("step", "w", "slope g", "−η · g", "new w"),
              [(str(t), *(words(v) for v in (s.w, s.g, -s.rate * s.g, s.to))) for t in shown for s in [path.step(t)]])
        t = min(at + 1, len(path))
        st.markdown(f"**Step {t}**, in numbers:")
        lined([r"g&=\frac{df}{dw}=w", *formulas.update(path, t)])
