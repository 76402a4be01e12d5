"""The picture of deep stacks of blocks: what reaches each of them."""

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.attention_depth import Reach
from ui.lessons import plot

LOW, HIGH = 1e-20, 1e12
"""What is drawn; smaller sizes, and 0, lie below the picture."""


def depth(found: Reach | None, blocks: int) -> go.Figure:
    """Twenty networks, and the middle one. None: it may not be seen yet"""
    fig = plot.panels(["Gradient behind each block", "Gradient of queries and keys"], horizontal_spacing=0.17)
    places = np.arange(1, blocks + 1)
    for column, sizes in enumerate((found.stream, found.looks) if found else (), 1):
        for row in sizes:
            fig.add_trace(plot.curve(places, _drawn(row), "one network", plot.MUTED, width=1, opacity=0.35, hoverinfo="skip"),
                          1, column)
        fig.add_trace(plot.curve(places, _drawn(np.median(sizes, 0)), "the middle one", width=3.5), 1, column)
    sides = (("‖∂L/∂h‖, last block = 1", -9, 10), ("RMS of ∂L/∂W, block 1 = 1", -18, 3))
    for column, (what, low, high) in enumerate(sides, 1):
        fig.add_trace(plot.curve([0, blocks + 1], [1, 1], "1", plot.INK, "dot", 1.5, hoverinfo="skip"), 1, column)
        plot.axes(fig, "block", what, (0.5, blocks + 0.5), (low, high), row=1, col=column)
    fig.update_layout(margin={"l": 66})
    return fig.update_yaxes(type="log", exponentformat="power", dtick=3)


def _drawn(sizes: Array) -> Array:
    return np.clip(np.nan_to_num(sizes, nan=LOW, posinf=HIGH), LOW, HIGH)
