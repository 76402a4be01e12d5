"""Self-attention: every step asks all steps, and takes in a mean of what they offer. Vaswani et al., 2017."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Param, Pass, Shape, Views, weight
from ann_core.nn.layers.dense import ones


class Attended(NamedTuple):
    """What a pass of self-attention worked out. heads h, width a head d = n / h.

    A: (..., N·T, n) as it came   Q, K, V: (..., N, h, T, d), queries, keys, values
    P: (..., N, h, T, T), row t: the weights with which step t takes in all steps   H: (..., N·T, n), the heads side by side
    """

    A: Array
    Q: Array
    K: Array
    V: Array
    P: Array
    H: Array


@lru_cache(maxsize=64)
def ahead(steps: int) -> Array:
    """(T, T): −∞ where a step would look at a later one, else 0."""
    found = np.triu(np.full((steps, steps), -np.inf), 1)
    found.flags.writeable = False
    return found


def softmax_rows(S: Array) -> Array:
    """exp(S) / Σ exp(S) along the last axis; −∞ becomes 0."""
    P = np.exp(S - S.max(-1, keepdims=True))
    P /= P.sum(-1, keepdims=True)
    return P


class SelfAttention(Layer):
    """[Q K V] = A Wqkv + bqkv;   P = softmax(Q Kᵀ/√d) a head;   out = [P V of all heads] Wo + bo.

    A: (..., N, T, n)   causal: no step looks at a later one   Each head has n / heads of the n numbers.
    """

    def __init__(self, shape: Shape, heads: int = 1, causal: bool = False):
        self.inputs = self.outputs = shape
        self.n, self.heads, self.causal = shape[1], heads, causal
        self.scale = float(np.sqrt(self.n // heads))

    def learns(self) -> Mapping[str, Param]:
        n = self.n
        return {"Wqkv": weight(n, 3 * n, (n, n)), "bqkv": Param((3 * n,), "bias"),
                "Wo": weight(n, n), "bo": Param((n,), "bias")}

    def work(self) -> int:
        steps = self.inputs[0]
        return steps * (super().work() + 2 * steps * self.n)

    def holds(self) -> int:
        steps = self.inputs[0]
        return steps * (5 * self.n + 2 * self.heads * steps)

    def _apart(self, flat: Array, rows: int) -> Array:
        """The heads apart: (..., N·T, n) -> (..., N, h, T, d)"""
        return flat.reshape(*flat.shape[:-2], rows, self.inputs[0], self.heads, self.n // self.heads).swapaxes(-3, -2)

    def _together(self, parts: Array) -> Array:
        """The heads side by side: (..., N, h, T, d) -> (..., N·T, n)"""
        *lead, rows, _, steps, _ = parts.shape
        return parts.swapaxes(-3, -2).reshape(*lead, rows * steps, self.n)

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Attended]:
        rows = A.shape[-3]
        flat = A.reshape(*A.shape[:-3], -1, self.n)
        QKV = flat @ p["Wqkv"]
        QKV += p["bqkv"]
        Q, K, V = (self._apart(QKV[..., i * self.n:(i + 1) * self.n], rows) for i in range(3))
        S = Q @ K.mT
        S /= self.scale
        if self.causal:
            S += ahead(self.inputs[0]).astype(S.dtype)
        P = softmax_rows(S)
        H = self._together(P @ V)
        out = H @ p["Wo"]
        out += p["bo"]
        return out.reshape(*out.shape[:-2], rows, *self.outputs), Attended(flat, Q, K, V, P, H)

    def backward(self, p: Views, g: Views, dOut: Array, cache: Attended, inner: bool = True, flow: Flow | None = None) -> Array:
        A, Q, K, V, P, H = cache
        if flow is not None:
            flow.append((dOut, dOut))
        rows = dOut.shape[-3]
        d = dOut.reshape(*dOut.shape[:-3], -1, self.n)
        dH = self._apart(d @ p["Wo"].mT, rows)
        dS = dH @ V.mT                                            # of P
        dS -= (dS * P).sum(-1, keepdims=True)
        dS *= P                                                   # dS = P ⊙ (dP − Σ dP ⊙ P)
        dS /= self.scale
        dQKV = np.concatenate([self._together(part) for part in (dS @ K, dS.mT @ Q, P.mT @ dH)], -1)
        total = ones(d.shape[-2])
        if g.fresh:
            np.matmul(A.mT, dQKV, out=g["Wqkv"])
            np.matmul(total, dQKV, out=g["bqkv"])
            np.matmul(H.mT, d, out=g["Wo"])
            np.matmul(total, d, out=g["bo"])
            g.fresh = False
        else:
            g["Wqkv"] += A.mT @ dQKV
            g["bqkv"] += total @ dQKV
            g["Wo"] += H.mT @ d
            g["bo"] += total @ d
        return (dQKV @ p["Wqkv"].mT).reshape(dOut.shape) if inner else dOut
