"""The lesson "Autoencoder": what its ideas share."""

import numpy as np
import streamlit as st

from ann_core.base.arrays import Array
from ann_core.lessons import autoencoder as core
from ui.lessons.controls import LessonControls

PAGE = "autoencoder"
controls = LessonControls(f"aside/{PAGE}")
"""They live in fragments: a change is no business of the page around them."""

DIGITS = tuple(range(10))
NETWORKS = {"tanh": "one layer", "deeper": "two layers", "linear": "no bends"}
"""With so many layers on each side of the code, or none, so that it is made of sums alone."""
EPOCHS = (0, 1, 2, 3, 5, 8, 12, 20, 30, 40)
"""Moments of the first network that a control offers."""
COLUMNS = ("sepal length", "sepal width", "petal length", "petal width")
"""Of a flower, in centimetres."""


@st.cache_resource(show_spinner="An autoencoder learns …", max_entries=3)
def network(name: str) -> core.Trained:
    """One of the networks with a code of two numbers."""
    return core.train(core.NETWORKS[name])


@st.cache_resource(show_spinner="An autoencoder learns to take noise away …", max_entries=2)
def denoiser(noise: bool) -> core.Trained:
    """A network with a code of sixteen numbers that learned under noise, or without."""
    return core.train(core.DENOISER if noise else core.PLAIN)


@st.cache_resource(show_spinner="Six autoencoders learn, one for each width …", max_entries=1)
def widths() -> dict[int, core.Trained]:
    """A network for each width of the code."""
    return core.by_width()


@st.cache_resource(show_spinner="An autoencoder learns flowers …", max_entries=1)
def flowers() -> core.Trained:
    """The network that knows flowers."""
    return core.train(core.FLOWERS)


@st.cache_data(show_spinner=False, max_entries=1)
def labels_matter() -> float:
    """How far a weight moves when the labels are mixed up."""
    return core.mixed_up(core.NETWORKS["tanh"])


def held_out(k: int, number: int = 1) -> Array:
    """A digit k that no network of the lesson has learned from, from 0 to 1; the first one, the second … (64,)"""
    data = network("tanh").run.data
    mine = np.flatnonzero(data.y_test == k)
    return data.X_test[mine[(number - 1) % len(mine)]]


def code_of(k: int) -> tuple[float, float]:
    """Where the codes of a class lie: the median of each number, rounded to what the controls have."""
    trained = network("tanh")
    data = trained.run.data
    x, y = np.median(trained.codes(data.X_train[data.y_train == k]), axis=0)
    return round(float(x), 1), round(float(y), 1)
