"""What was measured of an ill network, with the healthy range behind it; and nine networks before and after a cure."""

import json
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.measure import Measure
from ann_core.base.numbers import number
from ann_core.base.spelling import power_of_ten
from ann_core.base.words import listed
from ann_core.clinic.finding import Evidence, Line
from ann_core.clinic.treatment import Effect
from ui.charts.chart import Chart, finished, heading
from ui.charts.judging_parts import short
from ui.colors import ACCENT, GREY, MANY_RUNS, RUNS, TWO

HEALTHY = RUNS[1]
HEIGHT, PAIR = 300, 21
"""Pixels: of an evidence, and of each pair."""
MOST_POINTS, FEW = 300, 40
"""Of a line in a picture; up to so many each one is a dot."""
ROOM = 0.08
"""Above and below all that is drawn, as a share of it."""
FAR = 30
"""Numbers that are so many times as large as others would press these flat."""
OWN, GUESS = "what is its own", "always the same answer"
HELP = {1: "helped", 0: "no clear difference", -1: "harmed"}


def evidence(found: Evidence) -> Chart:
    """The lines of an evidence over the range in which a healthy network stays, with the place of the finding."""
    points = pd.concat([_points(line, found.log) for line in found.lines], ignore_index=True)
    low, high = (None if end is None or (found.log and end <= 0) else float(np.log10(end) if found.log else end)
                 for end in found.band)
    span = _span([*points["y"], *(end for end in (low, high) if end is not None)])
    x = alt.X("x:Q", title=found.x_label or None, scale=alt.Scale(zero=False, nice=False, padding=12),
              axis=_places(found))
    y = alt.Y("y:Q", title=None, scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=_axis(span, found.log))
    labels = [line.label for line in found.lines]
    colors = [ACCENT] if len(labels) == 1 else [ACCENT, GREY] if len(labels) == 2 else list(MANY_RUNS[:len(labels)])
    legend = alt.Legend(orient="top", columns=3, symbolType="stroke", symbolStrokeWidth=3, offset=4)
    color = alt.Color("label:N", title=None, scale=alt.Scale(domain=labels, range=colors),
                      legend=legend if len(labels) > 1 else None)
    dashes = [[1, 0], [6, 4]] if len(labels) == 2 else [[1, 0]]
    dash = alt.StrokeDash("label:N", legend=None, scale=alt.Scale(domain=labels, range=dashes))
    base = alt.Chart(points).encode(x=x, y=y, color=color, strokeDash=dash, tooltip=[
        alt.Tooltip("label:N", title="line"), alt.Tooltip("x:Q", title=found.x_label or "place", format=",.4~g"),
        alt.Tooltip("words:N", title=found.y_label)])
    few = len(points) <= FEW * len(labels)
    marks = (base.mark_point(filled=True, size=90, opacity=1) if found.across == "values" and found.names else
             base.mark_line(strokeWidth=2.5, point={"size": 45} if few else False))
    layers = [*_band(low, high, span, y), marks]
    if found.at is not None and len(points):
        layers.append(_mark(points, found, x, y))
    return finished(alt.layer(*layers), HEIGHT, title=heading(found.title, found.y_label))


def said(found: Evidence) -> str:
    """The same in words."""
    over = f" over {found.x_label}" if found.x_label else ""
    lines = [f"{line.label}: {_told(line, found.names)}" for line in found.lines]
    return f"{found.title}: {found.y_label}{over}. {listed(lines, 6)}."


def _told(line: Line, names: Sequence[str]) -> str:
    """What has names with its names, all else by where it begins and ends."""
    if not len(line.y):
        return "no value that can be drawn"
    if names:
        return listed([f"{number(y)} for {short(names[int(x) - 1])}" for x, y in zip(line.x, line.y, strict=True)], 6)
    return f"from {number(line.y[0])} to {number(line.y[-1])}"


def pairs(effect: Effect) -> Chart:
    """A row for each seed: where it stood, and where the cure brings it. Losses far apart stand on a logarithmic axis."""
    ends = np.array([(pair.before, pair.after) for pair in effect.pairs])
    known = np.append(ends[np.isfinite(ends)], effect.guess)
    share = effect.measure.kind == "share"
    log = bool(not share and known.min() > 0 and known.max() > FAR * known.min())
    low, high = (0.0, 1.0) if share else _span(np.log10(known) if log else known)
    edge = high + ROOM * (high - low)
    with np.errstate(divide="ignore", invalid="ignore"):
        places = np.where(np.isfinite(ends), np.log10(ends) if log else ends, edge)
    table = pd.DataFrame({"seed": [f"seed {pair.seed}" for pair in effect.pairs], "before": places[:, 0], "after": places[:, 1],
                          "help": [OWN if effect.treatment.honest else HELP[effect.improves(pair)] for pair in effect.pairs],
                          **{f"{name}_words": [_spelt(value, effect.measure) for value in ends[:, i]]
                             for i, name in enumerate(("before", "after"))},
                          **{f"{name}_shape": np.where(np.isfinite(ends[:, i]), "number", "beyond")
                             for i, name in enumerate(("before", "after"))}})
    axis = _axis((low, high), log) if log else alt.Axis(tickCount=5, format="%" if share else ",.3~g")
    x, after = (alt.X(f"{name}:Q", title=f"{effect.rows} {effect.measure.label}", axis=axis,
                      scale=alt.Scale(domain=[low, edge + ROOM / 3 * (high - low)], nice=False, zero=False))
                for name in ("before", "after"))
    y = alt.Y("seed:N", title=None, sort=list(table["seed"]),
              axis=alt.Axis(grid=True, gridOpacity=0.3, ticks=False, domain=False))
    colors = {OWN: ACCENT, HELP[1]: ACCENT, HELP[0]: GREY, HELP[-1]: TWO[1]}
    kinds = [kind for kind in colors if kind in set(table["help"])]
    color = alt.Color("help:N", title=None, scale=alt.Scale(domain=kinds, range=[colors[kind] for kind in kinds]),
                      legend=alt.Legend(orient="top", symbolType="circle", offset=4) if len(kinds) > 1 else None)
    base = alt.Chart(table).encode(y=y, tooltip=[
        alt.Tooltip("seed:N", title="first weights"), alt.Tooltip("before_words:N", title="without"),
        alt.Tooltip("after_words:N", title="with it"), alt.Tooltip("help:N", title="so the cure")])
    way = base.mark_rule(strokeWidth=2).encode(x=x, x2="after:Q", color=color)
    start = base.mark_point(size=55, strokeWidth=2, filled=False, color=GREY).encode(x=x, shape=_shape("before"))
    end = base.mark_point(size=75, filled=True, opacity=1).encode(x=after, color=color, shape=_shape("after"))
    guess = alt.Chart(pd.DataFrame({"before": [np.log10(effect.guess) if log else effect.guess], "words": [GUESS]}))
    line = guess.mark_rule(color=GREY, strokeDash=[6, 4]).encode(x=x, tooltip=alt.Tooltip("words:N", title="the line"))
    return finished(alt.layer(line, way, start, end), PAIR * len(table) + 75)


