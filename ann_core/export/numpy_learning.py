"""Each kind of step in NumPy, as it learns: one row of `LEARNING` a kind, its line forward and its lines back."""

from collections.abc import Callable
from typing import NamedTuple

from ann_core.export.activation_text import SPELT, filled
from ann_core.export.numpy_steps import FORWARD, KEEPING, at
from ann_core.export.steps import Step


class Learning(NamedTuple):
    """forward: the line that gives the step's value in training   back: the lines that take its gradient d back; `to(value,
    expression)` writes the line that gives a value its gradient, or adds it"""

    forward: Callable[..., str]
    back: Callable[..., list[str]]


To = Callable[[str, str], str]


def _dense_back(step: Step, d: str, to: To, x: str) -> list[str]:
    rows, sums = (x, d) if len(step.shape) == 1 else (f"as_rows({x})", f"as_rows({d})")
    found = [f"{at(step, 'W', 'g')}[...] = {rows}.T @ {sums}"]
    if "b" in step.weights:
        found.append(f"{at(step, 'b', 'g')}[...] = total({sums})")
    return [*found, to(x, f"{d} @ {at(step, 'W')}.T")]


def _activation_back(step: Step, d: str, to: To, z: str) -> list[str]:
    slope = filled(SPELT[step.settings["key"]].slope, z, step.settings["alpha"], step.name)
    return [to(z, f"{d} * ({slope})")]


def _batch_norm_forward(step: Step, x: str) -> str:
    arrays = ", ".join([at(step, "gamma"), at(step, "beta"), at(step, "mean", "held"), at(step, "var", "held")])
    return f"{step.name}, {step.name}_kept = batch_norm_learning({x}, {arrays}, {step.settings['epsilon']!r})"


def _batch_norm_back(step: Step, d: str, to: To, x: str) -> list[str]:
    return [f"d_{step.name}_z, {at(step, 'gamma', 'g')}[...], {at(step, 'beta', 'g')}[...] = "
            f"batch_norm_back({d}, {at(step, 'gamma')}, {step.name}_kept)", to(x, f"d_{step.name}_z")]


def _dropout_forward(step: Step, x: str) -> str:
    rate = step.settings["rate"]
    kept = f"(drops[{step.settings['slot']}].random({x}.shape) >= {rate!r}) / (1 - {rate!r})"
    return f"{step.name}_kept = 1.0 if drops is None else {kept}\n    {step.name} = {x} * {step.name}_kept"


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


def _keeping(kind: str) -> Callable[..., str]:
    return lambda step, *takes: f"{step.name}, {step.name}_kept = {KEEPING[kind](step, *takes)}"


def _gets(step: Step, *values: str, arrays: tuple[str, ...] = ()) -> str:
    """What a function that goes back gives: gradients of values, and of these arrays."""
    return ", ".join([*(f"d_{step.name}_{value}" for value in values), *(f"{at(step, name, 'g')}[...]" for name in arrays)])


def _recurrent_back(function: str) -> Callable[..., list[str]]:
    def back(step: Step, d: str, to: To, x: str, first: str = "") -> list[str]:
        s = step.settings
        slope = [f"lambda z, a: {filled(SPELT[s['key']].slope, 'z', s['alpha'], 'a')}"] if function == "states_back" else []
        given = [d, x, at(step, "W"), at(step, "U"), f"{step.name}_kept", *slope,
                 *(repr(s[name]) for name in ("every_step", "reverse", "truncation"))]
        gets = f"{_gets(step, 'x', arrays=tuple(step.weights))}, {_gets(step, 'first') if first else '_'}"
        return [f"{gets} = {function}({', '.join(given)})", to(x, f"d_{step.name}_x"),
                *([to(first, f"d_{step.name}_first")] if first else [])]
    return back


def _layer_norm_back(step: Step, d: str, to: To, x: str) -> list[str]:
    return [f"{_gets(step, 'x', arrays=('gamma', 'beta'))} = layer_norm_back({d}, {at(step, 'gamma')}, {step.name}_kept)",
            to(x, f"d_{step.name}_x")]


def _attention_back(step: Step, d: str, to: To, x: str) -> list[str]:
    given = f"{d}, {x}, {at(step, 'Wqkv')}, {at(step, 'Wo')}, {step.name}_kept"
    return [f"{_gets(step, 'x', arrays=('Wqkv', 'bqkv', 'Wo', 'bo'))} = attention_back({given})", to(x, f"d_{step.name}_x")]


def _look_back_back(step: Step, d: str, to: To, H: str, E: str, question: str) -> list[str]:
    score, own = step.settings["score"], tuple(name for name in step.weights if name not in ("Wc", "bc"))
    arrays = "".join(f", {at(step, name)}" for name in own)
    return [f"{_gets(step, 'scores', 'H', 'E', arrays=('Wc', 'bc'))} = "
            f"look_at_question_back({d}, {E}, {at(step, 'Wc')}, {step.name}_kept)",
            f"{_gets(step, 'asks', 'offers', arrays=own)} = {score}_back(d_{step.name}_scores, {H}, {E}{arrays})",
            to(H, f"d_{step.name}_H + d_{step.name}_asks"), to(E, f"d_{step.name}_E + d_{step.name}_offers")]


def _positions_forward(step: Step, x: str) -> str:
    return f"{step.name} = {x} + {at(step, 'E', 'held' if step.fixed else 'w')}"


def _positions_back(step: Step, d: str, to: To, x: str) -> list[str]:
    return [*([] if step.fixed else [f"{at(step, 'E', 'g')}[...] = {d}.sum(0)"]), to(x, d)]


def _side_by_side_back(step: Step, d: str, to: To, *values: str) -> list[str]:
    width = step.shape[-1] // len(values)
    return [to(value, f"{d}[..., {width * i}:{width * (i + 1)}]") for i, value in enumerate(values)]


def _steps_back(step: Step, d: str, to: To, x: str) -> list[str]:
    return [to(x, f"back_to({x}, {d}, {step.settings['start']}, {step.settings['stop']})")]


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
    "rnn": Learning(_keeping("rnn"), _recurrent_back("states_back")),
    "lstm": Learning(_keeping("lstm"), _recurrent_back("lstm_back")),
    "gru": Learning(_keeping("gru"), _recurrent_back("gru_back")),
    "side_by_side": Learning(_plain("side_by_side"), _side_by_side_back),
    "positions": Learning(_positions_forward, _positions_back),
    "layer_norm": Learning(_keeping("layer_norm"), _layer_norm_back),
    "self_attention": Learning(_keeping("self_attention"), _attention_back),
    "steps": Learning(_plain("steps"), _steps_back),
    "last_step": Learning(_plain("last_step"), lambda step, d, to, x: [to(x, f"back_to({x}, {d}[:, None], -1, None)")]),
    "look_back": Learning(_keeping("look_back"), _look_back_back),
    "zeros_before": Learning(_plain("zeros_before"), lambda step, d, to, x: [to(x, f"{d}[:, {x}.shape[1]:]")]),
}
