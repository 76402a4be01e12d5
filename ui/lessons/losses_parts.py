"""What the ideas of the lesson on losses share: controls, tables, pictures."""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from ui.lessons.controls import Controls

COLORS = {"squared_error": "var(--first)", "absolute_error": "var(--second)", "huber": "var(--third)",
          "log_cosh": "var(--fourth)", "binary_cross_entropy": "var(--accent)", "hinge": "var(--third)"}
DASHES = {"squared_error": "solid", "absolute_error": "dash", "huber": "dot", "log_cosh": "dashdot",
          "binary_cross_entropy": "longdash", "hinge": "dash"}
CURVE_NAMES = {"squared_error": "squared error", "absolute_error": "absolute error", "huber": "Huber", "log_cosh": "log-cosh",
               "binary_cross_entropy": "cross-entropy", "hinge": "hinge"}


controls = Controls("aside/losses")
"""They live in fragments: a change is no business of the page around them."""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A small table of numbers, readable by every reader of screens."""
    head = list(head)
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    st.markdown("\n".join(lines))


def framed(fig: go.Figure, x: str, y: str, x_range: tuple[float, float] | None = None,
           y_range: tuple[float, float] | None = None, **place: Any) -> None:
    """Names the axes of a plot (of the whole figure, or of one at row and col) and sets what they span."""
    fig.update_xaxes(title_text=x, range=x_range, **place)
    fig.update_yaxes(title_text=y, range=y_range, **place)


def legend(fig: go.Figure) -> go.Figure:
    """Names the curves in a row above the picture."""
    return fig.update_layout(showlegend=True, legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
                             margin={"t": 44})


def curve(x: Any, y: Any, name: str, color: str, dash: str = "solid", **more: Any) -> go.Scatter:
    """A line."""
    return go.Scatter(x=x, y=y, name=name, mode="lines", line={"color": color, "dash": dash, "width": 2.5, "simplify": False},
                      **more)


def dots(x: Any, y: Any, name: str, color: str, symbol: Any = "circle", size: int = 11, **more: Any) -> go.Scatter:
    """Points."""
    return go.Scatter(x=x, y=y, name=name, mode="markers", **more,
                      marker={"color": color, "symbol": symbol, "size": size, "line": {"width": 1.5, "color": "var(--ground)"}})
