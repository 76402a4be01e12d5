"""Curves of a network's answers over all thresholds. Each chart's `description` is its text alternative."""

from collections.abc import Callable, Sequence
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from ann_core.base.arrays import Array
from ann_core.base.numbers import percent
from ann_core.judge.metrics import Classification, Curves, sentences
from ui.charts.chart import Chart
from ui.charts.judging_parts import dashed, finish, literals, names_of, share_axis
from ui.colors import MANY, TWO

POINTS, LINES = 500, 8
"""Points a curve, curves in a picture."""


def roc(judged: Classification, of: Sequence[int] | None = None) -> Chart:
    """Share of a class that is found, against the share of others taken for it. of: class numbers, at most LINES are drawn."""
    drawn = _drawn(judged, of, lambda one: one.fpr)
    return _curves(judged, drawn, lambda one: (one.fpr, one.tpr), ("others taken for it", "found"), "linear",
                   [(0.0, 0.0), (1.0, 1.0)], "Found against falsely found (ROC)", "roc")


def precision_recall(judged: Classification, of: Sequence[int] | None = None) -> Chart:
    """How many of those answered so are right, against the share that is found. Dashed: rows in random order."""
    drawn = _drawn(judged, of, lambda one: one.recall)
    chance = float(judged.support[drawn[0].of] / judged.n) if len(drawn) == 1 else None
    return _curves(judged, drawn, lambda one: (one.recall[::-1], one.precision[::-1]), ("found (recall)", "right (precision)"),
                   "step-before", [] if chance is None else [(0.0, chance), (1.0, chance)], "Right against found",
                   "precision_recall")


def _drawn(judged: Classification, of: Sequence[int] | None, points: Callable[[Curves], Array]) -> list[Curves]:
    """The curves asked for that are defined; unless told, those of the classes with the most rows."""
    known = [one for one in judged.curves if len(points(one)) and (of is None or one.of in of or len(judged.curves) == 1)]
    kept = {one.of for one in sorted(known, key=lambda one: -judged.support[one.of])[:LINES]}
    return [one for one in known if one.of in kept]


def _curves(judged: Classification, drawn: Sequence[Curves], points: Callable[[Curves], tuple[Array, Array]],
            axes: tuple[str, str], interpolate: Literal["linear", "step-before"], chance: list[tuple[float, float]],
            title: str, key: str) -> Chart:
    names, parts, area = names_of(judged), [], "auc" if key == "roc" else "average_precision"
    for one in drawn:
        x, y = points(one)
        kept = np.unique(np.linspace(0, len(x) - 1, POINTS).astype(int))
        parts.append(pd.DataFrame({"kind": one.of, "order": kept, "x": x[kept], "y": y[kept], "name": names[one.of]}))
    table = pd.concat(parts) if parts else pd.DataFrame({name: [] for name in ("kind", "order", "x", "y", "name")})
    table = table.assign(x_text=table["x"].map(percent), y_text=table["y"].map(percent))
    colors = dict(enumerate(TWO)) if len(names) == 2 else {k: MANY[k % len(MANY)] for k in range(len(names))}
    kinds = [one.of for one in drawn]
    if len({colors[k] for k in kinds}) < len(kinds):  # classes of one colour are drawn together: colours by place instead
        colors = {k: MANY[i] for i, k in enumerate(kinds)}
    legend = alt.Legend(labelExpr=literals(names), orient="bottom", columns=4, labelLimit=150, symbolStrokeWidth=3)
    lines = alt.Chart(table).mark_line(interpolate=interpolate, strokeWidth=2).encode(
        x=share_axis(alt.X, "x", axes[0]), y=share_axis(alt.Y, "y", axes[1]), order="order:Q",
        color=alt.Color("kind:N", title=None, legend=legend, scale=alt.Scale(domain=kinds, range=[colors[k] for k in kinds])),
        tooltip=[alt.Tooltip("name:N", title="class"), alt.Tooltip("x_text:N", title=axes[0]),
                 alt.Tooltip("y_text:N", title=axes[1])])
    more = f" ({len(drawn)} of {len(judged.curves)} classes)" if len(drawn) < len(judged.curves) else ""
    first = sentences(judged, drawn[0].of if drawn else None)[key]
    each = "; ".join(f"{names[one.of]}: {percent(getattr(one, area))}" for one in drawn) or "not known"
    return finish(alt.layer(dashed(chance, "x", "y"), lines), title + more, f"{title}. {first} Area under the curve: {each}.")
