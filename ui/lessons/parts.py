"""What stands beside the pictures of all lessons: formulas, numbers in tiles, small tables."""

import re
from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def lined(lines: Iterable[str]) -> None:
    """Formulas one below the other, aligned at their first sign of equality (marked by &)."""
    st.latex(r"\begin{aligned}" + r"\\[2pt]".join(lines) + r"\end{aligned}")


def tiles(found: Mapping[str, str], place: DeltaGenerator | None = None) -> None:
    """Numbers with their names: in a row, or one below the other in a `place`; with a minus where a hyphen would stand."""
    with place or st.container(horizontal=True, gap="medium"):
        for name, value in found.items():
            st.metric(name, re.sub(r"-(?=[\d.])", "−", value), width="stretch" if place else "content")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A small table of numbers, readable by every reader of screens."""
    head = list(head)
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    st.markdown("\n".join(lines))
