"""What became of each puzzle: solved with so many points, given up, or helped by the hint. The browser keeps it as it keeps the
lessons' progress (`ui/progress.py`)."""

from dataclasses import dataclass
from hashlib import sha256

from ann_core.puzzles.link import OWN, Attempt, write
from ann_core.puzzles.puzzle import FULL, Puzzle
from ann_core.puzzles.sixteen import PUZZLES
from ui.lessons.controls import LessonControls

PAGE = "puzzles"
controls = LessonControls(PAGE)


@dataclass(frozen=True)
class Result:
    """points: None as long as it is open, 0 when it was given up   hinted: whether the hint was read before"""

    points: int | None = None
    hinted: bool = False

    @property
    def over(self) -> bool:
        """Whether the truth may be told."""
        return self.points is not None

    @property
    def solved(self) -> bool:
        """Whether it was solved."""
        return bool(self.points)


def result(puzzle: Puzzle) -> Result:
    """What became of it."""
    kept = controls.value(_name(puzzle), None)
    if not isinstance(kept, list) or len(kept) != 2:  # whatever a browser says
        return Result()
    points, hinted = kept
    return Result(points if type(points) is int and 0 <= points <= FULL else None, hinted is True)


def note(puzzle: Puzzle, points: int | None = None, hinted: bool = False) -> None:
    """Remembers it. What is over stays as it was first."""
    before = result(puzzle)
    if not before.over:
        controls.put(_name(puzzle), [points, before.hinted or hinted])


def total() -> tuple[int, int]:
    """Points so far, and how many there are."""
    return sum(result(puzzle).points or 0 for puzzle in PUZZLES.values()), FULL * len(PUZZLES)


def _name(puzzle: Puzzle) -> str:
    if puzzle.key != OWN:
        return f"result/{puzzle.key}"
    return f"result/{sha256(repr(write(Attempt.at(puzzle))).encode()).hexdigest()[:12]}"
