"""What a beginner should know about a table before training on it: each caution is one sentence with its numbers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.numbers import number, percent, rows
from ann_core.base.spelling import words
from ann_core.base.words import listed
from ann_core.data.dataset import Task
from ann_core.data.table.classes import MOST_CLASSES, as_labels
from ann_core.data.table.columns import Column, Kind, is_number, short, words_of
from ann_core.data.table.moments import moments
from ann_core.data.table.telling import amount_power, class_power, rank_correlation

SAMPLE = 2000
"""A column's power to tell the target is measured on at most so many rows."""
LEAK = 0.98
"""Above it a single column is suspected. The best honest one of the bundled sets, petal width of Iris, reaches 0.96."""
FEW = 10
"""Classes with fewer rows are named, and so are tables with fewer rows for each input."""
SQUEEZED = 0.1
"""Outliers are named when all but 1 % of the values at either end share less than this part of the range."""
_CODES = {"zip", "zipcode", "postcode", "postal", "plz", "phone", "telephone", "code"}

Rows = NDArray[np.integer]


@dataclass(frozen=True)
class Caution:
    """Something about the target or the chosen features. sentence: what was found   help: what to do about it"""

    key: str
    columns: tuple[str, ...]
    sentence: str
    help: str


@dataclass(frozen=True, eq=False)
class _Table:
    """What is looked at. known: numbers of the rows that have a target."""
    frame: pd.DataFrame
    target: Column
    features: list[Column]
    task: Task
    train: Rows
    test: Rows
    known: Rows
    inputs: int | None

    @property
    def held_out(self) -> bool:
        """Whether rows are, or are yet to be."""
        return len(self.test) > 0 or not len(self.train)

    def of_kind(self, *kinds: Kind) -> list[Column]:
        return [column for column in self.features if column.kind in kinds]


def cautions(frame: pd.DataFrame, columns: Sequence[Column], target: str, features: Sequence[str], task: Task,
             train: Rows, test: Rows, inputs: int | None = None) -> tuple[Caution, ...]:
    """All cautions that apply to learning `target` from `features`, the gravest first.

    train, test: row numbers of the split, may be empty   inputs: of the network, else about as many as there would be.
    KeyError for a column that is not in the table.
    """
    by_name = {column.name: column for column in columns}
    known = np.flatnonzero(frame[target].notna().to_numpy())
    table = _Table(frame, by_name[target], [by_name[name] for name in features], task, train, test, known, inputs)
    return tuple(caution for check in CHECKS for caution in check(table))


def _no_target(t: _Table) -> Iterator[Caution]:
    target, missing = (t.target.name,), t.target.missing
    if t.target.kind in ("constant", "empty"):
        yield Caution("one target", target, f"{_names(target)} never varies: nothing to learn.", "Choose another target.")
    if missing:
        yield Caution("no target", target, f"{rows(missing)} of {t.target.rows:,} without a value in {_names(target)}.",
                      "They are not used: the network cannot learn from them.")


def _leak(t: _Table) -> Iterator[Caution]:
    """Single features that tell the target nearly perfectly. One feature alone is no suspect: it is all there is."""
    rows = np.random.default_rng(0).permutation(t.known)[:SAMPLE]
    targets, classes = t.frame[t.target.name].take(rows), t.task == "classification"
    fit = 2 <= t.target.distinct <= MOST_CLASSES if classes else is_number(targets)
    if len(t.features) < 2 or len(t.known) < 2 * FEW or not fit:
        return
    y = pd.factorize(targets)[0] if classes else targets.to_numpy() / (np.abs(targets).max() or 1.0)
    found = {}
    for column in t.features:
        if column.kind in ("number", "category"):  # missing is a value of its own, far from the others
            values = t.frame[column.name].take(rows)
            codes, different = pd.factorize(values, sort=column.kind == "number")
            codes = np.where(codes < 0, 3 * len(different), codes)
            found[column.name] = class_power(codes, y) if classes else max(
                amount_power(codes, y), abs(rank_correlation(values, targets)) if column.kind == "number" else 0.0)
    names = tuple(name for name, power in found.items() if power > LEAK)
    if names:
        least = min(found[name] for name in names)
        sampled, target = f" (measured on {len(rows):,} rows)" * (len(rows) < len(t.known)), short(t.target.name)
        what = f"tell the classes of {target} apart in {'' if len(names) == 1 else 'at least '}{percent(least)} of cases"
        how = "perfectly" if least >= 0.9995 else f"almost perfectly: {number(least)}, where 1 is perfect"
        yield Caution("leak", names, f"{_names(names)} alone could {what}{sampled}." if classes else
                      f"{_names(names)} {'goes' if len(names) == 1 else 'each go'} together with {target} {how}{sampled}.",
                      "Is it known before the answer is? If only afterwards, leave it out; if before, the task is easy.")


def _copies(t: _Table) -> Iterator[Caution]:
    """Equal rows, by a hash of features and target: on both sides of the split, else in the whole table."""
    if not t.features:
        return
    keys = pd.util.hash_pandas_object(t.frame[[*(c.name for c in t.features), t.target.name]], index=False).to_numpy()
    both = int(np.isin(keys[t.test], keys[t.train]).sum()) if len(t.test) else 0
    copies = len(t.known) - len(np.unique(keys[t.known]))
    equal = "equal in the target and all features"
    if both:
        yield Caution("across", (), f"{rows(both)} of {len(t.test):,} for testing also among those for training, {equal}.",
                      "The test looks better than it is. Remove copies from the file, unless different cases may be equal.")
    elif copies:
        yield Caution("duplicates", (), f"{rows(copies)} of {len(t.known):,} repeat{'s' * (copies == 1)} another, {equal}.",
                      "Remove copies from the file, unless different cases may be equal.")


