"""Depth and time side by side: what reaches each layer of a stack, and each step of a chain, by the same measure."""

from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.recurrence_way import length_of
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers.base import Flow
from ann_core.nn.network import Network, build_network
from ann_core.run.config import RunConfig
from ann_core.run.run import start

UNITS, INPUTS, ROWS = 16, 8, 128
DEPTH_AND_TIME = 309
"""Purpose of the random stream of the rows."""
CURES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "none": ({}, {"kind": "rnn"}),
    "a way past": ({"skip": True}, {"kind": "lstm", "forget_bias": 3.0}),
    "a gate on the state": ({"skip": True}, {"kind": "gru", "update_bias": 3.0}),
    "rescaled": ({"batch_norm": True}, {"kind": "rnn"}),
}
"""What is changed in the stack of layers, and which layer stands in the chain of steps, by the name of the cure."""


def stack(layers: int, scale: float, cure: str) -> Network:
    """So many dense tanh layers with orthogonal weights."""
    return build_network(NetworkConfig.model_validate({
        "layers": [{"units": UNITS, "activation": "tanh"}] * layers, "initializer": "orthogonal", "sigma": scale,
        **CURES[cure][0]}), INPUTS, 1, "regression")


def chain(steps: int, scale: float, cure: str) -> Network:
    """One recurrent layer with orthogonal weights from state to state, for so many steps."""
    return build_network(NetworkConfig.model_validate({
        "layers": [{"units": UNITS, "recurrent_scale": scale, **CURES[cure][1]}]}), (steps, INPUTS), 1, "regression")


def built(config: RunConfig) -> Network:
    """The network of a run."""
    return start(config).net


def arriving(net: Network, seed: int) -> Array:
    """‖∂L/∂h‖ of every layer, or of every step, of a network before its first step, as multiples of the last one. (n,)"""
    rng = np.random.default_rng([seed, DEPTH_AND_TIME])
    X, Y = rng.standard_normal((ROWS, *net.inputs)), rng.standard_normal((ROWS, 1))
    theta, flow = net.initial(seed), Flow()
    grad = np.empty_like(theta)
    with np.errstate(all="ignore"):
        p = net.parameters.rows(theta)
        Z, caches, _ = net.forward(p, X)
        net.backward(p, net.parameters.rows(grad), net.head.gradient(Z, Y, 1 / ROWS), caches, flow)
        sizes = (length_of(flow.in_time[0].dH) if flow.in_time else
                 np.array([float(length_of(dA)) for dA, _ in flow[:-1]]))
    return np.asarray(sizes / sizes[-1])
