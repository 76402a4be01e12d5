"""Everything that can be set, with its bounds, its words and its cost. Every bound lives here and nowhere else."""

from math import prod
from typing import Self

from pydantic import model_validator

from ann_core.base.fields import Settings, option
from ann_core.data.config import DataConfig
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers.base import Layer, Shape
from ann_core.nn.losses import resolve_head
from ann_core.run.objectives.config import AnyObjective, Problem, SupervisedConfig
from ann_core.run.training import TrainingConfig

MAX_PARAMETERS, MAX_SEEDS = 50_000, 64
MAX_COST = 2e12
"""Operations that one run may ask for: some minutes of one core."""
MAX_ROW_VALUES = 50_000
"""Numbers that the layers may hold for one row: frames are measured on at least a hundred."""
MAX_STEP_COST, MAX_STEP_VALUES, MAX_ALL_PARAMETERS, MAX_ALL_ROWS = 1e9, 5_000_000, 500_000, 2_000_000
"""What one step, and all seeds together, may take: others wait while a step is worked on, and share the memory."""


class RunConfig(Settings):
    """A whole run. `RunConfig()` is the default run of the playground; every part is optional."""

    data: DataConfig = DataConfig()
    network: NetworkConfig = NetworkConfig()
    training: TrainingConfig = TrainingConfig()
    objective: AnyObjective = SupervisedConfig()
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
        """Shape of what the network gets of a row: numbers, or a picture or the steps of a sequence when its first layer works
        on those."""
        picture = self.data.picture if self.network.wants_pictures else None
        steps = self.data.sequence if self.network.wants_steps or self.data.every_step else None
        return picture or steps or (self.data.shape[1],)

    @property
    def problem(self) -> Problem:
        """What the data ask for."""
        return Problem(self.sample, self.data.shape[2], self.data.task)

    @property
    def parameters(self) -> int:
        """P of one member: of all networks of its objective."""
        return sum(layer.n_parameters for _, layer in self._stack())

    @property
    def cost(self) -> float:
        """About how many floating-point operations the whole run takes: 6 · products a row · rows · epochs · seeds. A product
        is that of a weight and a number; a dense network has as many as parameters."""
        return 6.0 * sum(rows * layer.work() for rows, layer in self._stack()) * self.rows * self.training.epochs * self.seeds

    def _stack(self) -> list[tuple[int, Layer]]:
        return self.objective.stacks(self.network, self.problem)

    @model_validator(mode="after")
    def _affordable(self) -> Self:
        layers = self._stack()
        self._answers_where_asked(layers[-1][1].outputs)
        parameters, work = sum(layer.n_parameters for _, layer in layers), sum(rows * layer.work() for rows, layer in layers)
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
        self._considerate(parameters, work, products, sum(layer.holds() for _, layer in layers) + prod(self.sample))
        if self.network.batch_norm and self.training.batch_size == 1:
            raise ValueError("Batch normalisation needs at least 2 rows in a batch, but the batch size is 1. "
                             "Use a larger batch, or switch batch normalisation off.")
        if self.training.patience and self.seeds > 1:
            raise ValueError(f"Stopping early looks at one network, but {self.seeds} are trained side by side. Use one seed, "
                             "or switch stopping early off.")
        self.objective.suits(self.network, self.training)
        made_for = self.objective.problem(self.problem)
        resolve_head(made_for.task, made_for.outputs, self.network.output, self.network.loss)
        return self

    def _answers_where_asked(self, outputs: Shape) -> None:
        """Refuses an objective or a network that answers at other steps than the data ask."""
        asked, given = self.data.every_step, len(outputs) == 2
        if (self.objective.kind == "sequence") != asked:
            raise ValueError(f"These data ask for {_when(asked)}, the objective '{self.objective.kind}' does not. Choose "
                             f"'{'sequence' if asked else 'supervised'}'.")
        if self.data.sequence and given != asked:
            raise ValueError(f"These data ask for {_when(asked)}, but the network gives {_when(given)}. Switch 'every step' "
                             f"{'on' if asked else 'off'} at the last recurrent layer.")

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


def _when(every_step: bool) -> str:
    return "an answer at every step" if every_step else "one answer for each row"


def _at_most(amount: float, limit: float, words: str) -> None:
    """words: where the amount stands is marked by braces"""
    if amount > limit:
        raise ValueError(f"{words.format(amount)} Use fewer seeds, a smaller batch, or fewer points or units.")
