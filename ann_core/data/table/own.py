"""A visitor's own table made ready: target and inputs chosen, rows split, everything fitted on the training rows alone."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.base.words import listed
from ann_core.data.config import TableShape
from ann_core.data.dataset import Task
from ann_core.data.prepare import SPLIT_STREAM
from ann_core.data.scaling import Scaler, fit_scaler
from ann_core.data.split import split
from ann_core.data.table.classes import MOST_CLASSES, as_labels, class_labels
from ann_core.data.table.encoder import Encoder, fit_encoder
from ann_core.data.table.moment_column import guess_of, told_of
from ann_core.data.table.moments import Order, settled
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.reading import Table
from ann_core.data.target import Target, classes, values

VALIDATION_STREAM = 203
FEW_ROWS, TRUTH_TABLE = 10, 64
"""Fewer rows than these are not split; nor truth tables of up to so many."""
MAX_VALUES = 5_000_000
"""Rows × inputs of one table: its memory, several times over, is shared with other visitors."""


@dataclass(frozen=True, eq=False)
class Own:
    """A table, prepared and split. Row numbers count the table's rows from 0.

    y: (N,) class numbers, or values   X: (N, D) raw inputs; both for `rows` of the table
    train, validation, test: places in `rows`   guesses: of the order of day and month, sentences with what is taken
    """

    table: Table
    preparation: Preparation
    rows: NDArray[np.int64]
    y: NDArray
    class_names: tuple[str, ...]
    X: NDArray[np.float64]
    encoder: Encoder
    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    test: NDArray[np.int64]
    notes: tuple[str, ...]
    guesses: tuple[tuple[str, Order], ...] = ()

    @property
    def task(self) -> Task:
        """Whether classes or numbers are learned."""
        return self.preparation.task

    @property
    def watched(self) -> NDArray[np.int64]:
        """The rows shown while training: for validation, or for testing when there are none of those."""
        return self.validation if len(self.validation) else self.test

    @property
    def judged(self) -> NDArray[np.int64]:
        """The rows that tell how good a network is: for testing, else the best there are."""
        return next(part for part in (self.test, self.validation, self.train) if len(part))

    @cached_property
    def target(self) -> Target:
        """What is answered; values are learned as (y − center) / scale."""
        name, held = self.preparation.target, self.watched
        if self.task == "classification":
            return classes(name, self.class_names, self.y, self.train, held)
        return values(name, self.y, self.train, held, standardise=True)

    def scaler(self, scaling: str) -> Scaler:
        """Fitted on the training rows."""
        return fit_scaler(scaling, self.X[self.train])


def key_of(table: Table, preparation: Preparation) -> str:
    """16 hex characters that name a table together with what was chosen about it."""
    return hashlib.blake2b(f"{table.digest} {preparation.model_dump_json()}".encode(), digest_size=8).hexdigest()


def shape_of(own: Own) -> TableShape:
    """What settings say of it."""
    return TableShape(key=key_of(own.table, own.preparation), name=own.table.name[:80], rows=len(own.train),
                      inputs=len(own.encoder.names), classes=len(own.class_names))


def fit(table: Table, preparation: Preparation, test_share: float, seed: int) -> Own:
    """Splits the rows (stratified by class), then fits the encoder on the training rows.

    Raises ValueError when nothing can be learned from it, with what to change.
    """
    frame, p = table.frame, preparation
    if unknown := [name for name in (p.target, *p.features) if name not in frame]:
        raise ValueError(f"This table has no column {listed(unknown)}. Choose columns that it has.")
    if p.target in p.features:
        raise ValueError(f"{p.target} is what is to be predicted; it cannot be an input too. Take it out of the inputs.")
    features, notes = frame[list(p.features)], []
    answered = frame[p.target].notna()
    if not answered.all():
        notes.append(f"{(~answered).sum():,} rows without {p.target} are left out.")
    if p.missing == "drop":
        whole = features.notna().all(axis=1)
        if gaps := int((answered & ~whole).sum()):
            notes.append(f"{gaps:,} rows with gaps are left out.")
        answered &= whole
    rows = np.flatnonzero(answered)
    if len(rows) < 4:
        raise ValueError(f"Expected at least 4 rows that can be used; there are {len(rows)}. Choose another target, fill the "
                         "gaps instead of dropping their rows, or bring more rows.")
    y, class_names = _target(frame[p.target].iloc[rows], p)

    used = features.iloc[rows]
    if _too_few_to_hold_out(used):
        notes.append(f"{len(rows)} rows are so few that all of them train. How good the network is on them says whether it can "
                     "learn them, not what it would make of new ones.")
        test_share, p = 0.0, p.model_copy(update={"validation_share": 0.0, "split_by": None})
    train, validation, test, told = _parts(frame.iloc[rows], y, class_names, p, test_share, seed)
    notes += told
    if filled := [name for name in p.features if used[name].isna().any()]:
        notes.append("Gaps get the usual value of the training rows (the median, or the most common word) in: "
                     f"{listed(filled)}.")
    read = {name: settled(used[name], p.day_first) for name in p.features if name in p.moments}
    notes += [note for name, found in read.items() for note in told_of(name, found)]
    encoder, told = fit_encoder(used.iloc[train], p, read, {name: _by_hand(frame[name], places) for name, places in p.orders
                                                            if name in p.ordered and name in p.features})
    values = len(rows) * len(encoder.names)
    if values > MAX_VALUES:
        raise ValueError(f"{len(rows):,} rows × {len(encoder.names):,} inputs are {values:,} numbers; at most {MAX_VALUES:,} "
                         "are possible. Leave columns out, or allow fewer inputs a category.")
    return Own(table, preparation, rows, y, class_names, encoder(used), encoder, train, validation, test, tuple(notes + told),
               tuple((guess, found.order) for name, found in read.items() if (guess := guess_of(name, found)) and found.order))


def _too_few_to_hold_out(features: pd.DataFrame) -> bool:
    """Fewer than ten rows; or a truth table, where each row is the only one of its kind and all kinds are there."""
    if len(features) < FEW_ROWS:
        return True
    kinds = features.nunique().to_numpy()
    whole = len(features) <= TRUTH_TABLE and len(features) == np.prod(kinds) and bool((kinds == 2).all())
    return whole and not features.duplicated().any()


def _parts(
    frame: pd.DataFrame, y: NDArray, class_names: tuple[str, ...], p: Preparation, test_share: float, seed: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], list[str]]:  # fmt: skip
    """Places of the rows for training, for validation and for testing, and notes."""
    order, also = np.random.default_rng([seed, SPLIT_STREAM]), np.random.default_rng([seed, VALIDATION_STREAM])
    if p.split_by is not None and p.split_by in frame:
        at = np.argsort(np.nan_to_num(_when(frame[p.split_by], p), nan=-np.inf), kind="stable")
        last, before = (round(share * len(at)) for share in (test_share, p.validation_share))
        train, validation, test = np.split(at, [max(2, len(at) - last - before), max(2, len(at) - last)])
        notes = [f"Held out are the last rows in the order of {p.split_by}: what comes later is what a forecast is asked for."]
        if gone := [name for k, name in enumerate(class_names) if k not in y[train]]:
            notes.append(f"No row to learn from in: {listed(gone)}. All of these come later.")
        return order.permutation(train), validation, test, notes
    train, test, notes = split(y, class_names, test_share, order)
    share = min(0.9, p.validation_share / (1 - test_share))
    part, held, told = split(y[train], class_names, share, also)
    notes += [note.replace("for testing", "for validation") for note in told if note not in notes]
    return train[part], train[held], test, notes


def _by_hand(column: pd.Series, places: tuple[int, ...]) -> tuple[str, ...]:
    """All words of a column in the order that is meant; () where the places are not those of its words."""
    usual = class_labels(column) if column.nunique() <= MOST_CLASSES else ()
    return tuple(usual[place] for place in places) if sorted(places) == [*range(len(usual))] else ()


def _when(column: pd.Series, p: Preparation) -> NDArray[np.float64]:
    """What rows are put in order by: a number, or a moment."""
    return settled(column, p.day_first).seconds if column.name in p.moments or column.dtype != np.float64 else column.to_numpy()


def _target(column: pd.Series, p: Preparation) -> tuple[NDArray, tuple[str, ...]]:
    """Class numbers and names, or values."""
    if p.task == "regression":
        if column.dtype != np.float64:
            raise ValueError(f"{p.target} holds words, so it cannot be learned as a number. Learn it as classes.")
        if not (column.abs() < 1e100).all():
            raise ValueError(f"{p.target} holds numbers beyond 1e100. Correct them, or choose another target.")
        return column.to_numpy(), ()
    names = class_labels(column)
    if len(names) < 2:
        raise ValueError(f"{p.target} has only one class, {listed(names)}: there is nothing to tell apart. "
                         "Choose another target.")
    return pd.Index(names).get_indexer(pd.Index(as_labels(column))).astype(np.int64), names
