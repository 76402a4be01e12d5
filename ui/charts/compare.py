"""Kept runs in pictures: each in its own colour, with its number at the end of its curve."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ann_core.base.spelling import power_of_ten
from ui.charts.chart import Chart, finished, heading
from ui.charts.search import by_number, clicked

HEIGHT = 300
GAP = 0.055
"""Between two numbers that stand at the ends of curves, as a share of the picture's height."""
FEW = 4
"""Runs whose names have room above a picture; of more the numbers lead to the table."""
FAINT = 0.22
"""How much is seen of a run while others are chosen."""


def curves(points: pd.DataFrame, title: str, clock: str, span: tuple[float, float], dashes: Sequence[str], share: bool,
           colors: Mapping[int, str]) -> Chart:
    """Losses or scores over time. points: number, name, curve, time, value, strong, in order of time   span: from where to
    where values are drawn   dashes: the curves, the first one solid, the second dashed   share: whether they go from 0 to 1"""
    x = alt.X("time:Q", title=clock, axis=alt.Axis(grid=False, tickMinStep=1), scale=alt.Scale(nice=False, zero=True))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=list(span), nice=False),
              axis=alt.Axis(format="%" if share else "", tickCount=5))
    lines = alt.Chart(points).mark_line(strokeWidth=2, clip=True).encode(
        x=x, y=y, color=_named(points, colors), opacity=_seen(),
        strokeDash=alt.StrokeDash("curve:N", title=None, scale=alt.Scale(domain=list(dashes), range=[[1, 0], [5, 4]]),
                                  legend=alt.Legend(orient="top", symbolStrokeWidth=2) if len(dashes) > 1 else None))
    wide = alt.Chart(points).mark_line(strokeWidth=11, opacity=0.001, clip=True).encode(  # a thin line is hard to hit
        x=x, y=y, detail=["number:N", "curve:N"],
        tooltip=[alt.Tooltip("name:N", title="run"), "curve:N"]).add_params(clicked())
    ends = points.groupby("number", sort=False).last().reset_index().rename(columns={"value": "at"})
    return finished(alt.layer(lines, wide, *_numbers(ends, "time:Q", span, colors, {"align": "left", "dx": 6})), HEIGHT,
                    title=heading(title), padding={"right": 24, "left": 5, "top": 5, "bottom": 5})


def gradients(points: pd.DataFrame, span: tuple[int, int], layers: Sequence[str], colors: Mapping[int, str],
              height: int = HEIGHT) -> Chart:
    """The size of each layer's gradient. points: number, name, layer, value (its power of ten), strong, in the order of layers
    span: lowest and highest power of ten on the axis"""
    low, high = span
    powers = list(range(low, high + 1, max(1, -(-(high - low) // 6))))
    names = {str(power): power_of_ten(power) for power in powers}
    x = alt.X("layer:N", sort=list(layers), title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[low, high], nice=False),
              axis=alt.Axis(values=powers, labelExpr=f"{json.dumps(names)}[datum.value]"))
    base = alt.Chart(points).encode(x=x, y=y, color=_named(points, colors), opacity=_seen())
    dots = base.mark_circle(size=60).encode(
        tooltip=[alt.Tooltip("name:N", title="run"), "layer:N", alt.Tooltip("words:N", title="RMS of ∂L/∂W")]
    ).add_params(clicked())
    first = points.groupby("number", sort=False).first().reset_index().rename(columns={"value": "at"})
    numbers = _numbers(first, alt.X("layer:N", sort=list(layers)), span, colors, {"align": "right", "dx": -9})
    return finished(alt.layer(base.mark_line(strokeWidth=2), dots, *numbers), height,
                    title=heading("How much gradient reaches each layer", "in powers of ten, when the run was kept"))


def _seen() -> Any:
    return alt.condition("datum.strong", alt.value(1), alt.value(FAINT))


def _numbers(ends: pd.DataFrame, x: Any, span: tuple[float, float], colors: Mapping[int, str], look: Mapping[str, Any]) -> list:
    """The runs' numbers beside their curves, none over another. ends: number, at, strong"""
    low, high = span
    chart = alt.Chart(ends.assign(value=apart(ends["at"].clip(low, high), low, high)))
    return [chart.mark_text(fontSize=12, fontWeight="bold", baseline="middle", **look).encode(
        x=x, y="value:Q", text="number:N", color=_named(ends, colors), opacity=_seen())]


def _named(runs: pd.DataFrame, colors: Mapping[int, str]) -> alt.Color:
    """Each in its own colour, and of a few runs the names above. runs: number, name"""
    names = {str(number): f"{number}: {name}" for number, name in zip(runs["number"], runs["name"], strict=True)}
    if len(names) > FEW:
        return by_number(colors)
    return by_number(colors).legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3, columns=len(names),
                                    labelLimit=200, labelExpr=f"{json.dumps(names)}[datum.value]")


def apart(values: ArrayLike, low: float, high: float) -> NDArray[np.float64]:
    """Places for words at these values, each a little away from the next one, and all within low … high."""
    wanted = np.asarray(values, np.float64)
    order, gap = np.argsort(wanted, kind="stable"), GAP * (high - low)
    places = wanted[order]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + gap)
    for i in reversed(range(len(places))):
        places[i] = min(places[i], high if i == len(places) - 1 else places[i + 1] - gap)
    found = np.empty_like(places)
    found[order] = places
    return found
