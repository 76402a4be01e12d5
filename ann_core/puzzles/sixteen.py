"""The sixteen puzzles, in their order: four grades of four.

Each as it stands misses its goal in at least 18 of 20 seeds, each cure reaches it in at least 18, and no part of a cure does
(`python -m benchmarks.puzzles`; a sample in `tests/core/test_puzzles.py`).
"""

from ann_core.base.registry import Registry
from ann_core.puzzles.first import FIRST
from ann_core.puzzles.fourth import FOURTH
from ann_core.puzzles.puzzle import Puzzle
from ann_core.puzzles.second import SECOND
from ann_core.puzzles.third import THIRD

PUZZLES: Registry[Puzzle] = Registry("puzzle", [*FIRST, *SECOND, *THIRD, *FOURTH])
GRADES = {1: "At a glance", 2: "Look inside", 3: "Look twice", 4: "The hard ones"}
"""What the grades are called."""


def after(key: str) -> Puzzle | None:
    """The next one; None after the last."""
    keys = list(PUZZLES)
    at = keys.index(key) + 1
    return PUZZLES[keys[at]] if at < len(keys) else None
