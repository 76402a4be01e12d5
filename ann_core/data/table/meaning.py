"""What the columns of a table are taken for unless somebody says otherwise: moments, words in order, axes of time."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ann_core.data.table.classes import MOST_CLASSES
from ann_core.data.table.columns import Column, says_when
from ann_core.data.table.moments import moments
from ann_core.data.table.scales import counts


def meant(columns: Sequence[Column], frame: pd.DataFrame, features: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Which of these columns are read as moments, and which have words that stand on a scale."""
    used = [column for column in columns if column.name in features]
    return {"moments": tuple(column.name for column in used if column.kind == "date"),
            "ordered": tuple(column.name for column in used if column.kind == "category" and column.low is None
                             and column.distinct <= MOST_CLASSES and counts([*map(str, frame[column.name].dropna().unique())]))}


def time_axes(columns: Sequence[Column], frame: pd.DataFrame) -> tuple[str, ...]:
    """Columns that say when a row was, of which nearly every row has its own: such rows follow one another.

    Numbers and times of day say so only where they rise from row to row: hours of study are no axis of time.
    """
    def follow(column: Column) -> bool:
        if column.kind == "date":
            found = moments(frame[column.name])
            return found.dates or _rises(found.seconds)
        return column.kind == "number" and says_when(column.name) and _rises(frame[column.name].to_numpy())

    return tuple(column.name for column in columns
                 if column.distinct >= 0.9 * (column.rows - column.missing) > 0 and follow(column))


def _rises(values: np.ndarray) -> bool:
    return bool((np.diff(values[~np.isnan(values)]) >= 0).all())
