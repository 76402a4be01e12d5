"""Compared runs in pictures: curves over each other, gradients layer by layer, and settings with the score they led to."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.numbers import number, size
from ann_core.base.words import listed
from ann_core.lab.comparison import label, settings
from ann_core.search.space import Value
from ui.charts import compare as charts
from ui.charts.linked import ground, linked
from ui.charts.search import settings as lines_through_settings
from ui.colors import MANY_RUNS
from ui.compare.choice import pick, picked, strong, turn
from ui.compare.kept import Kept
from ui.compare.table import varied
from ui.search.controls import spelt

MOST_POINTS = 200
"""Of a curve in a picture."""
HEADROOM = 4
"""A loss is drawn up to so many times the largest first one."""
LOSS = "loss"
FEW_AXES, AXIS = 4, 100
"""So many settings share the width that there is, also on a phone; of more each takes so many pixels, and a phone scrolls."""


def pictures(runs: Sequence[Kept]) -> None:
    """All pictures of runs that have the same task."""
    colors = _colors(runs)
    score = runs[0].result.measure.label if runs[0].result.score else ""
    of = st.segmented_control("Curves", [LOSS, score], default=LOSS, required=True, key=f"compare/curves/{score}",
                              label_visibility="collapsed") if score else LOSS
    left, right = st.columns(2)
    with left:
        _curves(runs, str(of), colors)
    with right:
        gradients(runs)
    _settings(runs, colors)


def _colors(runs: Sequence[Kept]) -> dict[int, str]:
    return {one.number: MANY_RUNS[one.number - 1] for one in runs}


def _curves(runs: Sequence[Kept], of: str, colors: dict[int, str]) -> None:
    """of: loss, or what the score is called"""
    first = runs[0].result
    if of == LOSS:
        curves = list(dict.fromkeys(pair for one in runs for pair in one.result.losses))
    else:
        curves = [("train_score", "training"), *([("test_score", first.rows)] if first.score == "test_score" else [])]
    parts = [pd.DataFrame({"number": one.number, "name": one.name, "curve": name, "time": one.result.times[shown],
                           "value": one.result.curves[column][shown], "strong": strong(one.number)})
             for one in runs for column, name in curves if column in one.result.curves
             for shown in [_evenly(len(one.result.times))]]
    points = pd.concat(parts).replace([np.inf, -np.inf], np.nan).dropna()
    if points.empty:
        return
    share = of != LOSS and first.measure.kind == "share"
    span = (0.0, 1.0) if share else _span(points)
    told = "; ".join(f"{one.name} {_said(one, curves)}" for one in runs)
    _linked("curves", charts.curves(points, f"{of.capitalize()} over {first.clock}", first.clock, span,
                                    [name for _, name in curves], share, colors), f"{of.capitalize()} at the end: {told}")
    if points["value"].max() > span[1]:
        st.caption(f"What lies above {number(span[1])} is cut off.")


def _evenly(count: int) -> np.ndarray:
    return np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).round().astype(int))


def _span(points: pd.DataFrame) -> tuple[float, float]:
    """From where to where losses are drawn: one that leaves all bounds must not press the others flat."""
    begins = points.groupby(["number", "curve"])["value"].first().abs().max()
    low, high = min(0.0, points["value"].min()), points["value"].max()
    return max(low, -HEADROOM * begins), (min(high, HEADROOM * begins) if begins else high) or 1.0


def _said(one: Kept, curves: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{number(one.result.last(column))} {name}" for column, name in curves if column in one.result.curves)


def gradients(runs: Sequence[Kept], height: int = charts.HEIGHT) -> None:
    """How much gradient reached each layer when a run was kept."""
    longest = max((one.result.layers for one in runs), key=len)
    layers = dict.fromkeys([*longest, *(name for one in runs for name in one.result.layers)])
    rows = [(one.number, one.name, layer, np.log10(value), size(value), strong(one.number))
            for one in runs for layer, value in zip(one.result.layers, one.result.gradient, strict=True)
            if np.isfinite(value) and value > 0]
    missing = [f"{one.number}: {layer}" for one in runs
               for layer, value in zip(one.result.layers, one.result.gradient, strict=True) if value == 0]
    if rows:
        points = pd.DataFrame(rows, columns=["number", "name", "layer", "value", "words", "strong"])
        span = (int(np.floor(points["value"].min())), int(np.floor(points["value"].max())) + 1)
        told = "; ".join(f"{one.name} {size(one.result.gradient[0])} in {one.result.layers[0]}, "
                         f"{size(one.result.gradient[-1])} in {one.result.layers[-1]}" for one in runs)
        _linked("gradients", charts.gradients(points, span, list(layers), _colors(runs), height),
                f"Size of the gradient, layer by layer: {told}")
    if missing:
        st.caption(f"Exactly 0, which has no place on this axis: run {listed(missing, 6)}.")


# Settings ---------------------------------------------------------------------------------------------------------------

def _settings(runs: Sequence[Kept], colors: dict[int, str]) -> None:
    paths = varied(runs)
    if not paths or len(runs) < 2:
        if len(runs) > 1:
            st.caption("These runs have the same settings, up to the moment at which they were kept.")
        return
    each = [settings(one.result.config) for one in runs]
    places, marks = [], []
    for path in paths:
        values = _in_order([one.get(path) for one in each])
        marks += [(label(path), place, spelt(path, value)) for value, place in values.items()]
        places += [(one, label(path), values[own.get(path)]) for one, own in zip(runs, each, strict=True)]
    axes = [label(path) for path in paths]
    judged = {one.number: one.result.judged for one in runs if np.isfinite(one.result.judged)}
    if judged:
        measure = runs[0].result.measure
        worst, best = (f(judged.values()) for f in ((min, max) if measure.kind == "share" else (max, min)))
        axes.append(measure.label)
        marks += [(measure.label, place, measure.words(worst + place * (best - worst))) for place in
                  ((0.0, 0.5, 1.0) if worst != best else (0.0,))]
        places += [(one, measure.label, (judged[one.number] - worst) / (best - worst or 1)) for one in runs
                   if one.number in judged]
    steps = pd.DataFrame([(one.number, setting, place, 0.0 if strong(one.number) else 0.9, f"{one.number}: {one.name}",
                           one.number in picked()) for one, setting, place in places],
                         columns=["number", "setting", "place", "rank", "words", "chosen"])
    picture = lines_through_settings(steps, pd.DataFrame(marks, columns=["setting", "place", "value"]), axes, ground(),
                                     "What differs, and where it led", colors)
    alt = "Each run as a line through the settings in which they differ, to its score; the table has the same."
    wide = len(axes) > FEW_AXES
    linked(picture.properties(width=AXIS * len(axes)) if wide else picture, alt, f"compare/settings/{turn()}", pick,
           "content" if wide else "stretch")
    st.caption("How to read it: a line is one run. It crosses each vertical line at the value that the run had, and ends at "
               "the score that this led to.")


def _in_order(values: Sequence[Value]) -> dict[Value, float]:
    """The values of a setting, each with its place on the axis, 0 to 1: numbers by size, what is off before them."""
    distinct = sorted(dict.fromkeys(values), key=lambda one: (
        (0, 0.0, "") if one is None else (1, float(one), "") if isinstance(one, int | float) else (2, 0.0, str(one))))
    return {value: place / max(1, len(distinct) - 1) for place, value in enumerate(distinct)}


def _linked(name: str, chart: object, alt: str) -> None:
    linked(chart, alt, f"compare/{name}/{turn()}", pick)
