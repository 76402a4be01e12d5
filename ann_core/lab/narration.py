"""What a film is told to show while it plays: sentences, and what must have come true for each."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """A sentence, said once all of this has come true; of several the last one is said."""

    words: str
    epoch: float = 0
    """From this epoch on."""
    score: float | None = None
    """The score, on the test rows where there are any, has reached this."""
    turned: float | None = None
    """The test loss has risen to so many times its lowest value so far."""
    diverged: bool = False
    """The run has diverged, and this is its last moment."""


@dataclass(frozen=True)
class Narration:
    """The lines of one film; the first one has no condition. `gradient`: whether its gradient is spoken of too; `both`: whether
    the training score stands beside that of the rows held out."""

    lines: tuple[Line, ...]
    gradient: bool = False
    both: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """As it travels to the player."""
        return asdict(self)


FIRST_VISIT = Narration((
    Line("It has learned nothing yet: the colours are a first guess."),
    Line("It looks at the points, sees where it was wrong and changes itself a little, again and again.", epoch=1),
    Line("It begins to see the two arms.", score=0.75),
    Line("Now it tells blue from orange almost everywhere.", score=0.95),
))
"""Of the spiral, for those who see a network learn for the first time."""

NARRATIONS: dict[str, Narration] = {
    "spiral": Narration((
        Line("Untrained: the border lies where the first weights happened to put it."),
        Line("Every step moves the border a little, towards fewer wrong answers.", epoch=1),
        Line("The border bends around the arms.", score=0.75),
        Line("The two arms have come apart. What follows is fine work; a step may still set it back for a moment.",
             score=0.95))),
    "linear_xor": Narration((
        Line("Untrained: a straight border, somewhere."),
        Line("It turns and shifts its straight border, and some corner always stays on the wrong side.", epoch=1),
        Line("Its loss stays at 0.69, where guessing is: no straight line parts these four corners.", epoch=100))),
    "sigmoid_ten": Narration((
        Line("Untrained. Look at the bars: from the output back to layer 1 almost all of the gradient is lost."),
        Line("What reaches layer 1 is too little to move it: the loss stays where guessing is.", epoch=10),
        Line("Still guessing: layer 1 is almost where it began.", epoch=150)), gradient=True),
    "relu_ten": Narration((
        Line("Untrained. The bars stand about level: the gradient reaches layer 1."),
        Line("Every layer gets its share, so every layer learns.", epoch=1),
        Line("The moons are told apart.", score=0.95)), gradient=True),
    "adam_ten": Narration((
        Line("Untrained. The bars fall as steeply as with plain steps: the gradient is lost here too."),
        Line("Adam divides each gradient by its own size: tiny ones move the weights as far as large ones.", epoch=1),
        Line("It has learned something, although so little gradient reaches layer 1.", score=0.75)), gradient=True),
    "rate_too_high": Narration((
        Line("Untrained: the first step is about to overshoot."),
        Line("Every step lands further up than the one before: the loss grows instead of falling.", epoch=1),
        Line("The numbers are too large to compute with, and training stopped. Try a rate of 0.3.", diverged=True))),
    "fitting_noise": Narration((
        Line("Untrained. Half of the points are held out: it never learns from those."),
        Line("Both losses fall: it learns what all points have in common.", epoch=1),
        Line("The held-out loss has turned: from here it learns the noise.", turned=1.1),
        Line("It learns its own points by heart. On those held out its loss rises, while the accuracy hardly changes.",
             turned=1.5)), both=True),
}
"""Of the Playground's openers, by key. That the lines come true is seen over 20 seeds in `tests/core/test_openers.py`."""
