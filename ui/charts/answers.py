"""A network's answer to one row."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.numbers import percent
from ui.charts.chart import Chart, finished
from ui.colors import ACCENT, class_colors

MOST = 10


def probabilities(classes: Sequence[str], P: NDArray[np.float64]) -> Chart:
    """A bar for each class, the most probable ones when there are many. P: (C,)"""
    shown = sorted(np.argsort(-P, kind="stable")[:MOST].tolist())
    colors = class_colors(classes) if len(classes) <= MOST else [ACCENT] * len(classes)
    data = pd.DataFrame({"answer": [classes[k] for k in shown], "place": shown, "share": P[shown],
                         "words": [percent(float(share)) for share in P[shown]],
                         "color": [colors[k % len(colors)] for k in shown]})
    base = alt.Chart(data).encode(y=alt.Y("answer:N", sort=alt.SortField("place"), title=None,
                                          axis=alt.Axis(labelLimit=200, ticks=False, domain=False)))
    bars = base.mark_bar(cornerRadiusEnd=4, height={"band": 0.7}).encode(
        x=alt.X("share:Q", scale=alt.Scale(domain=[0, 1]), title=None, axis=None),
        color=alt.Color("color:N", scale=None), tooltip=[alt.Tooltip("answer:N", title="class"),
                                                         alt.Tooltip("words:N", title="probability")])
    words = base.mark_text(align="left", dx=5).encode(x="share:Q", text="words:N")
    return finished(bars + words, 34 * len(shown) + 10, padding={"right": 50, "left": 5, "top": 5, "bottom": 5})