def reading(effect: Effect) -> str:
    """How the picture of pairs is read."""
    beyond = not all(np.isfinite([pair.before, pair.after]).all() for pair in effect.pairs)
    return f"○ without the cure, ● with it{', + beyond all numbers' if beyond else ''}; dashed: {GUESS}."


def said_pairs(effect: Effect) -> str:
    """The same in words."""
    told = [f"seed {pair.seed} {_spelt(pair.before, effect.measure)} → {_spelt(pair.after, effect.measure)}"
            for pair in effect.pairs]
    return (f"{effect.rows} {effect.measure.label}, without and with the cure: {'; '.join(told)}. "
            f"{_spelt(effect.guess, effect.measure)}: {GUESS}.")


def _spelt(value: float, measure: Measure) -> str:
    if not np.isfinite(value):
        return "beyond all numbers"
    return measure.words(value) if measure.kind == "share" else number(value)


def _shape(name: str) -> alt.Shape:
    return alt.Shape(f"{name}_shape:N", legend=None, scale=alt.Scale(domain=["number", "beyond"], range=["circle", "cross"]))


def _points(line: Line, log: bool) -> pd.DataFrame:
    x, y = np.asarray(line.x, float), np.asarray(line.y, float)
    kept = np.unique(np.linspace(0, max(len(x) - 1, 0), min(len(x), MOST_POINTS)).round().astype(int))
    x, y = x[kept], y[kept]
    return pd.DataFrame({"label": line.label, "x": x, "y": np.log10(y) if log else y, "words": [number(value) for value in y]})


def _span(values: Sequence[float] | NDArray[np.float64]) -> tuple[float, float]:
    low, high = (float(min(values)), float(max(values))) if len(values) else (0.0, 1.0)
    room = ROOM * (high - low) or max(abs(high), 1.0) * ROOM
    return (0.0 if low == 0 else low - room), high + room


def _places(found: Evidence) -> alt.Axis:
    """Layers and what has a name are counted; all else is measured."""
    named = f"{json.dumps(['', *(short(name, 14) for name in found.names)])}[datum.value]" if found.names else "datum.label"
    whole = found.names or found.across == "layers"
    return alt.Axis(grid=False, tickCount=8, labelExpr=named, tickMinStep=1 if whole else 0)


def _axis(span: tuple[float, float], log: bool) -> alt.Axis:
    if not log:
        return alt.Axis(tickCount=5, format=",.3~g", gridOpacity=0.4)
    low, high = int(np.ceil(span[0])), int(np.floor(span[1]))
    powers = list(range(low, high + 1, max(1, -(-(high - low) // 5)))) or [low]
    names = {str(power): power_of_ten(power) for power in powers}
    return alt.Axis(values=powers, labelExpr=f"{json.dumps(names)}[datum.value]", gridOpacity=0.4)


def _band(low: float | None, high: float | None, span: tuple[float, float], y: alt.Y) -> list[alt.Chart]:
    """The healthy range; where it is open it reaches to the edge."""
    if low is None and high is None:
        return []
    ends = {"y": span[0] if low is None else low, "top": span[1] if high is None else high}
    band = alt.Chart(pd.DataFrame([{**ends, "words": "healthy"}]))
    edges = pd.DataFrame({"y": [end for end in (low, high) if end is not None]})
    return [band.mark_rect(color=HEALTHY, opacity=0.13).encode(y=y, y2="top:Q"),
            alt.Chart(edges).mark_rule(color=HEALTHY, strokeDash=[5, 4]).encode(y=y),
            band.mark_text(align="left", dx=20, dy=-7 if high is None else 9, fontSize=11, color=HEALTHY).encode(
                x=alt.value(0), y=y if high is None else alt.Y("top:Q"), text="words:N")]


def _mark(points: pd.DataFrame, found: Evidence, x: alt.X, y: alt.Y) -> Chart:
    near = points.iloc[(points["x"] - found.at).abs().argsort()[:1]]
    line = alt.Chart(pd.DataFrame({"x": [found.at]})).mark_rule(color=ACCENT, strokeDash=[2, 3]).encode(x=x)
    ring = alt.Chart(near).mark_point(size=220, strokeWidth=2, color=ACCENT, filled=False).encode(x=x, y=y)
    return alt.layer(line, ring)
