"""The first two minutes: a guess, then the parts of a network pointed at one after the other while it learns."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Part = Literal["play", "point", "unit", "weight", "epoch", "loss", "nothing"]
"""What a stop points at in the player."""
NUMBERS = {"rows", "epoch", "epochs", "score", "first_score", "loss", "first_loss", "weight", "first_weight", "verdict"}
"""What the words of a stop may name in braces: the browser reads it from the run on the screen, at the moment that it shows.
verdict: how the guess turned out"""


@dataclass(frozen=True)
class Guess:
    """One of the options to guess the last score from. upto: it is right up to this score"""

    words: str
    upto: float


@dataclass(frozen=True)
class Stop:
    """Where the film pauses, as a share of its epochs; what is said there, **bold** where a word is met; and what to look at
    on the way to the next stop."""

    at: float
    part: Part
    words: str
    onward: str = ""


@dataclass(frozen=True)
class Tour:
    """A film with stops. question, guesses: what comes before it plays   key: under which the browser keeps that it was
    shown"""

    key: str
    question: str
    guesses: tuple[Guess, ...]
    stops: tuple[Stop, ...]

    @property
    def told(self) -> dict[str, Any]:
        """As it travels to the player."""
        return asdict(self)


FIRST_TOUR = Tour(
    "first tour",
    "This network must say which dots are blue and which orange. It has learned nothing yet: of dots kept aside it gets "
    "{first_score} right. **How many when it has learned?**",
    (Guess("about half, as with a coin", 0.65), Guess("about three quarters", 0.9), Guess("nearly all", 1.0)),
    (Stop(0, "play",
          "Let us see. **Press play.**", "It looks at the dots, sees where it was wrong, and changes itself a little."),
     Stop(0.01, "point",
          "Each dot is a **point**: two numbers, how far right and how far up, and a colour, the right answer. It learns "
          "from {rows} of them. The colour behind the dots is what it would answer there.",
          "Watch the colours bend towards the dots."),
     Stop(0.03, "unit",
          "Each square is a **unit**: it adds up what comes in from the left, bends the sum and hands one number on. Blue "
          "means low, orange high, for every place of the picture.", "Watch how the squares find patterns of their own."),
     Stop(0.06, "weight",
          "Each line is a **weight**: the number by which a unit multiplies what it gets. This one was {first_weight} at "
          "the start and is {weight} now. Learning changes such numbers, and nothing else.",
          "Watch the lines grow and shrink."),
     Stop(0.15, "epoch",
          "This is **epoch** {epoch}: {epoch} times by now it has looked at all of its {rows} points. Drag the handle "
          "back, and you see what it knew before.", "Most is learned. What follows is fine work."),
     Stop(0.4, "loss",
          "The **loss** says in one number how wrong it is: {first_loss} at the start, {loss} now. To learn is to make it "
          "smaller.", "On to the end."),
     Stop(1, "nothing",
          "{verdict} After {epochs} epochs it gets {score} of the points right that it never learned from. That was a "
          "network learning. **Below: build your own, or find out how it does it.**")))
"""Of Home."""
