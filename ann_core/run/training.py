"""Settings of training: how the weights are changed."""

from pydantic import field_validator

from ann_core.base.fields import Settings, known, one_of, option
from ann_core.data.config import MAX_ROWS
from ann_core.nn.optimizers import OPTIMIZERS, SCHEDULES

ALL_ROWS = MAX_ROWS
"""The batch size that stands for 'all rows in one batch'."""
PENALTIES = (0.0, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1.0)
CLIPS = (None, 0.001, 0.01, 0.1, 0.5, 1.0, 5.0)


class UpdateConfig(Settings):
    """How a gradient becomes a step of a network's weights."""

    optimizer: str = option("adam", "Optimiser", "The rule that turns a gradient into a step.", choices=OPTIMIZERS)
    learning_rate: float = option(0.02, "Learning rate", "The size of a step.", gt=0, le=100, options=(
        0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0))
    schedule: str = option("constant", "Rate schedule", "How the rate changes as training goes.", choices=SCHEDULES)
    schedule_epochs: float = option(100.0, "Schedule length k", "Epochs until the schedule's next stage.", gt=0, le=1e5,
                                    options=(5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0))
    schedule_factor: float = option(0.5, "Schedule factor γ", "What the rate is multiplied by.", gt=0, le=1, step=0.05)
    momentum: float = option(0.9, "Momentum μ, β₁", "How much of the last direction is kept.", ge=0, le=0.999, step=0.01)
    beta2: float = option(0.999, "β₂", "How long Adam remembers the size of gradients.", ge=0, le=0.99999,
                          options=(0.9, 0.99, 0.999, 0.9999))
    rho: float = option(0.9, "ρ", "How long RMSProp and AdaDelta remember.", ge=0, le=0.9999,
                        options=(0.5, 0.9, 0.95, 0.99, 0.999))
    weight_decay: float = option(0.01, "Weight decay", "AdamW's own pull of all parameters towards 0.", ge=0, le=10,
                                 options=PENALTIES)
    l1: float = option(0.0, "L1", "Pulls every weight towards 0 by the same amount; makes many exactly small.",
                       ge=0, le=10, options=PENALTIES)
    l2: float = option(0.0, "L2", "Pulls every weight towards 0 in proportion to its size.", ge=0, le=10,
                       options=PENALTIES)
    clip_norm: float | None = option(None, "Clip by norm", "Shortens the whole gradient to this length.", gt=0, le=1e6,
                                     options=CLIPS)
    clip_value: float | None = option(None, "Clip by value", "Cuts every component to this size.", gt=0, le=1e6,
                                      options=CLIPS)

    _optimizer = field_validator("optimizer")(known(OPTIMIZERS))
    _schedule = field_validator("schedule")(known(SCHEDULES))


class TrainingConfig(UpdateConfig):
    """How a run is trained: the steps, the rows that each is made from, and when it ends."""

    batch_size: int = option(32, "Batch size", "Rows per step. 1: single samples; all: full batch.", ge=1, le=MAX_ROWS,
                             options=(1, 4, 8, 10, 16, 32, 64, 128, 256, ALL_ROWS))
    epochs: int = option(400, "Epochs", "Where the film ends; one epoch is one pass over the training points.",
                         ge=1, le=100_000, options=(50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10_000))
    class_weights: bool = option(False, "Balance the classes", "Rows of a rare class count more, so that each class counts "
                                 "the same in all.")
    patience: int | None = option(None, "Stop early", "Stops after so many epochs in a row without a lower loss on the "
                                  "validation rows, and keeps the weights that had the lowest.", ge=1, le=10_000,
                                  options=(None, 5, 10, 20, 50, 100))
    reduction: str = option("mean", "Loss over rows", "Mean over the rows, or their sum.", choices=("mean", "sum"))

    def steps(self, rows: int) -> int:
        """Updates of an epoch over so many rows. A remainder of one row joins the batch before it."""
        batch = min(self.batch_size, rows)
        return rows if batch == 1 else max(1, -(-(rows - 1) // batch))

    _reduction = field_validator("reduction")(one_of("reduction", "mean", "sum"))
