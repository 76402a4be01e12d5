"""Ideas on places: what attention knows of order by itself, and what a mask takes away."""

import numpy as np
import streamlit as st

from ann_core.base.numbers import percent
from ann_core.base.spelling import tex, words
from ann_core.lessons import attention_trained as core
from ann_core.nn.layers.attention import ahead
from ui.figure import figure
from ui.lessons.attention import LONG, NUMBER, TURN_STEPS, controls, pictures, turned
from ui.lessons.parts import lined, table
from ui.question import answered, told

LENGTHS, MASKED = (6, 8, 10), (5, 6, 8, 10)


@st.fragment
def order() -> None:
    """A Transformer that turns digits round, with and without positions."""
    left, right = st.columns([3, 2])
    with right:
        T = int(controls.series("order/T", "Digits T of a sequence", LENGTHS, LONG))
        number = int(controls.slider("order/number", "Sequence", 1, 20, NUMBER, 1))
    with left:
        found = turned(T, "places", "none")
    told_places, none, best = found["places"], found["none"], core.best_without_places(T)
    rows = {"digits": told_places.X[number - 1], "right answer": told_places.y[number - 1],
            "with positions": told_places.said[number - 1]}
    shares = {"with positions": told_places.right}
    if answered():
        rows["without positions"], shares["without positions"] = none.said[number - 1], none.right
    with left:
        figure(pictures.order(T, rows, shares, best if answered() else None), key="attention/order", height=430,
               alt=f"Digits {_spelt(rows['digits'])}. " + " ".join(
                   f"{name.capitalize()}: {_spelt(rows[name])}, right on the whole {percent(float(share.mean()))}."
                   for name, share in shares.items()))
    with right:
        table(("digits right", "share"), [("with positions", words(float(told_places.right.mean()), 3)),
                                     ("without positions", told(words(float(none.right.mean()), 3))),
                                     ("the best without positions", told(words(best, 3)))])
        lined((r"c_t&=\textstyle\sum_s p_{ts}\,v_s", r"p_{ts}&\propto\exp(q_t\cdot k_s/\sqrt d)", r"\text{best}&=" + told(
            rf"\frac{{\text{{times of the commonest}}}}{{{T - 1}}}"
            rf"\\[2pt]&=\frac{{{tex(best * (T - 1), 3)}}}{{{T - 1}}}={tex(best, 3)}", r"\;?")))
        st.caption(f"At each place the digit is asked for that stands as far from the other end. One block with two heads, "
                   f"{TURN_STEPS} steps of learning, one training each. Positions: numbers of its own for each place, added "
                   "to the token's. " + told(
                       "Without them the sum is the same in any order; which of the other digits is asked for cannot be known, "
                       "so the best is to say the one that is there most often.", ""))


@st.fragment
def mask() -> None:
    """The same behind a causal mask."""
    left, right = st.columns([3, 2])
    with right:
        T = int(controls.series("mask/T", "Digits T of a sequence", MASKED, LONG))
    with left:
        found = turned(T, "causal")["causal"]
    share, best, seen = found.right, core.best_behind_a_mask(T), (T + 1) // 2
    with left:
        figure(pictures.mask(T, ahead(T) == 0, share if answered() else None), key="attention/mask", height=360,
               alt=f"Of {T} places each may look at itself and those before it; the answer of place 1 stands at place {T}."
                   + told(f" Right by place: {', '.join(percent(float(one)) for one in share)}.", ""))
    with right:
        table(("digits right", "share"), [("behind the mask", told(words(float(share.mean()), 3))),
                                     ("the best behind it", told(words(best, 3)))])
        lined((r"s_{ts}&=-\infty\;\text{ for }s>t", r"p_{ts}&\propto\exp(-\infty)=0",
               r"\text{best}&=" + told(rf"\frac{{{seen}\cdot1+{T - seen}\cdot\frac1{{10}}}}{{{T}}}={tex(best, 3)}", r"\;?")))
        st.caption("The digits are turned round again, with positions. A *causal mask* sets the scores of later places to −∞ "
                   "before the softmax. A network that writes needs it: what comes later is what it has yet to say. "
                   f"× marks where the answer stands. One training, {TURN_STEPS} steps.")


def _spelt(digits: np.ndarray) -> str:
    return " ".join(map(str, digits))
