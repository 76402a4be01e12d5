"""What is proposed about a table: which column is learned, from which others."""

from collections.abc import Iterator, Sequence

import pandas as pd

from ann_core.data.table.columns import LEARNABLE, Column
from ann_core.data.table.meaning import meant
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.proposal import Proposal, propose_task


def proposed(columns: Sequence[Column], frame: pd.DataFrame, found: Proposal) -> Preparation:
    """The proposal as settings. Raises ValueError when there is no column to learn from."""
    features = _learnable(columns, found.features)
    return Preparation.model_validate({"target": found.target, "task": found.task, "features": features,
                                       **meant(columns, frame, features)})


def aimed_at(target: str, columns: Sequence[Column], frame: pd.DataFrame, before: Preparation) -> Preparation:
    """Settings to predict this column from the others; what else was chosen stays."""
    task, _ = propose_task(frame[target])
    usable = [c.name for c in columns if c.name != target and c.kind in LEARNABLE]
    features = _learnable(columns, usable or [c.name for c in columns if c.name != target and c.kind != "empty"])
    changed = {"target": target, "task": task, "features": features, "categories": (), "split_by": None,
               **meant(columns, frame, features)}
    return before.model_copy(update=changed)


def every(columns: Sequence[Column], frame: pd.DataFrame, found: Proposal) -> Iterator[Preparation]:
    """The proposal, and what it becomes when another column is to be learned."""
    first = proposed(columns, frame, found)
    yield first
    for column in columns:
        yield aimed_at(column.name, columns, frame, first)


def _learnable(columns: Sequence[Column], names: Sequence[str]) -> tuple[str, ...]:
    """Without columns of numbers too large to learn from, unless there are no others."""
    small = [c.name for c in columns if c.name in names and (c.low is None or max(-c.low, c.high or 0) < 1e100)]
    return tuple(small or names)
