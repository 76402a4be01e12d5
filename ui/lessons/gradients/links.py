"""Situations of the lesson "Gradients" as twins of the Gradient lab, or as settings of the Playground."""

from ann_core import RunConfig
from ann_core.lab import remedies
from ann_core.lab.remedies import CAUSES, SOON, Remedy
from ann_core.lab.twin_openers import normal, twin
from ann_core.lab.twins import Twins
from ann_core.run.link import edited
from ui.lessons.gradients import FAILS, HELPS, controls, seeded


def _twins(idea: str, remedy: Remedy) -> Twins:
    """The situation that is looked at, without the cure and with it."""
    pair = remedy.fails if controls.value(f"{idea}/situation", HELPS) == FAILS else remedy.helps
    number = int(controls.value(f"{idea}/seed", 0))
    return seeded(pair.without, number), seeded(pair.cured, number)


def bound() -> Twins:
    layers, spread = int(controls.value("bound/layers", 10)), float(controls.value("bound/spread", 0.3))
    return (seeded(twin("sigmoid", layers, SOON | normal(spread)), int(controls.value("bound/seed", 0))),)


def sizes() -> Twins:
    bend, spread = controls.value("sizes/bend", "tanh"), float(controls.value("sizes/spread", 0.1))
    return (twin(bend, int(controls.value("sizes/layers", 10)), SOON | normal(spread)),)


def causes() -> Twins:
    rungs = list(CAUSES[controls.value("causes/cause", "depth")].rungs.values())
    config = rungs[min(int(controls.value("causes/rung", 2)), len(rungs) - 1)]
    return (seeded(config, int(controls.value("causes/seed", 0))),)


def activation() -> Twins:
    return _twins("activation", remedies.activation(controls.value("activation/to", "relu")))


def weights() -> Twins:
    return _twins("weights", remedies.first_weights(controls.value("weights/rule", "he_normal")))


def batch_norm() -> Twins:
    return _twins("batch_norm", remedies.batch_norm())


def in_use() -> RunConfig:
    """One run with batch normalisation and the batches that are looked at."""
    config = edited(remedies.batch_norm().helps.cured, {"training.batch_size": int(controls.value("in_use/rows", 8))})
    return seeded(config, int(controls.value("in_use/seed", 0)))


def skip() -> Twins:
    return _twins("skip", remedies.skip())


def clip() -> Twins:
    return _twins("clip", remedies.clip(controls.value("clip/by", "clip_norm")))


def scaling() -> Twins:
    return _twins("scaling", remedies.scaling())


def rate() -> Twins:
    return _twins("rate", remedies.rate())
