"""Each kind of step as ONNX operators: one row of `WRITERS` a kind. A writer gets the graph, the step and its values' names."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
from onnx import TensorProto, helper

from ann_core.base.arrays import Array
from ann_core.export.onnx_activations import bent
from ann_core.export.onnx_graph import Graph
from ann_core.export.steps import Step
from ann_core.nn.layers.attention import ahead
from ann_core.nn.layers.convolution import places_along


def _int(g: Graph, *numbers: int) -> str:
    return g.constant(np.array(numbers, np.int64))


def _product(g: Graph, x: str, W: Array, b: Array | None = None) -> str:
    out = g.node("MatMul", x, g.constant(W, name="weights"))
    return out if b is None else g.node("Add", out, g.constant(b, name="bias"))


def _part(g: Graph, x: str, start: int, stop: int, axis: int) -> str:
    return g.node("Slice", x, _int(g, start), _int(g, stop), _int(g, axis))


def _dense(g: Graph, step: Step, x: str) -> str:
    return _product(g, x, step.weights["W"], step.weights.get("b"))


def _batch_norm(g: Graph, step: Step, x: str) -> str:
    w = step.weights
    spread = g.constant(w["gamma"] / np.sqrt(w["var"] + step.settings["epsilon"]))
    centred = g.node("Sub", x, g.constant(w["mean"]))
    return g.node("Add", g.node("Mul", centred, spread), g.constant(w["beta"]))


def _add(g: Graph, step: Step, x: str, came: str) -> str:
    shared, width = step.settings["shared"], step.shape[-1]
    came = _part(g, came, 0, shared, -1)
    if shared < width:
        before = [0] * (len(step.shape) + 1)
        came = g.node("Pad", came, _int(g, *before, *before[:-1], width - shared))
    return g.node("Add", x, came)


def _on_channels_first(g: Graph, x: str, op: str, *more: str, **attributes: Any) -> str:
    first = g.node("Transpose", x, perm=[0, 3, 1, 2])
    return g.node("Transpose", g.node(op, first, *more, **attributes), perm=[0, 2, 3, 1])


def _conv2d(g: Graph, step: Step, x: str) -> str:
    W, s = step.weights["W"], step.settings
    size, stride = s["size"], s["stride"]
    filters = W.reshape(size, size, -1, W.shape[1]).transpose(3, 2, 0, 1)
    around = [places_along(length, size, stride, s["padding"]) for length in s["picture"]]
    before = [zeros for _, zeros in around]
    after = [max((count - 1) * stride + size - length - zeros, 0)
             for (count, zeros), length in zip(around, s["picture"], strict=True)]
    return _on_channels_first(g, x, "Conv", g.constant(filters), g.constant(step.weights["b"]), kernel_shape=[size] * 2,
                              strides=[stride] * 2, pads=[*before, *after])


def _pool(op: str) -> Callable[..., str]:
    return lambda g, step, x: _on_channels_first(g, x, op, kernel_shape=[step.settings["size"]] * 2,
                                                 strides=[step.settings["stride"]] * 2)


def _flatten(g: Graph, step: Step, x: str) -> str:
    return g.node("Reshape", x, _int(g, 0, -1))


def _layer_norm(g: Graph, step: Step, x: str) -> str:
    w = step.weights
    return g.node("LayerNormalization", x, g.constant(w["gamma"]), g.constant(w["beta"]), epsilon=step.settings["epsilon"])


def _by_step(g: Graph, x: str) -> str:
    return g.node("Transpose", x, perm=[1, 0, 2])


def _states(g: Graph, step: Step, found: list[str]) -> str:
    """All states (T, 1, N, units), or the last one (1, N, units), as the step wants it."""
    if step.settings["every_step"]:
        return g.node("Transpose", g.node("Squeeze", found[0], _int(g, 1)), perm=[1, 0, 2])
    return g.node("Squeeze", found[1], _int(g, 0))


def _gated(op: str, order: tuple[int, ...]) -> Callable[..., str]:
    """order: where each gate of ONNX stands among ours"""
    def write(g: Graph, step: Step, x: str, first: str = "") -> str:
        w, n = step.weights, step.weights["U"].shape[0]

        def arranged(array: Array) -> Array:
            return np.concatenate([array[..., k * n:(k + 1) * n] for k in order], -1)
        within = np.zeros(len(order) * n)
        if "b_hn" in w:
            within[-n:] = w["b_hn"]
        takes = [_by_step(g, x), g.constant(arranged(w["W"]).T[None]), g.constant(arranged(w["U"]).T[None]),
                 g.constant(np.concatenate([arranged(w["b"]), within])[None]), "",
                 g.node("Unsqueeze", first, _int(g, 0)) if first else ""]
        more: dict[str, Any] = {"linear_before_reset": 1} if op == "GRU" else {}
        way = "reverse" if step.settings["reverse"] else "forward"
        return _states(g, step, g.nodes_out(op, takes, ["states", "state"], hidden_size=n, direction=way, **more))
    return write


def _rnn(g: Graph, step: Step, x: str, first: str = "") -> str:
    """A loop of our own: ONNX's RNN knows few activations."""
    w, s, n = step.weights, step.settings, step.weights["U"].shape[0]
    sums = _by_step(g, _product(g, x, w["W"], w["b"]))
    if not first:
        rows = g.node("Slice", g.node("Shape", x), _int(g, 0), _int(g, 1))
        first = g.node("ConstantOfShape", g.node("Concat", rows, _int(g, n), axis=0))
    body = g.inner()
    state, z = body.name("state"), body.name("sums")
    after = bent(body, body.node("Add", z, _product(body, state, w["U"])), s["key"], s["alpha"])
    again = body.node("Identity", after)
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, n]) for name in (state, z, after, again)]
    way = int(s["reverse"])
    last, every = g.nodes_out("Scan", [first, sums], ["state", "states"], num_scan_inputs=1, scan_input_directions=[way],
                              scan_output_directions=[way], body=body.proto("step", value[:2], value[2:]))
    return g.node("Transpose", every, perm=[1, 0, 2]) if s["every_step"] else last


