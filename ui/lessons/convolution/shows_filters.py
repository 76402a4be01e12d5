"""Ideas on a single filter."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import convolution as core
from ui.figure import Drag, figure
from ui.lessons.convolution import FILTERS, controls, pictures
from ui.lessons.parts import lined, tiles


@st.fragment
def filter() -> None:
    """One filter at one place of a digit, and the map of its answers at all of them."""
    left, right = st.columns([3, 2])
    with right:
        kind = controls.one_of("filter/kind", "Filter", FILTERS)
        row = controls.slider("filter/row", "Row of the window", 1, 6, 3, 1)
        column = controls.slider("filter/column", "Column of the window", 1, 6, 2, 1)
        b = controls.slider("filter/b", "Bias b", -20.0, 20.0, 0.0, 1.0)
    picture, weights, place = core.digit(0), core.BY_HAND[kind], (row - 1, column - 1)
    Z = core.convolved(picture[..., None], weights[..., None, None], np.array([b]))[..., 0]
    window, z = core.seen(picture[..., None], 3, place)[..., 0], Z[place]
    with left:
        figure(pictures.filter(picture, weights, np.maximum(Z, 0), place), key="convolution/filter", height=360, least=640,
               drag={"place": Drag(x=(1, 6), y=(-6, -1), step=1, label="place of the filter")}, on=_moved,
               follow=pictures.window_follows(14, 1),
               alt=f"A digit of 8 by 8 numbers, a filter of 3 by 3 at row {row}, column {column}, and the map of its answers, "
                   f"6 by 6. Here it answers {words(max(z, 0))}.")
        st.caption("Drag the point, or move it with the arrow keys: the filter goes along. 0 is black, 16 is white.")
    with right:
        tiles({"sum of the products": words(z - b), "sum z": words(z), "answer": words(max(z, 0))})
    lines = ["+".join(rf"{factor(w, 2)}\cdot{tex(a)}" for w, a in zip(*rows, strict=True))
             for rows in zip(weights, window, strict=True)]
    lined((f"z&={lines[0]}", *(f"&+{line}" for line in lines[1:]), rf"&{signed(b)}={tex(z)}",
           rf"a&=\text{{ReLU}}(z)=\max(0,{tex(z)})={tex(max(z, 0))}"))


def _moved(name: str, to: dict[str, float]) -> None:
    """The point in the middle of the window was dragged."""
    controls.put("filter/row", round(-to["y"]))
    controls.put("filter/column", round(to["x"]))
