"""How long a search will take, measured before it begins."""

from time import thread_time

import numpy as np

from ann_core.run.link import edited
from ann_core.run.run import start
from ann_core.search.search import Plan
from ann_core.search.trial import apart

GLANCE = 0.05
"""Seconds of training that are enough to tell."""
MOST_SECONDS = 1_800.0
"""A search that would take longer on one core is refused."""


def seconds(plan: Plan) -> float:
    """About how long all trials take on one core, if each is like the base: its first steps are timed."""
    seen, _ = apart(plan.base, plan.data, plan.test)
    run = start(edited(plan.base, {"seeds": 1, "training.patience": None}), seen)
    trainer = run.trainer()
    steps = plan.base.training.steps(len(seen.y_train)) * plan.base.training.epochs
    began = thread_time()
    with np.errstate(all="ignore"):
        trainer.run(plan.base.training.epochs, None, began + GLANCE)
    return (thread_time() - began) / max(1, trainer.step) * steps * plan.folds * plan.seeds * plan.count
