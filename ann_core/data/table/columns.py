"""What the columns of a table are: numbers, categories, dates, or nothing that a network can learn from."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ann_core.data.scaling import RELATIVE_TOLERANCE
from ann_core.data.table.moments import are_moments

Kind = Literal["number", "category", "date", "identifier", "text", "constant", "empty"]

LEARNABLE = ("number", "category", "date")
"""Kinds of columns that a network can learn from."""
COMMON = 8  # values of a text column that are counted by name
FEW_VALUES = 10
"""Numbered categories: whole numbers with up to so many different values are taken as classes."""
MANY_VALUES = 20
"""A column with more different values than this has too many for its rows once that is half of them."""
LONG = 40
"""Texts whose middle length is beyond this are written, not chosen."""

_AMOUNT = re.compile(r"[(+\-−]?\W?(?:[1-9]\d{0,8}|0)(?:[.,]\d+)?\s?[^\W\d_]{0,12}\W{0,2}")
_IDENTIFIERS = {"id", "ids", "uuid", "guid", "nr", "number", "nummer", "key"}
_ROW_NUMBERS = {"index", "row", "unnamed 0", "rownames"}
_TIMES = {*("time t ms s sec secs second seconds min mins minute minutes h hour hours day days week weeks month months "
            "year years zeit sekunde sekunden minuten stunde stunden tag tage woche wochen monat monate jahr jahre "
            "temps seconde secondes heure heures jour jours mois année années tempo "
            "tiempo segundo segundos minuto minutos hora horas día días mes meses año años").split()}


@dataclass(frozen=True)
class Column:
    """One column in figures. Missing cells count in `missing` only.

    low, median, high: of numbers, else None   common: the most frequent values of texts with their counts, at most 8
    whole: all values are numbers without a fraction   distinct: how many different values there are
    """

    name: str
    kind: Kind
    rows: int
    missing: int
    distinct: int
    low: float | None = None
    median: float | None = None
    high: float | None = None
    common: tuple[tuple[str, int], ...] = ()
    whole: bool = False


def describe(frame: pd.DataFrame, units: Collection[str] = ()) -> tuple[Column, ...]:
    """Every column of a table whose columns are float64 or text. units: columns that had one: they measure something."""
    return tuple(_number(name, column, name in units) if is_number(column) else _text(name, column)
                 for name, column in frame.items())


def is_number(series: pd.Series) -> bool:
    return series.dtype.kind == "f"


def _number(name: str, column: pd.Series, measured: bool) -> Column:
    values = column.to_numpy()
    there = values[~np.isnan(values)]
    rows, missing = len(values), len(values) - len(there)
    if not len(there):
        return Column(name, "empty", rows, missing, 0)
    distinct, whole = column.nunique(), bool((np.trunc(there) == there).all())
    low, high = float(there.min()), float(there.max())
    # Halved, so that the mean of two huge values stays finite; what is too small to halve keeps to its place.
    median = min(max(2 * float(np.median(there / 2)), low), high)
    kind: Kind = "number"
    if high / 2 - low / 2 <= RELATIVE_TOLERANCE / 2 * max(abs(low), abs(high)):
        kind = "constant"
    elif whole and not measured and _numbers_rows(name, low, high, distinct, len(there)):
        kind = "identifier"
    elif whole and 19000101 <= low and high <= 21001231:
        kind = "date" if are_moments(np.unique(there)) else "number"
    return Column(name, kind, rows, missing, distinct, low, median, high, whole=whole)


def says_when(name: str) -> bool:
    """Whether an even count is a time axis by its name: time (s), minute, Zeit. A row number is not."""
    return bool(_TIMES & {*words_of(name)})


def _numbers_rows(name: str, low: float, high: float, distinct: int, present: int) -> bool:
    """Whole numbers that only name a row: called so, or counting through."""
    if low < 0 or distinct <= present / 2:
        return False
    counting = distinct == present > MANY_VALUES and high - low == present - 1 and not says_when(name)
    return counting or (present > 2 and _called_identifier(name))


def _called_identifier(name: str) -> bool:
    words = words_of(name)
    return bool(_IDENTIFIERS & {*words[-1:]}) or words[:1] == ["id"] or " ".join(words) in _ROW_NUMBERS


def words_of(name: str) -> list[str]:
    """A name's words in small letters: 'PassengerId' and 'passenger_id' are the same."""
    return re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower())


def _text(name: str, column: pd.Series) -> Column:
    counts = column.value_counts()
    rows, present, distinct = len(column), int(counts.sum()), len(counts)
    common = tuple((str(value), int(count)) for value, count in counts.head(COMMON).items())
    return Column(name, _text_kind(name, counts, present), rows, rows - present, distinct, common=common)


def _text_kind(name: str, counts: pd.Series, present: int) -> Kind:
    distinct = len(counts)
    if distinct < 2:
        return "constant" if distinct else "empty"
    sample = [str(value) for value in counts.index[:200]]
    if are_moments(sample):
        return "date"
    if sum(bool(_AMOUNT.fullmatch(value)) for value in sample) >= 0.8 * len(sample):
        return "text" if distinct > MANY_VALUES or distinct > 0.95 * present else "category"  # sizes, not all in one unit
    length = float(np.median([len(value) for value in sample]))
    if length > LONG and distinct > max(FEW_VALUES, present / 10):
        return "text"
    if distinct > 0.95 * present and (distinct >= FEW_VALUES or _called_identifier(name)):
        return "identifier"
    return "text" if distinct > max(MANY_VALUES, present / 2) else "category"


def short(name: str, most: int = 40) -> str:
    """A user's text as sentences show it."""
    text = " ".join(name.split())
    return f"'{text if len(text) <= most else text[: most - 1] + '…'}'"
