"""A column of dates or times as inputs of a network: how much time has passed, and where in the year, the week and the day."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.fields import Settings
from ann_core.base.words import listed
from ann_core.data.table.choices import count
from ann_core.data.table.columns import short
from ann_core.data.table.moments import DAY, EPOCH, Moments, Order, moments

Part = Literal["elapsed", "month", "weekday", "hour"]
Unit = Literal["days", "hours", "minutes", "seconds"]
Numbers = NDArray[np.float64]
PARTS: tuple[Part, ...] = get_args(Part)
UNITS: dict[Unit, float] = {"days": DAY, "hours": 3600.0, "minutes": 60.0, "seconds": 1.0}
YEAR, WEEKS = 365.2425 * DAY, 14 * DAY


def month(seconds: Numbers) -> Numbers:
    """How much of the year is over, in months: 0 at new year, below 12."""
    days = seconds.astype("datetime64[s]")
    start = days.astype("datetime64[Y]")
    length = (start + np.timedelta64(1, "Y")).astype("datetime64[s]") - start.astype("datetime64[s]")
    return 12 * ((days - start.astype("datetime64[s]")) / length)


def weekday(seconds: Numbers) -> Numbers:
    """0 for Monday … 6 for Sunday."""
    return (np.floor(seconds / DAY) + 3) % 7  # the first of January 1970 was a Thursday


def hour(seconds: Numbers) -> Numbers:
    """Of the day, with its minutes as a fraction: 14.5 is half past two."""
    return seconds % DAY / 3600


ROUND: dict[Part, tuple[Callable[[Numbers], Numbers], float]] = {
    "month": (month, 12), "weekday": (weekday, 7), "hour": (hour, 24)}
"""What comes round again: how it is worked out, and how much is a whole turn."""


def far(values: Numbers, low: float, high: float) -> NDArray[np.bool_]:
    """Which values are further outside of a range than a tenth of it."""
    margin = 0.1 * (high - low)
    return np.asarray((values < low - margin) | (values > high + margin))


class MomentColumn(Settings):
    """One input for the time that has passed; for what comes round a sine and a cosine, or else a number.

    since: where the time begins, seconds since the first of January 1970   unit: of the time that has passed
    until: where it ends in the training rows   order: what stands first in 3/4/2024   fill: a cell, for missing ones
    """

    kind: Literal["moment"] = "moment"
    name: str
    parts: tuple[Part, ...]
    circles: bool
    order: Order | None
    since: float
    until: float
    unit: Unit
    fill: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of its inputs."""
        found = [f"{self.name}: {self.unit} since {_day(self.since)}"] if "elapsed" in self.parts else []
        for part in ROUND:
            if part in self.parts:
                found += [f"{self.name}: {part}{which}" for which in ((", sine", ", cosine") if self.circles else ("",))]
        return tuple(found)

    @property
    def short(self) -> tuple[str, ...]:
        """Their names where there is little room: days, weekday sin."""
        found: list[str] = [self.unit] if "elapsed" in self.parts else []
        for part in ROUND:
            if part in self.parts:
                found += [f"{part}{which}" for which in ((" sin", " cos") if self.circles else ("",))]
        return tuple(found)

    def encode(self, column: pd.Series) -> Numbers:
        """(N, number of inputs)"""
        seconds = moments(column, self.order).seconds
        gap = moments(pd.Series([self.fill]), self.order).seconds[0]
        seconds = np.where(np.isnan(seconds), 0.0 if np.isnan(gap) else gap, seconds)
        found = [(seconds - self.since) / UNITS[self.unit]] if "elapsed" in self.parts else []
        for part, (of, turn) in ROUND.items():
            if part in self.parts:
                angle = 2 * np.pi * of(seconds) / turn
                found += [np.sin(angle), np.cos(angle)] if self.circles else [of(seconds)]
        return np.stack(found, axis=1)

    def unknown(self, column: pd.Series) -> NDArray[np.bool_]:
        """Which cells hold something that is no moment. (N,)"""
        return np.asarray(column.notna() & np.isnan(moments(column, self.order).seconds))

    @property
    def learned(self) -> str:
        """From where to where the training rows go, in words."""
        return f"{_day(self.since)} to {_day(self.until)}"

    def outside(self, column: pd.Series) -> NDArray[np.bool_]:
        """Which moments are further outside of the training rows' time than a tenth of it; what comes round never is. (N,)"""
        if "elapsed" not in self.parts:
            return np.zeros(len(column), dtype=bool)
        return far(moments(column, self.order).seconds, self.since, self.until)


