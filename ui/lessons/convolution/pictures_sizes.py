"""Pictures on sizes: where windows stand, what a pool leaves, how many parameters, what a unit sees."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.convolution.pictures import Grid, board, frame, outline, row

FEW, MANY = plot.ACCENT, plot.MUTED


def size(side: int, zeros: tuple[int, int], window: int, stride: int, count: int) -> tuple[go.Figure, Animation]:
    """A picture with the zeros around it, and a window that goes through all its places; the map fills up.

    zeros: before and behind the picture along each side   count: places along a side
    """
    before, behind = zeros
    whole = side + before + behind
    cells = np.zeros((whole, whole))
    cells[before:before + side, before:before + side] = 5
    grids = row(Grid("picture" + " with zeros around it" * (before + behind > 0), cells, said=0),
                Grid("map", np.zeros((count, count)), reach=1, said=0))
    shown, given = grids
    fig = board(grids, [frame("picture's edge", shown.center(before, before), side, plot.INK),
                        frame("window", shown.center(0, 0), window), frame("answer", given.center(0, 0), 1)])
    frames = []
    for number in range(count * count):
        at = divmod(number, count)
        x, y = outline(*shown.center(at[0] * stride, at[1] * stride), window)
        to_x, to_y = outline(*given.center(*at), 1)
        done = (np.arange(count * count) < number + 1).reshape(count, count) * 0.3
        frames.append(Keyframe({"window": {"x": x, "y": y}, "answer": {"x": to_x, "y": to_y}, "map": {"z": done}},
                               caption=f"Row {at[0] + 1}, column {at[1] + 1} of the map."))
    return fig, Animation(frames, rate=6, noun=None)


def pooling(A: Array, given: Array, window: tuple[int, int] | None) -> go.Figure:
    """A map, and what a pool leaves of it. window: which one is framed; None: all of it"""
    shown, left = grids = row(Grid("feature map", A, reach=48), Grid("after the pool", given, reach=48, said=3))
    at, size = (window, 2) if window else ((0, 0), len(A))
    return board(grids, [frame("window", shown.center(2 * at[0], 2 * at[1]) if window else shown.center(0, 0), size),
                         frame("number", left.center(*at), 1)])


def shared(convolution: int, dense: int) -> go.Figure:
    """Two numbers of parameters as bars, on a scale that counts powers of ten."""
    fig = plot.framed([go.Bar(y=["dense layer", "convolution"], x=[dense, convolution], orientation="h", name="parameters",
                              text=[f"{dense:,}", f"{convolution:,}"], textposition="auto", marker_color=[MANY, FEW])],
                      "parameters (each line: ten times as many)", "")
    return fig.update_xaxes(type="log", range=(0, 8.6), dtick=1).update_layout(margin={"l": 92})


def field(seen: NDArray[np.bool_], last: tuple[int, int], place: tuple[int, int], name: str) -> go.Figure:
    """The pixels that a unit sees, and the unit in its layer. last: size of that layer"""
    grids = row(Grid("picture", seen * 0.45, reach=1, said=0), Grid(name, np.zeros(last), reach=1, said=0))
    unit = grids[1].center(*place)
    return board(grids, [frame("unit", unit, 1), plot.dots([unit[0]], [unit[1]], "chosen unit", size=11)])
