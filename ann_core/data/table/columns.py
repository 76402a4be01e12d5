"""What the columns of a table are, and what a network could learn from them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from math import isqrt
from typing import Literal

import numpy as np
import pandas as pd

from ann_core.data.dataset import Task
from ann_core.data.scaling import RELATIVE_TOLERANCE
from ann_core.data.table.moments import are_moments
from ann_core.data.table.scales import scale_of

Kind = Literal["number", "category", "date", "identifier", "text", "constant", "empty"]

LEARNABLE = ("number", "category", "date")
"""Kinds of columns that a network can learn from."""
COMMON = 8  # values of a text column that are counted by name
MOST_CLASSES = 50
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
_TARGETS = {"target", "label", "outcome", "output", "response"}
_PERHAPS_TARGETS = {"class", "species", "variety", "category", "diagnosis", "survived", "passed", "result", "quality", "churn",
                    "price", "grade", "mark", "score"}


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


@dataclass(frozen=True)
class Proposal:
    """What to learn, from what, and why; `left_out` says of every other column why it is not used."""

    target: str
    task: Task
    features: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    reason: str


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


def propose(columns: tuple[Column, ...], frame: pd.DataFrame) -> Proposal:
    """A target, a task and features to begin with.

    The target is a last column that can be learned, unless another one has a name that targets have.
    Raises ValueError when no column varies.
    """
    if not any(column.kind not in ("empty", "constant") for column in columns):
        raise ValueError("Expected a column whose values differ from row to row, received "
                         f"{f'{len(columns)} columns without one' if columns else 'no column'}. Choose another file.")
    target, why = _propose_target(columns)
    task, reason = propose_task(frame[target.name])
    others = [column for column in columns if column.name != target.name]
    used = [column for column in others if column.kind in LEARNABLE]
    if _may_be_pixels(others):
        used = others
    if not used:  # then numbers that count through may be what was measured: x = 1, 2, 3 …
        used = [column for column in others if column.kind == "identifier" and column.low is not None]
    return Proposal(
        target.name, task, tuple(column.name for column in used),
        tuple((column.name, _why_not(column)) for column in others if column not in used),
        f"{short(target.name)} is proposed because {why}. {reason}",
    )  # fmt: skip


def _may_be_pixels(columns: list[Column]) -> bool:
    """Whether these can be a square picture, 4 × 4 or larger: some of its pixels, as those of a rim, are always the same."""
    numbers = all(column.low is not None and column.kind in ("number", "constant") for column in columns)
    return numbers and len(columns) >= 16 and isqrt(len(columns))**2 == len(columns)


def _propose_target(columns: tuple[Column, ...]) -> tuple[Column, str]:
    fit = [c for c in columns if c.missing <= c.rows / 2
           and (c.kind == "number" or c.kind == "category" and c.distinct <= MOST_CLASSES)]
    if not fit:
        varies = [c for c in columns if c.kind not in ("empty", "constant")]
        return varies[-1], "no other column suits better, though it is hard to learn"
    *_, best = sorted(fit, key=lambda c: _target_rank(c, columns))
    if _target_rank(best, columns):
        return best, "its name is one that targets often have"
    return best, f"it is the last column{'' if best is columns[-1] else ' that suits a target'}"


def _target_rank(column: Column, columns: tuple[Column, ...]) -> int:
    words = words_of(column.name)
    if words == ["y"]:  # a target where it stands first or last, a coordinate amid others
        return int(column is columns[0] or column is columns[-1])
    said = set(words[-1:]) if len(words) < 3 else set()
    return 2 * bool(said & _TARGETS) or int(bool(said & _PERHAPS_TARGETS))


def _why_not(column: Column) -> str:
    return {
        "identifier": "its values differ in almost every row, so they name rows and say nothing about a new one",
        "text": f"it has {column.distinct:,} different texts; a network needs numbers, or categories that come back",
        "constant": "it has the same value in every row",
        "empty": "it has no values",
    }[column.kind]


def propose_task(series: pd.Series) -> tuple[Task, str]:
    """Classes or amounts, and why, in a sentence."""
    present = series.dropna()
    distinct = int(present.nunique())
    different = f"{distinct:,} different value{'s' * (distinct != 1)}"
    if not is_number(series) or distinct <= 2:
        what = "numbers" if is_number(series) else "words"
        return "classification", f"It holds {what}, {different}: the network learns to tell classes apart."
    whole = bool((np.trunc(present) == present).all())
    if whole and distinct <= FEW_VALUES and distinct <= len(present) / 2:
        return "classification", f"It holds whole numbers, only {different}, taken as classes."
    why = "with fractions" if not whole else f"too many for classes in {len(present):,} rows"
    return "regression", f"It holds numbers, {different}, {why}: the network learns to give an amount."


def as_labels(series: pd.Series) -> pd.Series:
    """A target's values as class names; missing stays missing. 1.0 -> "1"."""
    if not is_number(series):
        return series
    return series.map({value: number_label(value) for value in series.dropna().unique()}).astype("str")


def number_label(value: float) -> str:
    """The shortest text that stands for this number only: 1, 0.5, 1e+22."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def class_labels(series: pd.Series) -> tuple[str, ...]:
    """A target's class names in a natural order: numbers by value, texts along a known scale or the alphabet, no before yes.

    Raises ValueError for more than 50 classes.
    """
    values = series.dropna().unique()
    if len(values) > MOST_CLASSES:
        raise ValueError(f"Expected at most {MOST_CLASSES} classes, received {len(values):,} different values in "
                         f"{short(str(series.name))}. Choose another target, or learn it as an amount if it holds numbers.")
    if is_number(series):
        return tuple(number_label(value) for value in sorted(values))
    words = tuple(map(str, values))
    return scale_of(words) or tuple(sorted(words, key=_order([word.casefold() for word in words])))


def _order(folded: list[str]):
    shorter, longer = (min(folded, key=len), max(folded, key=len)) if len(folded) == 2 else ("", "")
    if shorter and longer in (f"{no}{shorter}" for no in ("not ", "no ", "not_", "no_", "non-", "un")):
        return lambda value: (-len(value), value)

    def parts(value: str):  # "class 2" before "class 10": digits are compared as numbers
        return [(part.isdecimal(), f"{int(part):025d}" if part.isdecimal() and len(part) < 25 else part)
                for part in re.split(r"(\d+)", value.casefold())], value

    return parts


def short(name: str, most: int = LONG) -> str:
    """A user's text as sentences show it."""
    text = " ".join(name.split())
    return f"'{text if len(text) <= most else text[: most - 1] + '…'}'"
