"""A word of the glossary."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word that a beginner may not know.

    forms: how it stands in a text, singular and plural   meaning: in plain sentences
    more: the idea of a lesson that explains it, as <lesson>/<idea>
    """

    forms: tuple[str, ...]
    meaning: str
    more: str

    @property
    def name(self) -> str:
        """As it stands in a list."""
        return self.forms[0]

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower().replace("∂", "d").replace("ⁿ", "n")).strip("-")


def word(forms: str, meaning: str, more: str) -> Word:
    """As the chapters write one, its forms in one text."""
    return Word(tuple(forms.split(", ")), meaning, more)
