"""A puzzle in an address, with the changes made so far: one of the sixteen by its key, or one that somebody has set.

    ?puzzle=hardly&training.learning_rate=0.1
    ?puzzle=own&goal=0.9&most=2&of.data.source=moons&of.training.learning_rate=0.0001
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from ann_core.base.measure import MEASURES
from ann_core.data import DRAWN, SKETCHED
from ann_core.puzzles.judging import too_long
from ann_core.puzzles.puzzle import MOST, Puzzle
from ann_core.puzzles.sixteen import PUZZLES
from ann_core.run.config import RunConfig
from ann_core.run.link import VERSION, changes, drawing_fits, of_this_version, read_changes

OWN, OF = "own", "of."
NAMES = ("puzzle", "goal", "most", "v")
MOST_SET = 5
"""Changes that whoever sets a puzzle may allow."""
_WHOLE, _GOAL = re.compile(r"[0-9]{1,2}", re.ASCII), re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?(e[+-]?[0-9]{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Attempt:
    """A puzzle, and its settings as a visitor has changed them."""

    puzzle: Puzzle
    config: RunConfig

    @classmethod
    def at(cls, puzzle: Puzzle) -> "Attempt":
        """A puzzle as it stands."""
        return cls(puzzle, puzzle.config)


def set_puzzle(config: RunConfig, goal: float, most: int = MOST) -> Puzzle:
    """A puzzle that somebody sets. Raises ValueError for what cannot be one, with what to do."""
    data, kind = config.data, MEASURES[config.data.task].kind
    if config.objective.kind != RunConfig().objective.kind or data.sequence:
        raise ValueError("Expected a network that answers one row at a time, as in the Playground.")
    if config.seeds > 1 or config.training.patience:
        raise ValueError("Expected one network that trains to its last epoch: set Seeds to 1, and switch stopping early off.")
    if data.source in (DRAWN, SKETCHED) and not drawing_fits(config):
        raise ValueError("This drawing has more points than fit into an address. Draw fewer.")
    if data.test_share == 0:
        raise ValueError("The goal is measured on points held out, but none are. Choose a held-out share above 0.")
    if why := too_long(config):
        raise ValueError(why)
    if not 0 < goal <= (1 if kind == "share" else inf):
        raise ValueError(f"Expected a goal above 0{' and up to 1' * (kind == 'share')}; {goal:g} came.")
    if not 1 <= most <= MOST_SET:
        raise ValueError(f"Expected 1 to {MOST_SET} changes; {most} came.")
    return Puzzle(OWN, "A puzzle set for you", "Somebody has set this network so that it misses its goal.", config, goal,
                  most=most)


def write(attempt: Attempt) -> dict[str, str]:
    """What stands in the address."""
    puzzle, made = attempt.puzzle, changes(attempt.config, attempt.puzzle.config)
    query = {"puzzle": puzzle.key}
    if puzzle.key == OWN:
        query |= {"goal": repr(puzzle.goal), "most": str(puzzle.most)}
        query |= {f"{OF}{path}": text for path, text in changes(puzzle.config, RunConfig()).items()}
    return query | made | ({"v": VERSION} if made or puzzle.key == OWN else {})


def read(query: Mapping[str, str]) -> tuple[Attempt, list[str]]:
    """The puzzle that an address names, and a sentence for each part that could not be used."""
    key, notes = query.get("puzzle", next(iter(PUZZLES))), of_this_version(query)
    made = {name: text for name, text in query.items() if name not in NAMES and not name.startswith(OF)}
    try:
        puzzle, told = _set(query) if key == OWN else (PUZZLES[key], [])
    except (ValueError, KeyError) as error:
        first = next(iter(PUZZLES.values()))
        return Attempt.at(first), [*notes, "This link names no puzzle that can be played, so the first one stands here. "
                                           f"{error.args[0]}"]
    config, more = read_changes(made, puzzle.config)
    try:
        puzzle.check(config)
    except ValueError as error:
        config, more = puzzle.config, [f"The changes in this link are left out. {error}"]
    return Attempt(puzzle, config), [*notes, *told, *more]


def _set(query: Mapping[str, str]) -> tuple[Puzzle, list[str]]:
    goal, most = query.get("goal", ""), query.get("most", str(MOST))
    if not _GOAL.fullmatch(goal) or not _WHOLE.fullmatch(most):
        raise ValueError("Its goal should be a number like 0.9, and its changes a number from 1 to "
                         f"{MOST_SET}; {goal[:20]!r} and {most[:20]!r} came.")
    given = {name.removeprefix(OF): text for name, text in query.items() if name.startswith(OF)}
    config, notes = read_changes(given, RunConfig())
    return set_puzzle(config, float(goal), int(most)), notes
