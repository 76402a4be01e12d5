"""What units do: whether some are off for ever, flat, or all the same."""

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.numbers import percent
from ann_core.base.words import in_sentence
from ann_core.clinic.signs import Absent, Sign, known, other, over_epochs, over_layers, scaled
from ann_core.clinic.vitals import Vitals

DEAD, FLAT, SAME = 0.5, 0.5, 0.5
"""Shares that are still healthy: of rectifier units that nothing moves, of (row, unit) pairs in the flat part, of a layer's
units that have a double."""
EQUAL = 0.01
"""Two units are the same when their weights differ by less than this share of their length."""


def dead(v: Vitals) -> Sign | Absent:
    """Share of rectifier units that no row moves at the end: off for every row, or before a layer that is off altogether."""
    places = [h for h, (_, function) in enumerate(v.bends) if function.rectifier]
    if not places:
        return Absent("No unit here can switch off: that is what ReLU units can do.")
    units = np.array([v.setup.net.layers[v.bends[h][0]].outputs[-1] for h in places])
    shares = np.array(v.film.dead[:, places], dtype=float)  # (F, R)
    off = np.flip(np.maximum.accumulate(np.flip(shares == 1, 1), 1), 1)  # what is off lets nothing through to those before
    unmoved = np.where(off, 1.0, shares)
    each = unmoved @ units / units.sum()
    value, worst = float(each[-1]), int(unmoved[-1].argmax())
    layer, epoch = v.bends[places[worst]][0], _since(v, each > DEAD)
    count = round(value * units.sum())
    return Sign(value, (None, DEAD), percent(value), f"at most {percent(DEAD)}",
                f"{count:,} of {units.sum():,} ReLU units get no gradient from any row at epoch {v.epochs[-1]:,.0f}, most of "
                f"them in {in_sentence(v.setup.net.name(layer))}: they are off, and nothing moves them any more.",
                over_epochs(v, "Units that no row moves", "share of the units", {"all ReLU layers": each}, (None, DEAD), epoch),
                (*other(v, "leaky_relu", "Leaky ReLU", "A small slope where a unit is off: it can come back.",
                        {"network.layers": [one.bent("leaky_relu") for one in v.config.network.layers]}),
                 *known(v, "smaller_rate", "batch_norm")), layer + 1, epoch)


def saturated(v: Vitals) -> Sign | Absent:
    """Share of (row, unit) pairs in the flat part, of the worst layer whose activation is flat at both ends: at the start, and
    for a run that has not learned also while it is early."""
    places = [h for h, (_, function) in enumerate(v.bends) if function.bounded and function.key != "step"]
    if not places:
        return Absent("No activation here is flat at both ends.")
    shares = np.array(v.film.saturated[:, places], dtype=float)
    judged = shares[:1 if v.learned else v.early]
    moment, worst = np.unravel_index(judged.argmax(), judged.shape)
    value, layer, epoch = float(judged.max()), v.bends[places[worst]][0], float(v.epochs[moment])
    name = in_sentence(v.setup.net.name(layer))
    return Sign(value, (None, FLAT), f"{percent(value)} in {name}", f"at most {percent(FLAT)}, early in training",
                f"In {percent(value)} of all cases units of {name} stand where their activation is flat, at epoch "
                f"{epoch:,.0f}: there a unit hardly notices what it gets.",
                over_layers(v, "Where units are flat", "share of the units' answers", {"at the start": shares[0],
                            "at the end": shares[v.kept]}, (None, FLAT), layer, layers=[v.bends[h][0] for h in places]),
                (*scaled(v), *known(v, "glorot_normal", "batch_norm", "relu")), layer + 1, epoch)


def alike(v: Vitals) -> Sign | Absent:
    """Share of a layer's units that have a double, with the same weights at the start and still after the early steps."""
    net = v.setup.net
    hidden = [i for i in net.weighted[:-1] if i in net.bent and net.layers[i].outputs[-1] > 1]
    if not hidden:
        return Absent("There is no hidden layer of weights with two units or more.")
    start, later = (np.array([_doubles(_weights(v, i, theta)) for i in hidden])
                    for theta in (v.thetas[0], v.thetas[v.early - 1]))
    both = np.minimum(start, later)
    worst = int(both.argmax())
    value, layer = float(both[worst]), hidden[worst]
    name, epoch = in_sentence(v.setup.net.name(layer)), float(v.epochs[v.early - 1])
    return Sign(value, (None, SAME), percent(value), f"at most {percent(SAME)}",
                f"{percent(value)} of the units of {name} have the same weights as another one, at the start and still at "
                f"epoch {epoch:,.0f}: equal units get equal gradients, so they count as one.",
                over_layers(v, "Units that have a double", "share of the units", {"at the start": start,
                            f"at epoch {epoch:,.0f}": later}, (None, SAME), layer, layers=hidden),
                other(v, "auto", "Random first weights", "Draws every weight by itself, of the size that suits the activation.",
                      {"network.initializer": "auto"}), layer + 1, epoch)


def _weights(v: Vitals, layer: int, theta: Array) -> Array:
    """Weights and biases that come into each unit of a layer, one row a unit. Returns (units, n)"""
    units = v.setup.net.layers[layer].outputs[-1]
    views = v.setup.net.parameters.view(theta)
    parts = [views[entry.name] for entry in v.setup.net.parameters.entries if entry.layer == layer]
    return np.concatenate([part.reshape(-1, units) for part in parts if part.shape[-1] == units]).T


def _doubles(W: Array) -> float:
    """Share of the rows that are nearly equal to another one."""
    square = (W * W).sum(1)
    apart = np.maximum(square[:, None] + square - 2 * W @ W.T, 0)
    np.fill_diagonal(apart, np.inf)
    return float((apart.min(1) <= EQUAL**2 * square + 1e-300).mean())


def _since(v: Vitals, sick: NDArray[np.bool_]) -> float:
    """The epoch from which on it was so to the end; the last one where it is not."""
    well = np.flatnonzero(~sick)
    return float(v.epochs[min(well[-1] + 1, len(sick) - 1) if len(well) else 0])
