"""Which column of a table to learn, as classes or as amounts, and from which others: what is proposed, and why."""

from dataclasses import dataclass
from math import isqrt

import numpy as np
import pandas as pd

from ann_core.data.dataset import Task
from ann_core.data.table.classes import MOST_CLASSES
from ann_core.data.table.columns import FEW_VALUES, LEARNABLE, Column, is_number, short, words_of

_TARGETS = {"target", "label", "outcome", "output", "response"}
_PERHAPS_TARGETS = {"class", "species", "variety", "category", "diagnosis", "survived", "passed", "result", "quality", "churn",
                    "price", "grade", "mark", "score"}


@dataclass(frozen=True)
class Proposal:
    """What to learn, from what, and why; `left_out` says of every other column why it is not used."""

    target: str
    task: Task
    features: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    reason: str


def propose(columns: tuple[Column, ...], frame: pd.DataFrame) -> Proposal:
    """A target, a task and features to begin with.

    The target is a last column that can be learned, unless another one has a name that targets have.
    Raises ValueError when no column varies.
    """
    if not any(column.kind not in ("empty", "constant") for column in columns):
        raise ValueError("Expected a column whose values differ from row to row, received "
                         f"{f'{len(columns)} columns without one' if columns else 'no column'}. Choose another file.")
    target, why = _propose_target(columns)
    task, reason = propose_task(frame[target.name])
    others = [column for column in columns if column.name != target.name]
    used = [column for column in others if column.kind in LEARNABLE]
    if _may_be_pixels(others):
        used = others
    if not used:  # then numbers that count through may be what was measured: x = 1, 2, 3 …
        used = [column for column in others if column.kind == "identifier" and column.low is not None]
    return Proposal(
        target.name, task, tuple(column.name for column in used),
        tuple((column.name, _why_not(column)) for column in others if column not in used),
        f"{short(target.name)} is proposed because {why}. {reason}",
    )  # fmt: skip


def _may_be_pixels(columns: list[Column]) -> bool:
    """Whether these can be a square picture, 4 × 4 or larger: some of its pixels, as those of a rim, are always the same."""
    numbers = all(column.low is not None and column.kind in ("number", "constant") for column in columns)
    return numbers and len(columns) >= 16 and isqrt(len(columns))**2 == len(columns)


def _propose_target(columns: tuple[Column, ...]) -> tuple[Column, str]:
    fit = [c for c in columns if c.missing <= c.rows / 2
           and (c.kind == "number" or c.kind == "category" and c.distinct <= MOST_CLASSES)]
    if not fit:
        varies = [c for c in columns if c.kind not in ("empty", "constant")]
        return varies[-1], "no other column suits better, though it is hard to learn"
    *_, best = sorted(fit, key=lambda c: _target_rank(c, columns))
    if _target_rank(best, columns):
        return best, "its name is one that targets often have"
    return best, f"it is the last column{'' if best is columns[-1] else ' that suits a target'}"


def _target_rank(column: Column, columns: tuple[Column, ...]) -> int:
    words = words_of(column.name)
    if words == ["y"]:  # a target where it stands first or last, a coordinate amid others
        return int(column is columns[0] or column is columns[-1])
    said = set(words[-1:]) if len(words) < 3 else set()
    return 2 * bool(said & _TARGETS) or int(bool(said & _PERHAPS_TARGETS))


def _why_not(column: Column) -> str:
    return {
        "identifier": "its values differ in almost every row, so they name rows and say nothing about a new one",
        "text": f"it has {column.distinct:,} different texts; a network needs numbers, or categories that come back",
        "constant": "it has the same value in every row",
        "empty": "it has no values",
    }[column.kind]


def propose_task(series: pd.Series) -> tuple[Task, str]:
    """Classes or amounts, and why, in a sentence."""
    present = series.dropna()
    distinct = int(present.nunique())
    different = f"{distinct:,} different value{'s' * (distinct != 1)}"
    if not is_number(series) or distinct <= 2:
        what = "numbers" if is_number(series) else "words"
        return "classification", f"It holds {what}, {different}: the network learns to tell classes apart."
    whole = bool((np.trunc(present) == present).all())
    if whole and distinct <= FEW_VALUES and distinct <= len(present) / 2:
        return "classification", f"It holds whole numbers, only {different}, taken as classes."
    why = "with fractions" if not whole else f"too many for classes in {len(present):,} rows"
    return "regression", f"It holds numbers, {different}, {why}: the network learns to give an amount."
