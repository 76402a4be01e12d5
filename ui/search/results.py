"""What came of a search: pictures and a table that grow while it goes on; at its end the winner, and how far to trust it."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.numbers import number
from ann_core.data.config import TABLE
from ann_core.run.link import to_query
from ann_core.search.luck import best_by_luck, importances
from ann_core.search.search import Search, Tried, concluded
from ann_core.search.space import Listed, Setting, Value, offer
from ann_core.search.trial import apart, marks
from ui.charts.search import PICKED, board
from ui.page import script
from ui.search.controls import spelt
from ui.text import markdown, spreadsheet

NOT_YET = "The first trials are on their way …"


def pictures(search: Search) -> None:
    """The pictures of all trials so far."""
    ranked = search.ranked()
    if not ranked:
        st.caption(NOT_YET if search.state == "running" else "No trial has a score: every network left all bounds, or its settings "
                   "do not go together. Try smaller learning rates.")
        return
    measure, settings = _measure(search), search.plan.space.settings
    rank = {one.number: place / max(1, len(ranked) - 1) for place, one in enumerate(ranked)}
    there = sorted(ranked, key=lambda one: one.number)
    scores = np.array([one.score for one in there])
    best = np.maximum.accumulate(scores) if measure.kind == "share" else np.minimum.accumulate(scores)
    words = {one.number: f"{one.number + 1}: {measure.words(one.score)}; {_said(one)}" for one in there}
    trials = pd.DataFrame({"number": [one.number + 1 for one in there], "score": scores, "best": best,
                           "words": [words[one.number] for one in there]})
    steps = pd.DataFrame([(one.number + 1, offer(s.path).label, _place(s, one.picks[s.path]), spelt(s.path, one.picks[s.path]),
                           rank[one.number], words[one.number]) for one in there for s in settings],
                         columns=["number", "setting", "place", "value", "rank", "words"])
    mattered = {} if search.state == "running" else {offer(path).label: share
                                                     for path, share in importances(search.plan.space, search.tried).items()}
    chart = board(trials, steps, mattered, measure.label, measure.kind == "share", [offer(s.path).label for s in settings])
    top = ranked[0]
    told = (f"{len(ranked)} trials with a score. The best is trial {words[top.number]}. "
            + ("It mattered: " + ", ".join(f"{name} {share:.0%}" for name, share in mattered.items()) + "." if mattered else ""))
    if search.state == "running":
        st.altair_chart(chart, width="content", alt=told)
    else:
        st.altair_chart(chart, width="content", alt=told, on_select="rerun", selection_mode=PICKED, key="search/board")


def table(search: Search) -> list[Tried]:
    """The table of all trials, the best first. Returns those that are picked, in it or in the pictures."""
    ranked = search.ranked()
    others = [one for one in search.tried if one not in ranked]
    rows = [*ranked, *others]
    if not rows:
        return []
    frame = pd.DataFrame([_row(place, one, search) for place, one in enumerate(rows)])
    event: Any = st.dataframe(frame, hide_index=True, on_select="rerun" if search.state != "running" else "ignore",
                              selection_mode="multi-row", key=f"search/table/{search.state}", height=320)
    st.download_button("The table as CSV", _csv(frame), "search.csv", "text/csv", icon=":material/download:", type="tertiary",
                       on_click="ignore")
    if search.state == "running":
        return []
    picked = [rows[place] for place in event.selection.rows if place < len(rows)]
    board: Any = st.session_state.get("search/board")
    numbers = [point.get("number", 0) - 1 for point in (board.selection.get(PICKED) or [])] if board else []
    picked += [one for one in ranked if one.number in numbers and one not in picked]
    return [one for one in picked if one.config is not None][:4]


def _row(place: int, one: Tried, search: Search) -> dict[str, Any]:
    measure, outcome = _measure(search), one.outcome
    spread = ""
    if outcome is None:
        score = "not possible" if one.config is None else "failed"
    elif outcome.stopped:
        score = "diverged" if np.isnan(outcome.score) else f"ended early at {measure.words(outcome.score)}"
    else:
        score = measure.words(outcome.score) if np.isfinite(outcome.score) else "diverged"
        spread = f"{measure.words(min(outcome.scores))} to {measure.words(max(outcome.scores))}" if len(outcome.scores) > 1 else ""
    return {"trial": one.number + 1, measure.label: score, **({"lowest to highest": spread} if spread else {}),
            "loss": number(outcome.loss) if outcome and np.isfinite(outcome.loss) else "",
            **{offer(path).label: spelt(path, value) for path, value in one.picks.items()},
            "epochs": str(outcome.epochs) if outcome else "", "parameters": f"{outcome.parameters:,}" if outcome else "",
            **({"why": one.why} if one.why else {})}


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.map(lambda cell: spreadsheet(cell) if isinstance(cell, str) else cell).to_csv(index=False).encode("utf-8-sig")


def open_these(picked: list[Tried]) -> None:
    """Ways on for the trials that were picked."""
    if not picked:
        st.caption("Choose trials in the table, or a dot in the picture, to open them elsewhere.")
        return
    with st.container(horizontal=True, gap="small"):
        for one in picked:
            if one.config is not None:
                own = one.config.data.source == TABLE
                st.page_link(script("play/playground"), label=f"Trial {one.number + 1} in the Playground"
                             + (" (your table)" if own else ""), icon=":material/play_circle:", query_params=to_query(one.config))


def winner(search: Search) -> None:
    """The best trial, its test score, and what luck alone would have given."""
    ranked = search.ranked()
    if not ranked or ranked[0].config is None:
        return
    top, middle, measure = ranked[0], ranked[len(ranked) // 2], _measure(search)
    key = f"search/winner/{id(search)}"
    if key not in st.session_state:
        with st.spinner("Looking at the test rows, once …"):
            seen, test = apart(search.plan.base, search.plan.data, search.plan.test)
            held = concluded(search.plan, top.config) if len(test.y) else ()
            found = marks(middle.config, search.plan.data) if middle.config else np.array([])
            lucky = best_by_luck(found, len(ranked)) if len(found) else np.nan
            st.session_state[key] = held, _score_of(lucky, seen), len(test.y), len(seen.y_test)
    held, lucky, tested, judged = st.session_state[key]
    st.subheader("The winner, and how far to trust it")
    tiles = st.columns(4)
    tiles[0].metric(f"Best on validation rows ({measure.label})", measure.words(top.score))
    tiles[1].metric("The same network on test rows", measure.words(float(np.mean(held))) if held else "none are held out")
    tiles[2].metric("The middle trial", measure.words(middle.score))
    tiles[3].metric(f"Best of {len(ranked)} by luck alone", measure.words(lucky))
    st.markdown(f"**Trial {top.number + 1}**: {markdown(_said(top))}.")
    st.caption(f"Whoever picks the best of {len(ranked)} also picks the luckiest. If all of them were as good as the middle one, the "
               f"best would still be expected to show {measure.words(lucky)} on these {judged:,} validation rows, because rows are "
               f"few and scores shake. That is why the winner is judged once more, on {tested:,} rows that no trial has seen; they are "
               "looked at only now, and only for it: looking at them for every trial would make validation rows of them.")


def _score_of(goodness: float, seen: Any) -> float:
    """From the mean of marks to the score: −miss² to the typical miss."""
    if seen.target.measure.kind == "share" or np.isnan(goodness):
        return goodness
    return float(np.sqrt(max(0.0, -goodness)) * seen.target.scale)


def _measure(search: Search):
    seen, _ = apart(search.plan.base, search.plan.data, search.plan.test)
    return seen.target.measure


def _said(one: Tried) -> str:
    return ", ".join(f"{offer(path).label} {spelt(path, value)}" for path, value in one.picks.items())


def _place(one: Setting, value: Value) -> float:
    """Where a value stands on its axis, 0 to 1."""
    if isinstance(one, Listed):
        return one.values.index(value) / max(1, len(one.values) - 1)
    low, high, at = (float(np.log(x)) if one.log else float(x) for x in (one.low, one.high, float(value or 0)))
    return (at - low) / (high - low)