def _positions(g: Graph, step: Step, x: str) -> str:
    return g.node("Add", x, g.constant(step.weights["E"]))


def _self_attention(g: Graph, step: Step, x: str) -> str:
    w, (steps, n), heads = step.weights, step.shape, step.settings["heads"]
    whole = _product(g, x, w["Wqkv"], w["bqkv"])
    parts = g.nodes_out("Split", [whole, _int(g, n, n, n)], ["asks", "offers", "values"], axis=-1)
    apart = _int(g, 0, steps, heads, n // heads)
    Q, K, V = (g.node("Transpose", g.node("Reshape", part, apart), perm=[0, 2, 1, 3]) for part in parts)
    S = g.node("Div", g.node("MatMul", Q, g.node("Transpose", K, perm=[0, 1, 3, 2])), g.constant(np.array(sqrt(n // heads))))
    if step.settings["causal"]:
        S = g.node("Add", S, g.constant(ahead(steps)))
    H = g.node("Transpose", g.node("MatMul", g.node("Softmax", S, axis=-1), V), perm=[0, 2, 1, 3])
    return _product(g, g.node("Reshape", H, _int(g, 0, steps, n)), w["Wo"], w["bo"])


def _look_back(g: Graph, step: Step, H: str, E: str, question: str) -> str:
    w = step.weights
    if step.settings["score"] == "additive":
        asks, offers = (_product(g, value, w[name]) for value, name in ((H, "Wh"), (E, "We")))
        pairs = g.node("Add", g.node("Unsqueeze", asks, _int(g, 2)), g.node("Unsqueeze", offers, _int(g, 1)))
        S = g.node("Squeeze", _product(g, g.node("Tanh", pairs), w["v"]), _int(g, 3))
    else:
        asks = _product(g, H, w["Wa"]) if "Wa" in w else H
        S = g.node("MatMul", asks, g.node("Transpose", E, perm=[0, 2, 1]))
    zero = g.constant(np.array(0.0))
    real = g.node("Greater", g.node("ReduceMax", g.node("Abs", question), _int(g, 2), keepdims=0), zero)
    some = g.node("ReduceMax", g.node("Cast", real, to=TensorProto.FLOAT), _int(g, 1), keepdims=1)
    real = g.node("Unsqueeze", g.node("Or", real, g.node("Equal", some, zero)), _int(g, 1))
    P = g.node("Softmax", g.node("Where", real, S, g.constant(np.array(-np.inf))), axis=-1)
    both = g.node("Concat", H, g.node("MatMul", P, E), axis=-1)
    return g.node("Tanh", _product(g, both, w["Wc"], w["bc"]))


def _clipped(g: Graph, step: Step, x: str) -> str:
    return g.node("Clip", x, g.constant(np.array(0.0)), g.constant(np.array(1.0)))


def _signed(g: Graph, step: Step, x: str) -> str:
    return _clipped(g, step, g.node("Mul", g.node("Add", x, g.constant(np.array(1.0))), g.constant(np.array(0.5))))


def _of_their_sum(g: Graph, step: Step, x: str) -> str:
    total = g.node("ReduceSum", x, _int(g, -1), keepdims=1)
    some = g.node("Greater", total, g.constant(np.array(0.0)))
    return g.node("Where", some, g.node("Div", x, total), g.constant(np.array(1 / step.shape[-1])))


def _units(g: Graph, step: Step, x: str) -> str:
    """In double precision: a value may be large beside what it differs by."""
    x = g.node("Cast", x, to=TensorProto.DOUBLE)
    flat = g.node("Reshape", x, _int(g, 0, -1))
    found = g.node("Mul", flat, g.constant(step.weights["scale"], np.float64))
    found = g.node("Add", found, g.constant(step.weights["center"], np.float64))
    return g.node("Reshape", found, _int(g, 0, *step.shape))


WRITERS: dict[str, Callable[..., str]] = {
    "dense": _dense,
    "activation": lambda g, step, x: bent(g, x, **step.settings),
    "batch_norm": _batch_norm,
    "dropout": lambda g, step, x: x,
    "add": _add,
    "conv2d": _conv2d,
    "max_pool": _pool("MaxPool"),
    "average_pool": _pool("AveragePool"),
    "global_max": lambda g, step, x: g.node("ReduceMax", x, _int(g, 1, 2), keepdims=0),
    "global_average": lambda g, step, x: g.node("ReduceMean", x, _int(g, 1, 2), keepdims=0),
    "flatten": _flatten,
    "rnn": _rnn,
    "lstm": _gated("LSTM", (1, 0, 2, 3)),
    "gru": _gated("GRU", (1, 0, 2)),
    "side_by_side": lambda g, step, *values: g.node("Concat", *values, axis=-1),
    "positions": _positions,
    "layer_norm": _layer_norm,
    "self_attention": _self_attention,
    "steps": lambda g, step, x: _part(g, x, step.settings["start"], step.settings["stop"], 1),
    "last_step": lambda g, step, x: g.node("Gather", x, g.constant(np.array(-1, np.int64)), axis=1),
    "look_back": _look_back,
    "zeros_before": lambda g, step, x: g.node("Concat", g.node("Sub", x, x), x, axis=1),
    "softmax": lambda g, step, x: g.node("Softmax", x, axis=-1),
    "clipped": _clipped,
    "signed": _signed,
    "two_classes": lambda g, step, x: g.node("Concat", g.node("Sub", g.constant(np.array(1.0)), x), x, axis=-1),
    "of_their_sum": _of_their_sum,
    "units": _units,
}
