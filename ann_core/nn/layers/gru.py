"""The gated layer without a cell. Cho et al., 2014."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Param, Shape, Views
from ann_core.nn.layers.recurrent import Recurrent, Unrolled, by_row, halved, side_by_side


class GRU(Recurrent):
    """r, z = σ(x_t W + h_{t−1} U + b);   n = tanh(x_t W + b + r ⊙ (h_{t−1} U + b_hn));   h_t = z ⊙ h_{t−1} + (1 − z) ⊙ n

    The columns of W, U and b: reset gate, update gate, candidate; b_hn: (units,), the bias inside the reset, as PyTorch has it.
    update_bias: what the update gate's biases begin at; the larger, the more of the state is kept
    """

    gates = 3
    RESET, UPDATE, CANDIDATE = range(3)

    def __init__(self, shape: Shape, units: int, update_bias: float = 0.0, **more: Any):
        super().__init__(shape, units, **more)
        self.starts = {self.UPDATE: update_bias}

    def learns(self) -> Mapping[str, Param]:
        return {**super().learns(), "b_hn": Param((self.units,), "bias")}

    def holds(self) -> int:
        return super().holds() + self.steps * self.units  # what the reset gate works on

    def _unroll(self, p: Views, X: Array, first: Array | None = None) -> Unrolled:
        n = self.units
        Z = halved(p, "W", 2 * n).mT @ X
        Z += halved(p, "b", 2 * n).mT
        U, inner = np.ascontiguousarray(halved(p, "U", 2 * n).mT), p["b_hn"].mT
        H = np.zeros((len(Z) + 1, *Z.shape[1:-2], n, Z.shape[-1]), Z.dtype)
        if first is not None:
            H[0] = first
        reset = np.empty_like(H[1:])                # what the reset gate works on
        for t, z in enumerate(Z):
            from_state = U @ H[t]
            gates, candidate = z[..., :2 * n, :], z[..., 2 * n:, :]
            gates += from_state[..., :2 * n, :]
            np.tanh(gates, out=gates)
            gates *= 0.5
            gates += 0.5
            q = np.add(from_state[..., 2 * n:, :], inner, out=reset[t])
            candidate += z[..., :n, :] * q
            np.tanh(candidate, out=candidate)
            h = np.subtract(H[t], candidate, out=H[t + 1])
            h *= z[..., n:2 * n, :]
            h += candidate                          # n + z (h − n)
        return Unrolled(X, H, Z, (reset,))

    def _back(self, p: Views, cache: Unrolled, dH: Array) -> tuple[Array, Array, None]:
        U, n, Z, (q,) = p["U"], self.units, cache.gates, cache.more
        r, z, candidate = (Z[..., k * n:(k + 1) * n, :] for k in range(3))
        dZ = np.empty_like(Z)                       # first the factors, all steps at once
        np.multiply(q, r * (1 - r), out=dZ[..., :n, :])                                 # of the candidate's dz, for r
        np.multiply(cache.H[:-1] - candidate, z * (1 - z), out=dZ[..., n:2 * n, :])     # of dh, for z
        np.multiply(1 - z, 1 - candidate * candidate, out=dZ[..., 2 * n:, :])           # of dh, for the candidate
        seen = np.empty_like(Z)
        for t in range(self.steps - 1, -1, -1):
            dh, dz, du = dH[t], dZ[t], seen[t]
            two = dz[..., n:, :].reshape(*dz.shape[:-2], 2, n, dz.shape[-1])
            two *= dh[..., None, :, :]
            dn = dz[..., 2 * n:, :]
            dz[..., :n, :] *= dn
            du[..., :2 * n, :] = dz[..., :2 * n, :]
            np.multiply(dn, r[t], out=du[..., 2 * n:, :])
            if self._from(t):
                before = dH[t - 1]
                before += U @ du
                before += dh * z[t]                 # the direct way
        return dZ, seen, None

    def _give(self, g: Views, cache: Unrolled, dZ: Array, seen: Array) -> None:
        inner = side_by_side(seen[..., 2 * self.units:, :]).sum(-1)[..., None, :]
        if g.fresh:
            g["b_hn"][...] = inner
        else:
            g["b_hn"] += inner
        super()._give(g, cache, dZ, seen)

    def parts_of(self, cache: Unrolled) -> dict[str, Array]:
        """Its gates at every step, by name. (…, N, T, units)"""
        n = self.units
        names = {"update": self.UPDATE, "reset": self.RESET, "candidate": self.CANDIDATE}
        return {name: by_row(cache.gates[..., k * n:(k + 1) * n, :]) for name, k in names.items()}
