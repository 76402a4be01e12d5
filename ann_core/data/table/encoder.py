"""Columns of a table as numbers: gaps are filled, categories get an input each. Learned from training rows only."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.fields import Settings
from ann_core.base.spelling import words
from ann_core.base.words import listed
from ann_core.data.table.classes import MOST_CLASSES, as_labels, class_labels
from ann_core.data.table.moment_column import MomentColumn, far, fit_moments
from ann_core.data.table.moments import Moments
from ann_core.data.table.preparation import Preparation

OTHER = "any other"
YES = ("yes", "true")
"""Words that say nothing without their column."""


class NumberColumn(Settings):
    """One input: the number itself. fill: the median, for missing ones   low, high: of the training rows, if known."""

    kind: Literal["number"] = "number"
    name: str
    fill: float
    low: float | None = None
    high: float | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of its inputs."""
        return (self.name,)

    @property
    def short(self) -> tuple[str, ...]:
        """Their names where there is little room."""
        return self.inputs

    def encode(self, column: pd.Series) -> NDArray[np.float64]:
        """(N, 1)"""
        return pd.to_numeric(column, errors="coerce").fillna(self.fill).to_numpy(np.float64)[:, None]

    def unknown(self, column: pd.Series) -> NDArray[np.bool_]:
        """Which cells hold something that it cannot read. (N,)"""
        return (column.notna() & pd.to_numeric(column, errors="coerce").isna()).to_numpy()

    @property
    def learned(self) -> str:
        """From where to where the training rows go, in words."""
        return " to ".join(words(end) for end in (self.low, self.high) if end is not None)

    def outside(self, column: pd.Series) -> NDArray[np.bool_]:
        """Which cells are further outside of the training rows' range than a tenth of it. (N,)"""
        if self.low is None or self.high is None:
            return np.zeros(len(column), dtype=bool)
        return far(pd.to_numeric(column, errors="coerce").to_numpy(np.float64), self.low, self.high)


class _Words(Settings):
    """A column of words. values: that it knows   fill: the most common, for missing ones"""

    name: str
    values: tuple[str, ...]
    fill: str

    @property
    def learned(self) -> str:
        """The words that the training rows had."""
        return listed(self.values, 8)

    def unknown(self, column: pd.Series) -> NDArray[np.bool_]:
        """Which cells hold a word that the training rows did not have. (N,)"""
        words = as_labels(column)
        return words.notna().to_numpy() & (places_of(words, self.values) < 0)

    def outside(self, column: pd.Series) -> NDArray[np.bool_]:
        """None: a word is known or unknown. (N,)"""
        return np.zeros(len(column), dtype=bool)


class CategoryColumn(_Words):
    """One input for each value, 1 where it holds; two values share one input.

    other: whether one more input stands for all values that are not listed; without it they count as missing.
    """

    kind: Literal["category"] = "category"
    other: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of its inputs."""
        shown = (*self.values, OTHER) if self.other else self.values[-1:] if len(self.values) <= 2 else self.values
        return tuple(f"{self.name} = {value}" for value in shown)

    @property
    def short(self) -> tuple[str, ...]:
        """Their names where there is little room, as questions: Northfield? Of a yes it is the column's: part-time job?"""
        said = (name.removeprefix(f"{self.name} = ") for name in self.inputs)
        return tuple(f"{self.name if word.casefold() in YES else word}?" for word in said)

    def encode(self, column: pd.Series) -> NDArray[np.float64]:
        """(N, number of inputs)"""
        place = places_of(as_labels(column).fillna(self.fill), self.values)
        place[place < 0] = len(self.values) if self.other else self.values.index(self.fill)
        last = len(self.values) + self.other
        columns = np.arange(last)[-len(self.inputs):]
        return (place[:, None] == columns).astype(np.float64)


