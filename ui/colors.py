"""Colours of pictures that are drawn on the server. What the player and the figures draw has its own, in assets/."""

from collections.abc import Sequence

ACCENT, GREY = "#7a54c7", "#7f8790"
TWO = ("#2667b2", "#e07b1a")
MANY = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#7f8790")
RUNS = ("#c2417c", "#1b8a6b", "#b07a00", "#3c6e9f")
"""Of runs that are shown together, in their order."""


def class_colors(labels: Sequence[str]) -> list[str]:
    """One colour for each class: blue and orange for two, else Okabe and Ito's, which also the colour-blind tell apart."""
    return list(TWO if len(labels) == 2 else MANY)[: len(labels)]
