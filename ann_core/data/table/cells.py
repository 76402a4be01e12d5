"""One column of cells becomes numbers or tidy text. Whatever is changed or guessed is told."""

import itertools
import operator
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.data.table import numbers
from ann_core.data.table.choices import LIKELY_MARKS, MAX_CELL, count, lines_of, quoted, short
from ann_core.data.table.names import CONTROLS, INVISIBLE

FEW_LABELS, MOST_SPELLINGS = 50, 500
PIECE = 1_000
"""Cells that stand in memory one by one while texts are made or hashed."""
NEARLY = 0.8
"""A column with this share of numbers, but not all, is text; that is told, because it is rarely meant."""
Mask = NDArray[np.bool_]


@dataclass
class Notes:
    """What is told about all columns: sentences, and what is counted over the columns."""

    changed: list[str] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)
    stripped: int = 0
    thousands: list[tuple[str, str]] = field(default_factory=list)  # column, a cell
    nearly: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rule:
    """How the cells of a table are read, the same for all columns. row: what is counted, lines of a file or rows of a table."""

    decimal: str
    thousands: tuple[str, ...]
    missing: tuple[str, ...]
    merge: bool
    row: str = "line"

    @property
    def plain(self) -> bool:
        """Whether cells that look plain are numbers: a visitor may have said that -99 is a missing cell."""
        return self.decimal == "." and not any(mark and re.fullmatch(numbers.PLAIN, mark) for mark in self.missing)


@dataclass(frozen=True)
class _Column:
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

    def tell(self, sentence: str) -> None:
        self.notes.changed.append(f'Column "{short(self.name)}"{sentence}')

    def count_marks(self, which: Mask) -> None:
        for mark, number in zip(self.kinds[which], self.counts[which], strict=True):
            self.notes.marks[mark] += int(number)


def convert(
    name: str, cells: Iterable[str], lines: NDArray[np.int64], rule: Rule, as_numbers: bool, notes: Notes,
) -> pd.Series:  # fmt: skip
    """A column as float64 or as text, missing cells NaN. as_numbers: cells that are no numbers count as missing.

    cells: as they stand in the file, (rows,)   lines: where the rows stand, (rows,)
    """
    codes, counts, kinds, stripped = _different(cells, len(lines))
    notes.stripped += stripped
    if rule.plain and kinds.str.fullmatch(numbers.PLAIN).all():
        return pd.Series(kinds.replace("", "nan").to_numpy(dtype=object).astype(np.float64)[codes])
    unseen = kinds.str.contains(f"{CONTROLS}|{INVISIBLE}", regex=True).to_numpy(dtype=bool)
    if unseen.any():
        clean = kinds.str.replace(INVISIBLE, "", regex=True).str.replace(f"{CONTROLS}+", " ", regex=True).str.strip()
        kinds = kinds.where(~unseen, clean)
    column = _Column(name, kinds, codes, counts, lines, rule, notes)
    marked = kinds.isin([mark for mark in rule.missing if mark]).to_numpy(dtype=bool)
    missing = marked | (kinds == "").to_numpy(dtype=bool)
    column.count_marks(marked)
    if unseen.any():
        column.tell(f": line breaks, control characters or invisible characters taken out of "
                    f"{count(column.rows(unseen), 'cell')}, {column.where(unseen)}.")
    worth = _numbers(column, missing, as_numbers)
    return pd.Series(worth[codes]) if worth is not None else _text(column, missing)


def _different(cells: Iterable[str], rows: int) -> tuple[NDArray[np.int64], NDArray[np.int64], pd.Series, int]:
    """Of every row which of the different cells it is, how many rows each has, the cells without the spaces around them in
    the order in which they first come, and the number of rows that had such spaces."""
    place = defaultdict[str, int](itertools.count().__next__)
    codes = np.fromiter(map(place.__getitem__, cells), np.int64, rows)
    counts = np.bincount(codes)
    kinds = [*map(str.strip, place)]
    stripped = int(counts[[*map(operator.ne, kinds, place)]].sum())
    del place
    pieces = []  # a text array that is made in one piece is copied as it grows, and takes up to four times its size
    while kinds:
        pieces.append(pd.Series(kinds[:PIECE], dtype="str"))
        del kinds[:PIECE]
    return codes, counts, pd.concat(pieces, ignore_index=True), stripped


