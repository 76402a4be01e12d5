"""Activations as ONNX operators: one row each."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
from onnx import TensorProto

from ann_core.export.onnx_graph import Graph
from ann_core.nn.activations import SELU_ALPHA, SELU_SCALE


def _times_own(op: str) -> Callable[[Graph, str, float | None], str]:
    return lambda g, z, alpha: g.node("Mul", z, g.node(op, z))


def _gelu(g: Graph, z: str, alpha: float | None) -> str:
    bent = g.node("Erf", g.node("Mul", z, g.constant(np.array(1 / sqrt(2)))))
    half = g.node("Mul", z, g.constant(np.array(0.5)))
    return g.node("Mul", half, g.node("Add", bent, g.constant(np.array(1.0))))


def _gaussian(g: Graph, z: str, alpha: float | None) -> str:
    return g.node("Exp", g.node("Neg", g.node("Mul", z, z)))


def _step(g: Graph, z: str, alpha: float | None) -> str:
    return g.node("Cast", g.node("Greater", z, g.constant(np.array(0.0))), to=TensorProto.FLOAT)


def _mish(g: Graph, z: str, alpha: float | None) -> str:
    return g.node("Mul", z, g.node("Tanh", g.node("Softplus", z)))


def _one(op: str, **attributes: float) -> Callable[[Graph, str, float | None], str]:
    def write(g: Graph, z: str, alpha: float | None) -> str:
        given: dict[str, Any] = attributes if alpha is None else {**attributes, "alpha": alpha}
        return g.node(op, z, **given)
    return write


BENDS: dict[str, Callable[[Graph, str, float | None], str]] = {
    "linear": _one("Identity"),
    "sigmoid": _one("Sigmoid"),
    "tanh": _one("Tanh"),
    "relu": _one("Relu"),
    "leaky_relu": _one("LeakyRelu"),
    "elu": _one("Elu"),
    "selu": _one("Selu", gamma=SELU_SCALE),
    "gelu": _gelu,
    "silu": _times_own("Sigmoid"),
    "mish": _mish,
    "softplus": _one("Softplus"),
    "softsign": _one("Softsign"),
    "hard_sigmoid": lambda g, z, alpha: g.node("HardSigmoid", z, alpha=1 / 6, beta=0.5),
    "sine": _one("Sin"),
    "gaussian": _gaussian,
    "step": _step,
}


def bent(g: Graph, z: str, key: str, alpha: float | None) -> str:
    """An activation of the value z. key, alpha: as in `ann_core.nn.activations`"""
    return BENDS[key](g, z, SELU_ALPHA if key == "selu" else alpha)
