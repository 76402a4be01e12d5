"""A network as a Keras 3 model in one readable file, with its numbers. It runs on PyTorch, or on another backend."""

from collections.abc import Callable

from ann_core.export import keras_parts
from ann_core.export.activation_text import SPELT, filled
from ann_core.export.numpy_code import MEANS
from ann_core.export.program import ABOUT, constants, example, lines, preparation, program, spoken, weights
from ann_core.export.steps import INPUTS, Step
from ann_core.export.taken import Taken
from ann_core.export.text import word

DOC = f"{ABOUT}\nRun it (`python this_file.py`) and it answers a few rows; it needs NumPy, Keras 3 and PyTorch."
IMPORTS = ("import os", "", 'os.environ.setdefault("KERAS_BACKEND", "torch")  # before Keras is imported', "",
           "import keras", "import numpy as np", "from keras import layers, ops", "",
           'keras.config.set_floatx("float64")', 'keras.config.set_dtype_policy("float64")')


def to_keras(t: Taken) -> bytes:
    """The program: a model, and `answer` around it."""
    sections = [("From raw rows to what the network is given", preparation(t.inputs)), ("The network", _model(t))]
    data = "\n\n".join([constants(t), weights(t.every_step), "MODEL = model(WEIGHTS)", example(t)])
    return program(t, DOC, IMPORTS, sections, data, f'if __name__ == "__main__":\n    {spoken(t)}', keras_parts)


def _model(t: Taken) -> str:
    given = "".join(f"    {line}\n" for line in lines(t.every_step, CALLS))
    held = "".join(f'        {word(step.name)}: [{", ".join(HELD[step.kind](step))}],\n' for step in t.every_step
                   if step.kind in HELD)
    own = [step.name for step in t.every_step if step.weights and step.kind not in HELD]
    rest = "".join(f'    found.get_layer({word(name)}).set_weights([array for key, array in w.items() '
                   f'if key.startswith({word(name + ".")})])\n' for name in own)
    return (f'def model(w):\n    """{MEANS[t.answer.kind]} w: its numbers by name"""\n'
            f"    {INPUTS} = keras.Input({t.inputs.shape}, name={word(INPUTS)})\n{given}"
            f"    found = keras.Model({INPUTS}, {t.every_step[-1].name})\n"
            f"    for name, arrays in {{\n{held}    }}.items():\n        found.get_layer(name).set_weights(arrays)\n{rest}"
            "    return found\n\n\n"
            f"def answer({t.inputs.name}):\n    return MODEL.predict(prepare({t.inputs.name}), verbose=0)")


def _w(step: Step, name: str) -> str:
    return f"w[{word(f'{step.name}.{name}')}]"


def _named(step: Step, layer: str, *settings: str) -> str:
    return f"layers.{layer}({', '.join([*settings, f'name={word(step.name)}'])})"


def _filters(step: Step) -> list[str]:
    size, (n_in, n_out) = step.settings["size"], step.weights["W"].shape
    return [f"{_w(step, 'W')}.reshape({size}, {size}, {n_in // size**2}, {n_out})", _w(step, "b")]


def _gates(order: tuple[int, ...]) -> Callable[[Step], list[str]]:
    """order: where each gate of Keras stands among ours"""
    def held(step: Step) -> list[str]:
        units = step.weights["U"].shape[0]
        found = [f"arranged({_w(step, name)}, {units}, {order})" for name in ("W", "U", "b")]
        if "b_hn" in step.weights:
            found[2] = f"np.stack([{found[2]}, np.concatenate([np.zeros({2 * units}), {_w(step, 'b_hn')}])])"
        return found
    return held


HELD: dict[str, Callable[[Step], list[str]]] = {
    "dense": lambda step: [_w(step, name) for name in step.weights],
    "conv2d": _filters,
    "batch_norm": lambda step: [_w(step, name) for name in ("gamma", "beta", "mean", "var")],
    "layer_norm": lambda step: [_w(step, name) for name in ("gamma", "beta")],
    "rnn": lambda step: [_w(step, name) for name in ("W", "U", "b")],
    "lstm": _gates((1, 2, 3, 0)),
    "gru": _gates((1, 0, 2)),
}
"""The arrays of Keras's own layers, in Keras's order and shapes."""


def _dense(step: Step, x: str) -> str:
    return _named(step, "Dense", str(step.shape[-1]), *([] if "b" in step.weights else ["use_bias=False"])) + f"({x})"


