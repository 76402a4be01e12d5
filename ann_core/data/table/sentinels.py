"""Numbers that may stand for a missing cell: -9999 again and again, far from all others."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.spelling import words
from ann_core.data.table.choices import Choices, Question, count, quoted

LEAST_ROWS = 8
FAR = 1.0
"""A number is far when the gap to the next one is at least so many times the range of all the others."""


def sentinels(columns: Mapping[str, pd.Series], used: Choices) -> list[Question]:
    """A question for every number that looks like a mark of missing cells. columns: as they were read"""
    found: dict[float, list[tuple[str, int, float, float]]] = {}
    for name, column in columns.items():
        if column.dtype == np.float64:
            for value, times, low, high in _suspects(column.to_numpy()):
                found.setdefault(value, []).append((name, times, low, high))
    return [_asked(value, where, used) for value, where in sorted(found.items())]


def _asked(value: float, where: list[tuple[str, int, float, float]], used: Choices) -> Question:
    mark = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    name, times, low, high = where[0]
    total = sum(times for _, times, _, _ in where)
    sentence = (f"{mark} stands {count(total, 'time')} in {quoted([name for name, *_ in where])}; the other values of "
                f"{quoted([name])} lie between {words(low, 6)} and {words(high, 6)}. It is read as a number, but may "
                "stand for a gap.")
    return Question(sentence, ((f"{mark} is a gap", replace(used, missing=(*(used.missing or ()), mark))),))


def _suspects(values: NDArray[np.float64]) -> list[tuple[float, int, float, float]]:
    """Repeated extremes that are typical marks, far from the others; with how often, and the range of the others."""
    there = values[np.isfinite(values)]
    found: list[tuple[float, int, float, float]] = []
    for _ in range(2):
        if len(there) < LEAST_ROWS:
            break
        low, high = float(there.min()), float(there.max())
        sizes = {value: int((there == value).sum()) for value in (low, high) if _typical(value)}
        for value, times in sizes.items():
            others = there[there != value]
            if times < 2 or len(others) < LEAST_ROWS / 2 or times > len(others):
                continue
            least, most = float(others.min()), float(others.max())
            gap = least - value if value < least else value - most
            if gap > FAR * max(most - least, abs(most) / 100, abs(least) / 100):
                found.append((value, times, least, most))
                there = others
                break
        else:
            break
    return found


def _typical(value: float) -> bool:
    """-9999, 999, 99.99, -88, 77777, -1, 1000, 1e20: a digit again and again, or one and nothing but zeros."""
    mantissa, _, power = f"{abs(value):.15g}".partition("e")
    digits = mantissa.replace(".", "").lstrip("0")
    alike = len(set(digits)) == 1 and digits[0] in "987" and (len(digits) > 1 or bool(power))
    return alike or value == -1 or digits.rstrip("0") == "1" and (len(digits) > 3 or bool(power))
