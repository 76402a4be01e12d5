"""A column while its cells are converted, and what is told about all columns."""

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.data.table import numbers
from ann_core.data.table.choices import lines_of, quoted, short

Mask = NDArray[np.bool_]


@dataclass
class Notes:
    """What is told about all columns: sentences, and what is counted over the columns. units: what was taken off, by column
    turned: columns with cells of the other decimal mark, and a sentence that asks about them"""

    changed: list[str] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)
    stripped: int = 0
    thousands: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)  # column, a cell, all characters
    nearly: list[str] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    turned: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """How the cells of a table are read, the same for all columns. row: what is counted, lines of a file or rows of a table.

    units: whether what stands around numbers is taken off
    """

    decimal: str
    thousands: tuple[str, ...]
    missing: tuple[str, ...]
    merge: bool
    row: str = "line"
    units: bool = True

    @property
    def gaps(self) -> tuple[float, ...]:
        """The numbers that count as missing: a visitor may have said that -99 is a missing cell."""
        return tuple(float(mark) for mark in self.missing if mark and re.fullmatch(numbers.PLAIN, mark))

    @property
    def plain(self) -> bool:
        """Whether cells that look plain are numbers."""
        return self.decimal == "." and not self.gaps


@dataclass(frozen=True)
class Converted:
    """A column while it is converted: all is worked out once for each different cell.

    kinds: the different cells, tidy   codes: of every row, which of them it is   counts: how many rows each has
    """

    name: str
    kinds: pd.Series
    codes: NDArray[np.int64]
    counts: NDArray[np.int64]
    lines: NDArray[np.int64]
    rule: Rule
    notes: Notes

    def rows(self, which: Mask) -> int:
        return int(self.counts[which].sum())

    def where(self, which: Mask) -> str:
        """The lines of some cells in words."""
        return lines_of(self.lines[which[self.codes]].tolist()).replace("line", self.rule.row)

    def shown(self, which: Mask) -> str:
        """Some cells and their lines in words."""
        return f"{quoted(list(dict.fromkeys(self.kinds[which])))} in {self.where(which)}"

    def one(self, place: int) -> str:
        """A cell and the first line that it stands in, in words."""
        line = self.lines[np.argmax(self.codes == place)]
        return f'"{short(self.kinds.iloc[place])}" in {self.rule.row} {line:,}'

    def tell(self, sentence: str) -> None:
        self.notes.changed.append(f'Column "{short(self.name)}"{sentence}')

    def count_marks(self, which: Mask) -> None:
        if not which.any():
            return
        for mark, number in zip(self.kinds[which], self.counts[which], strict=True):
            self.notes.marks[mark] += int(number)
