"""The lesson "Activations": what its ideas share."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.losses import resolve_head
from ui.lessons.controls import LessonControls

controls = LessonControls("activations")
LABELS = {name: act.label for name, act in ACTIVATIONS.items()}
USUAL_ALPHA = {"leaky_relu": 0.1, "elu": 1.0}
UNITS = 10
"""Units in each layer through which a gradient is sent."""
START, RATE = 1.0, 0.3
"""The first weight of the unit that may be dead, and its learning rate."""
WIDTH, ROWS = 100, 100
"""Units in each of SELU's layers, and rows that go through them."""
TASKS = {"regression": ("a number", 1, "hills"), "two": ("two classes", 1, "moons"), "several": ("several classes", 3, "blobs")}
"""What may be predicted: in words, with how many units, and data of the Playground."""


def seed(name: str) -> int:
    """Which random weights."""
    return controls.number(name, "Number of the draw", 0, 9999, 0,
                           "Another number, other random weights. The same number gives the same ones again.")


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The place of the picture, and the place of the numbers beside it."""
    picture, numbers = st.columns([4, 1], gap="medium", vertical_alignment="center")
    return picture, numbers


def verdict(ratio: float) -> str:
    """What became of a gradient that was 1 at the last layer."""
    return "vanishes" if ratio < 0.01 else "explodes" if ratio > 100 else "arrives"


def usual_output(task: str) -> str:
    """The output that the engine itself takes for the task."""
    return resolve_head("regression" if task == "regression" else "classification", TASKS[task][1])[0]
