"""The words that a beginner may not know: what each means, in a sentence or two with a number, and where to learn more."""

import re

from ui.glossary import examples, kinds, learning, network, pictures
from ui.glossary.word import Word

_CHAPTERS = {"What stands in a network": network.WORDS, "How it learns": learning.WORDS,
             "What it learns from, and how good it is": examples.WORDS, "What the pictures say": pictures.WORDS,
             "Kinds of networks": kinds.WORDS}

GLOSSARY: tuple[Word, ...] = tuple(word for words in _CHAPTERS.values() for word in words)
"""In the order in which a beginner meets them. Of two that fit at one place the longer one is meant."""

CHAPTERS = {words[0].name: title for title, words in _CHAPTERS.items()}
"""The glossary's headings, by the word that stands first under each."""

BY_FORM = {form.lower(): word for word in GLOSSARY for form in word.forms}


def pattern() -> re.Pattern[str]:
    """Any word of the glossary as it stands in a text, by itself and not in the name of a page, such as Gradient lab."""
    longest_first = sorted(BY_FORM, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-]| lab\b)", re.IGNORECASE)
