"""The idea on the way back: a convolution and a max pool on a picture of 4 × 4, number by number."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons.convolution_backward import H
from ui.figure import figure
from ui.lessons.convolution import WAY_BACK, controls, pictures_learned
from ui.lessons.parts import lined, tiles
from ui.question import answered, told

CONVOLUTION, POOL = "convolution", "max pool"


@st.fragment
def backward() -> None:
    """The derivative of one weight or pixel: every place at which it took part adds to it."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        pool = controls.one_of("backward/layer", "Layer", (CONVOLUTION, POOL)) == POOL
        of_weight = not pool and controls.one_of("backward/of", "Derivative of", ("a weight", "a pixel")) == "a weight"
        last = 3 if of_weight else 4
        row = controls.slider("backward/row", "Row", 1, last, 2, 1)
        column = controls.slider("backward/column", "Column", 1, last, 2, 1)
    place = i, j = row - 1, column - 1
    if pool:
        _, by_engine, by_difference = WAY_BACK.pooled()
    else:
        which = 0 if of_weight else 1
        by_engine, by_difference = WAY_BACK.gradients()[which], WAY_BACK.differences()[which]
    found = float(by_engine[place]) + 0.0
    with board:
        figure(pictures_learned.backward(WAY_BACK, pool, place, of_weight, answered()), key=f"convolution/backward/{pool}",
               height=420, least=440, alt=f"A picture of 4 by 4 and what a {POOL if pool else CONVOLUTION} makes of it; below, "
                                          f"the derivatives. That at row {row}, column {column} is {told(words(found))}.")
    with right:
        tiles({"by the engine": told(words(found)), "finite difference": told(words(round(float(by_difference[place]), 6)))})
        if pool:
            lined(_through_pool(i, j, found))
        else:
            lined(_through_convolution(i, j, of_weight, found))
        st.caption(f"∂L/∂output{'' if pool else ', ∂L/∂Z in the formula,'} is given: it came back from the layers behind. The "
                   f"finite difference moves the number by ±{words(H)} and divides the change of L = Σ ∂L/∂output · output by "
                   "the way. y, x, i and j count from 0.")


def _through_convolution(i: int, j: int, of_weight: bool, found: float) -> tuple[str, ...]:
    """A sum over the four places of the output: over those at which the number took part."""
    products = []
    for y, x in np.ndindex(2, 2):
        d = float(WAY_BACK.dOut[y, x])
        if of_weight:
            products.append(rf"{tex(float(WAY_BACK.A[y + i, x + j]))}\cdot{factor(d)}")
        elif 0 <= i - y < 3 and 0 <= j - x < 3:
            products.append(rf"{factor(float(WAY_BACK.W[i - y, j - x]))}\cdot{factor(d)}")
    name = rf"W_{{{i + 1}{j + 1}}}" if of_weight else rf"A_{{{i + 1}{j + 1}}}"
    rule = (r"\sum_{y,x}A_{y+i,\,x+j}\,\frac{\partial L}{\partial Z_{y,x}}" if of_weight else
            r"\sum_{y,x}W_{i-y,\,j-x}\,\frac{\partial L}{\partial Z_{y,x}}")
    return (rf"\frac{{\partial L}}{{\partial {name}}}&={rule}", rf"&={'+'.join(products)}={told(tex(found))}")


def _through_pool(i: int, j: int, found: float) -> tuple[str, ...]:
    """The gradient of a window goes to its largest number."""
    window = WAY_BACK.A[i // 2 * 2:i // 2 * 2 + 2, j // 2 * 2:j // 2 * 2 + 2]
    held = ",".join(tex(float(v)) for v in window.ravel())
    return (rf"\text{{out}}&=\max({held})={tex(float(window.max()))}",
            rf"\frac{{\partial L}}{{\partial A_{{{i + 1}{j + 1}}}}}&={told(tex(found))}")
