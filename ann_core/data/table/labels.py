"""Text columns made tidy: labels that differ only in case or spaces become one, long cells are cut."""

import unicodedata
from collections import Counter

import numpy as np
import pandas as pd

from ann_core.data.table import numbers
from ann_core.data.table.choices import MAX_CELL, count, quoted, short
from ann_core.data.table.column import Converted, Mask

FEW_LABELS, MOST_SPELLINGS = 50, 500
NEARLY = 0.8
"""A column with this share of numbers, but not all, is text; that is told, because it is rarely meant."""


def text(column: Converted, missing: Mask) -> pd.Series:
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
        return numbers.matches(kinds, numbers.pattern(mark, numbers.MARKS))[there]

    return bool(there.any() and fit("," if decimal == "." else ".").mean() >= NEARLY and not fit(decimal).any())


def _folded(label: str) -> str:
    """What is the same for labels that differ only in case, spaces or the way an accent is stored. In Turkish İ is the capital
    of i and I of ı: which language a table is in is not known, so all four are one letter."""
    plain = " ".join(unicodedata.normalize("NFC", label).split()).casefold()
    return plain.replace("i\u0307", "i").replace("ı", "i")


def _merged(column: Converted, kinds: pd.Series, missing: Mask) -> pd.Series:
    """Labels that differ only in case, spaces or the way an accent is stored become the most frequent one."""
    rows: Counter[str] = Counter()
    for label, number, gone in zip(kinds, column.counts, missing, strict=True):
        rows["" if gone else label] += 0 if gone else int(number)
        if len(rows) > MOST_SPELLINGS:
            return kinds
    groups: dict[str, list[str]] = {}
    for label, number in rows.most_common():
        if number:
            groups.setdefault(_folded(label), []).append(label)
    alike = [group for group in groups.values() if len(group) > 1]
    if not alike or len(groups) > min(FEW_LABELS, len(column.codes) / 2):
        return kinds
    told = ", ".join(f'{quoted(group[1:])} into "{short(group[0])}"' for group in alike[:5])
    column.tell(f": merged {told}{f' and {len(alike) - 5} more' if len(alike) > 5 else ''}.")
    return kinds.replace({label: group[0] for group in alike for label in group[1:]})
