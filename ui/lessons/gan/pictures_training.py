"""Pictures of what becomes of a training: samples round after round, clouds covered, losses."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.gan import TRUTH, Course, noise
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.gan import pictures

STRONGER = [[0, plot.GROUND], [1, pictures.MADE]]
ROWS = 250
CLOUDS = len(TRUTH.points)
LOOKS = ((plot.MUTED, "solid"), (plot.ACCENT, "dash"))


def samples(known: Course, last: int) -> go.Figure:
    """Made samples among true ones, at the start."""
    X = known.players(0).made(noise(ROWS))
    return pictures.plane([pictures.true(known.setup.data.X_train[:ROWS]), pictures.made(X)])


def samples_film(known: Course, last: int) -> Animation:
    """The same, round after round up to the last one that may be seen."""
    frames = []
    for rounds in known.rounds[known.rounds <= last]:
        X = known.players(int(rounds)).made(noise(ROWS)).round(2)
        frames.append(Keyframe({"made": {"x": X[:, 0].tolist(), "y": X[:, 1].tolist()}}, caption=f"Round {rounds:,}"))
    return Animation(frames, rate=4, noun=None)


def shares(known: Course, last: int) -> go.Figure:
    """The share of the samples nearest to each cloud over the rounds."""
    seen = known.rounds <= last
    z = (100 * known.shares[seen, 0].T).round(1)
    return plot.framed([go.Heatmap(x=known.rounds[seen], y=np.arange(1, CLOUDS + 1), z=z, name="share of the samples, in per "
                                                                                               "cent",
                                   zmin=0, zmax=60, colorscale=STRONGER, showscale=False, xgap=1, ygap=1)],
                       "round", "cloud", (-25, 1025), (0.5, CLOUDS + 0.5))


def helps(found: Mapping[str, Course], quality: bool) -> go.Figure:
    """Clouds covered, or the share of good samples, over the rounds: each seed thin, the median thick. found: by name"""
    traces = []
    for (name, known), (color, dash) in zip(found.items(), LOOKS, strict=False):
        values = known.quality if quality else known.clouds
        traces += [plot.curve(known.rounds, values[:, s].round(3), f"{name}, seed "
                                                                   f"{s}", color, dash, 1, opacity=0.4, showlegend=False,
                              hoverinfo="skip") for s in range(values.shape[1])]
        traces.append(plot.curve(known.rounds, np.median(values, 1).round(3), name, color, dash, 3.5))
    return plot.legend_above(plot.framed(traces, "round", "share of good samples" if quality else "clouds covered, of "
                                                                                                  "8", (0, 2000),
                                         (-0.02, 1.02) if quality else (-0.2, 8.3)))


def curves(known: Course, losses: bool) -> go.Figure:
    """Clouds and quality over the rounds, and below them both losses, where they may be seen."""
    fig = plot.panels(("clouds covered, of 8", "share of good samples", "losses"), stacked=True, shared_xaxes=True,
                      vertical_spacing=0.1)
    at = known.rounds
    fig.add_trace(plot.curve(at, known.clouds[:, 0], "clouds", plot.ACCENT, showlegend=False), 1, 1)
    fig.add_trace(plot.curve(at, known.quality[:, 0].round(3), "good samples", plot.ACCENT, showlegend=False), 2, 1)
    if losses:
        fig.add_trace(plot.curve(at, known.judge[:, 0].round(3), "judge's loss", plot.FIRST, "dash"), 3, 1)
        fig.add_trace(plot.curve(at, known.generator[:, 0].round(3), "generator's loss", plot.SECOND), 3, 1)
    for row, (low, high) in enumerate(((-0.3, 8.3), (-0.03, 1.03), (0, 2)), 1):
        plot.axes(fig, "round" if row == 3 else "", "", (0, 2000), (low, high), row=row, col=1)
    return plot.legend_below(fig)
