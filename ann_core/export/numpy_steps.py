"""Each kind of step in NumPy, as it is used: one row of `FORWARD` a kind."""

from collections.abc import Callable

from ann_core.export.activation_text import SPELT, filled
from ann_core.export.steps import Step


def at(step: Step, name: str, of: str = "w") -> str:
    """The place of one of its arrays in the dictionary `of`."""
    return f'{of}["{step.name}.{name}"]'


def _dense(step: Step, x: str) -> str:
    return f"{x} @ {at(step, 'W')}" + (f" + {at(step, 'b')}" if "b" in step.weights else "")


def _batch_norm(step: Step, x: str) -> str:
    arrays = ", ".join(at(step, name) for name in ("gamma", "beta", "mean", "var"))
    return f"batch_norm({x}, {arrays}, {step.settings['epsilon']!r})"


def _activation(step: Step, z: str) -> str:
    return filled(SPELT[step.settings["key"]].numpy, z, step.settings["alpha"])


def _add(step: Step, x: str, came: str) -> str:
    return f"with_shared({x}, {came}, {step.settings['shared']})"


def _units(step: Step, x: str) -> str:
    flat = f"{x}.reshape(len({x}), -1) * {at(step, 'scale')} + {at(step, 'center')}"
    return f"({flat}).reshape(len({x}), {', '.join(map(str, step.shape))})" if len(step.shape) > 1 else flat


def _call(function: str, *settings: str) -> Callable[..., str]:
    """A function of `parts`: of the values, the step's arrays and these of its settings."""
    def write(step: Step, *takes: str) -> str:
        arrays = [at(step, name) for name in step.weights]
        return f"{function}({', '.join([*takes, *arrays, *(repr(step.settings[name]) for name in settings)])})"
    return write


def _pool(how: str) -> Callable[..., str]:
    return lambda step, x: f'windows({x}, {step.settings["size"]}, {step.settings["stride"]}, "valid").{how}((-1, -2))'


def _recurrent(function: str) -> Callable[..., str]:
    def write(step: Step, x: str, first: str = "") -> str:
        s = step.settings
        bend = [f"lambda z: {filled(SPELT[s['key']].numpy, 'z', s['alpha'])}"] if function == "states" else []
        given = [x, *(at(step, name) for name in step.weights), *bend, repr(s["every_step"]), repr(s["reverse"])]
        return f"{function}({', '.join([*given, *([first] if first else [])])})"
    return write


def _look_back(step: Step, H: str, E: str, question: str) -> str:
    w = {name: at(step, name) for name in step.weights}
    turned = f"{E}.swapaxes(1, 2)"
    if step.settings["score"] == "additive":
        fit = f"(np.tanh(({H} @ {w['Wh']})[:, :, None] + ({E} @ {w['We']})[:, None]) @ {w['v']})[..., 0]"
    else:
        fit = f"{H} @ {w['Wa']} @ {turned}" if "Wa" in w else f"{H} @ {turned}"
    return f"look_at_question({fit}, {H}, {E}, {question}, {w['Wc']}, {w['bc']})"


KEEPING: dict[str, Callable[..., str]] = {
    "rnn": _recurrent("states"),
    "lstm": _recurrent("lstm"),
    "gru": _recurrent("gru"),
    "layer_norm": _call("layer_norm", "epsilon"),
    "self_attention": _call("attention", "heads", "causal"),
    "look_back": _look_back,
}
"""Functions that give a value and what its way back needs."""


def _value_of(kind: str) -> Callable[..., str]:
    return lambda step, *takes: f"{KEEPING[kind](step, *takes)}[0]"


FORWARD: dict[str, Callable[..., str]] = {
    **{kind: _value_of(kind) for kind in KEEPING},
    "dense": _dense,
    "activation": _activation,
    "batch_norm": _batch_norm,
    "dropout": lambda step, x: x,
    "add": _add,
    "flatten": lambda step, x: f"{x}.reshape(len({x}), -1)",
    "conv2d": _call("conv2d", "size", "stride", "padding"),
    "max_pool": _pool("max"),
    "average_pool": _pool("mean"),
    "global_max": lambda step, x: f"{x}.max((1, 2))",
    "global_average": lambda step, x: f"{x}.mean((1, 2))",
    "side_by_side": lambda step, *values: f"np.concatenate([{', '.join(values)}], -1)",
    "positions": lambda step, x: f"{x} + {at(step, 'E')}",
    "steps": lambda step, x: f"{x}[:, {step.settings['start']}:{step.settings['stop']}]",
    "last_step": lambda step, x: f"{x}[:, -1]",
    "zeros_before": lambda step, x: f"np.concatenate([np.zeros_like({x}), {x}], 1)",
    "softmax": lambda step, x: f"softmax({x})",
    "clipped": lambda step, x: f"np.clip({x}, 0, 1)",
    "signed": lambda step, x: f"np.clip(({x} + 1) / 2, 0, 1)",
    "two_classes": lambda step, x: f"np.concatenate([1 - {x}, {x}], axis=1)",
    "of_their_sum": lambda step, x: f"of_their_sum({x})",
    "units": _units,
}
