"""One recurrent unit by hand: its states, and a derivative that every step adds to."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.layers import PLAIN, RNN
from ann_core.nn.layers.base import Flow
from ann_core.nn.parameters import Parameters

H = 1e-5
"""How far a number is moved for a finite difference."""
PULSES = {"one pulse": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), "two pulses": (1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
          "always on": (1.0,) * 6, "alternating": (1.0, -1.0, 1.0, -1.0, 1.0, -1.0)}
"""Inputs of a sequence of six steps, by what they are called."""


@dataclass(frozen=True)
class Unit:
    """h_t = tanh(w x_t + u h_{t−1} + b), the engine's layer with a single unit. x: the inputs, step by step"""

    w: float
    u: float
    b: float
    x: tuple[float, ...]

    @cached_property
    def _layer(self) -> tuple[RNN, Parameters, Array, Array]:
        layer = RNN((len(self.x), 1), 1, ACTIVATIONS["tanh"])
        return layer, Parameters([layer]), np.array([self.w, self.u, self.b]), np.array(self.x)[None, :, None]

    @cached_property
    def states(self) -> NDArray[np.float64]:
        """h₁ … h_T. (T,)"""
        layer, parameters, theta, X = self._layer
        return layer.forward(parameters.rows(theta)[0], X, PLAIN)[1].states[0, :, 0]

    @property
    def before(self) -> NDArray[np.float64]:
        """h₀ … h_{T−1}, of which the first is 0. (T,)"""
        return np.concatenate([[0.0], self.states[:-1]])

    def loss(self, y: float) -> float:
        """½ (h_T − y)²"""
        return 0.5 * float(self.states[-1] - y) ** 2

    def gradient(self, y: float) -> tuple[Array, Array, Array]:
        """Of that loss: with respect to (w, u, b), to the states (T,) and to their sums (T,)."""
        layer, parameters, theta, X = self._layer
        grad, flow = np.empty_like(theta), Flow()
        p, g = parameters.rows(theta)[0], parameters.rows(grad)[0]
        out, cache = layer.forward(p, X, PLAIN)
        layer.backward(p, g, out - y, cache, flow=flow)
        return grad, flow.in_time[0].dH[:, 0, 0], flow.in_time[0].dZ[:, 0, 0]

    def parts(self, y: float) -> NDArray[np.float64]:
        """What each step adds to ∂L/∂w, ∂L/∂u and ∂L/∂b. (3, T)"""
        dz = self.gradient(y)[2]
        return np.stack([dz * np.array(self.x), dz * self.before, dz])

    def difference(self, y: float) -> Array:
        """The same three derivatives, each by moving its number a little up and down. (3,)"""
        def moved(k: int, by: float) -> float:
            w, u, b = (own + by * (k == place) for place, own in enumerate((self.w, self.u, self.b)))
            return Unit(w, u, b, self.x).loss(y)

        return np.array([(moved(k, H) - moved(k, -H)) / (2 * H) for k in range(3)])
