"""What of a cure is not enough: the settings with a part of it."""

from itertools import combinations

from ann_core.puzzles.counting import changes
from ann_core.puzzles.puzzle import Puzzle
from ann_core.run.config import RunConfig
from ann_core.run.link import edited


def parts(puzzle: Puzzle) -> list[RunConfig]:
    """The settings with some of a cure's changes, and not all of them."""
    made = changes(puzzle.config, puzzle.cured)
    undone = [some for count in range(1, len(made)) for some in combinations(made, count)]
    found = []
    for some in undone:
        config = puzzle.cured
        for change in some:
            config = edited(config, change.back)
        found.append(config)
    return found
