"""Situations of the lesson "Optimisers" as settings of the Playground."""

from ann_core import RunConfig
from ann_core.run.training import ALL_ROWS


def downhill() -> RunConfig:
    """A line, all rows in one step."""
    return RunConfig.model_validate({
        "data": {"source": "plane"}, "network": {"layers": []},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": ALL_ROWS, "epochs": 100}})
