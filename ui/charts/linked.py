"""A picture in which things can be chosen by a click, each known by its number."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from ui.charts.search import PICKED


def linked(chart: Any, alt: str, key: str, pick: Callable[[tuple[int, ...]], None],
           width: Literal["stretch", "content"] = "stretch") -> None:
    """pick: hears the numbers that are chosen now, whatever the browser says they are   width: as wide as its place, or as the
    chart says"""
    def clicked() -> None:
        points = st.session_state[key].selection.get(PICKED) or []
        numbers = [point.get("number") for point in points if isinstance(point, dict)]
        pick(tuple(dict.fromkeys(number for number in numbers if isinstance(number, int))))

    st.altair_chart(chart, width=width, alt=alt, on_select=clicked, selection_mode=PICKED, key=key)


def ground() -> str:
    """The colour behind the pictures."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.backgroundColor"))
