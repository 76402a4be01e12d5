"""A race of optimisers on a surface: from the same start, each at a rate of its own, all in one loop."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.lessons.optimizers import Gradient, settled
from ann_core.lessons.optimizers_surfaces import SURFACES, Point, Surface
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.training import TrainingConfig
from ann_core.run.update import Memory, Update

NEAR = 1e-3
"""Below this cost an optimiser has arrived."""
State = Literal["arrived", "on the way", "left"]
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
    def stays(self) -> dict[str, int | None]:
        """The first step from which on the cost stays below NEAR, to the end."""
        return {name: settled(np.nan_to_num(costs, nan=np.inf), NEAR)
                for name, costs in zip(self.names, self.costs.T, strict=True)}

    @cached_property
    def left(self) -> dict[str, int | None]:
        """The first step outside the picture."""
        return self._first(~self.surface.inside(self.places))

    def _first(self, true: NDArray[np.bool_]) -> dict[str, int | None]:
        return {name: int(column.argmax()) if column.any() else None for name, column in zip(self.names, true.T, strict=True)}

    def state(self, name: str, t: int) -> State:
        """How somebody stands after t steps. Who has arrived stays so, whatever comes later or came before."""
        def by_now(step: int | None) -> bool:
            return step is not None and step <= t

        return "arrived" if by_now(self.arrived[name]) else "left" if by_now(self.left[name]) else "on the way"

    @property
    def order(self) -> list[str]:
        """Who arrived, the first one first; then who is on the way, the lowest first; then who left, the last one first."""
        last = dict(zip(self.names, self.costs[-1], strict=True))

        def rank(name: str) -> tuple[int, float]:
            state = self.state(name, self.steps)
            by: dict[State, float] = {"arrived": self.arrived[name] or 0, "on the way": last[name],
                                      "left": -(self.left[name] or 0)}
            return list(by).index(state), by[state]

        return sorted(self.names, key=rank)

    @property
    def winners(self) -> list[str]:
        """Who arrived first; more than one where they arrived at the same step, nobody where none did."""
        return _earliest(self.arrived)

    @property
    def first_to_stay(self) -> list[str]:
        """Who stays below NEAR from the earliest step on."""
        return _earliest(self.stays)


def _earliest(steps: Mapping[str, int | None]) -> list[str]:
    found = {name: step for name, step in steps.items() if step is not None}
    return [name for name, step in found.items() if step == min(found.values())]


def slopes(surface: Surface, steps: int, noise: float = 0.0, seed: int = 0) -> Gradient:
    """The surface's gradient in each step t = 1, 2, …, with normal noise of this standard deviation added: in one step the same
    for everybody."""
    if not noise:
        return lambda places, t: surface.gradient(places)
    added = noise * np.random.default_rng([seed, NOISE]).standard_normal((steps, 2))
    return lambda places, t: surface.gradient(places) + added[t - 1]


def settings(key: str, rate: float, momentum: float = 0.9) -> TrainingConfig:
    """Of one optimiser, all else as usual. momentum: μ and β₁"""
    return TrainingConfig(optimizer=key, learning_rate=rate, momentum=momentum)


def race(surface: Surface, rates: Mapping[str, float], start: Point | Array, steps: int, momentum: float = 0.9,
         noise: float = 0.0, seed: int = 0) -> Race:
    """Runs the engine's own updates, with one call for the gradients of all. rates: by optimiser   start: in the picture

    Whoever overflows goes on as infinite or no number, and has left the picture.
    """
    theta = np.tile(np.asarray(start, float), (len(rates), 1))
    grad, slope = np.empty_like(theta), slopes(surface, steps, noise, seed)
    updates = [Update(settings(key, rate, momentum), theta[i], grad[i], np.ones(2), Memory(OPTIMIZERS[key].init(theta[i])))
               for i, (key, rate) in enumerate(rates.items())]
    places = np.empty((steps + 1, *theta.shape))
    places[0] = theta
    with np.errstate(all="ignore"):
        for t in range(1, steps + 1):
            grad[:] = slope(theta, t)
            for update in updates:
                update.step(t)
            places[t] = theta
        return Race(surface, dict(rates), places, surface.value(places))


def winners(steps: int = 400) -> dict[str, list[str]]:
    """Who arrives first on each surface, by key, from its usual start, each optimiser at the rate that suits it there."""
    return {key: race(surface, surface.suits, surface.start, steps).winners for key, surface in SURFACES.items()}


def turned(name: str, angle: float = 45.0, steps: int = 3000) -> tuple[int | None, int | None]:
    """When one optimiser arrives in the ravine as it stands and turned by an angle, with the start turned along."""
    ravine = SURFACES["ravine"]
    upright, other = (race(surface, {name: ravine.suits[name]}, surface.shown(np.array(ravine.start)), steps).arrived[name]
                      for surface in (ravine, ravine.turned(angle)))
    return upright, other
