"""How good a network is, in pictures. Each chart's `description` is its text alternative.

Fields have fixed names and classes are drawn by their numbers: users' names are values, titles, or literals of a label.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ann_core.base.numbers import number, percent, rows
from ann_core.base.spelling import words as spelt
from ann_core.data.dataset import Task
from ann_core.judge.importance import Importances, sentence
from ann_core.judge.metrics import Classification, Regression, sentences
from ui.charts.chart import Chart
from ui.charts.judging_parts import dashed, finish, literals, names_of, share_axis, shares, short
from ui.colors import ACCENT, GREY, TWO

PALE, DEEP, INK = "#f3effa", "#4f2f94", "#2b2140"
"""Cells bring their own ground, from none to all of a row, and the ink for pale ones: readable on any theme."""
BARS, DOTS = 20, 1_000
"""Columns and rows in a picture."""
COUNTED, SHARED = 20, 8
"""Cells hold counts up to so many classes, and shares too up to so many."""


@dataclass(frozen=True)
class _Score:
    """How the score of a task is called and spelt. axis: what suits it on an axis that begins at 0"""

    name: str
    better: str
    lost: str
    spell: Callable[[float], str]
    axis: Mapping[str, Any]
    lost_axis: alt.Axis


_SCORES: Mapping[Task, _Score] = {
    "classification": _Score("accuracy", "accuracy, larger is better", "accuracy lost", percent,
                             {"scale": alt.Scale(domain=[0, 1]), "axis": shares(5)},
                             shares(6)),
    "regression": _Score("typical miss (RMSE)", "typical miss (RMSE), smaller is better", "typical miss (RMSE) gained", number,
                         {"scale": alt.Scale(domainMin=0)}, alt.Axis(tickCount=6)),
}


def confusion(judged: Classification) -> Chart:
    """Counts, true × answered; shade: share of the true class. Selection "cell" gives the class numbers `truth`, `answer`."""
    names, C, support = names_of(judged), len(judged.classes), judged.support.tolist()
    table = pd.DataFrame([(t, a, names[t], names[a], n, n / max(1, support[t]), f"{names[t]} answered {names[a]}: {rows(n)}")
                          for t, row in enumerate(judged.confusion.tolist()) for a, n in enumerate(row)],
                         columns=["truth", "answer", "truth_name", "answer_name", "count", "shade", "words"])
    table["share"] = [percent(n / support[t]) if support[t] else "no rows"
                      for t, n in zip(table["truth"], table["count"], strict=True)]
    table["text"] = table["count"].map("{:,}".format) + (" (" + table["share"] + ")").where(
        (table["count"] > 0) & (C <= SHARED), "")
    axis: dict[str, Any] = dict(labelExpr=literals(names), labelOverlap=False, ticks=False, domain=False, labelLimit=150,
                labelFontSize=11 if C <= COUNTED else 8)
    angle = 0 if C * max(map(len, names)) <= 40 else -45 if C <= COUNTED else -90
    cell = alt.selection_point(name="cell", fields=["truth", "answer"], empty=False)
    base = alt.Chart(table).encode(
        x=alt.X("answer:O", axis=alt.Axis(**axis, title="answered", orient="top", labelAngle=angle)),
        y=alt.Y("truth:O", axis=alt.Axis(**axis, title="true")))
    heat = base.mark_rect(cursor="pointer").encode(
        color=alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=[PALE, DEEP]), legend=None),
        stroke=alt.condition(cell, alt.value(TWO[1]), alt.value("#ffffff")),
        strokeWidth=alt.condition(cell, alt.value(3), alt.value(1 if C <= COUNTED else 0.25)),
        description="words:N",
        tooltip=[alt.Tooltip("truth_name:N", title="true"), alt.Tooltip("answer_name:N", title="answered"),
                 alt.Tooltip("count:Q", title="rows", format=","), alt.Tooltip("share:N", title="of the true class")],
    ).add_params(cell)
    ink = alt.condition("datum.shade > 0.5", alt.value("#ffffff"), alt.value(INK))
    layers = [heat, base.mark_text(fontSize=12).encode(text="text:N", color=ink)] if C <= COUNTED else [heat]
    said = sentences(judged)
    cells = "; ".join(table["words"][table["count"] > 0]) + "." if C <= SHARED else ""
    words = f"Confusion matrix of {C} classes. {said['accuracy']} {said['confusion']} {cells}"
    return finish(alt.layer(*layers), "Which class is taken for which", words, min(800, 34 * C + (130 if angle == 0 else 200)))


def calibration(judged: Classification) -> Chart:
    """How often what it says with a probability comes true. The dot grows with the number of rows."""
    found = judged.calibration
    table = pd.DataFrame({"said": found.predicted, "right": found.right, "count": found.count})
    told = table.assign(said_text=table["said"].map(percent), right_text=table["right"].map(percent))
    base = alt.Chart(told).encode(x=share_axis(alt.X, "said", "probability it gives"),
                                   y=share_axis(alt.Y, "right", "how often right"))
    dots = base.mark_circle(color=ACCENT, opacity=0.9).encode(
        size=alt.Size("count:Q", scale=alt.Scale(domain=[0, int(found.count.max())], range=[20, 300]), legend=None),
        tooltip=[alt.Tooltip("said_text:N", title="it says"), alt.Tooltip("right_text:N", title="right"),
                 alt.Tooltip("count:Q", title="rows", format=",")])
    each = [f"{percent(p)}: right in {percent(r)} of {rows(n)}" for p, r, n in table.itertuples(index=False)]
    words = f"Calibration. {sentences(judged)['calibration']} {'; '.join(each)}."
    return finish(alt.layer(dashed([(0.0, 0.0), (1.0, 1.0)], "said", "right"), base.mark_line(color=ACCENT), dots),
                   "Is it as sure as it should be?", words)


def predicted_against_true(judged: Regression, target: str) -> Chart:
    """One dot a row; on the dashed line prediction and truth are equal."""
    table, note = _dots(judged)
    ends = [float(table[["truth", "answer"]].min(axis=None)), float(table[["truth", "answer"]].max(axis=None))]
    scale = alt.Scale(domain=ends, nice=True) if ends[0] < ends[1] else alt.Scale(zero=False)
    dots = _scatter(table, alt.X("truth:Q", title=f"true {short(target)}", scale=scale),
                    alt.Y("answer:Q", title="predicted", scale=scale))
    equal = dashed([(end, end) for end in ends], "truth", "answer")
    return finish(alt.layer(equal, dots), f"Predicted against true{note}",
                   f"Predicted against true, one dot a row. {sentences(judged)['rmse']} {sentences(judged)['r2']}")


def residuals(judged: Regression, target: str) -> Chart:
    """What each prediction lacks: truth − prediction. A pattern is something that the network has not learned."""
    table, note = _dots(judged)
    ends = (float(table["answer"].min()), float(table["answer"].max()))
    dots = _scatter(table, alt.X("answer:Q", title=f"predicted {short(target)}", scale=alt.Scale(zero=False)),
                    alt.Y("residual:Q", title="true − predicted"))
    return finish(alt.layer(dashed([(end, 0.0) for end in ends], "answer", "residual"), dots), f"What is left over{note}",
                   f"Residuals, one dot a row. {sentences(judged)['residuals']} {sentences(judged)['mae']}")


def importances(found: Importances, task: Task) -> Chart:
    """By how much the score falls without each column; the line is one standard deviation to either side."""
    shown = found.columns[:BARS]
    table = pd.DataFrame([(i, short(one.name), one.mean, one.mean - one.spread, one.mean + one.spread,
                           sentence(one, found.score, task)) for i, one in enumerate(shown)],
                         columns=["rank", "name", "fall", "low", "high", "words"])
    base = alt.Chart(table).encode(y=alt.Y("rank:O", axis=_named_axis([one.name for one in shown])),
                                   tooltip=[alt.Tooltip("name:N", title="column"), alt.Tooltip("words:N", title="meaning")])
    bars = base.mark_bar(color=ACCENT, height={"band": 0.7}).encode(
        x=alt.X("fall:Q", axis=_SCORES[task].lost_axis, title=_SCORES[task].lost))
    more = f" ({len(shown)} of {len(found.columns)} columns)" if len(found.columns) > len(shown) else ""
    return finish(alt.layer(bars, base.mark_rule(color=GREY, strokeWidth=2).encode(x="low:Q", x2="high:Q")),
                   f"What it leans on{more}", "Importance of columns, the greatest first. " + " ".join(table["words"]),
                   28 * len(shown) + 100)


def against_references(scores: Mapping[str, float], task: Task) -> Chart:
    """One bar each: label -> accuracy, or RMSE. The first is the network."""
    told = _SCORES[task]
    labels = [f"{name}: {told.spell(value)}" for name, value in scores.items()]
    table = pd.DataFrame({"rank": range(len(scores)), "label": labels, "score": [float(value) for value in scores.values()]})
    table["score"] = table["score"].where(np.isfinite(table["score"]))
    bars = alt.Chart(table).mark_bar(height={"band": 0.7}).encode(
        x=alt.X("score:Q", title=told.better, **told.axis), y=alt.Y("rank:O", axis=_named_axis(labels)),
        tooltip=[alt.Tooltip("label:N", title="score")],
        color=alt.condition("datum.rank == 0", alt.value(ACCENT), alt.value(GREY)))
    return finish(bars, "Against plain references", f"Bars of {told.name}. " + "; ".join(labels) + ".", 34 * len(scores) + 100)


def _dots(judged: Regression) -> tuple[pd.DataFrame, str]:
    """Rows with finite numbers, at most DOTS of them, and a note that says so."""
    kept = np.flatnonzero(np.isfinite(judged.residuals))
    some = np.random.default_rng(0).permutation(kept)[:DOTS]
    table = pd.DataFrame({"truth": judged.truth[some], "answer": judged.prediction[some], "residual": judged.residuals[some]})
    return table, f" ({len(some):,} of {len(kept):,} rows)" if len(kept) > len(some) else ""


def _scatter(table: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    table = table.assign(**{f"{field}_text": table[field].map(spelt) for field in table})
    named = (("truth", "true"), ("answer", "predicted"), ("residual", "true − predicted"))
    return alt.Chart(table).mark_circle(color=ACCENT, opacity=0.8, size=36, stroke="#ffffff", strokeWidth=0.5).encode(
        x=x, y=y, tooltip=[alt.Tooltip(f"{field}_text:N", title=title) for field, title in named])


def _named_axis(names: Sequence[str]) -> alt.Axis:
    return alt.Axis(labelExpr=literals(names, 60), title=None, labelLimit=300, ticks=False, domain=False, labelOverlap=False)
