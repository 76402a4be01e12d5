"""What a recurrent network is worth on sequences longer and shorter than those it learned from."""

from collections.abc import Sequence

import numpy as np

from ann_core.data import SEQUENCES, load
from ann_core.data.made.sequences import Made
from ann_core.film.sequences import ways
from ann_core.nn.network import Network
from ann_core.run.run import Run

LENGTHS = (5, 10, 20, 30, 40, 60, 80, 100)
ROWS = 200
FRESH = 1_000_003
"""What is added to the data's seed: sequences that the network has never seen."""


def can_be_asked(run: Run) -> bool:
    """Whether its sequences can be drawn at any length, and its network reads step by step."""
    return bool(ways(run.net)) and isinstance(SEQUENCES.get(run.config.data.source), Made)


def over_lengths(run: Run, lengths: Sequence[int] = LENGTHS) -> list[float]:
    """The score on ROWS fresh sequences of each length, by the first seed; NaN where its numbers are beyond all measure. Of
    values it is in their own units."""
    theta, target = run.state.theta, run.setup.target
    first = (theta if theta.ndim == 1 else theta[0])[next(iter(run.setup.objective.parts.values()))]
    found = []
    for length in lengths:
        asked = run.config.data.model_copy(update={"length": length, "samples": ROWS, "test_share": 0.0,
                                                   "seed": (run.config.data.seed + FRESH) % 2**31})
        data = load(asked)
        net = Network(run.config.network, data.X_train.shape[1:], target.outputs, target.task)
        with np.errstate(all="ignore"):
            Z = net.forward(net.parameters.rows(first), data.X_train)[0]
            y = data.y_train if target.class_names else (data.target.in_units(data.y_train) - target.center) / target.scale
            found.append(float(target.score(Z, net.head.score(Z), y)))
    return found
