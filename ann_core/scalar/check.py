"""The derivatives again, without the chain rule: nudge one number of the graph up and down and see what the loss does."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import activation, softmax
from ann_core.scalar.graph import wiring
from ann_core.scalar.net import SOFTMAX, Net, loss_of
from ann_core.scalar.words import number, plain

STEPS = 10.0 ** -np.arange(1, 12)
EPSILON = float(np.finfo(float).eps)
CLOSE = 1e-6


@dataclass(frozen=True)
class Check:
    """A central difference (L(v + h) − L(v − h)) / 2h beside a derivative. step: h"""

    value: float
    step: float
    gradient: float
    agrees: bool

    @property
    def sentence(self) -> str:
        """The comparison in words."""
        if not np.isfinite(self.value):
            return "Nudged either way the loss is not finite, so there is nothing to compare."
        shown = f"Nudged by ±{plain(number(self.step))}, the loss changes {plain(number(self.value))} times as much"
        if self.agrees:
            return f"{shown}: the derivative agrees."
        return (f"{shown}, and the derivative says {plain(number(self.gradient))}: here the loss has a corner or a jump, "
                "or its curve is too steep for a nudge.")


def checks(net: Net, values: dict[str, float], gradients: dict[str, float]) -> dict[str, Check]:
    """A check for every number of the graph.

    Of eleven steps h the one is taken whose error is smallest, as told by two errors that pull in opposite directions:
    from h to h/10 the curvature's part shrinks a hundredfold, while rounding counts r/h. Every number of the graph is rounded
    by up to ε|v|, and hands that on times its own derivative: r = ε (|L| + Σ |v ∂L/∂v|).
    """
    keys = [key for key in values if key != "L"]
    here = np.array([values[key] for key in keys])
    h = STEPS[:, None] * np.maximum(1.0, np.abs(here))  # (S, M)
    up, down = here + h, here - h
    width = up - down  # 2h as the computer has it
    nudges = np.eye(len(keys)) * np.stack([up - here, down - here])[..., None]  # (2, S, M, M)
    with np.errstate(all="ignore"):
        rounding = EPSILON * (abs(values["L"]) + sum(abs(values[key] * gradients[key]) for key in keys))
        high, low = _losses(net, keys, nudges.reshape(-1, len(keys))).reshape(2, *h.shape)
        slopes = (high - low) / width
        error = np.abs(np.diff(slopes, axis=0)) / 99 + rounding / h[1:]
    best = np.where(np.isfinite(error), error, np.inf).argmin(0)
    found = {}
    for i, key in enumerate(keys):
        slope, step, gradient = float(slopes[best[i] + 1, i]), float(h[best[i] + 1, i]), gradients[key]
        agrees = bool(abs(slope - gradient) <= CLOSE * max(abs(slope), abs(gradient)) + 10 * rounding / step)
        found[key] = Check(slope, step, gradient, agrees)
    return {**found, "L": Check(1.0, float(STEPS[4]), 1.0, True)}


def _losses(net: Net, keys: list[str], nudges: Array) -> Array:
    """The loss with a nudge (T, M) added to every number, T times at once: (T,)"""
    column = {key: i for i, key in enumerate(keys)}
    def of(names: list[str]) -> Array:
        return nudges[:, [column[name] for name in names]]

    A = np.array(net.inputs) + of([f"x{i + 1}" for i in range(len(net.inputs))])
    for layer, units in zip(net.layers, wiring(net), strict=True):
        W = np.array(layer.weights).T + np.stack([of(list(unit.weights)) for unit in units], 1)  # (T, n_out, n_in)
        Z = (W * A[:, None]).sum(-1) + of([unit.z for unit in units])
        if layer.biases is not None:
            Z += np.array(layer.biases) + of([unit.bias for unit in units if unit.bias])
        A = softmax(Z) if layer.activation == SOFTMAX else activation(layer.activation, layer.alpha).f(Z)
        A = A + of([unit.a for unit in units])
    return loss_of(net).value(A, np.array(net.targets)).sum(-1)
