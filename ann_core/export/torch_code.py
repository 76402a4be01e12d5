"""A network as a PyTorch module in one readable file, with its numbers."""

from collections.abc import Callable

from ann_core.export import torch_parts
from ann_core.export.activation_text import SPELT, filled
from ann_core.export.numpy_code import MEANS
from ann_core.export.program import ABOUT, constants, example, lines, preparation, program, spoken, weights
from ann_core.export.steps import Step
from ann_core.export.taken import Taken
from ann_core.export.text import word
from ann_core.nn.layers.convolution import places_along

DOC = f"{ABOUT}\nRun it (`python this_file.py`) and it answers a few rows; it needs NumPy and PyTorch."


def to_torch(t: Taken) -> bytes:
    """The program: the module `Network`, in double precision, and `answer` around it."""
    sections = [("From raw rows to what the network is given", preparation(t.inputs)), ("The network", _module(t))]
    data = "\n\n".join([constants(t), weights(t.every_step), "NETWORK = Network(WEIGHTS).eval()", example(t)])
    tried = f'if __name__ == "__main__":\n    {spoken(t)}'
    return program(t, DOC, ("import numpy as np", "import torch", "import torch.nn.functional as F", "from torch import nn"),
                   sections, data, tried, torch_parts)


def _module(t: Taken) -> str:
    inside = list(dict.fromkeys(line for step in t.every_step if (line := _layer(step))))
    layers = "".join(f"        {line}\n" for line in inside)
    forward = "".join(f"        {line}\n" for line in lines(t.steps, FORWARD))
    more = "".join(f"        {line}\n" for line in lines(t.answering, FORWARD, {t.steps.last: "self.sums(inputs)"}))
    said = t.answering.last if t.answering else "self.sums(inputs)"
    return (f'class Network(nn.Module):\n    """{MEANS[t.answer.kind]}"""\n\n'
            "    def __init__(self, weights):\n        super().__init__()\n"
            "        w = {name: torch.tensor(array) for name, array in weights.items()}\n"
            f"{layers}\n"
            '    def sums(self, inputs):\n        """The last sums, before the last activation: losses begin here."""\n'
            f"{forward}        return {t.steps.last}\n\n"
            f"    def forward(self, inputs):\n{more}        return {said}\n\n\n"
            f"def answer({t.inputs.name}):\n    with torch.no_grad():\n"
            f"        return NETWORK(torch.tensor(prepare({t.inputs.name}))).numpy()")


def _w(step: Step, name: str) -> str:
    return f"w[{word(f'{step.name}.{name}')}]"


def _set(step: Step, module: str, **arrays: str) -> str:
    """The line that makes a module of PyTorch's own with these arrays."""
    given = ", ".join(f"{name}={array}" for name, array in arrays.items())
    return f"self.{step.name} = filled({module}, {given})"


def _layer(step: Step) -> str:
    """What stands in `__init__` for a step."""
    if step.kind in MODULES:
        return MODULES[step.kind](step)
    return "; ".join(f"self.{step.name}_{name} = nn.Parameter({_w(step, name)})" for name in step.weights)


def _dense_module(step: Step) -> str:
    n_in, n_out = step.weights["W"].shape
    bias = {"bias": _w(step, "b")} if "b" in step.weights else {}
    module = f"nn.Linear({n_in}, {n_out}{'' if bias else ', bias=False'})"
    return _set(step, module, weight=f"{_w(step, 'W')}.T", **bias)


def _conv_module(step: Step) -> str:
    size, n = step.settings["size"], step.weights["W"].shape
    channels = n[0] // size**2
    weight = f"{_w(step, 'W')}.reshape({size}, {size}, {channels}, {n[1]}).permute(3, 2, 0, 1)"
    return _set(step, f"nn.Conv2d({channels}, {n[1]}, {size}, {step.settings['stride']})", weight=weight, bias=_w(step, "b"))


def _batch_norm_module(step: Step) -> str:
    kind = "BatchNorm1d" if len(step.shape) == 1 else "BatchNorm2d" if len(step.shape) == 3 else "BatchNorm1d"
    return _set(step, f"nn.{kind}({step.shape[-1]}, eps={step.settings['epsilon']!r})", weight=_w(step, "gamma"),
                bias=_w(step, "beta"), running_mean=_w(step, "mean"), running_var=_w(step, "var"))


def _recurrent_module(kind: str, order: tuple[int, ...]) -> Callable[[Step], str]:
    """order: where each gate of PyTorch stands among ours"""
    def write(step: Step) -> str:
        (n_in, _), units = step.weights["W"].shape, step.weights["U"].shape[0]
        inner = f", inner={_w(step, 'b_hn')}" if "b_hn" in step.weights else ""
        return (f"self.{step.name} = recurrent(nn.{kind}({n_in}, {units}, batch_first=True), {_w(step, 'W')}, {_w(step, 'U')}, "
                f"{_w(step, 'b')}, {order}{inner})")
    return write


def _positions_module(step: Step) -> str:
    return f"self.{step.name}_E = nn.Parameter({_w(step, 'E')})"


