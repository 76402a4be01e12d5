"""One round in slow motion: a turn of the judge, then one of the generator, with the numbers of each on the way."""

from dataclasses import dataclass
from typing import cast

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.gan import Players, settings
from ann_core.run.link import edited
from ann_core.run.objectives.adversarial import DISCRIMINATOR, Adversarial
from ann_core.run.run import start

POINTS = 3
"""So many points of a batch are followed."""


@dataclass(frozen=True)
class Round:
    """The networks before a round, after the judge's turn, and after the generator's; and what the round was about.

    true: the batch's samples (64, 2)   noise: of the judge's turn and of the generator's, (64, 2) each
    losses: of the judge and of the generator, each before and after its turn   changed: parameters, by each turn
    """

    before: Players
    judged: Players
    after: Players
    true: Array
    noise: tuple[Array, Array]
    losses: tuple[tuple[float, float], tuple[float, float]]
    changed: tuple[int, int]


def slow_motion(number: int, seed: int = 0, units: int = 32) -> Round:
    """Trains up to this round and takes it apart. number: from 0   units: in each hidden layer of the generator"""
    run = start(edited(settings(seed=seed), {"objective.generator": [{"units": units, "activation": "tanh"}] * 2}))
    trainer, objective = run.trainer(), cast(Adversarial, run.setup.objective)
    trainer.run(None, number, np.inf)
    before = trainer.theta.copy()
    trainer.one_step()
    after, batch, judged = trainer.theta.copy(), trainer.learned_from, before.copy()
    part = objective.parts[DISCRIMINATOR]
    judged[part] = after[part]  # in its own turn, which comes first, only the judge is changed
    moments = before, judged, after
    judge, generator = ([float(objective.loss(turn, objective.rows(theta), batch)) for theta in moments]
                        for turn in objective.turns)
    first, second, third = (Players(objective, theta) for theta in moments)
    noise = [batch.normal(objective.generator.n_in, turn.number) for turn in objective.turns]
    return Round(first, second, third, np.array(batch.X), (noise[0], noise[1]),
                 ((judge[0], judge[1]), (generator[1], generator[2])),
                 (int((judged != before).sum()), int((after != judged).sum())))
