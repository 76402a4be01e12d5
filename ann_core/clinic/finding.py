"""What an examination says: findings with their evidence and cures, and all that was measured."""

from dataclasses import dataclass
from typing import Literal

from ann_core.base.arrays import Array
from ann_core.data import Prepared
from ann_core.run.config import RunConfig

Healthy = tuple[float | None, float | None]
"""A range, (lowest, highest); None where it is open."""


@dataclass(frozen=True, eq=False)
class Line:
    """A row of points that is drawn. x, y: (n,), finite"""

    label: str
    x: Array
    y: Array


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a finding is seen by.

    across: what x counts. Layers from 1, input side first; epochs; or values, as inputs or classes, from 1
    band: the healthy range on y   log: y is best drawn by its logarithm; then all of y is above 0
    at: where on x the finding is   names: of x = 1, 2, …, where it counts things that have names
    """

    title: str
    across: Literal["layers", "epochs", "values"]
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    band: Healthy
    log: bool = False
    at: float | None = None
    names: tuple[str, ...] = ()


Yardstick = Literal["loss", "score", "recall"]
"""What a cure is judged by, on rows held out, or on the training rows where there are none: the loss, the score, or the mean of
the classes' recalls."""


@dataclass(frozen=True, eq=False)
class Treatment:
    """One cure of one finding.

    config: all settings with the change in them   data: the rows with the change in them, where it is one of the rows and
    settings do not describe them; else None   yardstick: what it is judged by; not by a loss that it changes itself
    honest: whether it is not to make a number better but true, as leaving out a leak does: then a worse one is what was hidden
    """

    key: str
    label: str
    help: str
    config: RunConfig
    data: Prepared | None = None
    yardstick: Yardstick = "loss"
    honest: bool = False


@dataclass(frozen=True, eq=False)
class Finding:
    """Something that is wrong.

    says: one sentence with the number, the layer and the epoch   layer: of weights, from 1, input side first
    source: where the healthy range comes from   weight: findings stand in the order of it, the heaviest first: causes before
    what they cause
    """

    key: str
    title: str
    says: str
    layer: int | None
    epoch: float | None
    value: float
    healthy: Healthy
    source: str
    weight: float
    evidence: Evidence
    cures: tuple[Treatment, ...]


@dataclass(frozen=True)
class Check:
    """Something that was measured. value, healthy: in words   fine: None where it does not apply; `value` says why
    number: the value itself; None where it does not apply"""

    key: str
    title: str
    value: str
    healthy: str
    fine: bool | None
    number: float | None = None


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """findings: the strongest cause first   checks: all that was looked at, also what is healthy   notes: what could not be
    examined, a sentence each"""

    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
