"""Dates and times of day as people write them: which cells are moments, and when they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.data.table.calendar_names import month_names

Order = Literal["day", "month"]
"""What stands first in 3/4/2024."""
DAY = 86_400.0
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?: ?(?P<half>[ap])\.?m\.?)?"
_ZONE = r"(?P<zone> ?(?:Z|UTC|GMT|CES?T|[ECMP][SD]T)?(?: ?[+\-−]\d{1,2}(?::?\d{2})?)?)"
_TIME = rf"(?:(?:T|,? +){_CLOCK}{_ZONE})?"
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (
    rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?{_TIME}",
    rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_TIME}",
    rf"(?P<first>\d{{1,2}})(?P<mark>[-/.]) ?(?P<second_>\d{{1,2}})[-/.] ?(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    rf"(?:[^\W\d_]{{2,12}}\.?,? +)?(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?[ -](?:de )?(?P<name>[^\W\d_]{{3,12}})\.?,?[ -](?:de )?"
    rf"(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    rf"(?P<name>[^\W\d_]{{3,12}})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){_TIME}",
    r"(?P<name>[^\W\d_]{3,12})\.?[ -](?P<year>\d{4})",
    rf"{_CLOCK}{_ZONE}",
))  # fmt: skip
EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Moments:
    """The moments of a column's cells.

    seconds: since the first of January 1970 by the clock as it is written, or since midnight; NaN for gaps and for cells that
    are none (rows,)   dates, clocks: whether there are dates, and times of day   order: how 3/4/2024 was taken, where it stands
    sure: whether the cells themselves say so   zones: whether time zones stood there, which are left aside
    two_digits: whether years did; 69 to 99 are of the last century   misfits: the first cells that are none
    ways: of each way in which the dates are written the first cell and the number of its row, from 0
    numbered: the first cell that another order would make another date
    midnight: the first cell with 24:00, which is the end of its day, and its row
    """

    seconds: NDArray[np.float64]
    dates: bool
    clocks: bool
    order: Order | None = None
    sure: bool = True
    zones: bool = False
    two_digits: bool = False
    misfits: tuple[str, ...] = ()
    misfit: int = 0
    ways: tuple[tuple[str, int], ...] = ()
    midnight: tuple[str, int] | None = None
    numbered: str = ""


def moments(column: pd.Series, order: Order | None = None) -> Moments:
    """When a column's cells are. order: how 3/4/2024 is to be taken; None to find it out."""
    codes, texts = pd.factorize(column)
    found = [_match(_text(text)) for text in texts]
    numbered = [match for match in found if match is not None and match.groupdict().get("first")]
    taken, sure = (order, True) if order or not numbered else _order(numbered, found)
    times = np.array([np.nan if match is None else _seconds(match, taken) for match in found])
    dated = [match for match in found if match is not None and _has_date(match)]
    if dated and len(dated) < len(found):  # a time of day among dates says not on which day it was
        times[[match is not None and not _has_date(match) for match in found]] = np.nan
    seconds = np.append(times, np.nan)[codes]
    none = np.isnan(seconds) & (codes >= 0)
    said = {code: match.groupdict() for code, match in enumerate(found) if match is not None}

    def first(code: int) -> tuple[str, int]:
        return str(texts[code]), int(column.index[np.argmax(codes == code)])

    there = {code: groups for code, groups in said.items() if not np.isnan(times[code])}
    forms = [match and match.re for match in found]
    ways = {(forms[code], groups.get("mark"), len(groups["year"])): code
            for code, groups in reversed(there.items()) if groups.get("year")}
    midnight = next((first(code) for code, groups in there.items() if groups.get("hour") == "24"), None)
    either = next((match.string for match in numbered if not sure and _turns(match)), "")
    return Moments(seconds, bool(dated), any(groups.get("hour") for groups in said.values()), taken if numbered else None, sure,
                   any((groups.get("zone") or "").strip() for groups in said.values()),
                   any(len(groups.get("year") or "") == 2 for groups in said.values()),
                   tuple(str(texts[code]) for code in dict.fromkeys(codes[none].tolist()))[:3], int(none.sum()),
                   tuple(map(first, sorted(ways.values()))), midnight, either)


def settled(column: pd.Series, order: Order | None) -> Moments:
    """The same. order: what stands first in 3/4/2024 where the cells themselves do not say it"""
    found = moments(column)
    return found if found.sure or order is None else moments(column, order)


def are_moments(texts: Iterable[object]) -> bool:
    """Whether nearly all of these are dates or times of day."""
    said = [_text(text) for text in texts]
    found = [match for match in map(_match, said) if match is not None and np.isfinite(_either(match))]
    return bool(said) and len(found) >= 0.95 * len(said)


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else " ".join(str(value).split())


def _match(text: str) -> re.Match[str] | None:
    return next(filter(None, (form.fullmatch(text) for form in _FORMS)), None) if len(text) <= 60 else None


def _has_date(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("year"))


def _turns(match: re.Match[str]) -> bool:
    """Whether this is another date when the month stands first."""
    apart = _seconds(match, "day") - _seconds(match, "month")
    return bool(np.isfinite(apart) and apart)


def _either(match: re.Match[str]) -> float:
    """As a moment with the day first, or else with the month first."""
    day, month = _seconds(match, "day"), _seconds(match, "month")
    return month if np.isnan(day) else day


def _order(numbered: list[re.Match[str]], all_of_them: list[re.Match[str] | None]) -> tuple[Order, bool]:
    """What stands first, and whether that is sure: a number above 12 is no month. Else: what is in order of time as it stands,
    and what points or slashes usually mean."""
    firsts, seconds = (np.array([int(match[group]) for match in numbered]) for group in ("first", "second_"))
    days, months = int((firsts > 12).sum()), int((seconds > 12).sum())
    if days != months:
        return ("day", months == 0) if days > months else ("month", days == 0)
    rising: dict[Order, bool] = {}
    orders: tuple[Order, Order] = ("day", "month")
    for order in orders:
        rising[order] = bool((np.diff([_seconds(match, order) for match in all_of_them if match is not None]) >= 0).all())
    if rising["day"] != rising["month"]:
        return ("day" if rising["day"] else "month"), False
    american = numbered[0]["mark"] == "/" and bool(numbered[0].groupdict().get("half"))
    return ("month" if american else "day"), False


def _seconds(match: re.Match[str], order: Order | None) -> float:
    """NaN for what no calendar and no clock has, as 29 February 2023 or 25:00. 24:00 is the end of the day."""
    groups = match.groupdict()
    hour, minute, second = (int(groups.get(part) or 0) for part in ("hour", "minute", "second"))
    if half := groups.get("half"):
        if not 1 <= hour <= 12:
            return np.nan
        hour = hour % 12 + 12 * (half in "pP")
    clock = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 60 or clock > DAY:
        return np.nan
    if not groups.get("year"):
        return float(clock)
    if groups.get("first"):
        day, month = (groups["first"], groups["second_"])[::1 if order != "month" else -1]
    else:
        day = groups.get("day") or "1"
        month = groups.get("month") or str(month_names().get(groups["name"].casefold(), 0))
    year = int(groups["year"])
    if len(groups["year"]) == 2:
        year += 1900 if year >= 69 else 2000
    try:
        return (datetime(year, int(month), int(day)) - EPOCH) / timedelta(seconds=1) + clock
    except ValueError:
        return np.nan
