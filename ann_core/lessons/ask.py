"""A question of a lesson."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ann_core.base.spelling import words


@dataclass(frozen=True)
class Ask:
    """One question to commit to before the reveal. right: the number of the right option, worked out and not typed in
    reason: why, with the numbers."""

    text: str
    options: tuple[str, ...]
    right: int
    reason: str

    @classmethod
    def of_values(cls, text: str, values: Sequence[float], right: float, reason: str,
                  spell: Callable[[float], str] = words) -> Ask:
        """A question whose options are values, and whose right one is the value nearest to what was worked out."""
        nearest = min(range(len(values)), key=lambda i: abs(values[i] - right))
        return cls(text, tuple(map(spell, values)), nearest, reason)
