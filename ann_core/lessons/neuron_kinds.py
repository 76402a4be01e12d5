"""Where deep learning stands, and what it learns from: answers that somebody gave, or the examples alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ann_core.base.arrays import Array
from ann_core.data import load
from ann_core.run.config import RunConfig
from ann_core.run.run import start

FIELDS = ("artificial intelligence", "machine learning", "deep learning")
"""Each holds the next."""


@dataclass(frozen=True)
class Example:
    """Something that stands in one of these fields. innermost: the last of FIELDS that holds it   wanted: what is asked for, as
    a formula   run: the engine's own settings of it, where there are any"""

    label: str
    innermost: int
    wanted: str
    supervised: bool | None
    run: RunConfig | None = None


def _deep(objective: str, **network: object) -> RunConfig:
    return RunConfig.model_validate({"data": {"source": "digits"}, "objective": {"kind": objective}, **network})


NARROW = {"layers": [{"units": 16}, {"units": 4}, {"units": 16}]}
EXAMPLES: Mapping[str, Example] = {
    "rules": Example("a chess program whose rules are written by hand", 0, r"\text{move}=\text{rules}(x)", None),
    "line": Example("a line through prices of flats", 1, r"f(x)\approx y", True),
    "groups": Example("customers put into groups by likeness", 1, r"x\mapsto\text{group}", False),
    "digits": Example("a deep network that names digits", 2, r"f(x)\approx y", True, _deep("supervised")),
    "autoencoder": Example("an autoencoder: it gives its input out again", 2, r"f(x)\approx x", False,
                           _deep("autoencoder", network=NARROW)),
    "gan": Example("a GAN: one network makes digits, one tells them from real ones", 2,
                   r"G(\text{noise})\ \text{like the}\ x", False, _deep("adversarial")),
}


def needs_answers(config: RunConfig) -> bool:
    """Whether the right answers matter for learning: one step, and the same step with the answers in another order."""
    data = load(config.data)
    thetas: list[Array] = []
    for answers in (data.y_train, data.y_train[::-1]):
        trainer = start(config, replace(data, y_train=answers)).trainer()
        trainer.one_step()
        thetas.append(trainer.theta.copy())
    return not np.array_equal(thetas[0], thetas[1])
