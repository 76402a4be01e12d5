"""Made sequences that ask for memory: the first symbol, marked numbers, what stood between brackets, what is yet to come."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.data.made.answers import ANSWERED, Answered
from ann_core.data.made.names import Names
from ann_core.data.made.series import Series
from ann_core.data.made.text import Text
from ann_core.data.prepared import Prepared
from ann_core.data.sequence import SequenceData, last_part, one_hot, sequences
from ann_core.data.target import Target, classes, tokens, values

PURPOSE = 203  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM
SYMBOLS = ("A", "B", "C", "D")
DISTRACTORS = ("w", "x", "y", "z")
MARKER_SHARE = 0.1


@dataclass(frozen=True)
class Made(SequenceData):
    """Sequences drawn by chance, each by itself. asked: what is to be answered"""

    asked: str = "answer"

    def draw(self, rng: np.random.Generator, samples: int, length: int) -> tuple[Array, NDArray]:
        """X: (samples, length, n)   y: (samples,), or (samples, length) at every step"""
        raise NotImplementedError

    def prepare(self, c: Any) -> Prepared:
        X, y = self.draw(np.random.default_rng([c.seed, PURPOSE]), c.samples, c.length)
        train, held = last_part(c.samples, c.test_share)
        names = self.answers(c)
        if names:
            target: Target = (tokens if self.every_step else classes)(self.asked, names, y, train, held)
        else:
            target = values(self.asked, y, train, held, standardise=True)
        return sequences(X, y, train, held, target=target, symbols=self.symbols(c))


class RememberFirst(Made):
    """The first symbol is asked for; all others say nothing."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return SYMBOLS + DISTRACTORS

    def answers(self, c: Any) -> tuple[str, ...]:
        return SYMBOLS

    def draw(self, rng: np.random.Generator, samples: int, length: int) -> tuple[Array, NDArray]:
        first = rng.permutation(np.arange(samples) % len(SYMBOLS))
        ids = len(SYMBOLS) + rng.integers(0, len(DISTRACTORS), (samples, length))
        ids[:, 0] = first
        return one_hot(ids, len(SYMBOLS + DISTRACTORS)), first


class AddMarked(Made):
    """Two of the numbers are marked, one in each half: their sum is asked for (Hochreiter and Schmidhuber, 1997)."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return "number", "mark"

    def draw(self, rng: np.random.Generator, samples: int, length: int) -> tuple[Array, NDArray]:
        numbers, marks, rows = rng.random((samples, length)), np.zeros((samples, length)), np.arange(samples)
        marks[rows, rng.integers(0, length // 2, samples)] = 1
        marks[rows, rng.integers(length // 2, length, samples)] = 1
        return np.stack([numbers, marks], -1), (numbers * marks).sum(-1)


class Brackets(Made):
    """Letters, and somewhere a pair of brackets around one of them: that one is asked for."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return *SYMBOLS, "(", ")"

    def answers(self, c: Any) -> tuple[str, ...]:
        return SYMBOLS

    def draw(self, rng: np.random.Generator, samples: int, length: int) -> tuple[Array, NDArray]:
        rows, inside = np.arange(samples), rng.permutation(np.arange(samples) % len(SYMBOLS))
        ids, opens = rng.integers(0, len(SYMBOLS), (samples, length)), rng.integers(0, length - 2, samples)
        ids[rows, opens], ids[rows, opens + 1], ids[rows, opens + 2] = len(SYMBOLS), inside, len(SYMBOLS) + 1
        return one_hot(ids, len(SYMBOLS) + 2), inside


class MarkerLater(Made):
    """At every step: does a marker still come? Each later step is one with the chance MARKER_SHARE."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return "marker", "x", "y", "z"

    def answers(self, c: Any) -> tuple[str, ...]:
        return "none", "comes"

    def draw(self, rng: np.random.Generator, samples: int, length: int) -> tuple[Array, NDArray]:
        marked = rng.random((samples, length)) < MARKER_SHARE
        ids = np.where(marked, 0, rng.integers(1, 4, (samples, length)))
        from_here = np.cumsum(marked[:, ::-1], 1)[:, ::-1]
        return one_hot(ids, 4), np.asarray(from_here - marked > 0, np.int64)


DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class Rearranged(Made):
    """Digits, and the same digits in another order as the answer at every step. how: "reverse", "sort" or "copy"

    What stands at a step of the answer may come from any step of the question, so every answer needs a look elsewhere.
    """

    how: str = "reverse"

    def symbols(self, c: Any) -> tuple[str, ...]:
        return DIGITS

    def answers(self, c: Any) -> tuple[str, ...]:
        return DIGITS

    def draw(self, rng: np.random.Generator, samples: int, length: int) -> tuple[Array, NDArray]:
        ids = rng.integers(0, len(DIGITS), (samples, length))
        return one_hot(ids, len(DIGITS)), {"reverse": ids[:, ::-1], "sort": np.sort(ids, 1), "copy": ids}[self.how]


def best_looking_back(length: int) -> float:
    """The share of steps of `marker_later` that can be answered rightly without seeing what is to come: what came before says
    nothing about it, so the likelier answer at each step is the best there is."""
    comes = 1 - (1 - MARKER_SHARE) ** np.arange(length)[::-1]
    return float(np.maximum(comes, 1 - comes).mean())


SEQUENCES: Registry[SequenceData] = Registry("sequence", [
    RememberFirst("remember_first", "Remember the first symbol", "The first step shows A, B, C or D; then come symbols that "
                  "say nothing. After the last one the first is asked for.", asked="first symbol"),
    AddMarked("add_marked", "Add the marked numbers", "Two of the numbers are marked, one in each half. After the last step "
              "their sum is asked for.", task="regression", asked="sum of the marked"),
    Brackets("brackets", "What lies between the brackets", "Letters, and somewhere one of them in brackets. After the last "
             "step that one is asked for.", asked="letter in brackets"),
    MarkerLater("marker_later", "Does a marker come later?", "At every step it is asked whether a marker is still to come: the "
                "answer lies in the future.", every_step=True, asked="later"),
    Rearranged("reverse", "Turn round", "Digits. The answer is the same digits from the last to the first.", every_step=True,
               asked="digit", how="reverse"),
    Rearranged("sort", "Sort", "Digits. The answer is the same digits from the smallest to the largest.", every_step=True,
               asked="digit", how="sort"),
    Rearranged("copy", "Copy", "Digits. The answer is the same digits again.", every_step=True, asked="digit", how="copy"),
    *ANSWERED,
    Names("names", "Made names", "Names of syllables whose vowels go together, e i or a o u. At every step the next letter is "
          "asked for.", every_step=True),
    Series("forecast", "Forecast a series", "A series of cycles, somewhat like sunspots. From the values of a window the next "
           "one is asked for.", task="regression"),
    Text("text", "The next character", "A text of your own. At every step the next character is asked for.", every_step=True),
])
LOOKED_UP = tuple(key for key, known in SEQUENCES.items() if isinstance(known, (Rearranged, Answered, Names)))
"""Tasks whose answers hang on what stands elsewhere: what attention is for."""
