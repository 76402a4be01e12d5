"""Colours of pictures that are drawn on the server. What the player and the figures draw has its own, in assets/."""

from collections.abc import Sequence

ACCENT, GREY = "#7a54c7", "#7f8790"
TWO = ("#2667b2", "#e07b1a")
MANY = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#7f8790")
RUNS = ("#c2417c", "#1b8a6b", "#b07a00", "#3c6e9f")
"""Of runs that are shown together, in their order."""
MANY_RUNS = (*RUNS, "#d55e00", "#2f95d0", "#7d8f00", "#a0624a", "#6f63d9", "#008fa3", "#d1495b", "#7f8790")
"""Of more runs than that. So many colours are hard to tell apart: each also bears its number."""


def class_colors(labels: Sequence[str]) -> list[str]:
    """One colour for each class: blue and orange for two, else Okabe and Ito's, which also the colour-blind tell apart."""
    return list(TWO if len(labels) == 2 else MANY)[: len(labels)]


def ink_on(color: str) -> str:
    """Black or white, whichever is read better on a colour, #rrggbb."""
    channels = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055)**2.4 for c in channels)  # WCAG 2's luminance
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"
