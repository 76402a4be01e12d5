"""Below the stage, opened on a click: the rows of a table that come back worst, and the columns in which they do not fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from ann_core import Run
from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.data import SOURCES
from ann_core.data.prepare import SPLIT_STREAM
from ann_core.data.split import split
from ann_core.data.table.encoder import OTHER, CategoryColumn
from ann_core.data.table.own import Own
from ann_core.film.recording import Recording
from ann_core.judge.oddity import oddity
from ui.your_data import session

MOST, COLUMNS = 12, 3
"""Rows listed, and columns named of each."""
MOST_ROWS = 20_000
"""Rows of a table that are judged."""
NO_ERRORS = "The network's numbers are beyond all measure at this moment, so no row can be judged."


@dataclass(frozen=True)
class Rows:
    """All rows of a table. raw: (N, D) unscaled inputs   numbers: of the rows in the table, from 1   learned: which of them the
    network learned from   names, groups: its columns and their inputs   cell: (row, column) as it stands in the table
    expected: (row of inputs, column) what came back, in words   target: name and (row) its value"""

    raw: NDArray
    numbers: NDArray
    learned: NDArray
    names: Sequence[str]
    groups: Sequence[Sequence[int]]
    cell: Callable[[int, int], str]
    expected: Callable[[Array, int], str]
    target: tuple[str, Callable[[int], str]]


def odd_rows(key: str, recording: Recording, step: int | None) -> None:
    """At the moment where the film rests; None: as far as it has come."""
    box = st.expander("Odd rows: what comes back badly, and in which columns", key=f"{key}/odd", on_change="rerun",
                      icon=":material/rule:")
    with box:
        if not box.open:
            return
        run = recording.latest if step is None else recording.at(step)
        own = session.own_of(run.config.data)
        if run.config.data.table and own is None:
            st.caption("This table is no longer here. Bring it in again on the page Your data.")
            return
        rows = _own(own) if own else _bundled(run)
        found = oddity(run, rows.raw, rows.groups)
        worst = found.oddest(MOST)
        if not worst:
            st.caption(NO_ERRORS)
            return
        usual = words(float(np.median(found.rows)), 3)
        st.caption(f"A row's oddity is the mean squared error with which it comes back, at epoch {run.epoch:.3g}, where the "
                   f"film rests; the median of all {len(rows.raw):,} rows is {usual}. An odd row need not be wrong: its values "
                   "do not go together as those of the others do.")
        told = [_told(rows, found.columns[i], found.back[i], i) for i in worst]
        st.dataframe(pd.DataFrame(told), hide_index=True, key=f"{key}/rows")
        if len(rows.names) == 1:
            st.caption("With one column there is nothing that must go together: odd is only what is far from the rest.")


def _told(rows: Rows, errors: Array, back: Array, i: int) -> dict[str, object]:
    """One row in words, its worst columns first."""
    total, order = errors.sum(), np.argsort(-errors, kind="stable")[:COLUMNS]
    odd = [f"{rows.names[c]}: {rows.cell(i, c)}, expected {rows.expected(back, c)} ({errors[c] / total:.0%} of the error)"
           for c in order if errors[c] > 0]
    name, value = rows.target
    return {"row": int(rows.numbers[i]), "oddity": round(float(total), 3),
            "learned from": "yes" if rows.learned[i] else "held out", name: value(i),
            "what does not fit, most of all": "; ".join(odd)}


def _bundled(run: Run) -> Rows:
    """A table that comes with the playground; its columns are numbers."""
    c, dataset = run.config.data, SOURCES[run.config.data.source].dataset()
    train, _, _ = split(dataset.y, dataset.class_names, c.test_share, np.random.default_rng([c.seed, SPLIT_STREAM]))
    learned = np.isin(np.arange(len(dataset.y)), train)

    def target(i: int) -> str:
        return dataset.class_names[dataset.y[i]] if dataset.class_names else words(float(dataset.y[i]))

    return Rows(dataset.X, np.arange(1, len(dataset.y) + 1), learned, dataset.feature_names,
                [[i] for i in range(dataset.X.shape[1])], lambda i, column: words(float(dataset.X[i, column])),
                lambda back, column: words(float(back[column]), 3), (dataset.target_name, target))


def _own(own: Own) -> Rows:
    """The visitor's own table, its columns as they stand there."""
    columns, frame = own.encoder.columns, own.table.frame
    groups = [own.encoder.groups[column.name] for column in columns]
    learned = np.isin(np.arange(len(own.rows)), own.train)[:MOST_ROWS]

    def cell(i: int, column: int) -> str:
        value = frame[columns[column].name].iloc[own.rows[i]]
        return "a gap" if pd.isna(value) else words(value) if isinstance(value, float) else str(value)[:60]

    def expected(back: Array, column: int) -> str:
        told, shares = columns[column], back[list(groups[column])]
        if not isinstance(told, CategoryColumn):
            return words(float(shares[0]), 3)
        if len(shares) == 1:
            return told.values[-1] if shares[0] >= 0.5 else told.values[0]
        return (*told.values, OTHER)[int(shares.argmax())]

    target = own.preparation.target
    return Rows(own.X[:MOST_ROWS], own.rows[:MOST_ROWS] + 1, learned, [column.name for column in columns], groups, cell,
                expected, (target, lambda i: str(frame[target].iloc[own.rows[i]])))
