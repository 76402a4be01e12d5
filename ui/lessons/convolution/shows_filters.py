"""Ideas on a single filter: at one place and at all, by hand and learned, on several channels."""

import numpy as np
import streamlit as st

from ann_core.base.arrays import Array
from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import convolution as core
from ui.figure import Drag, figure
from ui.lessons.convolution import DIGITS, FILTERS, controls, held_out, learned_filters, pictures
from ui.lessons.parts import lined, tiles
from ui.question import told


def _products(weights: Array, window: Array) -> list[str]:
    """A filter's products, one line for each of its rows."""
    return ["+".join(rf"{factor(w, 2)}\cdot{tex(a, 2)}" for w, a in zip(*rows, strict=True))
            for rows in zip(weights, window, strict=True)]


@st.fragment
def filter() -> None:
    """One filter at one place of a digit, and the map of its answers at all of them."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        kind = controls.one_of("filter/kind", "Filter", FILTERS)
        row = controls.slider("filter/row", "Row of the window", 1, 6, 3, 1)
        column = controls.slider("filter/column", "Column of the window", 1, 6, 4, 1)
        b = controls.slider("filter/b", "Bias b", -20.0, 20.0, 0.0, 1.0)
    picture, weights, place = core.digit(0), core.BY_HAND[kind], (row - 1, column - 1)
    Z = core.convolved(picture[..., None], weights[..., None, None], np.array([b]))[..., 0]
    window, z = core.seen(picture[..., None], 3, place)[..., 0], float(Z[place])
    drawn, follow = pictures.filter(picture, weights, np.maximum(Z, 0), place)
    with board:
        figure(drawn, key="convolution/filter", height=330, least=480, follow=follow, on=_moved,
               drag={"place": Drag(x=(1, 6), y=(-6, -1), step=1, label="place of the filter")},
               alt=f"A digit of 8 by 8 numbers, a filter of 3 by 3 at row {row}, column {column}, and the map of its answers, "
                   f"6 by 6. Here it answers {words(max(z, 0))}.")
        st.caption("Drag the point, or move it with the arrow keys: the filter goes along. 0 is empty, 16 is full.")
    with right:
        tiles({"sum of the products": words(z - b), "with the bias: z": words(z), "answer a": words(max(z, 0))})
        first, *others = _products(weights, window)
        lined((f"z&={first}", *(f"&+{line}" for line in others), rf"&{signed(b)}={tex(z)}",
               rf"a&=\text{{ReLU}}(z)=\max(0,{tex(z)})={tex(max(z, 0))}"))
        st.caption("z: the sum of the nine products and of the *bias* b, a number of the filter's own. ReLU makes 0 of all "
                   "that is below 0; so a is what stands in the map.")


def _moved(name: str, to: dict[str, float]) -> None:
    """The point in the middle of the window was dragged."""
    controls.put("filter/row", round(-to["y"]))
    controls.put("filter/column", round(to["x"]))


@st.fragment
def learned() -> None:
    """A filter that somebody thought of beside one that was learned, on the same digit."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        k = controls.one_of("learned/digit", "Digit", DIGITS, 0)
        kind = controls.one_of("learned/kind", "By hand", FILTERS)
        number = int(controls.one_of("learned/number", "Learned filter", range(1, 9), 3))
    picture, (filters, biases) = held_out(k), learned_filters()
    both = (core.BY_HAND[kind], 0.0), (filters[number - 1], float(biases[number - 1]))
    maps = [np.maximum(core.convolved(picture[..., None], w[..., None, None], np.array([b]), padding="same")[..., 0], 0)
            for w, b in both]
    close, how = core.nearest(both[1][0])
    with board:
        figure(pictures.learned(picture, both[0][0], both[1][0], (maps[0], maps[1]), number), key="convolution/learned",
               height=300, least=720, alt=f"A handwritten {k}; the filter for {FILTERS[kind]} and the learned filter "
                                          f"{number}, with the "
                              f"map of each.")
        st.caption("Orange weights are positive, blue ones negative. The more a place of a map stands out, the stronger the "
                   "answer there. The filters were learned on 1,348 digits in 12 epochs, from random weights; this digit was "
                   "not among them.")
    with right:
        tiles({"most like the filter for": told(FILTERS[close]), "how alike, 0 to 1": told(words(how, 2))})
        st.caption("How alike: the size of the correlation of the two grids of nine weights; a sign turned round counts as "
                   "alike.")
    w, g = both[1][0][0, 0], both[0][0][0, 0]
    lined((rf"w^\text{{by hand}}_{{11}}&={tex(g, 2)}\quad\text{{thought of}}",
           rf"w^\text{{learned}}_{{11}}&={tex(w, 3)}\quad\text{{from }}w\leftarrow w-\eta\,\frac{{\partial L}}{{\partial w}}"))


@st.fragment
def channels() -> None:
    """One filter over three channels at once: one sum of all products."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        kind = controls.one_of("channels/kind", "Filter", {name: name for name in core.BY_COLOR})
        row = controls.slider("channels/row", "Row of the window", 1, 4, 2, 1)
        column = controls.slider("channels/column", "Column of the window", 1, 4, 1, 1)
    picture, weights, place = core.striped(), core.BY_COLOR[kind], (row - 1, column - 1)
    Z = core.convolved(picture, weights[..., None], np.zeros(1))[..., 0]
    parts = (core.seen(picture, 3, place) * weights).sum((0, 1))
    with board:
        figure(pictures.channels(picture, weights, Z, place), key="convolution/channels", height=360, least=720,
               alt=f"Three channels of a picture, the three parts of a filter, and one map. At row {row}, column {column} it "
                   f"holds {words(Z[place], 3)}.")
    with right:
        tiles({name: words(part, 3) for name, part in zip(("red", "green", "blue"), parts, strict=True)} | {
            "sum z": words(Z[place], 3), "weights of this filter": told(str(weights.size))})
        lined((r"z&=\sum_{\text{red}}w\,a+\sum_{\text{green}}w\,a+\sum_{\text{blue}}w\,a+b",
               rf"&={factor(parts[0], 3)}+{factor(parts[1], 3)}+{factor(parts[2], 3)}+0={tex(Z[place], 3)}"))
