"""The examples ask first: beside how much gradient reaches each layer, which of these networks learn?"""

from collections.abc import Sequence

from ann_core.base.numbers import size
from ann_core.base.words import listed
from ann_core.lessons.ask import Ask
from ui.compare.kept import Kept
from ui.lessons.controls import LessonControls
from ui.question import asked

COIN = 0.5
"""What guessing reaches on their two classes."""


def guessed(runs: Sequence[Kept]) -> bool:
    """Asks; whether the answer may be shown."""
    return asked("compare", "examples", lambda: ask(runs), LessonControls("compare"))


def ask(runs: Sequence[Kept]) -> Ask:
    """Which of the runs come at least half of the way from a coin to perfect."""
    measure = runs[0].result.measure
    needed = measure.halfway(COIN)
    learned = tuple(one for one in runs if measure.reached(one.result.judged, needed))
    offered = dict.fromkeys([*(tuple(runs[place:]) for place in range(len(runs) + 1)), learned])
    ends = "; ".join(f"{one.name} ends with {measure.words(one.result.judged)}, its {one.result.layers[0]} gets a gradient of "
                     f"{size(one.result.gradient[0])}" for one in runs)
    return Ask("This is how much gradient reaches each layer. Which of the three learn?",
               {_called(some, runs): _reaction(some, learned, needed) for some in offered}, list(offered).index(learned),
               f"{ends}.")


def _called(some: Sequence[Kept], runs: Sequence[Kept]) -> str:
    words = listed([f"{one.name} ({one.number})" for one in some]) or "None of them"
    return f"All: {words}" if len(some) == len(runs) else f"Only {words}" if len(some) == 1 else words


def _reaction(some: Sequence[Kept], learned: Sequence[Kept], needed: float) -> str:
    """Of the first run about which they differ."""
    odd = next((one for one in (*some, *learned) if (one in some) != (one in learned)), None)
    if odd is None:
        return ""
    words = odd.result.measure.words
    side = "above" if odd in some else "below"
    return (f"That would be so if {odd.name} ended {side} {words(needed)}, half of the way from a coin to perfect. It ends at "
            f"{words(odd.result.judged)}.")
