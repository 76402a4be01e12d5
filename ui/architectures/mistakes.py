"""Below the stage, opened on a click: which class is taken for which, and the pictures the network is most wrong about."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ann_core import Run
from ann_core.film.pictures import gray
from ann_core.film.recording import Recording
from ann_core.judge.metrics import judge_classification
from ui.charts.judging import confusion
from ui.text import markdown

WORST = 12
LARGE = 12
"""Pixels of the screen along one of a picture."""


def mistakes(key: str, recording: Recording, step: int | None) -> None:
    """At the moment where the film rests; None: as far as it has come."""
    box = st.expander("Where it is wrong: which class is taken for which, and the worst pictures", key=f"{key}/mistakes",
                      on_change="rerun", icon=":material/grid_on:")
    with box:
        if not box.open:
            return
        run = recording.latest if step is None else recording.at(step)
        P, y, classes = answers(run), run.data.y_test, run.setup.target.class_names
        if not len(y):
            st.caption("No pictures are held out, so there is nothing to judge. Give the held-out share a number above 0.")
            return
        judged = judge_classification(y, P, classes, int(np.bincount(run.data.y_train).argmax()))
        if judged.unanswered:
            st.caption("The network's numbers are beyond all measure at this moment, so it has no answer.")
            return
        st.caption(f"On the {judged.n:,} pictures held out, at epoch {run.epoch:.3g}, where the film rests. "
                   f"{judged.accuracy:.1%} are right. Pause the film or drag its timeline to judge another moment.")
        left, right = st.columns(2, gap="large")
        left.altair_chart(confusion(judged))
        with right:
            _worst(run, P, classes)


def answers(run: Run) -> NDArray[np.float64]:
    """Shares of the classes for each picture held out, by the first seed. Returns (M, classes)"""
    theta, statistics = (vector if vector.ndim == 1 else vector[0] for vector in (run.state.theta, run.state.statistics))
    with np.errstate(all="ignore"):
        p, evaluation = run.net.parameters.rows(theta), run.net.evaluation(statistics)
        P = run.net.head.score(run.net.forward(p, run.data.X_test, evaluation)[0])
    return np.concatenate([1 - P, P], -1) if P.shape[-1] == 1 else P


def worst(P: NDArray[np.float64], y: NDArray[np.int64], most: int) -> list[int]:
    """Rows answered wrongly, those first whose right class got the smallest share. P: (M, classes), y: (M,)"""
    share = P[np.arange(len(y)), y]
    wrong = np.flatnonzero(P.argmax(-1) != y)
    return [int(row) for row in wrong[np.argsort(share[wrong], kind="stable")][:most]]


def _worst(run: Run, P: NDArray[np.float64], classes: tuple[str, ...]) -> None:
    rows = worst(P, run.data.y_test, WORST)
    if not rows:
        st.markdown("None is wrong.")
        return
    st.markdown("**The most wrong**", help="First the pictures whose right class got the smallest share.")
    side = run.config.data.picture or run.net.inputs
    pictures = gray(run.setup, run.data.X_test[rows].reshape(-1, *side))
    large = [np.kron(255 * (1 - one), np.ones((LARGE, LARGE))).astype(np.uint8) for one in pictures]
    said = [f"{classes[run.data.y_test[row]]}, taken for {classes[P[row].argmax()]} ({P[row].max():.0%})" for row in rows]
    st.image(large, [markdown(words) for words in said], width=96)
