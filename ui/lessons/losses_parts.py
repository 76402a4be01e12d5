"""What the ideas of the lesson on losses share: controls, numbers in formulas, tables, pictures."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

COLORS = {"squared_error": "var(--first)", "absolute_error": "var(--second)", "huber": "var(--third)",
          "log_cosh": "var(--fourth)", "binary_cross_entropy": "var(--accent)", "hinge": "var(--third)"}
DASHES = {"squared_error": "solid", "absolute_error": "dash", "huber": "dot", "log_cosh": "dashdot",
          "binary_cross_entropy": "longdash", "hinge": "dash"}
CURVE_NAMES = {"squared_error": "squared error", "absolute_error": "absolute error", "huber": "Huber", "log_cosh": "log-cosh",
               "binary_cross_entropy": "cross-entropy", "hinge": "hinge"}


def widget_key(name: str) -> str:
    """The key of a widget of this lesson; it lives in a fragment."""
    return f"aside/losses/{name}"


def slide(name: str, label: str, low: float, high: float, usual: float, step: float, help_: str | None = None) -> float:
    """A slider; what comes from outside its bounds is brought back to them."""
    key = widget_key(name)
    st.session_state.setdefault(key, usual)
    value = st.slider(label, low, high, min(max(st.session_state[key], low), high), step, key=key, help=help_)
    return min(max(float(value), low), high)


def series(name: str, label: str, options: Sequence[float], usual: float, help_: str | None = None) -> float:
    """A slider over a series of numbers."""
    key = widget_key(name)
    st.session_state.setdefault(key, usual)
    return st.select_slider(label, options, st.session_state[key], key=key, help=help_, format_func=lambda v: f"{v:g}")


def pick(name: str, label: str, options: Sequence[Any], usual: Any, words: Callable[[Any], str] = str,
         help_: str | None = None) -> Any:
    """One of a few choices, side by side."""
    key = widget_key(name)
    st.session_state.setdefault(key, usual)
    return st.segmented_control(label, options, default=st.session_state[key], key=key, required=True, format_func=words,
                                help=help_)


def move(name: str, value: float, low: float, high: float) -> None:
    """Sets a slider to where something was dragged. Only before the page's script runs."""
    st.session_state[widget_key(name)] = min(max(round(value, 2), low), high)


def tex(value: float, digits: int = 4) -> str:
    """A number for a formula: 0.4887, -3.4\\times10^{-5}."""
    mantissa, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")
    return rf"{mantissa}\times10^{{{int(exponent)}}}" if exponent else mantissa


def inner(value: float, digits: int = 4) -> str:
    """The same in brackets when it is negative, for the inside of a formula."""
    return f"({tex(value, digits)})" if value < 0 else tex(value, digits)


def words(value: float, digits: int = 4) -> str:
    """A number for a sentence or a table: 2,100,000, −0.4887, 3.4e−5."""
    text = f"{value + 0.0:.{digits}g}"
    if "e" in text and 1 <= abs(value) < 1e9:
        text = f"{value:,.0f}"
    elif "e" in text:
        mantissa, _, exponent = text.partition("e")
        text = f"{mantissa}e{int(exponent)}"
    elif abs(value) >= 1000:
        text = f"{float(text):,.10g}"
    return text.replace("-", "−")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A small table of numbers, readable by every reader of screens."""
    head = list(head)
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    st.markdown("\n".join(lines))


def lined(lines: Iterable[str]) -> None:
    """Formulas one below the other, aligned at their first sign of equality (marked by &)."""
    st.latex(r"\begin{aligned}" + r"\\[2pt]".join(lines) + r"\end{aligned}")


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
