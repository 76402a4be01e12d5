"""A second file answered by a network, and how many answers are right if the truth is in it too."""

import csv
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from ann_core.base.numbers import number, percent, rows
from ann_core.base.spelling import words
from ann_core.base.words import listed
from ann_core.data.table.choices import CHOICES, Choices
from ann_core.data.table.classes import as_labels
from ann_core.data.table.columns import short
from ann_core.data.table.encoder import CategoryColumn, NumberColumn
from ann_core.data.table.own import Own
from ann_core.data.table.second import read_second
from ann_core.export.saved import Trained
from ann_core.judge.metrics import score
from ui.text import markdown, spreadsheet

SHOWN = 200
"""Rows of answers shown."""
FEW = 6
"""So many stand there without a scroll bar."""


def answer_file(network: Trained, own: Own) -> None:
    """The upload, the answers, their download."""
    wanted = [column.name for column in network.saved.columns.columns]
    st.caption(f"A second file with the same columns, in any order: {markdown(listed(wanted, 6))}.")
    given = st.file_uploader("A file to answer", key="own/score", label_visibility="collapsed", max_upload_size=10)
    if given is None:
        return
    try:
        numbers = [c.name for c in network.saved.columns.columns if isinstance(c, NumberColumn)]
        table, different = read_second(given.getvalue(), given.name, own.table, wanted, numbers)
        answers = network.answers(table.frame)
    except ValueError as refusal:
        st.error(markdown(str(refusal)), icon=":material/block:")
        return
    far = outside_of(network, table.frame)
    if count := int(far.any(axis=1).sum()):
        names = markdown(listed([short(name) for name in far if far[name].any()]))
        st.caption(f":material/warning: In {rows(count)} values lie far outside of what the network learned from ({names}); "
                   "the last column names them. Such answers are guesses, however sure they look.")
    for column in network.saved.columns.columns:
        if unknown := int(column.unknown(table.frame[column.name]).sum()):
            how = "any other" if isinstance(column, CategoryColumn) and column.other else "gaps"
            st.caption(f"{unknown:,} cells of {markdown(column.name)} hold what the network has never seen and count as {how}.")
    if told := (*different, *table.report.changed, *table.report.ignored):
        st.caption(markdown("While reading: " + " ".join(told)))
    result = answered(network, table.frame, answers, far)
    st.markdown(f"**{len(result):,} rows answered.** {_right(network, table.frame, answers)}")
    used = own.table.report.choices
    st.dataframe(spelt(result.head(SHOWN), used, [*table.frame]), hide_index=True,
                 height=240 if len(result) > FEW else "content")
    st.download_button("Download the answers", to_csv(result, used), "answers.csv", "text/csv", icon=":material/download:",
                       on_click="ignore", key="own/answers")
    st.caption(f"As your first file is written: {dialect(used)}.")


def answered(network: Trained, frame: pd.DataFrame, answers: np.ndarray, far: pd.DataFrame) -> pd.DataFrame:
    """The rows with the network's answers as further columns, and what lies far outside of what it learned if any does."""
    target, found = network.saved.target, frame.copy()
    if network.task == "regression":
        found[free_name(f"predicted {target.name}", found)] = answers
        return _with_outside(found, far)
    known = np.isfinite(answers).all(axis=1)
    places = np.nan_to_num(answers).argmax(axis=1)
    named = np.where(known, np.array(target.classes, dtype=object)[places], None)
    found[free_name(f"predicted {target.name}", found)] = named
    for k, name in enumerate(target.classes):
        found[free_name(f"probability of {name}", found)] = answers[:, k]
    return _with_outside(found, far)


def _with_outside(found: pd.DataFrame, far: pd.DataFrame) -> pd.DataFrame:
    named = np.full(len(found), "", dtype=object)
    for place in np.flatnonzero(far.any(axis=1)):
        named[place] = ", ".join(far.columns[far.iloc[place]])
    if named.any():
        found[free_name("far outside of what was learned", found)] = pd.Series(named, index=found.index, dtype="str")
    return found


def outside_of(network: Trained, frame: pd.DataFrame) -> pd.DataFrame:
    """For each row and each column whether its value lies far outside of what was learned."""
    return pd.DataFrame({column.name: column.outside(frame[column.name]) for column in network.saved.columns.columns},
                        index=frame.index)


def free_name(name: str, frame: pd.DataFrame) -> str:
    while name in frame:
        name += " (network)"
    return name


def _right(network: Trained, frame: pd.DataFrame, answers: np.ndarray) -> str:
    """How many are right, when the file holds the truth too."""
    target = network.saved.target
    if target.name not in frame:
        return ""
    truth = frame[target.name]
    if network.task == "regression":
        known = truth.notna().to_numpy() & (truth.dtype == np.float64)
        miss = -score(truth[known].to_numpy(), answers[known], "regression")
        return f"Typical miss (RMSE) {number(miss)}." if known.any() else ""
    place = pd.Index(target.classes).get_indexer(pd.Index(as_labels(truth)))
    known = place >= 0
    if not known.any():
        return ""
    right = score(place[known], answers[known], "classification")
    return f"{percent(right)} of {known.sum():,} right (rows that it has learned from say little)."


def _marks(used: Choices) -> tuple[str, str]:
    """What separates cells, and the decimal mark. Spaces would tear texts apart, and one mark cannot be both."""
    decimal = used.decimal or "."
    delimiter = used.delimiter if used.delimiter and used.delimiter.strip(" ") else ";"
    return ";" if delimiter == decimal else delimiter, decimal


def spelt(frame: pd.DataFrame, used: Choices, given: Sequence[str]) -> Styler:
    """Numbers as the first file would have them, to be looked at: 424.410,5 beside a decimal comma. Columns of whole numbers
    below ten thousand have no mark, since they may be years. given: the file's own columns; answers have fewer digits"""
    _, decimal = _marks(used)
    marks = {ord(","): used.thousands or ("." if decimal == "," else ","), ord("."): decimal}

    def spell(column: pd.Series) -> Callable[[float], str]:
        digits = 10 if column.name in given else 5
        small = not (column.abs() >= 10_000).any() and bool((column.dropna() % 1 == 0).all())
        own = {**marks, ord(","): ""} if small else marks
        return lambda value: "" if np.isnan(value) else words(value, digits).translate(own)

    return frame.style.format({name: spell(frame[name]) for name in frame if frame[name].dtype == np.float64})


def dialect(used: Choices) -> str:
    """How answers are written, in words."""
    delimiter, decimal = _marks(used)
    return f"cells separated by a {dict(CHOICES['delimiter'])[delimiter]}, decimal {'comma' if decimal == ',' else 'point'}"


def to_csv(frame: pd.DataFrame, used: Choices = Choices()) -> bytes:  # noqa: B008  frozen
    """A CSV that opens in a spreadsheet with its letters right and without calculating anything. Numbers stay numbers.

    All text stands in quotation marks: LibreOffice also ends a cell at a semicolon, a tab or a bare return, and might calculate
    what comes after it. used: how the first file was read: its marks are those of this one
    """
    delimiter, decimal = _marks(used) if used.delimiter else (",", ".")
    safe = frame.copy()
    for name in safe:
        if safe[name].dtype != np.float64:
            safe[name] = safe[name].map(lambda cell: spreadsheet(cell) if isinstance(cell, str) else cell)
    safe.columns = [spreadsheet(str(name)) for name in safe]
    return safe.to_csv(index=False, sep=delimiter, decimal=decimal, quoting=csv.QUOTE_NONNUMERIC,
                       lineterminator="\r\n").encode("utf-8-sig")
