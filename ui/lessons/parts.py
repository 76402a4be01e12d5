"""What stands beside the pictures of all lessons: formulas, numbers in tiles, small tables, how far a long work is."""

import re
from collections.abc import Callable, Iterable, Mapping
from time import monotonic
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

K = TypeVar("K")
V = TypeVar("V")

QUICK = 0.4
"""Seconds after which it is said how far a work is."""


def lined(lines: Iterable[str]) -> None:
    """Formulas one below the other, aligned at their first sign of equality (marked by &)."""
    st.latex(r"\begin{aligned}" + r"\\[2pt]".join(lines) + r"\end{aligned}")


def tiles(found: Mapping[str, str], place: DeltaGenerator | None = None) -> None:
    """Numbers with their names: in a row, or one below the other in a `place`; with a minus where a hyphen would stand."""
    with place or st.container(horizontal=True, gap="medium"):
        for name, value in found.items():
            st.metric(name, re.sub(r"-(?=[\d.])", "−", value), width="stretch" if place else "content")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A small table of numbers. A column without a name has one that is read out but not seen (assets/style.css)."""
    head = [name or ("*value*" if place else "*name*") for place, name in enumerate(head)]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    st.markdown("\n".join(lines))


def worked_out(keys: Iterable[K], make: Callable[[K], V], what: str) -> dict[K, V]:
    """One after the other, and says how far it is where that takes long."""
    listed, found, began, place = list(keys), {}, monotonic(), st.empty()
    for i, key in enumerate(listed):
        found[key] = make(key)
        if monotonic() - began > QUICK:
            place.progress((i + 1) / len(listed), f"{what}: {i + 1} of {len(listed)}")
    place.empty()
    return found
