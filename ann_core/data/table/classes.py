"""A target's values as classes: what they are called, and in which order they stand."""

import re

import pandas as pd

from ann_core.data.table.columns import is_number, short
from ann_core.data.table.scales import scale_of

MOST_CLASSES = 50


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
