"""Training rows that a visitor takes out, or gives another class, by hand: the rest of the data stays what it is."""

from dataclasses import replace
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ann_core.data.prepared import Prepared

MOST_CHANGED, LEAST_LEFT = 50, 2
RowNumber = Annotated[int, Field(ge=0, lt=10_000_000)]
ClassNumber = Annotated[int, Field(ge=0, lt=1_000)]


def check_changes(c: Any) -> None:
    """Refuses settings of data whose changed rows cannot be. c: left_out, relabelled, and what the data are (`DataConfig`)

    Raises ValueError with what to do.
    """
    named = [*c.left_out, *(row for row, _ in c.relabelled)]
    if not named:
        return
    if len(set(named)) < len(named):
        raise ValueError("Expected each training row once, left out or with another class; one is named twice.")
    rows = c.untouched.training_rows
    if max(named) > rows:  # how many rows train is known to the row once they are split
        raise ValueError(f"Row {max(named)} is named, but about {rows:,} rows train, counted from 0. Name one of those.")
    if rows - len(c.left_out) < LEAST_LEFT:
        raise ValueError(f"{len(c.left_out)} of {rows} training rows are left out; at least {LEAST_LEFT} must stay.")
    if c.relabelled:
        if c.task == "regression" or c.every_step:
            raise ValueError("Only rows with one class as their answer can be given another one. Leave rows out instead.")
        classes = max(2, c.shape[2])
        if max(label for _, label in c.relabelled) >= classes:
            raise ValueError(f"These data have {classes} classes, counted from 0; a higher one is named.")


def kept_rows(rows: int, left_out: tuple[int, ...]) -> NDArray[np.int64]:
    """The numbers of the training rows that stay, in order. rows: how many there are"""
    return np.setdiff1d(np.arange(rows), left_out)


def changed(data: Prepared, left_out: tuple[int, ...], relabelled: tuple[tuple[int, int], ...]) -> Prepared:
    """The same data without some training rows, and with another class for others. What was fitted on all of them (scaling,
    the plane, what guessing reaches) stays, so that an input means what it meant to the network. Numbers of rows that do not
    exist are passed over."""
    if not (left_out or relabelled):
        return data
    y, rows = data.y_train.copy(), len(data.y_train)
    for row, label in relabelled:
        if row < rows:
            y[row] = label
    kept, told = kept_rows(rows, left_out), list(data.notes)
    gone, other = rows - len(kept), sum(row < rows for row, _ in relabelled)
    told += [f"{_rows(gone)} left out by hand."] if gone else []
    told += [f"{_rows(other)} given another class by hand."] if other else []
    points = data.points_train if data.plane is None else data.points_train[kept]
    return replace(data, X_train=data.X_train[kept], y_train=y[kept], points_train=points, notes=tuple(told))


def _rows(count: int) -> str:
    return "1 training row was" if count == 1 else f"{count} training rows were"
