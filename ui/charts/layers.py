"""Ridgelines: one small histogram a layer, one above the other on a common axis."""

import json

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.numbers import percent
from ann_core.lab.inside import Ridges
from ui.charts.chart import Chart, finished, heading

OVERLAP = 1.5
"""How high the fullest bin stands, in rows."""
COLUMNS = ["row", "layer", "beyond", "x", "foot", "top"]
LABELS = 16
"""At most about so many layers are named on the axis."""


def ridgelines(found: Ridges, title: str, x_title: str, color: str, height: int | None = None) -> Chart:
    """Layer 1 on top. Every layer's fullest bin is equally high. Exact zeros are counted beside the layer's name; what lies
    outside the range stands in the tooltip."""
    layers = len(found.names)
    rows = [(i, name, _beyond(found, i), x, i, i - OVERLAP * high)
            for i, name in enumerate(found.names)
            for x, high in zip(found.edges.tolist(), _outline(found.shares[i]), strict=True)]
    marks = alt.Chart(pd.DataFrame(rows, columns=COLUMNS)).mark_area(
        interpolate="step-after", line={"color": color, "strokeWidth": 1.25}, color=color, fillOpacity=0.3, clip=True)
    every = max(1, -(-layers // LABELS))
    named = [i for i in range(layers) if i == layers - 1 or (i % every == 0 and layers - 1 - i >= every)]
    axis = alt.Axis(values=named, labelExpr=f"{json.dumps(_labels(found))}[datum.value]", title=None, grid=True,
                    gridOpacity=0.4, ticks=False, domain=False, labelPadding=6, labelLimit=240)
    span = [float(found.edges[0]), float(found.edges[-1])]
    return finished(marks.encode(
        x=alt.X("x:Q", title=x_title, scale=alt.Scale(domain=span, nice=False), axis=alt.Axis(grid=False, tickCount=6)),
        y=alt.Y("top:Q", axis=axis, scale=alt.Scale(domain=[-OVERLAP - 0.1, max(layers, 1) - 0.9], reverse=True, nice=False)),
        y2="foot:Q", detail=alt.Detail("row:O"),
        tooltip=[alt.Tooltip("layer:N", title="layer"), alt.Tooltip("beyond:N", title="not drawn")],
    ), height or max(180, min(560, 24 * layers + 110)), title=heading(title))


def _outline(shares: NDArray[np.float64]) -> list[float]:
    """The height of each bin at its left edge; the last edge closes the outline."""
    return (np.append(shares, shares[-1:]) / (shares.max(initial=0) or 1.0)).tolist()


def _labels(found: Ridges) -> list[str]:
    """The layers' names, with the share of exact zeros where there are any."""
    return [f"{name} ({percent(float(zero))} are 0)" if zero >= 0.005 else name
            for name, zero in zip(found.names, found.zero, strict=True)]


def _beyond(found: Ridges, i: int) -> str:
    """What of a layer's values is not in the picture, in words."""
    parts = [(found.below[i], "below"), (found.above[i], "above"), (found.zero[i], "exactly 0"),
             (found.missing[i], "beyond all numbers")]
    return ", ".join(f"{percent(float(share))} {where}" for share, where in parts if share) or "none"
