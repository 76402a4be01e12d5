"""Each kind of step in NumPy: one row of `FORWARD` a kind, and one of `LEARNING` where the program can also train it."""

from collections.abc import Callable
from typing import NamedTuple

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
    return f"looked_back({fit}, {H}, {E}, {question}, {w['Wc']}, {w['bc']})"


FORWARD: dict[str, Callable[..., str]] = {
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
    "rnn": _recurrent("states"),
    "lstm": _recurrent("lstm"),
    "gru": _recurrent("gru"),
    "side_by_side": lambda step, *values: f"np.concatenate([{', '.join(values)}], -1)",
    "positions": lambda step, x: f"{x} + {at(step, 'E')}",
    "layer_norm": _call("layer_norm", "epsilon"),
    "self_attention": _call("attention", "heads", "causal"),
    "steps": lambda step, x: f"{x}[:, {step.settings['start']}:{step.settings['stop']}]",
    "last_step": lambda step, x: f"{x}[:, -1]",
    "look_back": _look_back,
    "zeros_before": lambda step, x: f"np.concatenate([np.zeros_like({x}), {x}], 1)",
    "softmax": lambda step, x: f"softmax({x})",
    "signed": lambda step, x: f"np.clip(({x} + 1) / 2, 0, 1)",
    "two_classes": lambda step, x: f"np.concatenate([1 - {x}, {x}], axis=1)",
    "of_their_sum": lambda step, x: f"of_their_sum({x})",
    "units": _units,
}


class Learning(NamedTuple):
    """forward: the line that gives the step's value in training   back: the lines that take its gradient d back; `to(value,
    expression)` writes the line that gives a value its gradient, or adds it"""

    forward: Callable[..., str]
    back: Callable[..., list[str]]


To = Callable[[str, str], str]


def _dense_back(step: Step, d: str, to: To, x: str) -> list[str]:
    found = [f"{at(step, 'W', 'g')}[...] = {x}.T @ {d}"]
    if "b" in step.weights:
        found.append(f"{at(step, 'b', 'g')}[...] = total({d})")
    return [*found, to(x, f"{d} @ {at(step, 'W')}.T")]


def _activation_back(step: Step, d: str, to: To, z: str) -> list[str]:
    slope = filled(SPELT[step.settings["key"]].slope, z, step.settings["alpha"], step.name)
    return [to(z, f"{d} * ({slope})")]


def _batch_norm_forward(step: Step, x: str) -> str:
    arrays = ", ".join([at(step, "gamma"), at(step, "beta"), at(step, "mean", "running"), at(step, "var", "running")])
    return f"{step.name}, {step.name}_kept = batch_norm_learning({x}, {arrays}, {step.settings['epsilon']!r})"


def _batch_norm_back(step: Step, d: str, to: To, x: str) -> list[str]:
    return [f"d_{step.name}_z, {at(step, 'gamma', 'g')}[...], {at(step, 'beta', 'g')}[...] = "
            f"batch_norm_back({d}, {at(step, 'gamma')}, {step.name}_kept)", to(x, f"d_{step.name}_z")]


def _dropout_forward(step: Step, x: str) -> str:
    rate = step.settings["rate"]
    return (f"{step.name}_kept = (drops[{step.settings['slot']}].random({x}.shape) >= {rate!r}) / (1 - {rate!r})\n"
            f"    {step.name} = {x} * {step.name}_kept")


def _add_back(step: Step, d: str, to: To, x: str, came: str) -> list[str]:
    return [to(x, d), to(came, f"shared_back({d}, {came}, {step.settings['shared']})")]


def _conv2d_back(step: Step, d: str, to: To, x: str) -> list[str]:
    s = step.settings
    given = f"{d}, {x}, {at(step, 'W')}, {s['size']}, {s['stride']}, {s['padding']!r}"
    return [f"d_{step.name}_x, {at(step, 'W', 'g')}[...], {at(step, 'b', 'g')}[...] = conv2d_back({given})",
            to(x, f"d_{step.name}_x")]


def _by(function: str, *settings: str) -> Callable[..., list[str]]:
    def back(step: Step, d: str, to: To, x: str) -> list[str]:
        more = "".join(f", {step.settings[name]}" for name in settings)
        return [to(x, f"{function}({d}, {x}{more})")]
    return back


def _plain(kind: str) -> Callable[..., str]:
    return lambda step, *takes: f"{step.name} = {FORWARD[kind](step, *takes)}"


LEARNING: dict[str, Learning] = {
    "dense": Learning(_plain("dense"), _dense_back),
    "activation": Learning(_plain("activation"), _activation_back),
    "batch_norm": Learning(_batch_norm_forward, _batch_norm_back),
    "dropout": Learning(_dropout_forward, lambda step, d, to, x: [to(x, f"{d} * {step.name}_kept")]),
    "add": Learning(_plain("add"), _add_back),
    "conv2d": Learning(_plain("conv2d"), _conv2d_back),
    "max_pool": Learning(_plain("max_pool"), _by("max_pool_back", "size", "stride")),
    "average_pool": Learning(_plain("average_pool"), _by("average_pool_back", "size", "stride")),
    "global_max": Learning(_plain("global_max"), _by("global_max_back")),
    "global_average": Learning(_plain("global_average"), _by("global_average_back")),
    "flatten": Learning(_plain("flatten"), lambda step, d, to, x: [to(x, f"{d}.reshape({x}.shape)")]),
}
