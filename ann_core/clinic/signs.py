"""What a rule says of a run: a number, whether it is healthy, how that is seen, and what may help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pydantic import ValidationError

from ann_core.base.arrays import Array
from ann_core.clinic.cures import CURES
from ann_core.clinic.finding import Evidence, Healthy, Line, Treatment, Yardstick
from ann_core.clinic.vitals import Vitals
from ann_core.data import Prepared
from ann_core.data.scaling import Scaler, fit_scaler
from ann_core.run.link import edited

LARGEST = 1e300
"""What is beyond this is drawn here: a picture has no place for infinity."""


@dataclass(frozen=True, eq=False)
class Sign:
    """What one rule found. words: the value in words   range: the healthy one in words   says, evidence, cures: as of a
    finding, looked at only where the value is not healthy   fine: only where that is not the same as lying inside `healthy`
    """

    value: float
    healthy: Healthy
    words: str
    range: str
    says: str
    evidence: Evidence
    cures: tuple[Treatment, ...]
    layer: int | None = None
    epoch: float | None = None
    fine: bool | None = None

    @property
    def is_fine(self) -> bool:
        """Whether all is well."""
        low, high = self.healthy
        inside = (low is None or self.value >= low) and (high is None or self.value <= high)
        return inside if self.fine is None else self.fine


@dataclass(frozen=True)
class Absent:
    """There is nothing to measure. why: a sentence"""

    why: str


def drawn(values: Array) -> Array:
    """Numbers as they can be drawn: none is missing or infinite."""
    return np.nan_to_num(np.clip(np.asarray(values, dtype=float), -LARGEST, LARGEST), nan=0.0)


def line(label: str, x: Any, y: Any, log: bool = False) -> Line:
    """Points without those that are missing; on a logarithmic axis without zeros, too."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    there = ~np.isnan(y) & ((y > 0) if log else True)
    return Line(label, x[there], drawn(y[there]))


def over_layers(v: Vitals, title: str, y_label: str, rows: Mapping[str, Array], band: Healthy, at: int | None,
                log: bool = False, layers: Sequence[int] | None = None) -> Evidence:
    """Something of each layer at some moments. layers: their numbers, from 0; those with weights unless told"""
    numbers = np.array(v.setup.net.weighted if layers is None else layers, dtype=float) + 1
    names = tuple(v.setup.net.name(i) for i in range(len(v.setup.net.layers)))
    lines = tuple(line(label, numbers, row, log) for label, row in rows.items())
    return Evidence(title, "layers", "layer", y_label, lines, band, log, None if at is None else float(at + 1), names)


def over_epochs(v: Vitals, title: str, y_label: str, rows: Mapping[str, Array], band: Healthy, at: float | None,
                log: bool = False) -> Evidence:
    """Something in the course of training."""
    lines = tuple(line(label, v.epochs[:len(row)], row, log) for label, row in rows.items())
    return Evidence(title, "epochs", "epoch", y_label, lines, band, log, at)


def over_values(title: str, x_label: str, y_label: str, rows: Mapping[str, Array], names: Sequence[str], band: Healthy,
                at: int | None, log: bool = False) -> Evidence:
    """Something of each input, or of each class."""
    lines = tuple(line(label, np.arange(1, len(row) + 1), row, log) for label, row in rows.items())
    return Evidence(title, "values", x_label, y_label, lines, band, log, None if at is None else float(at + 1), tuple(names))


def known(v: Vitals, *keys: str) -> tuple[Treatment, ...]:
    """The cures of CURES that these settings can have and do not have yet."""
    found = []
    for key in keys:
        cure = CURES[key]
        try:
            config = cure.apply(v.config)
        except ValidationError:
            continue
        if config != v.config:
            found.append(Treatment(key, cure.label, cure.help, config))
    return tuple(found)


def other(v: Vitals, key: str, label: str, help: str, changes: Mapping[str, Any], yardstick: Yardstick = "loss",
          ) -> tuple[Treatment, ...]:
    """The settings with these changes as a cure; nothing where they are refused or change nothing."""
    try:
        config = edited(v.config, changes)
    except ValidationError:
        return ()
    return (Treatment(key, label, help, config, yardstick=yardstick),) if config != v.config else ()


def scaled(v: Vitals) -> tuple[Treatment, ...]:
    """Inputs on one scale. Where the rows were given they are scaled here, as settings do not describe them."""
    cure = CURES["scaling"]
    if not v.given:
        return known(v, cure.key)
    return (Treatment(cure.key, cure.label, cure.help, cure.apply(v.config), on_one_scale(v.setup.data)),)


def on_one_scale(data: Prepared) -> Prepared:
    """The same rows with inputs of mean 0 and standard deviation 1, fitted on the training rows."""
    X, held = (rows.reshape(len(rows), -1) for rows in (data.X_train, data.X_test))
    more = fit_scaler("standard", X)
    was, train = data.scaler, more(X).reshape(data.X_train.shape)
    scaler = Scaler(was.center + was.scale * more.center, was.scale * more.scale, was.varies & more.varies)
    return replace(data, X_train=train, X_test=more(held).reshape(data.X_test.shape), scaler=scaler)
