"""Made names with a rule that can be checked: at every step the next letter is to be told.

A name has two to four syllables of a consonant and a vowel, and every second name one more consonant at its end. Its vowels are
all of one group, e i or a o u, as in languages with vowel harmony: the first vowel says which ones may follow.
"""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.data.prepared import Prepared
from ann_core.data.sequence import SequenceData, last_part, one_hot, sequences
from ann_core.data.target import tokens

PURPOSE = 208  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM
CONSONANTS, GROUPS, LAST = "bdgklmnrstvz", ("ei", "aou"), "nrsl"
LETTERS = "".join(sorted(CONSONANTS + "".join(GROUPS)))
SYLLABLES = range(2, 5)
END = "."
"""The token that ends a name."""
LONGEST = 2 * SYLLABLES[-1] + 1
NAME = re.compile(f"([{CONSONANTS}][{''.join(GROUPS)}]){{{SYLLABLES[0]},{SYLLABLES[-1]}}}[{LAST}]?")


def fault(name: str) -> str:
    """What breaks the rule, in words; empty where nothing does."""
    if not NAME.fullmatch(name):
        return "not two to four syllables"
    used = [group for group in GROUPS if {*group} & {*name}]
    return "vowels of both groups" if len(used) > 1 else ""


def by_rule(rng: np.random.Generator) -> str:
    """A name."""
    vowels = GROUPS[rng.integers(len(GROUPS))]
    syllables = [CONSONANTS[rng.integers(len(CONSONANTS))] + vowels[rng.integers(len(vowels))]
                 for _ in range(rng.choice(SYLLABLES))]
    return "".join(syllables) + (LAST[rng.integers(len(LAST))] if rng.integers(2) else "")


def entropy() -> float:
    """Nats a letter, its end among them, that nobody can do without who draws names by the rule."""
    syllables = float(np.mean(SYLLABLES))
    a_syllable = np.log(len(CONSONANTS)) + np.mean([np.log(len(group)) for group in GROUPS])
    whole = np.log(len(GROUPS)) + np.log(len(SYLLABLES)) + syllables * a_syllable + np.log(2) + np.log(len(LAST)) / 2
    return float(whole / (2 * syllables + 0.5 + 1))


class Names(SequenceData):
    """Names, each another one. At step 0 nothing is given, then letter after letter; steps behind the end are not asked."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return *LETTERS, END

    def answers(self, c: Any) -> tuple[str, ...]:
        return *LETTERS, END

    def steps(self, c: Any) -> int:
        return LONGEST + 1

    def drawn(self, c: Any) -> list[str]:
        """All of them, training and held out."""
        rng, found = np.random.default_rng([c.seed, PURPOSE]), dict[str, None]()
        while len(found) < c.samples:
            found[by_rule(rng)] = None
        return [*found]

    def encode(self, names: list[str]) -> tuple[NDArray, NDArray[np.int64]]:
        """X: (N, T, tokens), y: (N, T), −1 behind the end."""
        y = np.full((len(names), LONGEST + 1), -1)
        for row, name in zip(y, names, strict=True):
            row[:len(name) + 1] = [LETTERS.index(letter) for letter in name] + [len(LETTERS)]
        before = np.concatenate([np.full((len(y), 1), -1), np.where(y[:, :-1] < len(LETTERS), y[:, :-1], -1)], 1)
        return one_hot(before, len(LETTERS) + 1), y

    def spelt(self, y: NDArray) -> list[str]:
        """Names of their tokens, up to their end. y: (N, T)"""
        names = ("".join((*LETTERS, END)[token] for token in row if token >= 0) for row in y)
        return [name.split(END)[0] for name in names]

    def prepare(self, c: Any) -> Prepared:
        X, y = self.encode(self.drawn(c))
        train, held = last_part(c.samples, c.test_share)
        return sequences(X, y, train, held, target=tokens("next letter", self.answers(c), y, train, held),
                         symbols=self.symbols(c))
