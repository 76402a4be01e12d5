"""What a figure can do beside being looked at: what is dragged or pressed, what follows, what is played."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

Amount = float | str | Sequence[Sequence[float | str]]
"""A number, a dragged value (`"w.x"`), or a sum of products of both: `[[-1, "w.x", "p.x"], [3]]` is −w.x·p.x + 3."""


@dataclass(frozen=True)
class Drag:
    """How far a point of a trace, or a shape as a whole (its `x0`, `y0`), may be dragged.

    x, y: lowest and highest value, in the units of the axes; None: it does not move in this direction. step: of an arrow key
    and of what a hand can set, one for both directions or (x, y). label: what the handle is called. point: which point of the
    trace; None: each of them.
    """

    x: tuple[float, float] | None = None
    y: tuple[float, float] | None = None
    step: float | tuple[float, float] = 0.1
    label: str = ""
    point: int | None = 0

    def __post_init__(self) -> None:
        if self.x is None and self.y is None:
            raise ValueError("Expected bounds in x, y or both; without them nothing can be dragged.")
        for low, high in filter(None, (self.x, self.y)):
            if not (isfinite(low) and isfinite(high) and low < high):
                raise ValueError(f"Expected finite bounds (low, high) with low < high, got {(low, high)}.")
        if not all(isfinite(step) and step > 0 for step in self.steps):
            raise ValueError(f"Expected a step above 0, got {self.step}.")

    @property
    def steps(self) -> tuple[float, float]:
        return self.step if isinstance(self.step, tuple) else (self.step, self.step)


@dataclass(frozen=True)
class Press(Drag):
    """A shape or point that stays where it is and is pressed, by hand or by Enter: `on` hears of it, without a place.

    chosen: whether it is the one that the page shows, as its button says aloud; None where none is.
    """

    chosen: bool | None = None

    def __post_init__(self) -> None:
        if self.x is not None or self.y is not None:
            raise ValueError("Expected no bounds: what is pressed does not move. For what is moved there is Drag.")


@dataclass(frozen=True)
class FollowingLine:
    """While something is dragged, the trace or line `target` becomes the line a·x + b·y + c = 0, right across the picture."""

    target: str
    a: Amount
    b: Amount
    c: Amount


@dataclass(frozen=True)
class FollowingPoints:
    """While something is dragged, the points of the trace (or the two ends of the shape) `target` lie at these places."""

    target: str
    x: Sequence[Amount]
    y: Sequence[Amount]


@dataclass(frozen=True)
class Keyframe:
    """One moment of an animation: by name, what is new in some traces (`x`, `y`, `z`, `text`, …) and shapes; and a sentence.

    A line that grows says only how far it has come: `upto`, so many of its points.
    """

    traces: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    caption: str = ""


@dataclass(frozen=True)
class Animation:
    """Keyframes that the browser plays, `rate` a second. `noun` names what one of them is, as in "Step 3 / 20"; None
    where they lie unevenly, and the caption says which one it is."""

    frames: Sequence[Keyframe]
    rate: float = 8.0
    noun: str | None = "Step"
    autoplay: bool = False
    loop: bool = False


@dataclass(frozen=True)
class Cursor:
    """A line through all plots, and each curve's value there below them. It follows the pointer while that is over the picture.

    at: where the page has it   on: hears where it was set, by a press or a key
    """

    at: float | None = None
    on: Callable[[float], None] | None = None


@dataclass(frozen=True)
class Rest:
    """Where an animation rests. at: the keyframe that the page has   on: hears of another one"""

    at: int
    on: Callable[[int], None]
