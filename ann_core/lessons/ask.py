"""A question of a lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ann_core.base.spelling import words

TRY = 305
"""Purpose of the random stream that other numbers for a question come from."""


@dataclass(frozen=True)
class Ask:
    """One question to commit to before the reveal.

    options: each with what would have to be true for it; nothing is said of it where it is the right one
    right: the number of the right option, worked out and not typed in   reason: why it is, with the numbers
    scene: the asked situation as values of the lesson's controls, stop after stop: the picture goes through them
    plays: so many seconds of the picture's animation belong to the scene
    """

    text: str
    options: Mapping[str, str]
    right: int
    reason: str
    scene: Sequence[Mapping[str, Any]] = ()
    plays: float = 0.0

    @classmethod
    def of_values(cls, text: str, values: Mapping[float, str], right: float, reason: str,
                  spell: Callable[[float], str] = words, **more: Any) -> Ask:
        """A question whose options are values, and whose right one is the value nearest to what was worked out."""
        nearest = min(range(len(values)), key=lambda i: abs(list(values)[i] - right))
        return cls(text, {spell(value): said for value, said in values.items()}, nearest, reason, **more)

    @property
    def answer(self) -> str:
        """The right option."""
        return list(self.options)[self.right]

    def reaction(self, option: int) -> str:
        """What is to be said to whoever chose it."""
        return self.reason if option == self.right else list(self.options.values())[option]


def numbers(draw: int, usual: tuple, *others: Sequence[Any]) -> tuple:
    """The numbers of a question's try: the usual ones at first, then one from each of the others by chance."""
    rng = np.random.default_rng([draw, TRY])
    return usual if draw == 0 else tuple(choices[int(rng.integers(len(choices)))] for choices in others)
