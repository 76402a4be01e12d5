"""Questions that are answered by a sequence of their own: digits turned round or in order, dates, sums.

The first half of the steps is the question, at its end so that padding (all zeros) stands in front. The second half is what the
answer is written from: at its first step nothing, then the right token of the step before. Only the second half is asked, up to
the token that ends the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data.prepared import Prepared
from ann_core.data.sequence import SequenceData, last_part, one_hot, sequences
from ann_core.data.target import tokens

PURPOSE = 207  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM
MOST_DIGITS = 9
"""Of a number that is added."""
END = "."
"""The token that ends an answer."""
DIGITS = "0123456789"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")


@dataclass(frozen=True)
class Answered(SequenceData):
    """Text in, text out. alphabet: the characters of questions and answers, without END   shortest: question, in characters"""

    every_step: bool = True
    alphabet: str = DIGITS
    shortest: int = 4

    def symbols(self, c: Any) -> tuple[str, ...]:
        return *self.alphabet, END

    def answers(self, c: Any) -> tuple[str, ...]:
        return *self.alphabet, END

    def half(self, c: Any) -> int:
        """Steps of the question, and of the answer with its end."""
        return int(c.length) + 1

    def steps(self, c: Any) -> int:
        return 2 * self.half(c)

    def pair(self, rng: np.random.Generator, c: Any) -> tuple[str, str]:
        """A question and its answer."""
        question = "".join(DIGITS[i] for i in rng.integers(0, 10, rng.integers(self.shortest, c.length + 1)))
        return question, self.right(question)

    def right(self, question: str) -> str:
        """The right answer. Raises ValueError, in words, when there is none."""
        raise NotImplementedError

    def prepare(self, c: Any) -> Prepared:
        rng = np.random.default_rng([c.seed, PURPOSE])
        X, y = self.encode([self.pair(rng, c) for _ in range(c.samples)], self.half(c))
        train, held = last_part(c.samples, c.test_share)
        target = tokens("answer", self.answers(c), y, train, held)
        return sequences(X, y, train, held, target=target, symbols=self.symbols(c))

    def encode(self, pairs: Sequence[tuple[str, str]], half: int) -> tuple[Array, NDArray[np.int64]]:
        """X: (N, 2 · half, tokens), y: (N, 2 · half), −1 where nothing is asked."""
        number = {token: i for i, token in enumerate((*self.alphabet, END))}
        ids, y = np.full((2, len(pairs), 2 * half), -1)
        for row, (question, answer) in enumerate(pairs):
            asked, said = [number[token] for token in question], [number[token] for token in answer] + [number[END]]
            ids[row, half - len(asked):half] = asked
            ids[row, half + 1:half + len(said)] = said[:-1]
            y[row, half:half + len(said)] = said
        return one_hot(ids, len(number)), y


class Turned(Answered):
    """Digits from the last to the first."""

    def right(self, question: str) -> str:
        return question[::-1]


class Sorted(Answered):
    """Digits from the smallest to the largest."""

    def right(self, question: str) -> str:
        return "".join(sorted(question))


class Copied(Answered):
    """The same again."""

    def right(self, question: str) -> str:
        return question


class Sum(Answered):
    """Two numbers, digit by digit; the sum is written with its last digit first, as one adds by hand."""

    def pair(self, rng: np.random.Generator, c: Any) -> tuple[str, str]:
        most = min(MOST_DIGITS, (c.length - 1) // 2)
        question = "+".join(str(rng.integers(0, 10 ** rng.integers(1, most + 1))) for _ in range(2))
        return question, self.right(question)

    def right(self, question: str) -> str:
        parts = question.split("+")
        if len(parts) != 2 or not all(part and set(part) <= set(DIGITS) for part in parts):
            raise ValueError("Expected two whole numbers with a + between them, such as 47+8.")
        return str(int(parts[0]) + int(parts[1]))[::-1]


class Date(Answered):
    """A day as words, '3 May 2021' or 'May 3, 2021' with the month cut to three letters, as a date of ISO 8601."""

    def half(self, c: Any) -> int:
        return 13

    def pair(self, rng: np.random.Generator, c: Any) -> tuple[str, str]:
        day = date(1950, 1, 1) + timedelta(days=int(rng.integers(0, 36_525)))
        month = MONTHS[day.month - 1][:3]
        return (f"{day.day} {month} {day.year}" if rng.integers(2) else f"{month} {day.day}, {day.year}"), day.isoformat()

    def right(self, question: str) -> str:
        words = question.replace(",", " ").split()
        names = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
        month = [names[word.lower()] for word in words if word.lower() in names]
        numbers = [int(word) for word in words if set(word) <= set(DIGITS)]
        if len(words) != 3 or len(month) != 1 or len(numbers) != 2:
            raise ValueError("Expected a day such as 3 May 2021 or May 3, 2021.")
        day, year = numbers
        if not 1000 <= year <= 9999:
            raise ValueError(f"Expected a year of four digits at the end, as in 3 May 2021; {year} came.")
        try:
            return date(year, month[0], day).isoformat()
        except ValueError:
            raise ValueError(f"{MONTHS[month[0] - 1]} {year} has no day {day}.") from None


ANSWERED = (
    Turned("answer_turned", "Turn round, in words of its own", "Digits are read to their end; then the answer is written: the "
           "same digits from the last to the first."),
    Sorted("answer_sorted", "Sort, in words of its own", "Digits are read to their end; then they are written in order."),
    Copied("answer_copied", "Copy, in words of its own", "Digits are read to their end; then they are written again."),
    Sum("answer_sum", "Add digit by digit", "Two numbers are read; then their sum is written, its last digit first, as one "
        "adds by hand.", alphabet=DIGITS + "+"),
    Date("answer_date", "Dates into one form", "A day in words is read, such as 3 May 2021 or May 3, 2021; then it is "
         "written as 2021-05-03.", alphabet="".join(sorted(set(DIGITS + " ,-" + "".join(month[:3] for month in MONTHS))))),
)
