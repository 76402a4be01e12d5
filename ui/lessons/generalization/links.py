"""Situations of the lesson "Generalisation" as settings of the Playground."""

from ann_core import RunConfig
from ann_core.lessons import generalization as core
from ann_core.lessons import generalization_changes as changes
from ann_core.lessons import generalization_scores as scores


def held() -> RunConfig:
    return core.BASELINE


def curve() -> RunConfig:
    """A network on noisy points of the same curve."""
    return RunConfig.model_validate({
        "data": {"source": "cubic", "samples": 50, "noise": 0.3, "test_share": 0.7},
        "network": {"layers": [{"units": 16, "activation": "tanh"}]}, "training": {"epochs": 1000}})


def width() -> RunConfig:
    return changes.wide(8)


def film() -> RunConfig:
    return core.BASELINE


def stop() -> RunConfig:
    return core.BASELINE


def weights() -> RunConfig:
    return changes.pulled("l2", 0.01, False)


def dropout() -> RunConfig:
    return changes.CURES["dropout"].make(0)


def rows() -> RunConfig:
    return changes.with_rows(960)


def cures() -> RunConfig:
    """The baseline with two of them at once."""
    return core.changed({"training.l2": 0.01, "network.dropout": 0.2})


def features() -> RunConfig:
    return changes.with_inputs("circles", changes.SQUARES)


def gain() -> RunConfig:
    return changes.helped(8, True)


def dropping() -> RunConfig:
    return changes.with_inputs("circles", changes.FIVE)


def folds() -> RunConfig:
    return scores.SMALL


def search() -> RunConfig:
    return scores.SEARCHED


def curse() -> RunConfig:
    return core.edited(scores.CURSED, {"seeds": 1})
