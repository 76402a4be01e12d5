"""What a column is worth: the network trained again without it, from several first weights, judged on held-out rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ann_core.data.table.own import Own
from ann_core.data.table.prepare import prepared
from ann_core.export.saved import trained
from ann_core.judge.metrics import score
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.run import start

SEEDS = 5
"""Networks for each column: where they differ among themselves as much as with and without it, it is worth nothing sure."""


@dataclass(frozen=True)
class Worth:
    """scores: of the networks without this column, one a seed, higher is better   name: None for all columns"""

    name: str | None
    scores: NDArray[np.float64]

    def falls(self, whole: "Worth") -> NDArray[np.float64]:
        """How much lower each seed's score is without it."""
        return whole.scores - self.scores


def cost(own: Own, config: RunConfig) -> float:
    """About how many operations all trainings together take."""
    return config.cost * SEEDS * (1 + len(own.encoder.columns))


def worths(own: Own, config: RunConfig, epochs: int) -> Iterator[Worth]:
    """All columns, then each one left out, as their trainings end. Nothing where there is one column only.

    epochs: each training's length, that of the network which is judged: nothing stops early, so all are treated alike
    """
    names = [column.name for column in own.encoder.columns]
    for name in [None, *names] if len(names) > 1 else []:
        yield Worth(name, _scores(_without(own, name), config, max(1, epochs)))


def _without(own: Own, name: str | None) -> Own:
    """The same rows and the same split, one column fewer."""
    kept = tuple(column for column in own.encoder.columns if column.name != name)
    places = [place for column in kept for place in own.encoder.groups[column.name]]
    return replace(own, encoder=own.encoder.model_copy(update={"columns": kept}), X=own.X[:, places])


def _scores(own: Own, config: RunConfig, epochs: int) -> NDArray[np.float64]:
    table = config.data.table
    fewer = None if table is None else table.model_copy(update={"inputs": own.X.shape[1]})
    changed = {"data.table": fewer, "data.plane": None, "training.patience": None, "training.epochs": epochs, "seeds": 1}
    held = own.judged
    found = []
    for k in range(SEEDS):
        run = start(edited(config, {**changed, "seed": config.seed + k}), prepared(own, config.data.scaling))
        trainer = run.trainer()
        with np.errstate(all="ignore"):
            trainer.run(epochs, None, np.inf)
        network = trained(run.at(trainer.state(), None), own)
        found.append(score(own.y[held], network.answers_to(run.data.scaler(own.X[held])), own.task))
    return np.array(found)
