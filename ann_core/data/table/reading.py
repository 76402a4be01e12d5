"""A small table from a file, a paste or an edit, and how it was read. A silently wrong table is worse than a refusal."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.data.table import names as column_names
from ann_core.data.table.body import body
from ann_core.data.table.cells import PIECE, convert
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
    lines_of,
    quoted,
    short,
)  # fmt: skip
from ann_core.data.table.column import Notes, Rule
from ann_core.data.table.dialect import layout
from ann_core.data.table.gate import opened
from ann_core.data.table.marks import find_marks
from ann_core.data.table.numbers import APOSTROPHES, MARKS, SPACES
from ann_core.data.table.packed import Packed
from ann_core.data.table.sentinels import sentinels

__all__ = [
    "CHOICES", "MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "Choices", "Question", "Refusal", "Report", "Table",
    "from_frame", "read_table",
]  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What was read, changed and left out, in sentences. They hold texts from the file as they are: escape them for the screen.

    choices: how it was read, all found out   nearly_numbers: text columns that `Choices.numbers` would sensibly name
    questions: what is in doubt   units: what was taken off the numbers of a column, where something was
    nameless: whether the first column is taken to have no name, because the names are one less than the columns
    sheets: those of a workbook, by name
    """

    read: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    choices: Choices = Choices()
    nearly_numbers: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    nameless: bool = False
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """A table of at least one row and two columns.

    name: the file's name, or what stands for it   digest: 16 hexadecimal digits of a hash of names and values
    frame: unique names; every column float64 or "str", NaN where a cell is missing, never infinite; the index counts the rows
    """

    name: str
    frame: pd.DataFrame
    report: Report
    digest: str

    @property
    def measured(self) -> tuple[str, ...]:
        """The columns from whose numbers a unit was taken off."""
        return tuple(name for name, unit in self.report.units if unit)


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
               for one in file.questions), *doubts, *(Question(sentence, tuple((words, replace(used, **changed)) for words,
                                                                               changed in answers))
                                         for sentence, answers in in_doubt)]  # fmt: skip
    asked += [Question(sentence, (("It is no number", replace(used, texts=(*used.texts, label))),))
              for label, sentence in notes.turned.items()]
    if choices.missing is None:
        asked += sentinels(columns, used)
    table = _table(name, columns, lines, rule, notes, read, renamed, ignored, used, asked, top.nameless)
    return replace(table, report=replace(table.report, sheets=file.sheets))


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
    return _table(name, columns, rows, rule, notes, [], renamed, empty, used)


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


def _table(
    name: str, columns: dict[str, pd.Series], lines: NDArray[np.int64], rule: Rule, notes: Notes,
    read: list[str], renamed: list[str], ignored: list[str], used: Choices, asked: Sequence[Question] = (),
    nameless: bool = False,
) -> Table:  # fmt: skip
    gone = [] if used.answers else [label for label, column in columns.items() if column.isna().all()]
    if gone:
        for label in gone:
            del columns[label]
        ignored = [*ignored, f"{count(len(gone), 'column')} with missing values only: {quoted(gone)}."]
    if len(columns) < 2 and not used.answers:
        raise Refusal(f"Expected at least two columns with values; this table has {len(columns)}. A network needs something to "
                      "learn from and something to learn.")
    gone_rows = np.ones(len(lines), dtype=bool)
    for column in columns.values():
        gone_rows &= column.isna().to_numpy()
    if gone_rows.any() and not used.answers:
        for label in columns:  # one by one: a second table would not fit into the memory
            columns[label] = columns[label][~gone_rows].reset_index(drop=True)
        where = lines_of(lines[gone_rows].tolist()).replace("line", rule.row)
        ignored = [*ignored, f"{count(int(gone_rows.sum()), 'row')} with missing values only: {where}."]
    frame = pd.DataFrame(columns, copy=False)
    of_numbers = sum(column.dtype.kind == "f" for column in columns.values())
    kinds = f"{of_numbers:,} of numbers, {len(columns) - of_numbers:,} of text"
    read = [f"{count(len(frame), 'row')} and {count(len(columns), 'column')}: {kinds}.", *read]
    if notes.marks:
        marks = ", ".join(f'"{short(mark)}" ({number:,})' for mark, number in notes.marks.most_common(6))
        read.append(f"Missing cells are marked by {marks}.")
    changed = [*renamed, *notes.changed]
    if notes.thousands:
        label, cell, _ = notes.thousands[0]
        where = quoted([label for label, *_ in notes.thousands])
        changed.append(f'Marks between thousands taken out, as in "{short(cell)}", in {where}.')
    if notes.stripped:
        changed.append(f"Spaces around {count(notes.stripped, 'cell')} taken off.")
    report = Report(tuple(read), tuple(changed), tuple(ignored), used, tuple(notes.nearly), tuple(asked),
                    tuple(notes.units.items()), nameless)
    return Table(short(name, 80) or "table", frame, report, _digest(frame))


def _digest(frame: pd.DataFrame) -> str:
    """A hash that is the same for the same names and values, wherever they came from."""
    state = hashlib.blake2b(digest_size=8)
    for label, column in frame.items():
        if column.dtype.kind == "f":
            values: NDArray[np.float64] = column.to_numpy() + 0.0  # -0.0 becomes 0.0
            values[np.isnan(values)] = np.nan  # of all NaNs one
            kind, content = b"number", bytearray(values)
        else:
            kind, content = b"text", bytearray()
            for first in range(0, len(column), PIECE):  # no cell holds a line break, so these separate
                some = column.iloc[first : first + PIECE].fillna("\r").to_numpy(dtype=object)
                content += "\n".join((*some, "")).encode()
            content.pop()
        for part in (str(label).encode(), kind, content):
            state.update(len(part).to_bytes(8, "big"))
            state.update(part)
    return state.hexdigest()
