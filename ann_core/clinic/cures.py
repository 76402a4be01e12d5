"""Cures: each changes one thing about a run, and can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ann_core.base.registry import Registry
from ann_core.run.config import RunConfig
from ann_core.run.link import edited, flatten

Change = Callable[[RunConfig], RunConfig]


@dataclass(frozen=True)
class Cure:
    """A switch on one run. `apply` raises ValidationError for settings that cannot have it."""

    key: str
    label: str
    help: str
    apply: Change
    is_on: Callable[[RunConfig], bool]
    without: Change
    push: bool = False
    """True for a push that can be repeated, like 'ten times the rate': it is never on, `without` pushes the other way."""


def _switch(key: str, label: str, help: str, path: str, on: Any, off: Any) -> Cure:
    """For a setting that is off at one value; what the visitor has chosen beside `on` and `off` counts as on."""
    def is_on(config: RunConfig) -> bool:
        return flatten(config)[path] != off

    return Cure(key, label, help, lambda c: c if is_on(c) else edited(c, {path: on}), is_on, lambda c: edited(c, {path: off}))


def _initial(key: str, label: str, help: str) -> Cure:
    """For a way to begin; without it the usual one of the activation stands."""
    def is_on(config: RunConfig) -> bool:
        return config.network.initializer == key

    return Cure(key, label, help, lambda c: edited(c, {"network.initializer": key}), is_on,
                lambda c: edited(c, {"network.initializer": "auto"}) if is_on(c) else c)


def _activation(key: str, label: str, help: str) -> Cure:
    """For the activation of all layers; without it they are sigmoid, as the lab opens."""
    def to(kind: str) -> Change:
        return lambda c: edited(c, {"network.layers": [a.bent(kind) for a in c.network.layers]})

    def is_on(config: RunConfig) -> bool:
        return {layer.bend[0] for layer in config.network.layers if layer.bend} == {key}

    return Cure(key, label, help, lambda c: c if is_on(c) else to(key)(c), is_on, lambda c: to("sigmoid")(c) if is_on(c) else c)


def _rate(key: str, label: str, help: str, factor: float) -> Cure:
    def times(by: float) -> Change:
        return lambda c: edited(c, {"training.learning_rate": float(f"{c.training.learning_rate * by:.9g}")})

    return Cure(key, label, help, times(factor), lambda c: False, times(1 / factor), push=True)


CURES: Registry[Cure] = Registry("cure", [
    _activation("relu", "ReLU", "Slope 1 where a unit is on, so slopes take nothing away there; off units pass nothing on. "
                "With its usual start (He) the gradient of ten layers arrives."),
    _activation("tanh", "tanh", "Slopes up to 1 instead of 0.25. Keeps the gradient when the weights have Xavier's size; "
                "small weights lose it all the same."),
    _initial("glorot_normal", "Xavier", "First weights with which signal and gradient keep about their size through a few "
             "tanh layers. They cannot make up for the sigmoid's slopes: ten sigmoid layers still lose it."),
    _initial("he_normal", "He", "Twice LeCun's variance, for the half of the units that ReLU switches off. "
             "Ten sigmoid layers still lose the gradient."),
    _initial("lecun_normal", "LeCun", "First weights that keep the signal's size, made for SELU; through ReLU it halves "
             "(in variance) at every layer. Ten sigmoid layers still lose the gradient."),
    _initial("normal", "Plain normal (σ)", "A cause rather than a cure: one size for every layer. With small σ gradients "
             "vanish even with tanh and ReLU, with large σ they explode."),
    _switch("batch_norm", "Batch normalisation", "Divides each layer's sums by their spread. Where that is small, as in "
            "deep sigmoid stacks, it multiplies the gradient by as much: layer 1 gets its share again.",
            "network.batch_norm", True, False),
    _switch("skip", "Skip connections", "A way around every layer's weights and slopes: sigmoid stacks get their gradient "
            "back. Many ReLU layers with He's weights explode with it, because outputs add up.", "network.skip", True, False),
    _switch("clip_norm", "Clip by norm", "Shortens a gradient that is longer than the limit, so no step is too large. "
            "Against exploding only: nothing is ever made longer, and a gradient that vanished stays so.",
            "training.clip_norm", 1.0, None),
    _switch("clip_value", "Clip by value", "Cuts every component that is beyond the limit, which also turns the step a little. "
            "Against exploding only: a gradient that vanished stays so.", "training.clip_value", 0.1, None),
    _switch("scaling", "Input scaling", "Puts all inputs on one scale. Inputs of hundreds make layer 1's gradient as much "
            "larger; inputs near 1 are left as they were. It does nothing about slopes.", "data.scaling", "standard", "none"),
    _rate("smaller_rate", "Rate ÷ 10", "Smaller steps: cures a run that diverges because its rate is too high. "
          "The gradients at the start stay as they are, so it does not cure vanishing.", 0.1),
    _rate("larger_rate", "Rate × 10", "Larger steps: a cause of exploding. Against vanishing it is weak: layer 1 misses "
          "a factor of a million, not of ten.", 10.0),
])
