"""What the pictures of all lessons are made of: curves, points, words, arrows, axes, legends.

The browser brings fonts, grid and margins (assets/figure/compose.js), and shows no legend unless it is asked for. Colours are
the names of tokens, see `ui.figure`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

ACCENT, INK, MUTED, LINE = "var(--accent)", "var(--ink)", "var(--muted)", "var(--line)"
GROUND, PANEL, WASH, PALE = "var(--ground)", "var(--panel)", "var(--wash)", "var(--pale)"
FIRST, SECOND, THIRD, FOURTH = "var(--first)", "var(--second)", "var(--third)", "var(--fourth)"
NEGATIVE, POSITIVE = "var(--negative)", "var(--positive)"
CLASS_COLORS, CLASS_SYMBOLS = (NEGATIVE, POSITIVE), ("circle", "square")
"""Of class 0 and class 1."""

Range = tuple[float, float]


def curve(x: Any, y: Any, name: str, color: str = ACCENT, dash: str = "solid", width: float = 2.5, **more: Any) -> go.Scatter:
    """A line."""
    return go.Scatter(x=x, y=y, name=name, **{"mode": "lines", "line": {"color": color, "dash": dash, "width": width}, **more})


def dots(x: Any, y: Any, name: str, color: Any = ACCENT, size: float = 12, symbol: str = "circle", rim: float = 1.5,
         **more: Any) -> go.Scatter:
    """Points. rim: the width of what sets them apart from what they lie on, or of the line of an open symbol"""
    marker = {"color": color, "size": size, "symbol": symbol, "line": {"color": GROUND, "width": rim}}
    return go.Scatter(x=x, y=y, name=name, **{"mode": "markers", "marker": marker, **more})


def note(x: float, y: float, text: str, color: str = INK, **more: Any) -> dict[str, Any]:
    """Words in a plot."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"color": color, "size": 15}, **more}


def arrow(start: tuple[float, float], end: tuple[float, float], color: str = ACCENT) -> dict[str, Any]:
    """An arrow between two places of a plot."""
    return {"ax": start[0], "ay": start[1], "x": end[0], "y": end[1], "axref": "x", "ayref": "y", "text": "",
            "showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": color}


def axes(fig: go.Figure, x: str = "", y: str = "", x_range: Range | None = None, y_range: Range | None = None,
         **place: Any) -> go.Figure:
    """Names the axes of a plot (of the whole figure, or of one at row and col) and sets what they span."""
    fig.update_xaxes(title_text=x, range=x_range, **place)
    return fig.update_yaxes(title_text=y, range=y_range, **place)


def framed(traces: Iterable[Any], x: str = "", y: str = "", x_range: Range | None = None, y_range: Range | None = None,
           notes: Iterable[dict[str, Any]] = ()) -> go.Figure:
    """One plot with its axes. notes: made by `note` and `arrow`; all at once, which is much faster than one by one"""
    return axes(go.Figure(list(traces), {"annotations": list(notes)}), x, y, x_range, y_range)


def sheet(traces: Iterable[Any], x_range: Range, y_range: Range, notes: Iterable[dict[str, Any]] = ()) -> go.Figure:
    """A plot without axes, to draw on."""
    return framed(traces, "", "", x_range, y_range, notes).update_xaxes(visible=False).update_yaxes(visible=False)


def panels(titles: Sequence[str], stacked: bool = False, **more: Any) -> go.Figure:
    """Plots with titles, side by side or one below the other. more: what Plotly's make_subplots takes"""
    shape = {"rows": len(titles), "cols": 1} if stacked else {"rows": 1, "cols": len(titles)}
    fig = make_subplots(**{**shape, "subplot_titles": titles, "horizontal_spacing": 0.1, "vertical_spacing": 0.14, **more})
    fig.update_annotations(font={"size": 13, "color": INK})
    return fig.update_layout(margin={"t": 32, "b": 40, "l": 56, "r": 12})


def legend_above(fig: go.Figure, room: int = 44, gap: float = 0.0) -> go.Figure:
    """Names the curves above the plot, which has `room` pixels for it. gap: between both, as a share of the plot"""
    return fig.update_layout(showlegend=True, margin={"t": room},
                             legend={"orientation": "h", "x": 0, "y": 1 + gap, "yanchor": "bottom"})


def legend_below(fig: go.Figure) -> go.Figure:
    """Names the curves in a row below the plots."""
    return fig.update_layout(showlegend=True, margin={"b": 66}, legend={"orientation": "h", "y": -0.14, "x": 0})
