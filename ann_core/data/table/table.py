"""What a table is: its values and a report on how they were read. A silently wrong table is worse than a refusal."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.data.table.cells import PIECE
from ann_core.data.table.choices import Choices, Question, Refusal, count, lines_of, quoted, short
from ann_core.data.table.column import Notes, Rule


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


def tabled(
    name: str, columns: dict[str, pd.Series], lines: NDArray[np.int64], rule: Rule, notes: Notes, report: Report,
) -> Table:  # fmt: skip
    """The table of these columns, which are used up. Raises Refusal when too few have values.

    report: what is known before the columns are looked at; what was noted about them, and what they lack, is added
    """
    ignored = [*report.ignored]
    gone = [] if report.choices.answers else [label for label, column in columns.items() if column.isna().all()]
    if gone:
        for label in gone:
            del columns[label]
        ignored.append(f"{count(len(gone), 'column')} with missing values only: {quoted(gone)}.")
    if len(columns) < 2 and not report.choices.answers:
        raise Refusal(f"Expected at least two columns with values; this table has {len(columns)}. A network needs something to "
                      "learn from and something to learn.")
    gone_rows = np.ones(len(lines), dtype=bool)
    for column in columns.values():
        gone_rows &= column.isna().to_numpy()
    if gone_rows.any() and not report.choices.answers:
        for label in columns:  # one by one: a second table would not fit into the memory
            columns[label] = columns[label][~gone_rows].reset_index(drop=True)
        where = lines_of(lines[gone_rows].tolist()).replace("line", rule.row)
        ignored.append(f"{count(int(gone_rows.sum()), 'row')} with missing values only: {where}.")
    frame = pd.DataFrame(columns, copy=False)
    report = replace(report, read=(_size(frame), *report.read, *_marks(notes)), changed=(*report.changed, *_changed(notes)),
                     ignored=tuple(ignored), nearly_numbers=tuple(notes.nearly), units=tuple(notes.units.items()))
    return Table(short(name, 80) or "table", frame, report, _digest(frame))


def _size(frame: pd.DataFrame) -> str:
    of_numbers = sum(column.dtype.kind == "f" for _, column in frame.items())
    kinds = f"{of_numbers:,} of numbers, {len(frame.columns) - of_numbers:,} of text"
    return f"{count(len(frame), 'row')} and {count(len(frame.columns), 'column')}: {kinds}."


def _marks(notes: Notes) -> Sequence[str]:
    marks = ", ".join(f'"{short(mark)}" ({number:,})' for mark, number in notes.marks.most_common(6))
    return [f"Missing cells are marked by {marks}."] if marks else []


def _changed(notes: Notes) -> Sequence[str]:
    changed = [*notes.changed]
    if notes.thousands:
        _, cell, _ = notes.thousands[0]
        where = quoted([label for label, *_ in notes.thousands])
        changed.append(f'Marks between thousands taken out, as in "{short(cell)}", in {where}.')
    if notes.stripped:
        changed.append(f"Spaces around {count(notes.stripped, 'cell')} taken off.")
    return changed


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
