"""The words of a step in slow motion that all kinds of steps share."""

from typing import Any

from ann_core.base.spelling import words
from ann_core.nn.network import Network
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.one_step import LayerStep
from ann_core.run.training import UpdateConfig


def stage(kind: str, layer: int, title: str, said: str) -> dict[str, Any]:
    """One stage, as it travels. layer: that is looked at, of the drawing (0: inputs)"""
    return {"kind": kind, "layer": layer, "title": title, "words": said}


def forward(net: Network, layer: int, numbers: LayerStep, rows: int, output: str) -> str:
    """What happens on the way through layer `layer` of a network, from 1. rows: of the batch   output: behind its last sums"""
    network = net.config
    said = "Each unit adds up its inputs, each times its weight, and its bias: the sum z."
    if layer == len(net.layers):
        if output == "softmax":
            return f"{said} Softmax turns the sums into shares of 1."
        return f"{said} The sum is the answer." if output == "linear" else f"{said} It passes through {output}: the answer a."
    if network.batch_norm:
        said += (f" Batch normalisation brings each unit's sums over the {rows} rows to mean 0 and spread 1, then scales and "
                 "shifts them.")
    then = "Then it" if network.batch_norm else "It"
    said += f" {then} passes through the activation, {net.bent[layer - 1].label}: the answer a."
    if network.skip:
        said += " The skip connection adds what came into the layer."
    if network.dropout:
        off, more = int((numbers.kept == 0).sum()), words(1 / (1 - network.dropout), 3)
        said += (f" Dropout switches {off} of the {len(numbers.kept)} units off for this row; the others count {more} times as "
                 "much.")
    return said


def backward(net: Network, layer: int) -> str:
    """How the way back goes on at a layer, from 1."""
    if layer == len(net.layers):
        return "Backward starts at the loss: how does it change with the sum of each output?"
    said = ("Each unit's derivative comes from what stands to its right: derivatives already known, each times its weight, "
            "added up; then times the slope of the activation.")
    if net.config.batch_norm:
        said += " The way back through batch normalisation leads through all rows of the batch."
    return said


def is_direct(net: Network) -> bool:
    """Whether ∂ℓ/∂z = ∂ℓ/∂a · φ′(z) is all that happens on the way back through a hidden layer."""
    return not (net.config.batch_norm or net.config.skip or net.config.dropout)


def update(c: UpdateConfig, then: str = "Then it all begins again.") -> str:
    """What an update does. then: what follows"""
    rate = f"η = {words(c.learning_rate, 3)}" + ("" if c.schedule == "constant" else ", times what its schedule says")
    bent = [name for name, there in (("penalties", c.l1 or c.l2), ("clipping", c.clip_norm or c.clip_value)) if there]
    before = f" Before that, {' and '.join(bent)} change the derivative." if bent else ""
    if c.optimizer == "sgd":
        return f"Every weight and bias takes a small step against its derivative: w ← w − η · ∂L/∂w, {rate}.{before} {then}"
    return (f"Every weight and bias takes a step. {OPTIMIZERS[c.optimizer].label} works out its direction from ∂L/∂w now and "
            f"in earlier steps; {rate}.{before} {then}")
