"""What the pictures of a judgement share: names as literals, axes of shares, what guessing would give."""

import json
from collections.abc import Sequence
from typing import TypeVar

import altair as alt
import pandas as pd

from ann_core.judge.metrics import Classification
from ui.charts.chart import Chart, finished, heading
from ui.colors import GREY

Axis = TypeVar("Axis", alt.X, alt.Y)


def shares(ticks: int) -> alt.Axis:
    """An axis of shares, spelt as everywhere: 50 %."""
    return alt.Axis(labelExpr="format(100 * datum.value, '.3~g') + ' %'", tickCount=ticks)


def dashed(points: list[tuple[float, float]], x: str, y: str) -> alt.Chart:
    """What guessing, or a perfect answer, would give."""
    return alt.Chart(pd.DataFrame(points, columns=[x, y], dtype=float)).mark_line(
        color=GREY, strokeDash=[6, 4], strokeWidth=1.5).encode(x=f"{x}:Q", y=f"{y}:Q")


def share_axis(channel: type[Axis], field: str, title: str) -> Axis:
    """The channel of a share, from none to all."""
    return channel(f"{field}:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=shares(5))


def literals(names: Sequence[str], most: int = 20) -> str:
    """A label expression: name by number, the names as string literals that nothing reads as code."""
    return f"{json.dumps([short(name, most) for name in names])}[datum.value]"


def names_of(judged: Classification) -> list[str]:
    """The classes as they are written in a picture."""
    return [short(name) for name in judged.classes]


def short(name: str, most: int = 40) -> str:
    """Both ends are kept: long names often differ at their end alone."""
    text, half = " ".join(name.split()), most // 2
    return text if len(text) <= most else f"{text[:most - half]}…{text[1 - half:]}"


def finish(chart: Chart, title: str, words: str, height: int = 340) -> Chart:
    """With its title, and its text alternative in words."""
    return finished(chart, height, description=words, title=heading(title))
