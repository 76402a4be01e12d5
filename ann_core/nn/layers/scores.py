"""How well a step that asks and a step that is asked fit: one number for each pair. H: (…, N, T, n) ask, E: (…, N, S, n)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.nn.layers.base import Param, Views, weight
from ann_core.nn.layers.dense import ones


def give(g: Views, name: str, A: Array, dZ: Array, fresh: bool, bias: str | None = None) -> None:
    """dW = Aᵀ dZ into g[name], or onto what stands there; the same for a bias. A: (…, rows, n_in)   dZ: (…, rows, n_out)"""
    if fresh:
        np.matmul(A.mT, dZ, out=g[name])
    else:
        g[name] += A.mT @ dZ
    if bias is not None:
        total = ones(dZ.shape[-2]) @ dZ
        g[bias][...] = total if fresh else g[bias] + total


def rows(A: Array) -> Array:
    """Rows and steps as rows: (…, N, T, n) -> (…, N · T, n)"""
    return A.reshape(*A.shape[:-3], -1, A.shape[-1])


class Score:
    """forward: (p, H, E) -> (…, N, T, S), cache.   backward: dS -> dH, dE, and gives its gradients to g."""

    key = label = equation = ""

    def learns(self, n: int) -> Mapping[str, Param]:
        """Its parameters by name."""
        return {}

    def forward(self, p: Views, H: Array, E: Array) -> tuple[Array, Any]:
        raise NotImplementedError

    def backward(self, p: Views, g: Views, dS: Array, cache: Any, H: Array, E: Array, fresh: bool) -> tuple[Array, Array]:
        """fresh: this pass has not written to g yet"""
        raise NotImplementedError


class Dot(Score):
    """h · e"""

    key, label, equation = "dot", "dot product", "h_t · e_s"

    def forward(self, p: Views, H: Array, E: Array) -> tuple[Array, None]:
        return H @ E.mT, None

    def backward(self, p: Views, g: Views, dS: Array, cache: None, H: Array, E: Array, fresh: bool) -> tuple[Array, Array]:
        return dS @ E, dS.mT @ H


class General(Score):
    """h Wa · e. Luong et al., 2015"""

    key, label, equation = "general", "general", "h_t Wa · e_s"

    def learns(self, n: int) -> Mapping[str, Param]:
        return {"Wa": weight(n, n)}

    def forward(self, p: Views, H: Array, E: Array) -> tuple[Array, Array]:
        asks = (rows(H) @ p["Wa"]).reshape(H.shape)
        return asks @ E.mT, asks

    def backward(self, p: Views, g: Views, dS: Array, asks: Array, H: Array, E: Array, fresh: bool) -> tuple[Array, Array]:
        dAsks = rows(dS @ E)
        give(g, "Wa", rows(H), dAsks, fresh)
        return (dAsks @ p["Wa"].mT).reshape(H.shape), dS.mT @ asks


class Additive(Score):
    """tanh(h Wh + e We) v. Bahdanau et al., 2015"""

    key, label, equation = "additive", "additive", "tanh(h_t Wh + e_s We) v"

    def learns(self, n: int) -> Mapping[str, Param]:
        return {"Wh": weight(n, n), "We": weight(n, n), "v": weight(n, 1)}

    def forward(self, p: Views, H: Array, E: Array) -> tuple[Array, Array]:
        asks, offers = (rows(H) @ p["Wh"]).reshape(H.shape), (rows(E) @ p["We"]).reshape(E.shape)
        bent = np.tanh(asks[..., :, None, :] + offers[..., None, :, :])
        flat = bent.reshape(*bent.shape[:-4], -1, bent.shape[-1]) @ p["v"]
        return flat.reshape(bent.shape[:-1]), bent

    def backward(self, p: Views, g: Views, dS: Array, bent: Array, H: Array, E: Array, fresh: bool) -> tuple[Array, Array]:
        flat = dS.reshape(*dS.shape[:-3], -1, 1)
        give(g, "v", bent.reshape(*bent.shape[:-4], -1, bent.shape[-1]), flat, fresh)
        dBent = (flat @ p["v"].mT).reshape(bent.shape)
        dBent *= 1 - bent * bent
        dAsks, dOffers = rows(dBent.sum(-2)), rows(dBent.sum(-3))
        give(g, "Wh", rows(H), dAsks, fresh)
        give(g, "We", rows(E), dOffers, fresh)
        return (dAsks @ p["Wh"].mT).reshape(H.shape), (dOffers @ p["We"].mT).reshape(E.shape)


SCORES: Registry[Score] = Registry("score", [Dot(), General(), Additive()])
