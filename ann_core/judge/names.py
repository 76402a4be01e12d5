"""Names that a network makes, letter by letter: how sure it is of each, and how many keep the rule or are copied."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.data import SEQUENCES
from ann_core.data.made.names import END, LETTERS, LONGEST, Names, by_rule, fault
from ann_core.judge.answers import FRESH, theta_of
from ann_core.nn.activations import softmax
from ann_core.run.decoding import given, write
from ann_core.run.run import Run

COUNT = 200
"""Names that shares are taken of."""


@dataclass(frozen=True)
class Made:
    """A name. tokens: its letters and its end, if it came to one, from the first that was not given   sure: (tokens,) the
    probability that the network gave to each"""

    name: str
    tokens: tuple[str, ...]
    sure: Array

    @property
    def fault(self) -> str:
        """What breaks the rule, in words."""
        return fault(self.name) if END in self.tokens else "no end"


@dataclass(frozen=True)
class Tally:
    """Shares of names: that keep the rule, that stand among those learned from   by_chance: so many would, drawn by the rule
    alone"""

    kept: float
    copied: float
    by_chance: float


def task_of(run: Run) -> Names | None:
    """Its names; None where it learns something else."""
    found = SEQUENCES.get(run.config.data.source)
    return found if isinstance(found, Names) else None


def make(run: Run, begin: str = "", count: int = COUNT, temperature: float = 1.0, seed: int = 0) -> list[Made]:
    """Names that begin so, by the first seed's network. temperature: 0 takes the likeliest letter, else see `write`

    Raises ValueError, in words, for a beginning that it cannot read.
    """
    task = task_of(run)
    assert task is not None
    begin = begin.strip().lower()
    if unknown := sorted({letter for letter in begin if letter not in LETTERS}):
        raise ValueError(f"It has never seen {' '.join(unknown)}. Its letters are {' '.join(LETTERS)}.")
    if len(begin) > LONGEST:
        raise ValueError(f"The longest names have {LONGEST} letters; {len(begin)} came. Type fewer.")
    X = np.repeat(task.encode([begin])[0], count, 0)
    net, theta, first = run.net, theta_of(run), len(begin)
    with np.errstate(all="ignore"):
        written = write(net, theta, X, temperature, seed, first)
        shares = softmax(net.forward(net.parameters.rows(theta), given(X, written))[0][..., first:, :])
    if not np.isfinite(shares).all():
        raise ValueError("Its numbers are beyond all measure at this moment, so it has no answer.")
    sure = np.take_along_axis(shares, written[..., None], -1)[..., 0]
    found = []
    for tokens, probabilities in zip(written, sure, strict=True):
        spelt = [(*LETTERS, END)[token] for token in tokens]
        size = spelt.index(END) + 1 if END in spelt else len(spelt)
        found.append(Made(begin + "".join(spelt[:size]).removesuffix(END), tuple(spelt[:size]), probabilities[:size]))
    return found


def learned_from(run: Run) -> frozenset[str]:
    """The names for training."""
    task = task_of(run)
    assert task is not None
    return frozenset(task.spelt(run.data.y_train))


def tally(run: Run, made: list[Made]) -> Tally:
    """What becomes of these names."""
    known, rng = learned_from(run), np.random.default_rng(run.config.data.seed + FRESH)
    return Tally(float(np.mean([not one.fault for one in made])), float(np.mean([one.name in known for one in made])),
                 float(np.mean([by_rule(rng) in known for _ in range(4 * COUNT)])))
