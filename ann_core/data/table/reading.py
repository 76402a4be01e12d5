"""A small table from a file, a paste or an edit."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ann_core.data.table import names as column_names
from ann_core.data.table.body import body
from ann_core.data.table.cells import convert
from ann_core.data.table.choices import (
    CHOICES,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    SURE_MARKS,
    Choices,
    Question,
    Refusal,
    count,
    quoted,
)  # fmt: skip
from ann_core.data.table.column import Notes, Rule
from ann_core.data.table.dialect import layout
from ann_core.data.table.gate import opened
from ann_core.data.table.marks import Doubt, find_marks
from ann_core.data.table.numbers import APOSTROPHES, MARKS, SPACES
from ann_core.data.table.packed import Packed
from ann_core.data.table.sentinels import sentinels
from ann_core.data.table.table import Report, Table, tabled

__all__ = [
    "CHOICES", "MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "Choices", "Question", "Refusal", "Report", "Table",
    "from_frame", "read_table",
]  # fmt: skip


def read_table(
    data: bytes, name: str, choices: Choices = Choices(), like: Choices | None = None,  # noqa: B008  frozen
) -> Table:  # fmt: skip
    """The table in a file's bytes. choices: what is known about it; the rest is found out and told. Raises Refusal.

    like: how a file of the same kind was read; it settles what would be in doubt
    """
    file = opened(data, choices.encoding, like.encoding if like else None, choices.sheet)
    if file.sheet:  # its cells are separated by our own reader
        choices = replace(choices, delimiter=",", quote='"', sheet=file.sheet)
    found, doubts = layout(file.text, choices)
    top = found.heading
    rows = body(file.text, found, choices.sample)
    raw, lines = rows.columns, rows.lines
    file = replace(file, text=b"")  # its memory is needed for the columns
    named = top.names or tuple(f"column {place + 1}" for place in range(found.width))
    cells = [_unlabelled(column, label) for column, label in zip(raw, top.labels or [""] * len(raw), strict=True)]
    kept, unnamed_index, empty = _worth_keeping(named, raw, choices.answers)
    given, renamed = column_names.cleaned([named[place] for place in kept])
    decimal, in_doubt = (choices.decimal, []) if choices.decimal else find_marks(
        [raw[place] for place in kept], given, found.delimiter, like.decimal if like else None)
    marks = tuple(MARKS) if choices.thousands in (None, decimal) else (choices.thousands,)
    rule = Rule(decimal, marks, SURE_MARKS if choices.missing is None else choices.missing, choices.merge)
    of_groups = replace(rule, decimal="," if decimal == "." else ".", thousands=(decimal,))

    notes = Notes()
    columns = {}
    for label, place in zip(given, kept, strict=True):
        columns[label] = convert(label, cells[place], lines, of_groups if label in choices.grouped else rule,
                                 label in choices.numbers, notes, label in choices.texts)
    ignored = [*top.ignored, *rows.ignored, *unnamed_index, *empty]
    used = replace(choices, encoding=file.encoding, delimiter=found.delimiter, decimal=decimal, thousands=_thousands(notes),
                   header=top.names is not None and not top.labels, missing=rule.missing, quote=found.quote)
    read = [found.described(decimal), f"Encoding: {dict(CHOICES['encoding'])[file.encoding]}.", *file.notes, *top.read,
            *rows.read]
    asked = [*(replace(one, answers=tuple((words, replace(choices, encoding=answer.encoding)) for words, answer in one.answers))
               for one in file.questions), *doubts, *_doubts(in_doubt, notes, used)]
    if choices.missing is None:
        asked += sentinels(columns, used)
    return tabled(name, columns, lines, rule, notes, Report(
        tuple(read), tuple(renamed), tuple(ignored), used, questions=tuple(asked), nameless=top.nameless, sheets=file.sheets))


def _doubts(in_doubt: Iterable[Doubt], notes: Notes, used: Choices) -> Iterator[Question]:
    """What is in doubt about numbers: their decimal mark, and columns that may be none. used: what was taken for now"""
    for sentence, answers in in_doubt:
        yield Question(sentence, tuple((words, replace(used, **changed)) for words, changed in answers))
    for label, sentence in notes.turned.items():
        yield Question(sentence, (("It is no number", replace(used, texts=(*used.texts, label))),))


def _unlabelled(column: Packed, label: str) -> Iterable[str]:
    """The cells for the last time, without the column's name in front of each."""
    start = re.compile(rf"\s*{re.escape(label)}\s*[:=]\s*")
    return (start.sub("", cell, count=1) for cell in column.emptied()) if label else column.emptied()