def fit_moments(
    name: str, column: pd.Series, read: Moments, parts: tuple[Part, ...] | None, circles: bool,
) -> MomentColumn:  # fmt: skip
    """A moment column for the training rows' cells. read: how all rows were read   parts: None for what differs"""
    found = moments(column, read.order)
    there = np.sort(found.seconds[~np.isnan(found.seconds)])
    first, last = (float(there[0]), float(there[-1])) if len(there) else (0.0, 0.0)
    unit: Unit = next((unit for unit, size in UNITS.items() if last - first >= 2 * size), "seconds")
    able = PARTS if found.dates else ("hour",)
    chosen = tuple(part for part in parts or () if part in able) or tuple(
        part for part in able if _differs(part, there, found)) or able[:1]
    if not found.clocks:
        chosen = tuple(part for part in chosen if part != "hour") or able[:1]
    middle = column[found.seconds == there[len(there) // 2]].iloc[0] if len(there) else ""
    since = first // DAY * DAY if found.dates else 0.0
    return MomentColumn(name=name, parts=chosen, circles=circles, order=found.order, since=since,
                        until=max(last, since), fill=_cell(middle), unit=unit)


def _differs(part: Part, there: Numbers, found: Moments) -> bool:
    """Whether rows tell something of this part: a season wants more than a year, a weekday more than a week."""
    span = there[-1] - there[0] if len(there) else 0.0
    if part == "elapsed":
        return bool(span > 0)
    if part == "hour":
        return found.clocks and len(np.unique(np.floor(hour(there)))) > 1
    return bool(span >= (YEAR if part == "month" else WEEKS)) and len(np.unique(np.floor(ROUND[part][0](there)))) > 2


def as_amounts(frame: pd.DataFrame, columns: Sequence[MomentColumn]) -> tuple[pd.DataFrame, dict[str, str]]:
    """A table whose moments are amounts, as a picture's axis needs them, and the new names of these columns.

    The amount is the column's first: what has passed, else where in the year, the week or the day it was. NaN for gaps.
    """
    found, names = frame.copy(deep=False), {}
    for column in columns:
        plain = column.model_copy(update={"circles": False})
        cells = frame[column.name]
        found[column.name] = np.where(cells.isna() | column.unknown(cells), np.nan, plain.encode(cells)[:, 0])
        if (name := plain.inputs[0]) not in frame:
            names[column.name] = name
    return found.rename(columns=names), names


def _day(seconds: float) -> str:
    return f"{EPOCH + timedelta(seconds=seconds):%Y-%m-%d}"


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)


def guess_of(name: str, found: Moments) -> str | None:
    """What is guessed about a column's dates, with an example; None where the cells themselves say it."""
    if not found.order or found.sure or not found.numbered:
        return None
    when = EPOCH + timedelta(seconds=float(moments(pd.Series([found.numbered]), found.order).seconds[0]))
    return f'In {short(name)} the {found.order} is taken to stand first, so that "{found.numbered}" is {when.day} {when:%B %Y}.'


def told_of(name: str, found: Moments) -> list[str]:
    """What has to be said of how a column's moments were read."""
    guess, name = guess_of(name, found), short(name)
    told = [f"{guess} That is a guess, which Dates and words in order can set right."] if guess else []
    if len(found.ways) > 1:
        shown = listed([f'"{cell}" (row {row + 1:,})' for cell, row in found.ways], 4)
        told.append(f"Dates in {name} are written in {len(found.ways)} ways, and each cell is read in its own: {shown}.")
    if found.midnight:
        cell, row = found.midnight
        told.append(f'24:00 in {name} is taken as the end of its day, as in "{cell}" (row {row + 1:,}).')
    if found.zones:
        told.append(f"Time zones in {name} are left aside: the clock counts as it is written.")
    if found.two_digits:
        told.append(f"Years of two digits in {name}: 69 to 99 are taken as 1969 to 1999, others as 2000 to 2068.")
    if found.misfit:
        few = ", ".join(found.misfits)
        one = found.misfit == 1
        told.append(f"{count(found.misfit, 'cell')} of {name} {'is no moment' if one else 'are no moments'} that a calendar "
                    f"has and {'counts as a gap' if one else 'count as gaps'}: {few}"
                    f"{' …' if found.misfit > len(found.misfits) else ''}.")
    return told
