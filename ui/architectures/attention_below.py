"""Under the stage of the Attention lab, at the moment where the film rests: a question of one's own, and other lengths."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from ann_core import Run
from ann_core.base.measure import ACCURACY
from ann_core.film.recording import Recording
from ann_core.judge.answers import LENGTHS, MOST, ROWS, ask, right_by_length, task_of
from ann_core.judge.names import task_of as names_of
from ui.architectures.naming import naming
from ui.charts.lengths import over_lengths as chart
from ui.colors import ACCENT, RUNS
from ui.lessons.parts import table
from ui.text import markdown

BEGUN = {"answer_sum": "47+8", "answer_date": "3 May 2021"}
"""Questions that stand there first; else digits."""
ANY_DIGITS = ("answer_turned", "answer_sorted", "answer_copied")


def below(key: str, recordings: Sequence[Recording], names: Sequence[str]) -> None:
    """What there is for the task of these runs."""
    rest = st.session_state.get(f"{key}/rest", {})

    def now(recording: Recording) -> Run:
        step = rest.get(recording.id)
        return recording.latest if step is None else recording.at(step)

    first = recordings[0].present
    if task_of(first) is None and names_of(first) is None:
        return
    runs = {name: now(recording) for name, recording in zip(names, recordings, strict=True)}
    if names_of(first):
        naming(key, runs)
        return
    _question(key, runs)
    if first.config.data.source in ANY_DIGITS:
        box = st.expander("Longer and shorter questions: how many answers are right?", key=f"{key}/lengths", on_change="rerun",
                          icon=":material/straighten:")
        if box.open:
            with box:
                _lengths(runs)


def _question(key: str, runs: Mapping[str, Run]) -> None:
    first = next(iter(runs.values()))
    source, task = first.config.data.source, task_of(first)
    assert task is not None
    with st.container(border=True):
        st.markdown("**Ask it yourself**", help="Each token of the answer is the likeliest one after those before it. It "
                    "answers as it is where the film rests: play, pause anywhere, or drag its timeline.")
        question = st.text_input("Question", BEGUN.get(source, "314159"), key=f"{key}/question/{source}", max_chars=MOST)
        question = question.strip()
        try:
            right = task.right(question) if question else None
        except ValueError as error:
            right = None
            st.caption(markdown(str(error)))
        for place, (name, run) in zip(st.columns(len(runs)), runs.items(), strict=True):
            with place:
                _answer(name if len(runs) > 1 else "", run, question, right)


def _answer(name: str, run: Run, question: str, right: str | None) -> None:
    when = f"{markdown(name[0].upper() + name[1:])}, at epoch {run.epoch:.3g}" if name else f"At epoch {run.epoch:.3g}"
    try:
        said, tokens, sure, glances = ask(run, question)
    except ValueError as error:
        st.warning(f"{when}: {markdown(str(error))}", icon=":material/block:")
        return
    wrong = f" :material/close: right: {markdown(right or '')}"
    verdict = "" if right is None else " :material/check: right" if said == right else wrong
    st.markdown(f"{when}: **{markdown(said) or '(nothing)'}**{verdict}")
    look = next((glance for glance in glances if glance.writes), None)
    columns = {"writes": [markdown(token if token != " " else "␣") for token in tokens],
               "sure": [f"{100 * share:.0f} %" for share in sure]}
    if look is not None:
        padded = look.P.shape[-1] - len(question)
        where = [int(row.argmax()) - padded for row in look.P[0][:len(tokens)]]
        columns["looks most at"] = [markdown(f"{question[place]} (place {place + 1})") if 0 <= place < len(question)
                                    else "padding" for place in where]
    table(tuple(columns), list(zip(*columns.values(), strict=True)))


def _lengths(runs: Mapping[str, Run]) -> None:
    first = next(iter(runs.values()))
    found = {name: right_by_length(run) for name, run in runs.items()}
    colors = list(RUNS[:len(runs)]) if len(runs) > 1 else [ACCENT]
    st.altair_chart(chart(found, LENGTHS, first.config.data.length, colors, "whole answers right", True))
    said = [f"{name}: " + ", ".join(f"{ACCURACY.words(value)} at {length}" if np.isfinite(value) else f"none at {length}"
                                    for length, value in zip(LENGTHS, values, strict=True)) for name, values in found.items()]
    st.caption(markdown(f"{ROWS} new questions of each length, answered freely, at epoch {first.epoch:.3g}, where the film "
                        f"rests. It learned from questions of at most {first.config.data.length}, dashed. "
                        f"{'. '.join(said)}."))
