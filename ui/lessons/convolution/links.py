"""Situations of the lesson "Convolution" as settings of a run."""

from typing import Any

from ann_core import RunConfig


def _run(*layers: dict[str, Any], data: dict[str, Any] | None = None, **training: Any) -> RunConfig:
    """Filters that learn to read digits."""
    return RunConfig.model_validate({
        "data": data or {"source": "digits", "scaling": "none"}, "network": {"layers": layers},
        "training": {"learning_rate": 0.003, "epochs": 12, **training}})


def filter() -> RunConfig:
    """One filter, then the pool and the output."""
    return _run({"kind": "conv2d", "filters": 1}, {"kind": "max_pool2d"}, {"kind": "flatten"})
