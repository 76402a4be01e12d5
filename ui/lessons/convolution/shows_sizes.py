"""Ideas on sizes: stride and padding, pools, shared weights, what a unit sees."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import convolution as core
from ui.figure import Drag, figure
from ui.lessons.convolution import FILTERS, controls, pictures_sizes
from ui.lessons.parts import lined, table, tiles
from ui.question import playing, told

FIELD = 16
"""Pixels along a side of the picture of which a unit sees a part."""
POOLS = {"max": "max", "average": "average", "global max": "global max", "global average": "global average"}


@st.fragment
def size() -> None:
    """A window that goes over a picture: how large the map becomes."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        side = controls.slider("size/side", "Picture: pixels along a side", 5, 12, 8, 1)
        window = controls.slider("size/window", "Size of the filter", 1, 5, 3, 1)
        stride = controls.slider("size/stride", "Stride: pixels from place to place", 1, 4, 1, 1)
        padding = controls.one_of("size/padding", "Padding", {"valid": "none (valid)", "same": "zeros around (same)"})
    count, before, behind = core.length_after(side, window, stride, padding)
    picture, film = pictures_sizes.size(side, (before, behind), window, stride, count)
    with board:
        figure(picture, key="convolution/size", height=360, least=420, animation=replace(film, autoplay=playing()),
               alt=f"A filter of {window} by {window} goes over {side} by {side} pixels in steps of {stride}: {count} by "
                   f"{count} places.")
    with right:
        tiles({"size of the map": f"{count} × {count}", "zeros before and behind": f"{before} and {behind}"})
        if padding == "valid":
            lined((r"H'&=\left\lfloor\frac{H-k}{s}\right\rfloor+1",
                   rf"&=\left\lfloor\frac{{{side}-{window}}}{{{stride}}}\right\rfloor+1={count}"))
        else:
            lined((r"H'&=\left\lceil\frac{H}{s}\right\rceil", rf"&=\left\lceil\frac{{{side}}}{{{stride}}}\right\rceil={count}"))
        st.caption("H: pixels along a side, k: size of the filter, s: stride. ⌊ ⌋ rounds down, ⌈ ⌉ rounds up.")


