"""Answers that a network writes by itself: to a question that is typed, and how often they are right, length by length."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import SEQUENCES
from ann_core.data.made.answers import END, Answered
from ann_core.film.alignments import Glance, answered
from ann_core.nn.layers import Positions
from ann_core.nn.network import Network
from ann_core.run.run import Run

LENGTHS = (4, 5, 6, 7, 8, 9, 10, 12)
ROWS = 100
FRESH = 1_000_003
"""What is added to the data's seed: questions that the network has never seen."""
MOST = 40
"""Characters of a question."""


def task_of(run: Run) -> Answered | None:
    """What its questions and answers are; None where it does not write."""
    found = SEQUENCES.get(run.config.data.source)
    return found if isinstance(found, Answered) else None


def can_read_longer(run: Run) -> bool:
    """Whether its weights work at any length: learned positions are for the steps that were learned."""
    return not any(isinstance(layer, Positions) and layer.learned for layer in run.net.layers)


def theta_of(run: Run) -> Array:
    """Of the first seed's network that answers."""
    theta = run.state.theta
    return theta if theta.ndim == 1 else theta[0]


def right_by_length(run: Run, lengths: Sequence[int] = LENGTHS) -> list[float]:
    """The share of whole answers that are right, on ROWS fresh questions of exactly each length; NaN where it cannot read so
    many."""
    task, half = task_of(run), run.net.inputs[0] // 2
    assert task is not None
    found = []
    for length in lengths:
        steps = max(half, length + 1)
        if steps > half and not can_read_longer(run):
            found.append(float("nan"))
            continue
        rng = np.random.default_rng([run.config.data.seed + FRESH, length])
        questions = ["".join(rng.choice(list(task.alphabet), length)) for _ in range(ROWS)]
        X, y = task.encode([(question, task.right(question)) for question in questions], steps)
        tokens, _, _ = said(run, X)
        wanted = y[:, steps:]
        found.append(float(((tokens == wanted) | (wanted < 0)).all(-1).mean()))
    return found


def said(run: Run, X: Array) -> tuple[NDArray[np.int64], Array, list[Glance]]:
    """Tokens, probabilities and looks of a run's network to questions of any length, see `answered`. X: (K, 2 · S, tokens)"""
    net = run.net if X.shape[1:] == run.net.inputs else Network(run.config.network, X.shape[1:], run.net.n_out, run.net.task)
    with np.errstate(all="ignore"):
        return answered(net, theta_of(run), X, freely=True)


def ask(run: Run, question: str) -> tuple[str, list[str], Array, list[Glance]]:
    """Its answer to a question that was typed: the text up to its end, the tokens, their probabilities (T,), where it looked.

    Raises ValueError, in words, for a question that it cannot read.
    """
    task = task_of(run)
    assert task is not None
    if unknown := sorted({character for character in question if character not in task.alphabet}):
        raise ValueError(f"It has never seen {' '.join(unknown)}. It reads {' '.join(task.alphabet).strip()}.")
    if not question:
        raise ValueError("There is no question yet: type one.")
    half = run.net.inputs[0] // 2
    steps = max(half, len(question) + 1)
    if steps > half and not can_read_longer(run):
        raise ValueError(f"It has learned positions for {half} characters at most, with no numbers for those behind. Type "
                         "fewer, or choose sinusoids.")
    X, _ = task.encode([(question, "")], steps)
    tokens, shares, glances = said(run, X)
    if not np.isfinite(shares).all():
        raise ValueError("Its numbers are beyond all measure at this moment, so it has no answer.")
    names = [*task.alphabet, END]
    written = [names[token] for token in tokens[0]]
    count = written.index(END) + 1 if END in written else len(written)
    sure = np.take_along_axis(shares[0], tokens[0][:, None], -1)[:, 0]
    return "".join(written[:count]).removesuffix(END), written[:count], sure[:count], glances