def _numbers(column: _Column, missing: Mask, forced: bool) -> NDArray[np.float64] | None:
    """What every different cell is worth, or None when the column is text."""
    kinds, rule = column.kinds, column.rule
    fits = kinds.str.fullmatch(numbers.pattern(rule.decimal, rule.thousands)).to_numpy(dtype=bool) & ~missing
    if not forced and not fits.any():
        return None
    infinite = kinds.str.fullmatch(numbers.INFINITE).to_numpy(dtype=bool) & ~missing
    likely = (kinds.str.lower().isin(LIKELY_MARKS) if rule.missing else kinds == 0).to_numpy(dtype=bool) & ~missing
    other = ~(fits | infinite | likely | missing)
    if not forced and other.any():
        if column.rows(fits) >= NEARLY * column.rows(fits | other):
            no = count(column.rows(other), "cell is no number", "cells are no numbers")
            column.tell(f" stays text because {no}: {column.shown(other)}. Read as numbers, such cells would count as missing.")
            column.notes.nearly.append(column.name)
        return None
    worth = np.full(len(kinds), np.nan)
    worth[fits] = numbers.values(kinds[fits], rule.decimal)
    if not forced and (why := _why_text(kinds[fits])):
        column.tell(f" stays text: {why}.")
        column.notes.nearly.append(column.name)
        return None
    infinite |= np.isinf(worth)
    worth[infinite] = np.nan
    column.count_marks(likely)
    _tell_numbers(column, fits, infinite, other)
    return worth


def _tell_numbers(column: _Column, fits: Mask, infinite: Mask, other: Mask) -> None:
    """What was done to cells so that they are numbers."""
    written = column.kinds[fits]
    if signs := numbers.units(written):
        example = written[written.str.contains(numbers.UNIT)].iloc[0]
        column.tell(f': {" ".join(signs)} taken off, so that "{short(example)}" is a number.')
    grouped = written[~written.str.fullmatch(numbers.pattern(column.rule.decimal, ()))]
    if len(grouped):
        column.notes.thousands.append((column.name, grouped.iloc[0]))
    if infinite.any():
        column.tell(f": infinite or too large for a number, so missing: {column.shown(infinite)}.")
    if other.any():
        column.tell(f", read as numbers: no numbers, so missing: {column.shown(other)}.")


def _why_text(written: pd.Series) -> str | None:
    """Why cells that look like numbers are none: their digits carry more than a size, or their units differ."""
    codes = written[written.str.fullmatch(numbers.CODE)]
    if len(codes):
        return f'zeros in front, as in "{short(codes.iloc[0])}", mark codes'
    if len(long := numbers.too_long(written)):
        return f'numbers as long as "{short(long.iloc[0])}" would lose digits'
    signs = numbers.units(written)
    if len(signs) > 1:
        return f"it mixes the signs {' '.join(signs)}"
    if signs == ["%"] and not written.str.contains("%", regex=False).all():
        return "some of its numbers have a percent sign and others have none"
    return None


def _text(column: _Column, missing: Mask) -> pd.Series:
    """The column as tidy text."""
    kinds = column.kinds
    if _other_decimal(kinds, ~missing, column.rule.decimal):
        mark = "comma" if column.rule.decimal == "." else "point"
        column.tell(f" stays text: its numbers have a decimal {mark}, unlike most of the table. If the others are wrong, "
                    "choose the decimal mark.")
    long = (kinds.str.len() > MAX_CELL).to_numpy(dtype=bool)
    if long.any():
        column.tell(f": {count(column.rows(long), 'cell')} cut after {MAX_CELL:,} characters, {column.where(long)}.")
        kinds = kinds.str.slice(0, MAX_CELL).str.strip()
    if column.rule.merge:
        kinds = _merged(column, kinds, missing)
    if len(kinds) == len(column.codes) and not missing.any():
        return kinds  # all different: these are the rows
    codes = np.where(missing[column.codes], -1, column.codes)
    return pd.Series(kinds.array.take(codes, allow_fill=True))


def _other_decimal(kinds: pd.Series, there: Mask, decimal: str) -> bool:
    """Whether these texts, where they are there, would be numbers with the other decimal mark."""

    def fit(mark: str) -> Mask:
        return kinds.str.fullmatch(numbers.pattern(mark, numbers.MARKS)).to_numpy(dtype=bool)[there]

    return bool(there.any() and fit("," if decimal == "." else ".").mean() >= NEARLY and not fit(decimal).any())


def _merged(column: _Column, kinds: pd.Series, missing: Mask) -> pd.Series:
    """Labels that differ only in case, spaces or the way an accent is stored become the most frequent one."""
    rows: Counter[str] = Counter()
    for label, number, gone in zip(kinds, column.counts, missing, strict=True):
        rows["" if gone else label] += 0 if gone else int(number)
        if len(rows) > MOST_SPELLINGS:
            return kinds
    groups: dict[str, list[str]] = {}
    for label, number in rows.most_common():
        if number:
            groups.setdefault(" ".join(unicodedata.normalize("NFC", label).split()).casefold(), []).append(label)
    alike = [group for group in groups.values() if len(group) > 1]
    if not alike or len(groups) > min(FEW_LABELS, len(column.codes) / 2):
        return kinds
    told = ", ".join(f'{quoted(group[1:])} into "{short(group[0])}"' for group in alike[:5])
    column.tell(f": merged {told}{f' and {len(alike) - 5} more' if len(alike) > 5 else ''}.")
    return kinds.replace({label: group[0] for group in alike for label in group[1:]})
