"""A search in pictures, which know of each other: choosing a trial in one picks it in all."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from ui.charts.chart import heading
from ui.colors import ACCENT, GREY

PICKED = "trial"
WIDTH, HEIGHT = 330, 250


def board(trials: pd.DataFrame, steps: pd.DataFrame, importance: Mapping[str, float], score: str, share: bool,
          axes: Sequence[str]) -> alt.VConcatChart:
    """trials: number, score, best (so far), words   steps: number, setting, place (0 to 1), value, score, rank (0 the best)
    importance: by setting   score: what it is called   share: whether it goes from 0 to 1   axes: settings in their order"""
    picked = alt.selection_point(name=PICKED, fields=["number"], on="click", clear="dblclick", empty=False)
    y = alt.Y("score:Q", title=score, scale=alt.Scale(zero=False), axis=alt.Axis(format="%" if share else "", tickCount=5))
    dots = alt.Chart(trials).mark_circle(size=70).encode(
        x=alt.X("number:Q", title="trial, in the order of trying"), y=y, tooltip=[alt.Tooltip("words:N", title="trial")],
        color=alt.condition(picked, alt.value(ACCENT), alt.value(GREY)), opacity=alt.condition(picked, alt.value(1), alt.value(0.6)),
    ).add_params(picked)
    best = alt.Chart(trials).mark_line(interpolate="step-after", color=ACCENT, strokeWidth=2).encode(x="number:Q", y="best:Q")
    left = alt.layer(best, dots).properties(width=WIDTH, height=HEIGHT, title=heading("Score of each trial, and the best so far"))
    lines = alt.Chart(steps).mark_line().encode(
        x=alt.X("setting:N", sort=list(axes), title=None, axis=alt.Axis(labelAngle=0, labelLimit=110, domain=False)),
        y=alt.Y("place:Q", title=None, axis=None, scale=alt.Scale(domain=[-0.05, 1.05])), detail="number:N",
        tooltip=["setting", "value", alt.Tooltip("words:N", title="trial")],
        color=alt.condition(picked | alt.datum.rank == 0, alt.value(ACCENT), alt.value(GREY)),
        strokeWidth=alt.condition(picked, alt.value(4), alt.value(1.5)),
        opacity=alt.condition(picked, alt.value(1), alt.Opacity("rank:Q", scale=alt.Scale(domain=[0, 1], range=[0.9, 0.08]),
                                                               legend=None))).add_params(picked)
    right = lines.properties(width=WIDTH + 60, height=HEIGHT, title=heading("Settings of each trial, the best ones darkest"))
    below = [] if not importance else [_importance(importance)]
    return alt.vconcat(alt.hconcat(left, right, spacing=30), *below).configure_view(strokeWidth=0).properties(
        background="transparent")


def _importance(found: Mapping[str, float]) -> alt.Chart:
    table = pd.DataFrame({"setting": list(found), "share": list(found.values())})
    return alt.Chart(table).mark_bar(color=ACCENT, height={"band": 0.7}).encode(
        x=alt.X("share:Q", title="share of the differences between scores that it explains", axis=alt.Axis(format="%", tickCount=5)),
        y=alt.Y("setting:N", sort=list(found), title=None),
        tooltip=["setting", alt.Tooltip("share:Q", format=".0%")]).properties(
        width=2 * WIDTH + 60, height=26 * len(found) + 10, title=heading("Which settings mattered"))
