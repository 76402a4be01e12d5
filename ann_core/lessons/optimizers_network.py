"""The same race on a real network: from the same first weights, over the same batches."""

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.optimizers import Step
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start

SUITS = {"sgd": 0.3, "momentum": 0.3, "nesterov": 0.3, "adagrad": 0.3, "adadelta": 3.0, "rmsprop": 0.01, "adam": 0.1,
         "adamw": 0.1, "nadam": 0.03}
"""The rate that suits each optimiser on this network: of those tried, with the lowest median loss over 20 seeds."""
SEEDS = 20


def settings(key: str, rate: float, seed: int = 0) -> RunConfig:
    """Two moons, two hidden layers of eight, batches of 32, 30 epochs. seed: of points, first weights and order of rows"""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 512, "noise": 0.2, "test_share": 0.0, "seed": seed}, "seed": seed,
        "network": {"layers": [{"units": 8}, {"units": 8}]},
        "training": {"optimizer": key, "learning_rate": rate, "batch_size": 32, "epochs": 30}})


def final_loss(config: RunConfig) -> float:
    """The mean loss over the training rows at the end; infinite where training overflows."""
    run = start(config)
    trainer = run.trainer()
    with np.errstate(all="ignore"):
        trainer.run(config.training.epochs, None, np.inf)
        Z = run.net.forward(run.net.parameters.rows(trainer.theta), run.data.X_train)[0]
        loss = float(run.net.head.value(Z, run.setup.Y_train))
    return loss if np.isfinite(loss) else np.inf


def final_losses(key: str, rate: float) -> Array:
    """Over 20 seeds, each with points, first weights and order of rows of its own. Returns (SEEDS,)"""
    return np.array([final_loss(settings(key, rate, seed)) for seed in range(SEEDS)])


def next_step(run: Run, i: int) -> Step:
    """What the next step of a run does to parameter i."""
    trainer = run.trainer()
    before = trainer.state()
    with np.errstate(all="ignore"):
        trainer.one_step()
    after = trainer.state()
    (had,), (has,) = ([tuple(float(vector[min(i, len(vector) - 1)]) for vector in memory.vectors) for memory in state.memories]
                      for state in (before, after))
    return Step(before.memories[0].t + 1, float(before.theta[i]), float(after.theta[i]), float(trainer.grad[i]),
                run.config.training.learning_rate, had, has)
