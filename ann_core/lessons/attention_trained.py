"""Networks that the lesson "Attention" trains: which answers are right, by the length of the question or place by place."""

from collections.abc import Mapping, Sequence
from math import factorial, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.alignments import answered
from ann_core.nn.attention_kinds import EncoderDecoderConfig, LayerNormConfig, PositionsConfig, TransformerConfig
from ann_core.nn.kinds import LayerConfig
from ann_core.nn.layer_settings import LayerSettings
from ann_core.nn.layers import TransformerBlock
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.decoding import write
from ann_core.run.run import Run, start

DIGITS = 10
"""Kinds of tokens: what is guessed blindly is right once in so many times."""
LENGTH, ROWS = 8, 3000
"""The longest question, and rows of data; a tenth of them is kept for judging."""
TOKEN, LAST = LayerConfig(units=16, activation="linear"), LayerNormConfig()
NETWORKS: Mapping[str, tuple[LayerSettings, ...]] = {
    "places": (TOKEN, PositionsConfig(), TransformerConfig(), LAST), "none": (TOKEN, TransformerConfig(), LAST),
    "causal": (TOKEN, PositionsConfig(), TransformerConfig(causal=True), LAST)}
"""Transformers that differ in one thing: usual, without positions, behind a causal mask."""


def _asked(source: str, length: int, layers: tuple[LayerSettings, ...], seed: int) -> RunConfig:
    return RunConfig.model_validate({
        "data": {"source": source, "length": length, "samples": ROWS, "test_share": 0.1}, "network": {"layers": layers},
        "seed": seed, "objective": {"kind": "sequence"},
        "training": {"learning_rate": 0.01, "clip_norm": 1.0, "epochs": 6}})


def answers(attention: str, seed: int = 0) -> RunConfig:
    """To read four to eight digits and write them from the last to the first. attention: a score, or "none\""""
    return _asked("answer_turned", LENGTH, (EncoderDecoderConfig(attention=attention),), seed)


def turns(network: str, length: int = LENGTH, seed: int = 0) -> RunConfig:
    """To give at every place the digit that stands as far from the other end. network: of NETWORKS"""
    return _asked("reverse", length, NETWORKS[network], seed)


def further(run: Run, step: int) -> Run:
    """The run at this step of its learning."""
    trainer = run.trainer()
    trainer.run(None, step, np.inf)
    return run.at(trainer.state())


class Lengths(NamedTuple):
    """Questions by how long they are. length: (n,)   whole: (n,) share of them answered without any mistake"""

    length: NDArray[np.int64]
    whole: Array


def by_length(config: RunConfig, looks: Sequence[int]) -> list[Lengths]:
    """Whole answers right at some steps of one training, from the first of them to the last, each written token by token, on
    questions not learned from."""
    run, found = start(config), []
    for step in looks:
        run = further(run, step)
        found.append(lengths(run))
    return found


def lengths(run: Run) -> Lengths:
    """Whole answers right at the moment of this run."""
    X, y = run.data.X_test, run.data.y_test[:, run.data.X_test.shape[1] // 2:]
    digits = (y >= 0).sum(-1) - 1  # without the token that ends it
    right = ((write(run.net, run.state.theta, X) == y) | (y < 0)).all(-1)
    there = np.unique(digits)
    return Lengths(there, np.array([right[digits == length].mean() for length in there]))


class Places(NamedTuple):
    """Sequences that were not learned from, place by place. X: (N, T) digits   y, said: (N, T) right and given answers

    looks: (N, heads, T, T), row t: the weights with which place t looks   alone: (heads, N, T), the answers when one head is
    heard and nothing of the others
    """

    X: NDArray[np.int64]
    y: NDArray[np.int64]
    said: NDArray[np.int64]
    looks: Array
    alone: NDArray[np.int64]

    @property
    def right(self) -> Array:
        """The share of right answers at each place. (T,)"""
        return np.asarray((self.said == self.y).mean(0))


def by_place(config: RunConfig, steps: int) -> Places:
    """What a network with one Transformer block answers after so many steps, and where it looks meanwhile."""
    return places(further(start(config), steps))


def places(run: Run) -> Places:
    """The same at the moment of this run."""
    X, net, theta = run.data.X_test, run.net, run.state.theta
    said, _, looks = answered(net, theta, X, freely=False)
    alone = [net.forward(net.parameters.rows(_heard(net, theta, head, len(looks))), X)[0].argmax(-1)
             for head in range(len(looks))]
    return Places(X.argmax(-1), run.data.y_test, said, np.stack([look.P for look in looks], 1), np.stack(alone))


def _heard(net: Network, theta: Array, head: int, heads: int) -> Array:
    """The parameters when nothing of the other heads goes on: their rows of Wo are 0."""
    found = theta.copy()
    block = next(i for i, layer in enumerate(net.layers) if isinstance(layer, TransformerBlock))
    Wo = net.parameters.rows(found)[block].parts[0]["Wo"]
    width = len(Wo) // heads
    Wo[:head * width] = Wo[(head + 1) * width:] = 0
    return found


def best_without_places(length: int) -> float:
    """The share of answers of `reverse` that can be right when nothing tells where a token stands.

    Each of the other T − 1 digits is then as likely the right one, so the best answer is the one that is there most often:
    E[max count] / (T − 1), over all ways in which T − 1 digits can be drawn. With an odd T the middle digit is its own
    answer, and this is not the best.
    """
    if length % 2:
        raise ValueError(f"Expected an even number of digits, got {length}: a middle one answers itself.")
    n = length - 1
    return sum(max(counts) / n * _ways(counts, n) for counts in _partitions(n, DIGITS)) / DIGITS**n


def _partitions(n: int, parts: int, most: int | None = None) -> list[tuple[int, ...]]:
    """n as a sum of that many counts, from the largest to the smallest: 3 = 3 + 0 = 2 + 1"""
    if parts == 1:
        return [(n,)] if most is None or n <= most else []
    top = n if most is None else min(n, most)
    return [(first, *rest) for first in range(top, -1, -1) for rest in _partitions(n - first, parts - 1, first)]


def _ways(counts: tuple[int, ...], n: int) -> int:
    """In how many draws of n digits some digit comes counts[0] times, another one counts[1] times, and so on."""
    alike = prod(factorial(counts.count(count)) for count in set(counts))
    return factorial(n) // prod(map(factorial, counts)) * (factorial(DIGITS) // alike)


def best_behind_a_mask(length: int) -> float:
    """The share of answers of `reverse` that can be right without a look ahead: those whose digit has come, and one in ten of
    the others."""
    seen = (length + 1) // 2
    return (seen + (length - seen) / DIGITS) / length