@st.fragment
def pooling() -> None:
    """A feature map, made smaller by a pool."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        kind = controls.one_of("pooling/kind", "Pool", POOLS)
        made = controls.one_of("pooling/filter", "Map of the filter for", FILTERS)
        number = controls.slider("pooling/window", "Window", 1, 9, 1, 1)
    whole = kind.startswith("global")
    Z = core.convolved(core.digit(0)[..., None], core.BY_HAND[made][..., None, None], np.zeros(1))
    A = np.maximum(Z, 0)
    left_over = core.pooled(A, kind)
    given = left_over.reshape(1, 1) if whole else left_over[..., 0]
    at = divmod(number - 1, 3)
    inside = A[..., 0] if whole else A[2 * at[0]:2 * at[0] + 2, 2 * at[1]:2 * at[1] + 2, 0]
    answer = float(given[0, 0] if whole else given[at])
    with board:
        figure(pictures_sizes.pooling(A[..., 0], given, None if whole else at), key="convolution/pooling", height=300,
               alt=f"A map of 6 by 6 numbers; the {kind} pool leaves {' by '.join(map(str, given.shape))}.")
    with right:
        tiles({"the pool gives": words(answer, 3), "numbers left of 36": str(given.size)})
        if whole:
            st.caption("A global pool has one window, the whole map: one number is left, and where it stood is no longer "
                       "known.")
        held = ",".join(tex(v, 2) for v in inside.ravel()) if not whole else r"a_{11},\dots,a_{66}"
        if kind.endswith("max"):
            lined((rf"\max({held})&={tex(answer, 3)}",))
        else:
            many = inside.size
            total = "+".join(tex(v, 2) for v in inside.ravel()) if not whole else r"a_{11}+\dots+a_{66}"
            lined((rf"\frac{{{total}}}{{{many}}}&={tex(answer, 3)}",))


@st.fragment
def shared() -> None:
    """How many parameters: the same filter everywhere, or weights of its own for every place."""
    left, right = st.columns([3, 2])
    with right:
        side = controls.slider("shared/side", "Picture: pixels along a side", 4, 64, 8, 1)
        filters = controls.slider("shared/filters", "Filters", 1, 16, 8, 1)
        window = controls.slider("shared/window", "Size of a filter", 1, 7, 3, 1)
    few, many = core.parameters(side, filters, window)
    with left:
        figure(pictures_sizes.shared(few, many), key="convolution/shared", height=380,
               alt=f"A convolution has {few:,} parameters, a dense layer with as many outputs {many:,}.")
    with right:
        tiles({"convolution": f"{few:,}", "dense": f"{many:,}"})
    n = side * side
    lined((r"\text{convolution}&=" + told(rf"k^2\cdot F+F={window}^2\cdot{filters}+{filters}=", "") + str(few),
           rf"\text{{dense}}&=n\cdot nF+nF={n}\cdot{n * filters}+{n * filters}", rf"&={many}"))
    st.caption(f"n = {side} × {side} = {n:,} pixels, F = {filters} filters, k = {window}. Both layers give {n * filters:,} "
               "numbers: one for each filter and place.")


@st.fragment
def field() -> None:
    """The pixels that a unit sees, through one layer or several."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        depth = controls.slider("field/depth", "Convolutions of 3 × 3, one after the other", 1, 4, 1, 1)
        pool = controls.toggle("field/pool", "A pool of 2 between them")
    layers = core.deep(FIELD, depth, pool=pool)
    down, across = layers[-1].outputs[:2]
    with left:
        row = controls.slider("field/row", "Row of the unit", 1, down, min(down, (down + 1) // 2), 1)
        column = controls.slider("field/column", "Column of the unit", 1, across, min(across, (across + 1) // 2), 1)
    place = row - 1, column - 1
    seen = core.sees(FIELD, layers, place)
    tall, wide = int(seen.any(1).sum()), int(seen.any(0).sum())
    left_of_map = FIELD + 1.5
    top = (FIELD - down) / 2
    with board:
        figure(pictures_sizes.field(seen, (down, across), place, f"layer {len(layers)}"), key=f"convolution/field/{down}",
               height=360, least=420, on=lambda _, to: _choose(to, left_of_map, top),
               drag={"chosen unit": Drag(x=(left_of_map, left_of_map + across - 1), y=(-top - down + 1, -top), step=1,
                                         label="chosen unit")},
               alt=f"The unit at row {row}, column {column} of the last layer sees {tall} by {wide} of the picture's pixels.")
        st.caption("The shaded pixels reach the chosen unit. Drag its point, or move it with the arrow keys. At the edge of "
                   "the picture it sees zeros instead.")
    with right:
        tiles({"it sees": told(f"{tall} × {wide}"), "pixels": told(str(int(seen.sum())))})
        sizes, jump, lines = [1], 1, []
        for layer in layers:
            if isinstance(layer, core.AveragePool2D):
                sizes.append(sizes[-1] + jump)
                lines.append(("pool of 2", str(2 * jump), told(str(sizes[-1]))))
                jump *= 2
            else:
                sizes.append(sizes[-1] + 2 * jump)
                lines.append(("3 × 3", str(jump), told(str(sizes[-1]))))
        table(("layer", "pixels from place to place", "sees so many along a side"), lines)
        lined((r"r_\ell&=r_{\ell-1}+(k_\ell-1)\,j_\ell",
               rf"r_{{{len(layers)}}}&={told(f'{sizes[-2]}+{sizes[-1] - sizes[-2]}={sizes[-1]}')}"))
        st.caption("r: what a unit sees along a side, far from the edge; k: size of the window; j: pixels from one of its "
                   "places to the next, in the picture.")


def _choose(to: dict[str, float], left: float, top: float) -> None:
    """The point of the chosen unit was dragged."""
    controls.put("field/row", round(-to["y"] - top) + 1)
    controls.put("field/column", round(to["x"] - left) + 1)
