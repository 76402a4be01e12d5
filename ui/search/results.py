"""What came of a search: pictures and a table that grow while it goes on, and know of each other."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.spelling import words
from ann_core.lab.comparison import learned
from ann_core.search.importance import importances
from ann_core.search.search import Tried, found, without
from ann_core.search.space import Listed, Setting, Value, offer
from ann_core.search.trial import Outcome
from ui.charts import search as charts
from ui.charts.chart import Chart
from ui.charts.linked import ground, linked
from ui.search.controls import spelt
from ui.search.guess import PARTS, guessed
from ui.search.onward import MOST
from ui.search.running import Held
from ui.text import csv, markdown

LINES = "Each trial as a line through the values of its settings"
TALL = 400
"""Pixels of the one picture that there is before the answer."""
UNRANKED = 0.6
"""Stands for how good a trial is while that may not be seen."""
JUDGED = ("Each trial is judged on rows that it did not learn from: {}. The best one is tested once, at the end, on *test "
          "rows*, which nobody has looked at.")
ROWS, FOLDS = "*validation rows*", "a part of the training rows, each part in turn"


def pictures(held: Held) -> None:
    """The pictures of all trials so far."""
    search = held.search
    ranked = search.ranked()
    if reasons := found(search.tried):
        told = "; ".join(f"{number} {reason}" for reason, number in reasons.items())
        st.caption(f":material/info: Without a score, and so not in the pictures: {told}.")
    if not ranked:
        st.caption("The first trials are on their way …" if held.running or not search.tried else
                   "No trial has a score, so there is no winner: networks diverged, or their settings do not go together. Try "
                   "smaller learning rates, or other values.")
        return
    st.caption(JUDGED.format(FOLDS if search.plan.folds > 1 else ROWS))
    left, right = st.columns(2)
    trials, share = _trials(held, ranked), search.measure.kind == "share"
    top = ranked[0]
    with left:
        _linked(held, "scores", charts.scores(trials, search.measure.label, share),
                f"{len(ranked)} trials with a score; the best is trial {said(top, held)}.")
    with right:
        steps = _steps(held, ranked, lambda one: said(one, held))
        _linked(held, "settings", _through_settings(held, steps), f"{LINES}; the table has the same.")
        st.caption("How to read it: a line is one trial. It crosses each vertical line at the value that the trial had; the "
                   "darker, the better its score, and the best one is purple. Where dark lines meet, that value does well; "
                   "where they fan out, it matters little.")


def tried(held: Held) -> None:
    """What is tried, as far as it is known, and not yet how good it is."""
    search, base = held.search, held.search.plan.base
    steps = _steps(held, search.tried, _picks).assign(rank=UNRANKED)
    st.altair_chart(_through_settings(held, steps, height=TALL,
                                      title=f"What is tried: {len(search.tried)} of {search.plan.count} trials"),
                    width="stretch", alt=f"{LINES}.")
    st.caption(f"A line is one trial. It crosses each vertical line at the value that its network gets. All else is the same "
               f"for all: the data ({markdown(learned(base.data))}) and {base.training.epochs:,} epochs of training.")


def _through_settings(held: Held, steps: pd.DataFrame, **more: Any) -> Chart:
    axes = held.search.plan.space.settings
    marks = pd.DataFrame([(offer(one.path).label, place, value) for one in axes for place, value in _marks(one)],
                         columns=["setting", "place", "value"])
    return charts.settings(steps, marks, [offer(one.path).label for one in axes], ground(), **more)


def mattered(held: Held) -> None:
    """Once the search rests: how much each setting mattered, after a guess."""
    search = held.search
    if held.mattered is None or search.state != "finished":
        held.mattered = importances(search.plan.space, search.tried)
    shares = {offer(path).label: value for path, value in held.mattered.items()}
    if not shares or (len(shares) > 1 and not guessed(shares, held.of)):
        return
    st.altair_chart(charts.importance(shares), width="stretch",
                    alt="It mattered: " + ", ".join(f"{name} {value:.0%}" for name, value in shares.items()))
    st.caption("How much of the differences between scores each setting explains by itself or with others, in these trials and "
               "these ranges. It says nothing of settings that were not searched.")


def _linked(held: Held, name: str, chart: Any, alt: str) -> None:
    """A picture in which trials can be chosen, once the search rests."""
    if held.running:
        st.altair_chart(chart, width="stretch", alt=alt)
        return

    def pick(numbers: tuple[int, ...]) -> None:
        held.pick(tuple(number - 1 for number in numbers if 0 < number <= len(held.search.tried))[:MOST])

    linked(chart, alt, f"search/{name}/{held.turn}", pick)


def _trials(held: Held, ranked: list[Tried]) -> pd.DataFrame:
    there = sorted(ranked, key=lambda one: one.number)
    scores = np.array([one.score for one in there])
    best = (np.maximum if held.search.measure.kind == "share" else np.minimum).accumulate(scores)
    return pd.DataFrame({"number": [one.number + 1 for one in there], "score": scores, "best": best,
                         "words": [said(one, held) for one in there], "chosen": [one.number in held.picked for one in there]})


def _steps(held: Held, ranked: list[Tried], told: Callable[[Tried], str]) -> pd.DataFrame:
    rows = [(one.number + 1, offer(s.path).label, _place(s, one.picks[s.path]), rank / max(1, len(ranked) - 1), told(one),
             one.number in held.picked) for rank, one in enumerate(ranked) for s in held.search.plan.space.settings]
    frame = pd.DataFrame(rows, columns=["number", "setting", "place", "rank", "words", "chosen"])
    return frame.sort_values(["chosen", "rank"], ascending=[True, False], kind="stable")


def said(one: Tried, held: Held) -> str:
    """A trial in words."""
    return f"{one.number + 1}: {held.search.measure.words(one.score)}; {_picks(one)}"


def _picks(one: Tried) -> str:
    return ", ".join(f"{offer(path).label} {spelt(path, value)}" for path, value in one.picks.items())


def _place(one: Setting, value: Value) -> float:
    """Where a value stands on its axis, 0 to 1."""
    if isinstance(one, Listed):
        return one.values.index(value) / max(1, len(one.values) - 1)
    low, high, at = (float(np.log(x)) if one.log else float(x) for x in (one.low, one.high, float(value or 0)))
    return (at - low) / (high - low)


def _marks(one: Setting) -> list[tuple[float, str]]:
    """What stands at an axis: all values of a list, the ends of the parts of a range."""
    values = one.values if isinstance(one, Listed) else one.spread(PARTS + 1)
    return [(_place(one, value), spelt(one.path, value)) for value in values]


def table(held: Held) -> None:
    """The table of all trials, the best first; rows can be chosen once the search rests."""
    search, measure = held.search, held.search.measure
    ranked = search.ranked()
    have = {one.number for one in ranked}
    rows = [*ranked, *(one for one in search.tried if one.number not in have)]
    if not rows:
        return
    frame = pd.DataFrame([_row(one, held) for one in rows])
    if not frame["remark"].any():
        del frame["remark"]
    share = measure.kind == "share"
    columns = {measure.label: st.column_config.NumberColumn(format="percent" if share else None),
               "loss": st.column_config.NumberColumn(format="%.4f"), "remark": st.column_config.TextColumn(width="large")}
    if held.running:
        st.dataframe(frame, hide_index=True, column_config=columns, height=320)
    else:
        key = f"search/table/{held.turn}"
        at = {one.number: place for place, one in enumerate(rows)}
        st.dataframe(frame, hide_index=True, column_config=columns, height=320, selection_mode="multi-row", key=key,
                     on_select=_chosen(held, rows, key),
                     selection_default={"selection": {"rows": [at[number] for number in held.picked], "columns": [],
                                                      "cells": []}})
    st.download_button("The table as CSV", csv(frame), "search.csv", "text/csv", icon=":material/download:", type="tertiary",
                       on_click="ignore")


def _chosen(held: Held, rows: list[Tried], key: str) -> Callable[[], None]:
    def chosen() -> None:
        held.pick(tuple(rows[place].number for place in st.session_state[key].selection.rows if place < len(rows))[:MOST])
    return chosen


def _row(one: Tried, held: Held) -> dict[str, Any]:
    outcome, measure = one.outcome, held.search.measure
    scores = {}
    if held.search.plan.folds * held.search.plan.seeds > 1:
        there = outcome is not None and np.isfinite(outcome.scores).all()
        scores = {"lowest to highest": f"{measure.words(min(outcome.scores))} to {measure.words(max(outcome.scores))}"
                  if there and outcome else ""}
    picks = {offer(path).label: value if isinstance(value, int | float) and not isinstance(value, bool) else spelt(path, value)
             for path, value in one.picks.items()}
    return {"trial": one.number + 1, measure.label: one.score, **scores, "loss": _loss(outcome), **picks,
            "epochs": outcome.epochs if outcome else None, "parameters": outcome.parameters if outcome else None,
            "remark": _remark(one, held)}


def _loss(outcome: Outcome | None) -> float | None:
    return outcome.loss if outcome and np.isfinite(outcome.loss) else None


def _remark(one: Tried, held: Held) -> str:
    if one.outcome and one.outcome.stopped and np.isfinite(one.outcome.score):
        return f"ended early, at {held.search.measure.words(one.outcome.score)} after epoch {words(one.outcome.epochs)}"
    return ": ".join(filter(None, (without(one), one.why)))