class OrderedColumn(_Words):
    """One input: the place of a word on its scale, from 0. values: low to high"""

    kind: Literal["ordered"] = "ordered"

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of its inputs."""
        return (f"{self.name}, in order",)

    @property
    def short(self) -> tuple[str, ...]:
        """Its name where there is little room."""
        return (self.name,)

    def encode(self, column: pd.Series) -> NDArray[np.float64]:
        """(N, 1)"""
        place = places_of(as_labels(column).fillna(self.fill), self.values)
        return np.where(place < 0, self.values.index(self.fill), place)[:, None].astype(np.float64)


def places_of(words: pd.Series, values: tuple[str, ...]) -> NDArray[np.int64]:
    """Where each word stands among the values, −1 for none. Another file may spell it in other letters: "Yes" is "yes"."""
    place = pd.Index(values).get_indexer(pd.Index(words))
    spelt = {value.casefold(): i for i, value in enumerate(values)}
    if len(spelt) == len(values) and (place < 0).any():
        odd = np.flatnonzero(place < 0)
        place[odd] = [spelt.get(str(word).casefold(), -1) for word in words.iloc[odd]]
    return place


InputColumn = NumberColumn | CategoryColumn | OrderedColumn | MomentColumn


class Encoder(Settings):
    """Turns rows of a table into raw network inputs, before scaling."""

    columns: tuple[InputColumn, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all inputs."""
        return tuple(name for column in self.columns for name in column.inputs)

    @property
    def short_names(self) -> tuple[str, ...]:
        """The same where there is little room."""
        return tuple(name for column in self.columns for name in column.short)

    @property
    def groups(self) -> dict[str, tuple[int, ...]]:
        """Which inputs belong to each column of the table."""
        found, start = {}, 0
        for column in self.columns:
            found[column.name] = tuple(range(start, start := start + len(column.inputs)))
        return found

    def __call__(self, frame: pd.DataFrame) -> NDArray[np.float64]:
        """(N, D). Raises ValueError when a column is missing, or a number is beyond 1e100."""
        if missing := [column.name for column in self.columns if column.name not in frame]:
            raise ValueError(f"Expected the columns {listed([c.name for c in self.columns], 8)}; "
                             f"{listed(missing, 8)} {'is' if len(missing) == 1 else 'are'} not there.")
        parts = [column.encode(frame[column.name]) for column in self.columns]
        X = np.concatenate([np.empty((len(frame), 0)), *parts], axis=1)
        if not np.all(np.abs(X) < 1e100):
            place = int(np.argmax(~(np.abs(X) < 1e100).all(axis=0)))
            raise ValueError(f"{self.names[place]} holds numbers beyond 1e100. Correct them, or leave the column out.")
        return X

    def typical(self) -> NDArray[np.float64]:
        """The row that has every column's usual value. (D,)"""
        return self(pd.DataFrame({column.name: [column.fill] for column in self.columns}))[0]


def fit_encoder(rows: pd.DataFrame, p: Preparation, read: Mapping[str, Moments],
                by_hand: Mapping[str, tuple[str, ...]]) -> tuple[Encoder, list[str]]:
    """An encoder for all columns of the training rows, and notes on what it does.

    read: how moments were read, by column   by_hand: words in the order that a visitor gave them, by column
    """
    columns: list[InputColumn] = []
    notes: list[str] = []
    for name in rows.columns:
        column = rows[name]
        if name in p.moments:
            columns.append(fit_moments(name, column, read[name], p.moment_parts, p.circles))
            continue
        if column.dtype == np.float64 and name not in p.categories:
            known = column.dropna()
            low, high = (float(known.min()), float(known.max())) if len(known) else (None, None)
            columns.append(NumberColumn(name=name, fill=float(known.median()) if len(known) else 0.0, low=low, high=high))
            continue
        counts = as_labels(column).dropna().value_counts()
        counts = counts.sort_index().sort_values(ascending=False, kind="stable")
        if name in p.ordered and 0 < len(counts) <= MOST_CLASSES:
            values = tuple(word for word in by_hand.get(name, ()) if word in counts.index) or class_labels(column)
            columns.append(OrderedColumn(name=name, values=values, fill=str(counts.index[0])))
            continue
        other = len(counts) > p.most_categories
        kept = counts.index[:p.most_categories - 1 if other else p.most_categories]
        if other:
            notes.append(f"{name} has {len(counts):,} different values: the {len(kept)} most common get an input each, the "
                         "others share one.")
        columns.append(CategoryColumn(name=name, values=tuple(sorted(map(str, kept), key=_natural)) or ("",), other=other,
                                      fill=str(counts.index[0]) if len(counts) else ""))
    return Encoder(columns=tuple(columns)), notes


def _natural(word: str) -> tuple[int, float, str]:
    """Numbers by size, then words by the alphabet."""
    try:
        return 0, float(word), word
    except ValueError:
        return 1, 0.0, word