def _conv(step: Step, x: str) -> str:
    s = step.settings
    return _named(step, "Conv2D", str(step.shape[-1]), str(s["size"]), f"strides={s['stride']}",
                  f"padding={word(s['padding'])}") + f"({x})"


def _pool(layer: str) -> Callable[..., str]:
    return lambda step, x: _named(step, layer, str(step.settings["size"]), f"strides={step.settings['stride']}") + f"({x})"


def _add(step: Step, x: str, came: str) -> str:
    shared, width = step.settings["shared"], step.shape[-1]
    if shared < width:
        pads = [(0, 0)] * len(step.shape)
        came = f"ops.pad({came}[..., :{shared}], {[*pads, (0, width - shared)]})"
    else:
        came = f"{came}[..., :{shared}]"
    return f"{x} + {came}"


def _recurrent(layer: str) -> Callable[..., str]:
    def call(step: Step, x: str, first: str = "") -> str:
        s = step.settings
        more = [f"activation=lambda z: {filled(SPELT[s['key']].keras, 'z', s['alpha'])}"] \
            if layer == "SimpleRNN" else []
        found = _named(step, layer, str(step.weights["U"].shape[0]), *more, f"return_sequences={s['every_step']}",
                       f"go_backwards={s['reverse']}") + f"({x}{f', initial_state=[{first}]' if first else ''})"
        return f"ops.flip({found}, 1)" if s["reverse"] and s["every_step"] else found
    return call


def _bent(step: Step, z: str) -> str:
    return filled(SPELT[step.settings["key"]].keras, z, step.settings["alpha"])


def _own(step: Step, function: str, *takes: str) -> str:
    arrays = ", ".join(_w(step, name) for name in step.weights)
    return f"holding({word(step.name)}, [{arrays}], {function})({', '.join(takes)})"


def _units(step: Step, x: str) -> str:
    shape = f"(-1, {', '.join(map(str, step.shape))})"
    return _own(step, f"lambda x, scale, center: ops.reshape(ops.reshape(x, (len(x), -1)) * scale + center, {shape})", x) \
        if len(step.shape) > 1 else _own(step, "lambda x, scale, center: x * scale + center", x)


CALLS: dict[str, Callable[..., str]] = {
    "dense": _dense,
    "activation": _bent,
    "batch_norm": lambda step, x: _named(step, "BatchNormalization", f"epsilon={step.settings['epsilon']!r}",
                                         "momentum=0.9") + f"({x})",
    "dropout": lambda step, x: _named(step, "Dropout", repr(step.settings["rate"])) + f"({x})",
    "add": _add,
    "conv2d": _conv,
    "max_pool": _pool("MaxPooling2D"),
    "average_pool": _pool("AveragePooling2D"),
    "global_max": lambda step, x: _named(step, "GlobalMaxPooling2D") + f"({x})",
    "global_average": lambda step, x: _named(step, "GlobalAveragePooling2D") + f"({x})",
    "flatten": lambda step, x: _named(step, "Flatten") + f"({x})",
    "rnn": _recurrent("SimpleRNN"),
    "lstm": _recurrent("LSTM"),
    "gru": _recurrent("GRU"),
    "side_by_side": lambda step, *values: _named(step, "Concatenate") + f"([{', '.join(values)}])",
    "positions": lambda step, x: _own(step, "lambda x, E: x + E", x),
    "layer_norm": lambda step, x: _named(step, "LayerNormalization", f"epsilon={step.settings['epsilon']!r}") + f"({x})",
    "self_attention": lambda step, x: _own(step, f"attended({step.settings['heads']}, {step.settings['causal']})", x),
    "steps": lambda step, x: f"{x}[:, {step.settings['start']}:{step.settings['stop']}]",
    "last_step": lambda step, x: f"{x}[:, -1]",
    "look_back": lambda step, *values: _own(step, f"looking_back({word(step.settings['score'])})", *values),
    "zeros_before": lambda step, x: f"ops.concatenate([ops.zeros_like({x}), {x}], 1)",
    "softmax": lambda step, x: f"ops.softmax({x})",
    "clipped": lambda step, x: f"ops.clip({x}, 0, 1)",
    "signed": lambda step, x: f"ops.clip(({x} + 1) / 2, 0, 1)",
    "two_classes": lambda step, x: f"ops.concatenate([1 - {x}, {x}], -1)",
    "of_their_sum": lambda step, x: f"shares_of({x})",
    "units": _units,
}