MODULES: dict[str, Callable[[Step], str]] = {
    "dense": _dense_module,
    "conv2d": _conv_module,
    "batch_norm": _batch_norm_module,
    "layer_norm": lambda step: _set(step, f"nn.LayerNorm({step.shape[-1]}, eps={step.settings['epsilon']!r})",
                                    weight=_w(step, "gamma"), bias=_w(step, "beta")),
    "dropout": lambda step: f"self.{step.name} = nn.Dropout({step.settings['rate']!r})",
    "lstm": _recurrent_module("LSTM", (1, 2, 3, 0)),
    "gru": _recurrent_module("GRU", (0, 1, 2)),
    "positions": _positions_module,
}


def _called(step: Step, x: str) -> str:
    return f"self.{step.name}({x})"


def _conv(step: Step, x: str) -> str:
    s = step.settings
    pads = []
    for length in s["picture"][::-1]:
        count, before = places_along(length, s["size"], s["stride"], s["padding"])
        pads += [before, max((count - 1) * s["stride"] + s["size"] - length - before, 0)]
    first = f"channels_first({x})"
    return f"channels_last(self.{step.name}({f'F.pad({first}, {tuple(pads)})' if any(pads) else first}))"


def _pool(kind: str) -> Callable[..., str]:
    return lambda step, x: (f"channels_last(F.{kind}(channels_first({x}), {step.settings['size']}, "
                            f"{step.settings['stride']}))")


def _batch_norm(step: Step, x: str) -> str:
    if len(step.shape) == 1:
        return _called(step, x)
    if len(step.shape) == 2:
        return f"self.{step.name}({x}.transpose(1, 2)).transpose(1, 2)"
    return f"channels_last(self.{step.name}(channels_first({x})))"


def _add(step: Step, x: str, came: str) -> str:
    shared, width = step.settings["shared"], step.shape[-1]
    part = f"{came}[..., :{shared}]"
    return f"{x} + {part}" if shared == width else f"{x} + F.pad({part}, (0, {width - shared}))"


def _gated(step: Step, x: str, first: str = "") -> str:
    turned = f"{x}.flip(1)" if step.settings["reverse"] else x
    found = f"self.{step.name}({turned}{f', {first}[None]' if first else ''})[0]"
    if not step.settings["every_step"]:
        return f"{found}[:, -1]"
    return f"{found}.flip(1)" if step.settings["reverse"] else found


def _rnn(step: Step, x: str, first: str = "") -> str:
    bend = filled(SPELT[step.settings["key"]].torch, "z", step.settings["alpha"])
    turned = f"{x}.flip(1)" if step.settings["reverse"] else x
    found = (f"states({turned}, self.{step.name}_W, self.{step.name}_U, self.{step.name}_b, lambda z: {bend}"
             f"{f', {first}' if first else ''})")
    if not step.settings["every_step"]:
        return f"{found}[:, -1]"
    return f"{found}.flip(1)" if step.settings["reverse"] else found


def _self_attention(step: Step, x: str) -> str:
    arrays = ", ".join(f"self.{step.name}_{name}" for name in ("Wqkv", "bqkv", "Wo", "bo"))
    return f"attention({x}, {arrays}, {step.settings['heads']}, {step.settings['causal']})"


def _look_back(step: Step, H: str, E: str, question: str) -> str:
    own = f"self.{step.name}_"
    fit = {"dot": f"{H} @ {E}.mT", "general": f"{H} @ {own}Wa @ {E}.mT",
           "additive": f"(torch.tanh(({H} @ {own}Wh)[:, :, None] + ({E} @ {own}We)[:, None]) @ {own}v)[..., 0]"}
    return f"looked_back({fit[step.settings['score']]}, {H}, {E}, {question}, {own}Wc, {own}bc)"


def _units(step: Step, x: str) -> str:
    flat = f"{x}.flatten(1) * self.{step.name}_scale + self.{step.name}_center"
    return f"({flat}).reshape(-1, {', '.join(map(str, step.shape))})"


FORWARD: dict[str, Callable[..., str]] = {
    "dense": _called,
    "activation": lambda step, z: filled(SPELT[step.settings["key"]].torch, z, step.settings["alpha"]),
    "batch_norm": _batch_norm,
    "dropout": _called,
    "add": _add,
    "conv2d": _conv,
    "max_pool": _pool("max_pool2d"),
    "average_pool": _pool("avg_pool2d"),
    "global_max": lambda step, x: f"{x}.amax((1, 2))",
    "global_average": lambda step, x: f"{x}.mean((1, 2))",
    "flatten": lambda step, x: f"{x}.flatten(1)",
    "rnn": _rnn,
    "lstm": _gated,
    "gru": _gated,
    "side_by_side": lambda step, *values: f"torch.cat([{', '.join(values)}], -1)",
    "positions": lambda step, x: f"{x} + self.{step.name}_E",
    "layer_norm": _called,
    "self_attention": _self_attention,
    "steps": lambda step, x: f"{x}[:, {step.settings['start']}:{step.settings['stop']}]",
    "last_step": lambda step, x: f"{x}[:, -1]",
    "look_back": _look_back,
    "zeros_before": lambda step, x: f"torch.cat([torch.zeros_like({x}), {x}], 1)",
    "softmax": lambda step, x: f"torch.softmax({x}, -1)",
    "clipped": lambda step, x: f"{x}.clamp(0, 1)",
    "signed": lambda step, x: f"(({x} + 1) / 2).clamp(0, 1)",
    "two_classes": lambda step, x: f"torch.cat([1 - {x}, {x}], -1)",
    "of_their_sum": lambda step, x: f"shares_of({x})",
    "units": _units,
}