def _classes(t: _Table) -> Iterator[Caution]:
    if t.task == "regression" or t.target.distinct < 2:
        return
    target, counts = (t.target.name,), as_labels(t.frame[t.target.name]).value_counts()
    share, largest = counts.iloc[0] / counts.sum(), short(str(counts.index[0]))
    if share >= 2 / 3 or counts.iloc[0] >= 10 * counts.iloc[-1]:
        yield Caution("imbalance", target, f"{percent(share)} of the rows are {largest}: always saying so is right as often.",
                      "Compare the accuracy with this baseline, and look at each class.")
    rare = [f"{short(str(name))} ({count})" for name, count in counts[counts < FEW].items()]
    if rare and t.held_out:
        yield Caution("rare classes", target, f"Fewer than {FEW} rows in the class{'es' * (len(rare) > 1)} {listed(rare)}.",
                      "That is too few to learn a class or to judge it. Collect more, or merge classes.")


def _identifiers(t: _Table) -> Iterator[Caution]:
    yield from _about(t.of_kind("identifier"), "identifier", "differ{s} in almost every row",
                      "It names rows. The network can learn it by heart, which helps with no new row: leave it out.")


def _constant(t: _Table) -> Iterator[Caution]:
    yield from _about(t.of_kind("constant", "empty"), "constant", "never change{s}, or hardly more than rounding does",
                      "It tells the network nothing: leave it out.")


def _codes_and_years(t: _Table) -> Iterator[Caution]:
    numbers = [(column, set(words_of(column.name))) for column in t.of_kind("number") if column.whole]
    yield from _about([c for c, words in numbers if words & _CODES], "codes", "look{s} like codes written as numbers",
                      "A larger code is not more of anything. Leave it out, or put a letter before it to make it a category.")
    years = [c for c, words in numbers if "year" in words and 1500 <= (c.low or 0) and (c.high or 0) <= 2200]
    yield from _about(years, "years", "hold{s} years",
                      "The network knows nothing of years beyond those in the file. An age or a time since is often better.")


def _partly_dates(t: _Table) -> Iterator[Caution]:
    for column in t.of_kind("category", "text"):
        cells = t.frame[column.name].dropna()
        read = moments(cells)
        share = 1 - read.misfit / len(cells)
        if read.misfit and share >= 0.5:
            example, row = read.misfits[0], int(cells.index[cells == read.misfits[0]][0]) + 1
            yield Caution("partly dates", (column.name,), f"{percent(share)} of {short(column.name)} are dates or times, "
                          f"others are none, as {short(example)} in row {row:,}: all of them are taken as words.",
                          "Write them alike in the file, and they are read as dates.")


def _missing(t: _Table) -> Iterator[Caution]:
    some = [c for c in t.features if c.kind != "empty" and c.missing > c.rows / 2]
    least = percent(min((c.missing / c.rows for c in some), default=0))
    yield from _about(some, "missing", f"lack{{s}} a value in {least} of the rows{' or more' * (len(some) > 1)}",
                      "The gaps are filled with a typical value, so the network sees mostly that. Consider leaving it out.")


def _few_rows(t: _Table) -> Iterator[Caution]:
    inputs = t.inputs or sum(min(column.distinct, FEW) if column.kind == "category" and column.distinct > 2 else 1
                             for column in t.features)
    count = len(t.train) or len(t.known)
    if 0 < count < FEW * max(inputs, 3):
        yield Caution("few rows", (), f"{rows(count)} to learn from, for {inputs:,} input{'s' * (inputs != 1)}.",
                      "So few rows can be learned by heart. Use fewer features or a small network, and trust the test only."
                      if t.held_out else
                      "None is held out: this shows whether a network can learn them, not what it makes of new ones.")


def _outliers(t: _Table) -> Iterator[Caution]:
    far = [(column, *found) for column in t.of_kind("number") if (found := _squeeze(t.frame[column.name].to_numpy()))]
    if far:
        column, low, high, part = min(far, key=lambda one: one[3])
        least, most = column.low or 0.0, column.high or 0.0
        names = tuple(one[0].name for one in far)
        yield Caution("outliers", names, f"A few values of {_names(names)} lie far from the others: {short(column.name)} is "
                      f"nearly always {words(low)} to {words(high)}, its whole range is {words(least)} to {words(most)}.",
                      f"A min–max scale would squeeze nearly all rows into {percent(part)} of it: check these values, "
                      "or choose the standard scale.")


def _squeeze(values: NDArray[np.float64]) -> tuple[float, float, float] | None:
    """Lowest and highest value without 1 % at either end, and their part of the range, when outliers leave little to them."""
    values = values[~np.isnan(values)]
    cut = max(1, len(values) // 100)
    if len(values) < FEW:
        return None
    least, low, high, most = np.partition(values, [0, cut, len(values) - 1 - cut, len(values) - 1])[
        [0, cut, -1 - cut, -1]] / 2  # halved, so that the range of huge values stays finite
    part = (high - low) / (most - least) if most > least else 1.0
    return (2 * low, 2 * high, float(part)) if 0 < part < SQUEEZED else None


def _about(columns: list[Column], key: str, what: str, help: str) -> Iterator[Caution]:
    """One caution for all the columns it applies to. {s}: the verb's ending when it is one column."""
    if columns:
        names = tuple(column.name for column in columns)
        yield Caution(key, names, f"{_names(names)} {what.replace('{s}', 's' * (len(names) == 1))}.", help)


def _names(names: Sequence[str]) -> str:
    return listed([short(name) for name in names])


CHECKS: tuple[Callable[[_Table], Iterator[Caution]], ...] = (
    _no_target, _leak, _copies, _classes, _identifiers, _constant, _codes_and_years, _partly_dates, _missing,
    _few_rows, _outliers)
