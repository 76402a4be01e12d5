"""What the ideas of the lesson on activations share: controls and places."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.lessons.controls import Controls

PAGE = "activations"
controls = Controls(PAGE)


def seed(name: str) -> int:
    """Which random weights."""
    return controls.number(name, "Number of the draw", 0, 9999, 0, 1,
                           "Another number, other random weights. The same number gives the same ones again.")


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The place of the picture, and the place of the numbers beside it."""
    picture, numbers = st.columns([4, 1], gap="medium", vertical_alignment="center")
    return picture, numbers
