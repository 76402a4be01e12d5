"""A puzzle: a network that will not learn, what it should reach, and how many changes it takes at most."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ann_core.base.measure import MEASURES, Measure
from ann_core.puzzles.counting import changes, closed, counted
from ann_core.run.config import RunConfig
from ann_core.run.link import edited

MOST = 3
"""Changes that are allowed."""
FULL, FOR_HINT = 5, 2
"""Points for a puzzle solved by as many changes as are needed, and how many a hint takes away."""


@dataclass(frozen=True)
class Truth:
    """What is told afterwards, and asked before.

    hint: a question that points to the picture in which one sees it   options: what might be wrong, the first one is; each
    other one with what would have to be true for it   wrong: what was   sign: key of the number in which one sees it
    cure: settings by dotted name   remember: one sentence
    """

    hint: str
    wrong: str
    sign: str
    cure: Mapping[str, Any]
    remember: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Puzzle:
    """goal: the score on rows held out that is to be reached at the end of its epochs   most: changes allowed
    truth: None for a puzzle that somebody has set   grade: 1 to 4; 0 for such a one"""

    key: str
    label: str
    story: str
    config: RunConfig
    goal: float
    truth: Truth | None = None
    grade: int = 0
    most: int = MOST

    @property
    def measure(self) -> Measure:
        """What it is scored by."""
        return MEASURES[self.config.data.task]

    @property
    def goal_in_words(self) -> str:
        """For example 'accuracy of at least 95 %'."""
        bound = "at least" if self.measure.better == "more" else "at most"
        return f"{self.measure.label} of {bound} {self.measure.words(self.goal)}"

    @property
    def cured(self) -> RunConfig:
        """Its settings with a cure. Raises ValueError for a puzzle whose truth is not known."""
        if self.truth is None:
            raise ValueError("Expected one of the sixteen; the cure of a puzzle that somebody has set is not known.")
        return edited(self.config, self.truth.cure)

    @property
    def needed(self) -> int:
        """Changes of its cure; 1 where none is known."""
        return counted(changes(self.config, self.cured)) if self.truth else 1

    def check(self, config: RunConfig) -> RunConfig:
        """These settings, if they are within its changes. Raises ValueError for others, and says why."""
        if closed(self.config, config):
            raise ValueError("The data, the epochs and the seed are part of the puzzle and stay as they are.")
        count = counted(changes(self.config, config))
        if count > self.most:
            raise ValueError(f"That would be {count} changes, but {self.most} {'is' if self.most == 1 else 'are'} allowed. "
                             "Undo one first.")
        return config

    def score(self, config: RunConfig, hinted: bool) -> int:
        """Points for a solution: 5, one fewer for each change more than needed, two fewer for the hint, at least 1."""
        extra = max(0, counted(changes(self.config, config)) - self.needed)
        return max(1, FULL - extra - FOR_HINT * hinted)


def dense(activation: str, *units: int) -> dict[str, Any]:
    """Hidden layers with so many units, as settings."""
    return {"network.layers": [{"units": count, "activation": activation} for count in units]}


def sabotaged(grade: int, key: str, label: str, story: str, goal: float, settings: Mapping[str, Any], truth: Truth) -> Puzzle:
    """One of the sixteen. settings: by dotted name, where they are not the usual ones"""
    return Puzzle(key, label, story, edited(RunConfig(), settings), goal, truth, grade)
