"""The lesson "Convolution": what its ideas share."""

import numpy as np
import streamlit as st

from ann_core.base.arrays import Array
from ann_core.lessons import convolution_trained as trained
from ann_core.lessons.convolution_backward import PICTURE, SMALL_FILTER, Example
from ui.lessons.controls import LessonControls

PAGE = "convolution"
controls = LessonControls(f"aside/{PAGE}")
"""They live in fragments: a change is no business of the page around them."""

FILTERS = {"upright": "vertical edges", "lying": "horizontal edges", "all edges": "all edges", "blur": "blur"}
"""The filters by hand, as one reads them."""
DIGITS = tuple(range(10))
NETWORKS = {"anywhere": "filters, global max", "places": "filters, flatten", "dense": "dense only"}
"""The networks that are compared where pictures are moved."""
ENDINGS = "Flatten: all maps in one row, with a weight for each place. Global max: of each map only its largest number."
"""How the two networks with filters hand their maps to the output."""
WAY_BACK = Example(PICTURE, SMALL_FILTER, np.array([[1.0, -1.0], [2.0, 3.0]]))

reader = st.cache_resource(show_spinner="Eight filters learn to read digits …", max_entries=2)(trained.reader)
one_sided = st.cache_resource(show_spinner="Three networks learn the shapes at the left …", max_entries=2)(trained.one_sided)
centred = st.cache_resource(show_spinner="Three networks learn digits in the middle …", max_entries=2)(trained.centred)


def held_out(k: int) -> Array:
    """A digit k that the reader has not seen while it learned, from 0 to 1. Returns (8, 8)"""
    data = reader().data
    return data.X_test[np.flatnonzero(data.y_test == k)[0]].reshape(8, 8)


def learned_filters() -> tuple[Array, Array]:
    """The reader's filters (8, 3, 3) and their biases (8,)."""
    arrays = reader().layer(0)
    return arrays["W"].T.reshape(-1, 3, 3), arrays["b"]
