"""Text that a network writes: character after character, each drawn from what it thinks comes next."""

import numpy as np

from ann_core.base.arrays import Array
from ann_core.data.sequence import one_hot
from ann_core.nn.activations import softmax
from ann_core.nn.layers import Bidirectional
from ann_core.nn.network import Network
from ann_core.run.run import Run

WRITING = 7
"""Purpose of the random stream: [seed, WRITING]."""


def can_write(run: Run) -> bool:
    """Whether it learned from a text and does not look ahead."""
    return run.config.data.source == "text" and not any(isinstance(layer, Bidirectional) for layer in run.net.layers)


def written(run: Run, start: str, count: int = 160, temperature: float = 0.7, seed: int = 0) -> str:
    """What it writes after `start`, whose last T characters it sees. Returns `count` characters, or fewer where its numbers are
    beyond all measure.

    temperature: its sums are divided by it before the softmax; near 0 it always takes the likeliest character
    Raises ValueError when no character of the start is in the text that was learned from.
    """
    kinds, (steps, _) = run.data.input_names, run.data.X_train.shape[1:]
    ids = [kinds.index(character) for character in start if character in kinds]
    if not ids:
        raise ValueError("None of these characters is in the text. Begin with some that are.")
    theta = run.state.theta if run.state.theta.ndim == 1 else run.state.theta[0]
    rng, networks, begun = np.random.default_rng([seed, WRITING]), {}, len(ids)
    for _ in range(count):
        seen = min(len(ids), steps)
        if seen not in networks:
            networks[seen] = Network(run.config.network, (seen, len(kinds)), len(kinds), "classification")
        net: Network = networks[seen]
        X = one_hot(np.array(ids[-seen:])[None], len(kinds))
        with np.errstate(all="ignore"):
            Z: Array = net.forward(net.parameters.rows(theta), X)[0][0, -1]
        if not np.isfinite(Z).all():
            break
        ids.append(int(rng.choice(len(kinds), p=softmax(Z[None] / temperature)[0])))
    return "".join(kinds[k] for k in ids[begun:])
