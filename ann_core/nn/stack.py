"""Layers one after the other: built for the samples that come, and written in an address."""

import re
from typing import Any

from ann_core.nn.fitting import Unfit, spelt
from ann_core.nn.kinds import LAYERS, USUAL, Around, LayerSettings, dense
from ann_core.nn.layers.base import Layer, Shape


def fitting(configs: tuple[LayerSettings, ...], inputs: Shape, n_out: int, around: Around) -> tuple[list[Layer], str | None]:
    """The layers on samples of this shape as far as each can follow the one before it, the output's weights last; and why the
    next one cannot, with both shapes and what to do, or None."""
    found: list[Layer] = []
    shape, giver = inputs, "a row of the data is"
    named = [f"layer {number} ({LAYERS[config.kind].label})" for number, config in enumerate(configs, 1)]
    try:
        for config, name in zip(configs, named, strict=True):
            found.append(config.build(shape, around if found else Around(around.batch_norm, around.dropout)))
            shape, giver = found[-1].outputs, f"{name} gives"
        return [*found, dense(shape, n_out)], None
    except Unfit as error:
        name = [*named, "the output layer"][len(found)]
        return found, f"{name[0].upper()}{name[1:]} {error.needs}, but {giver} {spelt(shape)}. {error.cure}"


def stack(configs: tuple[LayerSettings, ...], inputs: Shape, n_out: int, around: Around) -> list[Layer]:
    """The layers on samples of this shape, the output's weights last. Raises ValueError where one cannot follow the one before
    it, see `fitting`."""
    layers, reason = fitting(configs, inputs, n_out, around)
    if reason is not None:
        raise ValueError(reason)
    return layers


_BETWEEN = re.compile(r"(?<!\de)-")
"""What stands between the fields of a layer in an address; the sign of an exponent, 1e-05, does not."""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return "off" if value is None else repr(value) if isinstance(value, float) else str(value)


def written(config: LayerSettings) -> str:
    """A layer as an address writes it: '8-tanh', 'conv2d-8-3'. Fields at their default are left out at the end."""
    kind = LAYERS[config.kind]
    values = [getattr(config, name) for name in kind.fields]
    usual = [kind.settings.model_fields[name].default for name in kind.fields]
    least = 2 if kind.key == USUAL else 0
    while len(values) > least and values[-1] == usual[len(values) - 1]:
        values.pop()
    texts = [_text(value) for value in values]
    return "-".join(texts if kind.key == USUAL else [kind.key, *texts])


def read(text: str, number: Any) -> dict[str, Any]:
    """The opposite of `written`, as a dict for the settings. number: reads one number, gives other text back."""
    first = text.partition("-")[0]
    key = first if first and not first[0].isdigit() else USUAL
    names = LAYERS[key].fields if key in LAYERS else ()
    if key not in LAYERS or text != key and not names:
        return {"kind": text[:40]}
    parts = _BETWEEN.split(text, len(names) - (key == USUAL))[key != USUAL:]
    return {**({} if key == USUAL else {"kind": key}),
            **{name: _value(LAYERS[key].settings, name, part, number) for name, part in zip(names, parts, strict=False)}}


def _value(settings: type[LayerSettings], name: str, text: str, number: Any) -> Any:
    if isinstance(settings.model_fields[name].default, bool):
        return {"0": False, "1": True}.get(text, text)
    return None if text == "off" else number(text)
