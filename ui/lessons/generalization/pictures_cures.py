"""Pictures of what helps against overfitting: where to stop, weights, units that are off, more rows, cures side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from ann_core.base.arrays import Array
from ann_core.data import Prepared
from ann_core.lessons.generalization import TINY, Course, thinned
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.generalization.pictures import (
    COLORS,
    DASHES,
    SIDE,
    SYMBOLS,
    TRAINING,
    VALIDATION,
    ground,
    logarithmic,
    parts,
    points,
)

MASKS, ACROSS = 10, 16
"""Steps of training whose units are shown, and how many units stand in a row."""
BINS = np.linspace(-6, 1.5, 31)
"""Borders of the sizes of weights, in powers of ten."""


def stop(course: Course, ends: tuple[int, int] | None) -> go.Figure:
    """Training and validation loss over the epochs. ends: the epoch that is kept, and the one at which it stops"""
    curves = {TRAINING: course.training[0], VALIDATION: course.held[0]}
    fig = plot.framed([plot.curve(course.epochs[1:], losses[1:], f"loss on {name}", COLORS[name], DASHES[name])
                       for name, losses in curves.items()], "epoch", "loss", (-0.05, 3.05))
    fig.update_xaxes(type="log", dtick=1)
    for epoch, name, dash in zip(ends or (), ("kept", "stops"), ("solid", "dash"), strict=False):
        fig.add_vline(epoch, line={"color": plot.INK, "dash": dash, "width": 1.5})
        fig.add_annotation(plot.note(np.log10(epoch), 1, name, xanchor="right" if name == "kept" else "left", yref="paper",
                                     yanchor="top", xshift=-4 if name == "kept" else 4))
    return plot.legend_above(logarithmic(fig))


def weights(now: Array, before: Array) -> go.Figure:
    """How many weights have which size, with a pull at them and without; those left of the dashed line are nearly 0."""
    low, high = BINS[0], BINS[-1]
    middle, step = (BINS[1:] + BINS[:-1]) / 2, BINS[1] - BINS[0]
    counts = [np.histogram(np.clip(np.log10(np.maximum(np.abs(values), 10.0**low)), low, high), BINS)[0]
              for values in (now, before)]
    fig = plot.framed([
        go.Bar(x=middle, y=counts[0], width=step, name="weights now", marker_color=plot.ACCENT),
        plot.curve(middle, counts[1], "without a pull", line={"shape": "hvh", "color": plot.MUTED, "dash": "dash"})],
        "size of a weight, |w|", "weights", (low, high), (0, 390))
    fig.update_xaxes(tickvals=[-6, -5, -4, -3, -2, -1, 0, 1],
                     ticktext=["≤ 10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10"])
    return plot.legend_above(fig.add_vline(np.log10(TINY), line={"color": plot.INK, "dash": "dash", "width": 1}))


def dropout(course: Course, asked: bool) -> tuple[go.Figure, Animation]:
    """Hidden units, dark where they are off, and the line that the others draw, step after step. asked: and at last all units
    together, as when the network is asked"""
    data, fig = course.run.data, make_subplots(1, 2, horizontal_spacing=0.12, column_widths=[0.4, 0.6])
    assert data.plane is not None
    units = course.run.net.layers[0].outputs[0]
    x, y = np.arange(units) % ACROSS, -(np.arange(units) // ACROSS)
    grid = data.grid(SIDE)
    seen = [(answers.reshape(SIDE, SIDE), on) for answers, on in (thinned(course, grid, mask) for mask in range(MASKS))]
    if asked:
        seen.append((course.map(SIDE), np.ones(units, bool)))
    frames = [_units(x, y, z, on, i == MASKS) for i, (z, on) in enumerate(seen)]
    for name, color, symbol in (("on", plot.ACCENT, "circle"), ("off", plot.MUTED, "circle-open")):
        fig.add_trace(plot.dots(**frames[0].traces[name], name=name, color=color, size=10, symbol=symbol), 1, 1)
    for trace in (ground(seen[0][0], data), *points(data, held=False)):
        fig.add_trace(trace, 1, 2)
    plot.axes(fig, "the hidden units", "", (-1, ACROSS), (y.min() - 1, 1), row=1, col=1)
    fig.update_xaxes(showticklabels=False, showgrid=False, row=1, col=1)
    fig.update_yaxes(visible=False, row=1, col=1)
    plot.axes(fig, data.plane.x_name, data.plane.y_name, data.plane.ranges["x"], data.plane.ranges["y"], row=1, col=2)
    return plot.legend_above(fig, 70), Animation(frames, rate=1.5)


def _units(x: NDArray, y: NDArray, z: Array, on: NDArray[np.bool_], asked: bool) -> Keyframe:
    traces: dict[str, dict[str, Any]] = {"on": {"x": x[on], "y": y[on]}, "off": {"x": x[~on], "y": y[~on]},
                                         "answer": {"z": z.round(3)}}
    return Keyframe(traces, caption="Asked after training: every unit is on." if asked else
                    f"A step of training: {on.sum()} of {len(on)} units are on, and the line is theirs.")


def learning(names: Sequence[float], values: Mapping[str, Array], what: str, here: float) -> go.Figure:
    """Loss over the number of rows or over the noise, by the rows that are judged. values: (draws, places)"""
    x = [f"{name:g}" for name in names]
    fig = plot.legend_above(plot.framed(parts(x[:values[TRAINING].shape[1]], values), what, "loss", (-0.4, len(x) - 0.6)))
    fig.update_xaxes(type="category", categoryorder="array", categoryarray=x)
    fig.add_vline(names.index(here), line={"dash": "dot", "color": plot.MUTED})
    return logarithmic(fig, (-5.2, 1.0))


def cures(found: Mapping[str, Mapping[str, Array]]) -> go.Figure:
    """A row for each cure: the loss by the rows that are judged, median and 80 % of the draws. found: (draws,) each"""
    fig, names = go.Figure(), list(found)
    for i, kind in enumerate(next(iter(found.values()))):
        low, middle, high = np.array([np.quantile(found[name][kind], (0.1, 0.5, 0.9)) for name in names]).T
        rows = np.arange(len(names)) + 0.24 * i - 0.12  # beside each other where they are equal
        fig.add_trace(plot.dots(middle, rows, kind, COLORS[kind], 12, SYMBOLS[kind], error_x={
            "type": "data", "symmetric": False, "array": high - middle, "arrayminus": middle - low,
            "color": COLORS[kind], "thickness": 2, "width": 0}))
        fig.add_trace(plot.curve([middle[0]] * 2, rows[[0, -1]], f"{kind}, without a cure", COLORS[kind], DASHES[kind], 1,
                                 showlegend=False, hoverinfo="skip"))
    plot.axes(fig, "loss", "", None, (len(names) - 0.4, -0.6))
    fig.update_xaxes(type="log", range=(-4.3, 0.9), dtick=1, exponentformat="power")
    fig.update_yaxes(tickvals=list(range(len(names))), ticktext=names)
    return plot.legend_above(fig).update_layout(margin={"l": 165})


def plain(z: Array, data: Prepared) -> go.Figure:
    """The plane with its training rows only."""
    assert data.plane is not None
    ranges = data.plane.ranges
    return plot.legend_above(plot.framed([ground(z, data), *points(data, held=False)], data.plane.x_name, data.plane.y_name,
                                         ranges["x"], ranges["y"]))
