"""Widgets of two networks against each other: each has a rate, an optimiser, layers and a number of updates of its own."""

from typing import Any

import streamlit as st

from ann_core.base.fields import declared
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import MAX_LAYERS
from ann_core.nn.kinds import LayerConfig
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.config import RunConfig
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GENERATOR, Adversarial
from ui.controls.fields import Controls

TRAINING = {GENERATOR: "objective.generator_training", DISCRIMINATOR: "training"}
LAYERS = {GENERATOR: "objective.generator", DISCRIMINATOR: "network.layers"}
SAID = {name: Adversarial.called.get(name, name).capitalize() for name in TRAINING}
MEMORY = ("momentum", "beta2", "rho", "weight_decay")


def rates(c: Controls) -> None:
    """The loss, and how fast each network learns."""
    c.field("objective.game")
    for name, training in TRAINING.items():
        c.field(f"{training}.learning_rate", label=f"{SAID[name]}'s learning rate")
    for name, training in TRAINING.items():
        _, optimizer = c.begin(f"{training}.optimizer", c.value(f"{training}.optimizer"))  # its widget comes later
        if "momentum" in OPTIMIZERS[optimizer].uses:
            c.field(f"{training}.momentum", label=f"{SAID[name]}'s β₁ (momentum)")


def turns(c: Controls) -> None:
    """How often each network learns in a round."""
    for name in (GENERATOR, DISCRIMINATOR):
        c.field(f"objective.{name}_steps")


def optimisers(c: Controls) -> None:
    """The optimiser of each network, what else it remembers, and clipping."""
    for name, training in TRAINING.items():
        title = SAID[name]
        uses = OPTIMIZERS[c.field(f"{training}.optimizer", label=f"{title}'s optimiser")].uses
        for field in MEMORY[1:]:
            if field in uses:
                c.field(f"{training}.{field}", label=f"{title}'s {declared(RunConfig, f'{training}.{field}').label}")
        c.field(f"{training}.clip_norm", label=f"{title}: clip by norm")


def layers(c: Controls) -> None:
    """Hidden layers of each network: how many, how wide, and how they bend. Layers that differ among each other, from an
    address, say, stay as they are."""
    for name, path in LAYERS.items():
        found: tuple[Any, ...] = c.value(path)
        if len(set(found)) > 1 or not all(isinstance(layer, LayerConfig) for layer in found):
            st.caption(f"The {SAID[name].lower()}'s layers differ from one another; they stay as the address has them.")
            continue
        usual, title = found[0] if found else LayerConfig(units=32, activation="tanh"), SAID[name]
        count = c.whole(f"{path}/count", f"{title}'s hidden layers", len(found), 0, min(4, MAX_LAYERS))
        option = declared(LayerConfig, "units")
        key, units = c.begin(f"{path}/units", usual.units)
        units = st.number_input(f"{title}'s units a layer", option.low, option.high, units, key=key, help=option.help)
        key, bend = c.begin(f"{path}/activation", usual.activation)
        names = list(ACTIVATIONS)
        bend = st.selectbox(f"{title}'s activation", names, names.index(bend), key=key,
                            format_func=lambda one: ACTIVATIONS[one].label)
        layer = usual if bend == usual.activation else usual.bent(bend)
        c.put(path, (layer.model_copy(update={"units": units}),) * count)
