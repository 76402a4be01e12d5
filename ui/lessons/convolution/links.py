"""Situations of the lesson "Convolution" as settings of a run, for the lab."""

from typing import Any

from ann_core import RunConfig
from ann_core.lessons import convolution_trained as trained

CONV, MAX, FLATTEN = {"kind": "conv2d", "filters": 8}, {"kind": "max_pool2d"}, {"kind": "flatten"}


def _reads_digits(*layers: dict[str, Any]) -> RunConfig:
    return trained.config("digits", layers, 0.003, 12)


def filter() -> RunConfig:
    """One filter, then the pool and the output."""
    return _reads_digits({"kind": "conv2d", "filters": 1}, MAX, FLATTEN)


def learned() -> RunConfig:
    """The eight filters that were learned."""
    return trained.reads_digits()


def channels() -> RunConfig:
    """A second layer, whose filters look at eight maps."""
    return _reads_digits(CONV, MAX, {"kind": "conv2d", "filters": 16}, MAX, FLATTEN)


def size() -> RunConfig:
    """A stride of two instead of a pool, without padding."""
    return _reads_digits({**CONV, "stride": 2, "padding": "valid"}, FLATTEN)


def pooling() -> RunConfig:
    """An average pool."""
    return _reads_digits(CONV, {"kind": "average_pool2d"}, FLATTEN)


def shared() -> RunConfig:
    """A dense layer with about as many parameters as eight filters, pool and output have."""
    return _reads_digits({"units": 18, "activation": "relu"})


def field() -> RunConfig:
    """Three convolutions, one after the other."""
    return _reads_digits(*[CONV] * 3, MAX, FLATTEN)


def elsewhere() -> RunConfig:
    """Shapes anywhere, with a global max pool."""
    return trained.config("shapes", trained.SHAPES["anywhere"], 0.01, 12)


def shifted() -> RunConfig:
    """Digits on a canvas."""
    return trained.reads_moved("places")


def backward() -> RunConfig:
    """The smallest network with a convolution and a max pool."""
    return _reads_digits({"kind": "conv2d", "filters": 1, "padding": "valid"}, MAX, FLATTEN)


def digit() -> RunConfig:
    """The network whose way is shown."""
    return trained.reads_digits()
