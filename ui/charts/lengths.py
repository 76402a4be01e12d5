"""Scores over the length of what was asked: a line for each network."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from ui.charts.chart import Chart, finished

HEIGHT = 240


def over_lengths(found: Mapping[str, Sequence[float]], lengths: Sequence[int], learned: int, colors: Sequence[str], score: str,
                 share: bool) -> Chart:
    """found: of each network, by name   learned: the length it learned from, marked   share: whether scores go from 0 to 1"""
    rows = [(name, length, value) for name, values in found.items() for length, value in zip(lengths, values, strict=True)]
    scale = alt.Scale(domain=[0, 1]) if share else alt.Scale(zero=True)
    x = alt.X("length:Q", title="length T", scale=alt.Scale(domain=[0, max(lengths)]),
              axis=alt.Axis(grid=False, values=list(lengths)))
    lines = alt.Chart(pd.DataFrame(rows, columns=["network", "length", "score"])).mark_line(point=True, strokeWidth=2.5).encode(
        x=x, y=alt.Y("score:Q", title=score, scale=scale, axis=alt.Axis(format="%" if share else "", tickCount=5)),
        color=alt.Color("network:N", scale=alt.Scale(domain=list(found), range=list(colors[:len(found)])),
                        legend=alt.Legend(title=None, orient="top", labelLimit=320)),
        tooltip=["network", "length", alt.Tooltip("score:Q", title=score, format=".1%" if share else ".3f")])
    rule = alt.Chart(pd.DataFrame({"length": [learned]})).mark_rule(strokeDash=[4, 3], opacity=0.6).encode(x="length:Q")
    return finished(lines + rule, HEIGHT)
