"""A question of a lesson."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """One question to commit to before the reveal. right: the number of the right option, worked out and not typed in
    reason: why, with the numbers."""

    text: str
    options: tuple[str, ...]
    right: int
    reason: str
