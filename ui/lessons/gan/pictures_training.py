"""Pictures of what becomes of a training: samples round after round, clouds covered, losses."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.gan_course import TRUTH, Course, noise
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


def shares(known: Course, last: int, at: int) -> go.Figure:
    """The share of the samples nearest to each cloud over the rounds, and the round that is looked at."""
    seen = known.rounds <= last
    z = (100 * known.shares[seen, 0].T).round(1)
    return plot.framed([
        go.Heatmap(x=known.rounds[seen], y=np.arange(1, CLOUDS + 1), z=z, name="per cent of the samples", zmin=0, zmax=60,
                   colorscale=STRONGER, showscale=False, xgap=1, ygap=1),
        plot.curve([at, at], [0.5, CLOUDS + 0.5], "this round", width=2, hoverinfo="skip")],
        "round", "cloud", (-25, 1025), (0.5, CLOUDS + 0.5))


def helps(found: Mapping[str, Course], quality: bool) -> go.Figure:
    """Clouds covered, or the share of good samples, over the rounds: each seed thin, the median thick. found: by name"""
    traces = []
    for (name, known), (color, dash) in zip(found.items(), LOOKS, strict=False):
        values = known.quality if quality else known.clouds
        look: dict[str, Any] = {"color": color, "dash": dash}
        traces += [plot.curve(known.rounds, values[:, s].round(3), f"{name}, seed {s}", width=1, opacity=0.4, showlegend=False,
                              hoverinfo="skip", **look) for s in range(values.shape[1])]
        traces.append(plot.curve(known.rounds, np.median(values, 1).round(3), name, width=3.5, **look))
    name, low, high = ("share of good samples", -0.02, 1.02) if quality else ("clouds covered, of 8", -0.2, 8.3)
    return plot.legend_above(plot.framed(traces, "round", name, (0, 2000), (low, high)))


def curves(known: Course, told: bool) -> go.Figure:
    """Both losses over the rounds; above them clouds and quality, where they may be seen."""
    rows = (("clouds covered, of 8", "clouds", -0.3, 8.3), ("share of good samples", "share", -0.03, 1.03),
            ("losses", "loss", 0.5, 1.7))[0 if told else 2:]
    fig = plot.panels([title for title, *_ in rows], stacked=True, shared_xaxes=True, vertical_spacing=0.12)
    at, last = known.rounds, len(rows)
    if told:
        fig.add_trace(plot.curve(at, known.clouds[:, 0], "clouds covered", showlegend=False), 1, 1)
        fig.add_trace(plot.curve(at, known.quality[:, 0].round(3), "good samples", dash="dot", showlegend=False), 2, 1)
    fig.add_trace(plot.curve(at, known.judge[:, 0].round(3), "judge's loss", plot.FIRST, "dash"), last, 1)
    fig.add_trace(plot.curve(at, known.generator[:, 0].round(3), "generator's loss", plot.SECOND), last, 1)
    for row, (_, name, low, high) in enumerate(rows, 1):
        plot.axes(fig, "round" if row == last else "", name, (0, 2000), (low, high), row=row, col=1)
    return plot.legend_below(fig)
