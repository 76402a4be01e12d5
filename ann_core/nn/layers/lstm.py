"""The layer with a cell. Hochreiter & Schmidhuber, 1997; its forget gate: Gers, Schmidhuber & Cummins, 2000."""

from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Shape, Views
from ann_core.nn.layers.recurrent import Recurrent, Unrolled, by_row, halved


class LSTM(Recurrent):
    """o, i, f = σ(x_t W + h_{t−1} U + b), g = tanh(…);   c_t = f ⊙ c_{t−1} + i ⊙ g;   h_t = o ⊙ tanh(c_t)

    The columns of W, U and b: output gate, input gate, forget gate, candidate.
    forget_bias: what the forget gate's biases begin at (Jozefowicz, Zaremba & Sutskever, 2015)
    """

    gates = 4
    OUTPUT, INPUT, FORGET, CANDIDATE = range(4)

    def __init__(self, shape: Shape, units: int, forget_bias: float = 1.0, **more: Any):
        super().__init__(shape, units, **more)
        self.starts = {self.FORGET: forget_bias}

    def holds(self) -> int:
        return super().holds() + 2 * self.steps * self.units  # the cell, and its tanh

    def _unroll(self, p: Views, X: Array, first: Array | None = None) -> Unrolled:
        n = self.units
        Z = halved(p, "W", 3 * n).mT @ X
        Z += halved(p, "b", 3 * n).mT
        U = np.ascontiguousarray(halved(p, "U", 3 * n).mT)
        H = np.zeros((len(Z) + 1, *Z.shape[1:-2], n, Z.shape[-1]), Z.dtype)
        C, bent = np.zeros_like(H), np.empty_like(H[1:])
        if first is not None:
            H[0] = first
        for t, z in enumerate(Z):
            z += U @ H[t]
            np.tanh(z, out=z)
            gates = z[..., :3 * n, :]
            gates *= 0.5
            gates += 0.5
            c = np.multiply(z[..., 2 * n:3 * n, :], C[t], out=C[t + 1])
            c += z[..., n:2 * n, :] * z[..., 3 * n:, :]
            np.tanh(c, out=bent[t])
            np.multiply(z[..., :n, :], bent[t], out=H[t + 1])
        return Unrolled(X, H, Z, (C, bent))

    def _back(self, p: Views, cache: Unrolled, dH: Array) -> tuple[Array, Array, Array]:
        U, n, Z, (C, bent) = p["U"], self.units, cache.gates, cache.more
        o, i, f, g = (Z[..., k * n:(k + 1) * n, :] for k in range(4))
        dZ = np.empty_like(Z)                       # first the factors of dh (for o) and dc, all steps at once
        gates = Z[..., :3 * n, :]
        np.multiply(gates, 1 - gates, out=dZ[..., :3 * n, :])
        dZ[..., :n, :] *= bent
        dZ[..., n:2 * n, :] *= g
        dZ[..., 2 * n:3 * n, :] *= C[:-1]
        np.multiply(i, 1 - g * g, out=dZ[..., 3 * n:, :])
        dC = o * (1 - bent * bent)                  # dc from dh of the same step
        for t in range(self.steps - 1, -1, -1):
            dh, dc, dz = dH[t], dC[t], dZ[t]
            dc *= dh
            if self._from(t + 1) and t + 1 < self.steps:
                dc += dC[t + 1] * f[t + 1]          # ∂c_t/∂c_{t−1} = f_t along the direct way
            dz[..., :n, :] *= dh
            three = dz[..., n:, :].reshape(*dz.shape[:-2], 3, n, dz.shape[-1])
            three *= dc[..., None, :, :]
            if self._from(t):
                dH[t - 1] += U @ dz
        return dZ, dZ, dC

    def parts_of(self, cache: Unrolled) -> dict[str, Array]:
        """Its gates and its cell at every step, by name. (…, N, T, units)"""
        n = self.units
        names = {"forget": self.FORGET, "input": self.INPUT, "output": self.OUTPUT, "candidate": self.CANDIDATE}
        return {**{name: by_row(cache.gates[..., k * n:(k + 1) * n, :]) for name, k in names.items()},
                "cell": by_row(cache.more[0][1:])}
