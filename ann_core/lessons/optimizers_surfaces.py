"""Six surfaces over two numbers on which optimisers race, each with its exact gradient, and any of them turned by an angle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry

Point = tuple[float, float]


@dataclass(frozen=True)
class Surface:
    """A cost f(x, y) ≥ 0, shown on the square of `reach` around `centre`.

    f: its value and slopes, (x, y) -> (f, ∂f/∂x, ∂f/∂y)   start: where a race usually begins   minima: where f is 0
    suits: a rate for each optimiser, by key, at which it arrives soon and stays in the picture, of the ladder 1, 2, 5
    angle: degrees by which surface, start and minima are turned around the centre, against the clock
    """

    key: str
    label: str
    formula: str
    f: Callable[[Array, Array], tuple[Array, Array, Array]]
    centre: Point
    reach: float
    start: Point
    minima: tuple[Point, ...]
    suits: Mapping[str, float] = field(default_factory=dict)
    angle: float = 0.0

    def value(self, places: Array) -> Array:
        """f at places (..., 2). Returns (...)"""
        own = self.own(places)
        return self.f(own[..., 0], own[..., 1])[0]

    def gradient(self, places: Array) -> Array:
        """∇f at places (..., 2): the own one, turned along. Returns (..., 2)"""
        own = self.own(places)
        return np.stack(self.f(own[..., 0], own[..., 1])[1:], -1) @ self._turn.T

    def turned(self, angle: float) -> "Surface":
        """The same surface at this angle."""
        return replace(self, angle=angle)

    def own(self, places: Array) -> Array:
        """Places of the picture as places of the surface before it was turned: Rᵀ(p − c) + c"""
        return (places - np.array(self.centre)) @ self._turn + self.centre if self.angle else places

    def shown(self, own: Array) -> Array:
        """The other way round: R(p − c) + c"""
        return (own - np.array(self.centre)) @ self._turn.T + self.centre if self.angle else own

    def inside(self, places: Array) -> NDArray[np.bool_]:
        """Whether places (..., 2) lie in the picture. Returns (...)"""
        return (np.abs(places - np.array(self.centre)) <= self.reach).all(-1)

    def span(self, axis: int) -> Point:
        """What the picture spans along x (0) or y (1)."""
        return self.centre[axis] - self.reach, self.centre[axis] + self.reach

    @property
    def _turn(self) -> Array:
        c, s = cos(radians(self.angle)), sin(radians(self.angle))
        return np.array([[c, -s], [s, c]])


def _bowl(x: Array, y: Array) -> tuple[Array, Array, Array]:
    return (x * x + y * y) / 2, x, y


def _ravine(x: Array, y: Array) -> tuple[Array, Array, Array]:
    return (x * x + 100 * y * y) / 2, x, 100 * y


def _saddle(x: Array, y: Array) -> tuple[Array, Array, Array]:
    return x * x / 2 + (y * y - 1) ** 2 / 4, x, y * (y * y - 1)


def _rosenbrock(x: Array, y: Array) -> tuple[Array, Array, Array]:
    short, off = 1 - x, y - x * x
    return short**2 + 100 * off**2, -2 * short - 400 * x * off, 200 * off


def _beale(x: Array, y: Array) -> tuple[Array, Array, Array]:
    powers = y, y * y, y * y * y
    a, b, c = (want - x + x * power for want, power in zip((1.5, 2.25, 2.625), powers, strict=True))
    by_x = 2 * (a * (powers[0] - 1) + b * (powers[1] - 1) + c * (powers[2] - 1))
    return a * a + b * b + c * c, by_x, 2 * x * (a + 2 * b * powers[0] + 3 * c * powers[1])


def _himmelblau(x: Array, y: Array) -> tuple[Array, Array, Array]:
    a, b = x * x + y - 11, x + y * y - 7
    return a * a + b * b, 4 * x * a + 2 * b, 2 * a + 4 * y * b


def _rates(*rates: float) -> dict[str, float]:
    """AdamW gets Adam's."""
    names = ("sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "nadam")
    found = dict(zip(names, rates, strict=True))
    return {**found, "adamw": found["adam"]}


SURFACES: Registry[Surface] = Registry("surface", [
    Surface("bowl", "bowl", r"\tfrac12(x^2+y^2)", _bowl, (0, 0), 2, (-1.5, 1), ((0, 0),),
            _rates(1, 0.01, 1, 1, 2, 0.02, 0.1, 0.1)),
    Surface("ravine", "ravine", r"\tfrac12(x^2+100y^2)", _ravine, (0, 0), 2, (-1.5, 0.5), ((0, 0),),
            _rates(0.01, 0.005, 0.005, 1, 0.2, 0.005, 0.05, 0.05)),
    Surface("saddle", "saddle", r"\tfrac12x^2-\tfrac12y^2+\tfrac14y^4+\tfrac14", _saddle, (0, 0), 2, (-1, 0.001),
            ((0, 1), (0, -1)), _rates(0.5, 0.5, 0.5, 1, 2, 0.02, 0.2, 0.1)),
    Surface("rosenbrock", "Rosenbrock's valley", r"(1-x)^2+100(y-x^2)^2", _rosenbrock, (0, 1), 2, (-1.2, 1), ((1, 1),),
            _rates(0.002, 0.002, 0.001, 1, 1, 0.002, 0.05, 0.02)),
    Surface("beale", "Beale's plateau", r"\begin{aligned}&(1.5-x+xy)^2\\&+(2.25-x+xy^2)^2\\&+(2.625-x+xy^3)^2\end{aligned}",
            _beale, (0, 0), 4.5, (1, 1.5), ((3, 0.5),), _rates(0.02, 0.005, 0.005, 2, 1, 0.01, 0.5, 0.2)),
    Surface("himmelblau", "Himmelblau's four hollows", r"(x^2+y-11)^2+(x+y^2-7)^2", _himmelblau, (0, 0), 5, (0, 0),
            ((3, 2), (-2.8051180869527, 3.1313125182505), (-3.7793102533777, -3.2831859912861),
             (3.5844283403304, -1.8481265269644)), _rates(0.02, 0.005, 0.01, 2, 100, 0.005, 0.5, 0.2)),
])