def from_frame(frame: pd.DataFrame, name: str) -> Table:
    """A table from a frame that was edited by hand, with the same guarantees as one from a file. Raises Refusal."""
    if len(frame) > MAX_ROWS or len(frame.columns) > MAX_COLUMNS:
        raise Refusal(f"Expected at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns; received {len(frame):,} and "
                      f"{len(frame.columns):,}. Leave some out.")
    rows = np.arange(1, len(frame) + 1)
    raw = [_as_text(frame.iloc[:, place]) for place in range(len(frame.columns))]
    if not len(rows):
        raise Refusal("Expected at least one row with values; there is none. Type some in.")
    kept, _, empty = _worth_keeping([str(label) or "x" for label in frame.columns], raw)
    given, renamed = column_names.cleaned([str(frame.columns[place]) for place in kept])
    notes = Notes()
    rule = Rule(".", (), SURE_MARKS, merge=True, row="row", units=False)
    columns = {label: convert(label, raw[place], rows, rule, False, notes) for label, place in zip(given, kept, strict=True)}
    used = Choices(decimal=".", thousands="", header=True, missing=SURE_MARKS)
    return tabled(name, columns, rows, rule, notes, Report(changed=tuple(renamed), ignored=tuple(empty), choices=used))


def _as_text(column: pd.Series) -> list[str]:
    """Values as a file would hold them; missing ones empty."""
    whole = column.dtype.kind == "f"
    return ["" if gone else repr(float(value)).removesuffix(".0") if whole else str(value)
            for value, gone in zip(column.tolist(), column.isna().tolist(), strict=True)]


def _worth_keeping(
    named: Sequence[str], raw: Sequence[Iterable[str]], answers: bool = False,
) -> tuple[list[int], list[str], list[str]]:  # fmt: skip
    """Places of the columns that say something, for answers of all with a name; sentences about those left out."""
    index, told, blank, empty = [], [], 0, []
    for place, cells in enumerate(raw):
        if place == 0 and named[0].strip() in ("", "Unnamed: 0") and _counts(cells):
            index.append(place)
            told.append("The first column has no name and only numbers the rows.")
        elif answers and named[place].strip():
            continue
        elif not any(map(str.strip, cells)):
            index.append(place)
            blank += not named[place].strip()
            empty += [named[place]] if named[place].strip() else []
    gone = [f"{count(blank, 'empty column')} without a name."] if blank else []
    gone += [f"{count(len(empty), 'empty column')}: {quoted(empty)}."] if empty else []
    return [place for place in range(len(raw)) if place not in set(index)], told, gone


def _counts(cells: Iterable[str]) -> bool:
    """Whether a column only counts the rows, from 0 or 1."""
    first = next(iter(cells)).strip()
    return first in ("0", "1") and all(cell.strip() == str(row) for row, cell in enumerate(cells, int(first)))


def _thousands(notes: Notes) -> str | None:
    """The mark between thousands that was found; "" when none was, None when there were several."""
    marks = {mark: mark for mark in ",."} | dict.fromkeys(SPACES, " ") | dict.fromkeys(APOSTROPHES, "'")
    found = {marks[character] for _, _, characters in notes.thousands for character in characters if character in marks}
    return found.pop() if len(found) == 1 else None if found else ""
