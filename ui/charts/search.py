"""A search in pictures, which know of each other: a trial that is chosen in one is chosen in all."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.chart import Chart, finished, heading
from ui.colors import ACCENT, GREY

PICKED = "trial"
HEIGHT = 280


def scores(trials: pd.DataFrame, score: str, share: bool) -> Chart:
    """Each trial's score, in the order of trying. trials: number, score, best (so far), words, chosen   score: its name
    share: whether it goes from 0 to 1"""
    x = alt.X("number:Q", title="trial, in the order of trying", axis=alt.Axis(tickMinStep=1, grid=False))
    y = alt.Y("score:Q", title=f"{score} on validation rows", scale=alt.Scale(zero=False),
              axis=alt.Axis(format="%" if share else "", tickCount=5))
    best = alt.Chart(trials).mark_line(interpolate="step-after", color=ACCENT, strokeWidth=2).encode(x=x, y="best:Q")
    dots = alt.Chart(trials).mark_circle(opacity=0.85).encode(
        x=x, y=y, color=_of_chosen(ACCENT, GREY), size=_of_chosen(190, 60),
        tooltip=[alt.Tooltip("words:N", title="trial")]).add_params(clicked())
    return finished(alt.layer(best, dots), HEIGHT, title=heading("Score of each trial, and the best so far"))


def settings(steps: pd.DataFrame, marks: pd.DataFrame, axes: Sequence[str], ground: str,
             title: str = "Settings of each trial, the best ones darkest", colors: Mapping[int, str] | None = None,
             height: int = HEIGHT) -> Chart:
    """Each trial as a line through its settings. steps: number, setting, place (0 to 1), rank (0 the best), words, chosen; what
    is drawn last comes last   marks: setting, place, value, what stands at the axes   axes: settings in their order
    ground: the colour behind   colors: by number, where each has its own"""
    x = alt.X("setting:N", sort=list(axes), title=None,
              axis=alt.Axis(labelAngle=0, labelLimit=100, domain=False, ticks=False, orient="top"))
    y = alt.Y("place:Q", title=None, axis=None, scale=alt.Scale(domain=[-0.06, 1.06]))
    each = alt.Chart(steps).encode(x=x, y=y, detail="number:N")
    of_rank: Any = alt.condition("datum.chosen || datum.rank == 0", alt.value(ACCENT), alt.value(GREY))
    lines = each.mark_line().encode(
        color=by_number(colors) if colors else of_rank,
        strokeWidth=_of_chosen(4, 1.5),
        opacity=alt.condition("datum.chosen", alt.value(1), alt.Opacity("rank:Q", legend=None,
                                                                       scale=alt.Scale(domain=[0, 1], range=[0.9, 0.1]))))
    wide = each.mark_line(strokeWidth=9, opacity=0.001).encode(  # a thin line is hard to hit
        tooltip=[alt.Tooltip("words:N", title="trial")]).add_params(clicked())
    axis = alt.Chart(marks)
    posts = axis.mark_line(color=GREY, opacity=0.5, strokeWidth=1).encode(x=x, y=y, detail="setting:N")
    look: Any = {"align": "left", "dx": 6, "fontSize": 12, "fontWeight": "bold"}
    halo = axis.mark_text(**look, stroke=ground, strokeWidth=5, opacity=0.85).encode(x=x, y=y, text="value:N")
    values = axis.mark_text(**look, color=GREY).encode(x=x, y=y, text="value:N")
    return finished(alt.layer(posts, lines, wide, halo, values), height,
                    title=heading(title))


def importance(found: Mapping[str, float]) -> Chart:
    """How much of the differences between scores each setting explains, by its name."""
    table = pd.DataFrame({"setting": list(found), "share": list(found.values())})
    chart = alt.Chart(table).mark_bar(color=ACCENT, height={"band": 0.6}).encode(
        x=alt.X("share:Q", title="of the differences between scores", axis=alt.Axis(format="%", tickCount=5),
                scale=alt.Scale(domain=[0, 1])),
        y=alt.Y("setting:N", sort=list(found), title=None, axis=alt.Axis(labelOverlap=False, labelLimit=160)),
        tooltip=["setting", alt.Tooltip("share:Q", format=".0%")])
    return finished(chart, 30 * len(found) + 70, title=heading("Which settings mattered"))


def _of_chosen(yes: object, no: object) -> Any:
    return alt.condition("datum.chosen", alt.value(yes), alt.value(no))


def by_number(colors: Mapping[int, str]) -> alt.Color:
    """Each in its own colour."""
    return alt.Color("number:N", legend=None, scale=alt.Scale(domain=list(colors), range=list(colors.values())))


def clicked() -> alt.Parameter:
    """What makes a mark choose its number."""
    return alt.selection_point(name=PICKED, fields=["number"], on="click", clear="dblclick", empty=False)
