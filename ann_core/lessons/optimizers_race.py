"""A race of optimisers on a surface: from the same start, each at a rate of its own, all in one loop."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.optimizers_surfaces import Point, Surface
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.training import TrainingConfig
from ann_core.run.update import Memory, Update

NEAR = 1e-3
"""Below this cost an optimiser has arrived."""
NOISE = 306
"""Purpose of the random stream [seed, NOISE] of the noise in the gradient."""


@dataclass(frozen=True)
class Race:
    """Who ran, where everybody was after each step (T + 1, K, 2), and what it cost there (T + 1, K)."""

    surface: Surface
    rates: Mapping[str, float]
    places: Array
    costs: Array

    @property
    def names(self) -> list[str]:
        """Who runs, by key."""
        return list(self.rates)

    @property
    def steps(self) -> int:
        """T"""
        return len(self.costs) - 1

    @cached_property
    def arrived(self) -> dict[str, int | None]:
        """The first step with a cost below NEAR."""
        return self._first(self.costs < NEAR)

    @cached_property
    def left(self) -> dict[str, int | None]:
        """The first step outside the picture."""
        return self._first(~self.surface.inside(self.places))

    def _first(self, true: Array) -> dict[str, int | None]:
        return {name: int(column.argmax()) if column.any() else None for name, column in zip(self.names, true.T, strict=True)}

    @property
    def order(self) -> list[str]:
        """Who arrived, the first one first; then who is on the way, the lowest first; then who left the picture."""
        last = dict(zip(self.names, np.nan_to_num(self.costs[-1], nan=np.inf), strict=True))

        def rank(name: str) -> tuple[int, float]:
            here, gone = self.arrived[name], self.left[name]
            return (0, here) if here is not None else (2, -gone) if gone is not None else (1, last[name])

        return sorted(self.names, key=rank)

    @property
    def winners(self) -> list[str]:
        """Who arrived first; more than one where they arrived at the same step, nobody where none did."""
        steps = {name: step for name, step in self.arrived.items() if step is not None}
        return [name for name, step in steps.items() if step == min(steps.values())]


def race(surface: Surface, rates: Mapping[str, float], start: Point | Array, steps: int, momentum: float = 0.9,
         noise: float = 0.0, seed: int = 0) -> Race:
    """Runs the engine's own updates. rates: by optimiser   start: in the picture   momentum: μ and β₁
    noise: standard deviation of what is added to each slope, the same for all of them

    Whoever overflows goes on as infinite or no number, and has left the picture.
    """
    theta = np.tile(np.asarray(start, float), (len(rates), 1))
    grad = np.empty_like(theta)
    plain = TrainingConfig(momentum=momentum)
    updates = [Update(plain.model_copy(update={"optimizer": key, "learning_rate": rate}), theta[i], grad[i], np.ones(2),
                      Memory(OPTIMIZERS[key].init(theta[i]))) for i, (key, rate) in enumerate(rates.items())]
    places = np.empty((steps + 1, *theta.shape))
    places[0] = theta
    rng = np.random.default_rng([seed, NOISE])
    with np.errstate(all="ignore"):
        for t in range(steps):
            grad[:] = surface.gradient(theta)
            if noise:
                grad += noise * rng.standard_normal(2)
            for update in updates:
                update.step(t)
            places[t + 1] = theta
        return Race(surface, dict(rates), places, surface.value(places))
