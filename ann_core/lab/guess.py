"""What a scene asks before its film plays."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guess:
    """options: what a visitor may guess   right: the number of the right one   answer: what happens, in a sentence, unless the
    scene's own says it"""

    options: tuple[str, ...]
    right: int
    answer: str = ""

    def verdict(self, said: int | None) -> str:
        """The answer, held against what was guessed; None: nothing was."""
        if said is None:
            return self.answer
        verdict = "**Right.**" if said == self.right else f"**Not quite:** {self.options[self.right]}."
        return f"{verdict} {self.answer}".rstrip()
