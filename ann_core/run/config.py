"""Everything that can be set, with its bounds, its words and its cost. Every bound lives here and nowhere else."""

from math import prod
from typing import Self

from pydantic import field_validator, model_validator

from ann_core.base.fields import Settings, known, option
from ann_core.data.config import MAX_ROWS, DataConfig
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers.base import Layer, Shape
from ann_core.nn.losses import resolve_head
from ann_core.nn.optimizers import OPTIMIZERS, SCHEDULES

MAX_PARAMETERS, MAX_SEEDS = 50_000, 64
MAX_COST = 2e12
"""Operations that one run may ask for: some minutes of one core."""
MAX_ROW_VALUES = 50_000
"""Numbers that the layers may hold for one row: frames are measured on at least a hundred."""
MAX_STEP_COST, MAX_STEP_VALUES, MAX_ALL_PARAMETERS, MAX_ALL_ROWS = 1e9, 5_000_000, 500_000, 2_000_000
"""What one step, and all seeds together, may take: others wait while a step is worked on, and share the memory."""
ALL_ROWS = MAX_ROWS
"""The batch size that stands for 'all rows in one batch'."""
PENALTIES = (0.0, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1.0)
CLIPS = (None, 0.001, 0.01, 0.1, 0.5, 1.0, 5.0)


class TrainingConfig(Settings):
    """How the weights are changed."""

    optimizer: str = option("adam", "Optimiser", "The rule that turns a gradient into a step.", choices=OPTIMIZERS)
    learning_rate: float = option(0.02, "Learning rate", "The size of a step.", gt=0, le=100, options=(
        0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0))
    batch_size: int = option(32, "Batch size", "Rows per step. 1: single samples; all: full batch.", ge=1, le=MAX_ROWS,
                             options=(1, 4, 8, 10, 16, 32, 64, 128, 256, ALL_ROWS))
    epochs: int = option(400, "Epochs", "Where the film ends; one epoch is one pass over the training points.",
                         ge=1, le=100_000, options=(50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10_000))
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
    class_weights: bool = option(False, "Balance the classes", "Rows of a rare class count more, so that each class counts "
                                 "the same in all.")
    patience: int | None = option(None, "Stop early", "Stops after so many epochs in a row without a lower loss on the "
                                  "validation rows, and keeps the weights that had the lowest.", ge=1, le=10_000,
                                  options=(None, 5, 10, 20, 50, 100))
    reduction: str = option("mean", "Loss over rows", "Mean over the rows, or their sum.", choices=("mean", "sum"))

    _optimizer = field_validator("optimizer")(known(OPTIMIZERS))
    _schedule = field_validator("schedule")(known(SCHEDULES))

    @field_validator("reduction")
    @classmethod
    def _reduction(cls, value: str) -> str:
        if value not in ("mean", "sum"):
            raise ValueError(f"Unknown reduction '{value[:40]}'. Available: mean, sum.")
        return value


class RunConfig(Settings):
    """A whole run. `RunConfig()` is the default run of the playground; every part is optional."""

    data: DataConfig = DataConfig()
    network: NetworkConfig = NetworkConfig()
    training: TrainingConfig = TrainingConfig()
    seed: int = option(0, "Seed", "Another number, other first weights and another order of the rows.", ge=0,
                       le=2**31 - 1)
    seeds: int = option(1, "Seeds", "How many networks are trained side by side, from this seed on.", ge=1, le=MAX_SEEDS,
                       options=(1, 2, 4, 8, 16, 32, 64))

    @property
    def rows(self) -> int:
        """Training rows, about."""
        return self.data.training_rows

    @property
    def sample(self) -> Shape:
        """Shape of what the network gets of a row: numbers, or a picture when its first layer works on pictures."""
        picture = self.data.picture if self.network.wants_pictures else None
        return picture or (self.data.shape[1],)

    @property
    def parameters(self) -> int:
        """P of one of its networks."""
        return self.network.count_parameters(self.sample, self.data.shape[2])

    @property
    def cost(self) -> float:
        """About how many floating-point operations the whole run takes: 6 · products a row · rows · epochs · seeds. A product
        is that of a weight and a number; a dense network has as many as parameters."""
        return 6.0 * sum(layer.work() for layer in self._stack()) * self.rows * self.training.epochs * self.seeds

    def _stack(self) -> list[Layer]:
        return self.network.stack(self.sample, self.data.shape[2])

    @model_validator(mode="after")
    def _affordable(self) -> Self:
        layers = self._stack()
        parameters, work = sum(layer.n_parameters for layer in layers), sum(layer.work() for layer in layers)
        if parameters > MAX_PARAMETERS:
            raise ValueError(f"This network has {parameters:,} parameters; at most {MAX_PARAMETERS:,} are possible. "
                             "Use fewer layers or fewer units.")
        products = f"{work:,} {'parameters' if work == parameters else 'products a row'}"
        cost = 6.0 * work * self.rows * self.training.epochs * self.seeds
        if cost > MAX_COST:
            raise ValueError(
                f"This run would take about {cost:.1e} operations ({products} × {self.rows:,} "
                f"rows × {self.training.epochs:,} epochs × {self.seeds} seeds × 6); at most {MAX_COST:.0e} are possible. "
                "Use fewer epochs, points or units.")
        self._considerate(parameters, work, products, sum(layer.holds() for layer in layers) + prod(self.sample))
        if self.network.batch_norm and self.training.batch_size == 1:
            raise ValueError("Batch normalisation needs at least 2 rows in a batch, but the batch size is 1. "
                             "Use a larger batch, or switch batch normalisation off.")
        if self.training.patience and self.seeds > 1:
            raise ValueError(f"Stopping early looks at one network, but {self.seeds} are trained side by side. Use one seed, "
                             "or switch stopping early off.")
        resolve_head(self.data.task, self.data.shape[2], self.network.output, self.network.loss)
        return self

    def _considerate(self, parameters: int, work: int, products: str, values: int) -> None:
        """Refuses what would keep other visitors waiting or fill the memory, with the figures. values: held for a row"""
        batch, seeds, rows = min(self.training.batch_size, self.rows), self.seeds, self.rows
        if values > MAX_ROW_VALUES:
            raise ValueError(f"The layers would hold {values:,} values for each row; at most {MAX_ROW_VALUES:,} are possible. "
                             "Use fewer layers or filters, or smaller windows.")
        _at_most(6.0 * work * batch * seeds, MAX_STEP_COST, "One step would take {:.1e} operations "
                 f"({products} × {batch:,} rows × {seeds} seeds × 6); at most {MAX_STEP_COST:.0e} are possible.")
        _at_most(batch * values * seeds, MAX_STEP_VALUES, "One step would hold {:,} values "
                 f"({batch:,} rows × {values:,} units × {seeds} seeds); at most {MAX_STEP_VALUES:,} are possible.")
        _at_most(parameters * seeds, MAX_ALL_PARAMETERS, f"{seeds} networks of {parameters:,} parameters are {{:,}}; "
                 f"at most {MAX_ALL_PARAMETERS:,} are possible.")
        _at_most(rows * seeds, MAX_ALL_ROWS,
                 f"{seeds} seeds × {rows:,} rows are {{:,}}; at most {MAX_ALL_ROWS:,} are possible.")


def _at_most(amount: float, limit: float, words: str) -> None:
    """words: where the amount stands is marked by braces"""
    if amount > limit:
        raise ValueError(f"{words.format(amount)} Use fewer seeds, a smaller batch, or fewer points or units.")
