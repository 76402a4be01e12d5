"""A trained network with its preparation: it answers rows of a table, and is one JSON file that answers the same again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ann_core.base.fields import Settings
from ann_core.data.config import MAX_CLASSES, MAX_INPUTS
from ann_core.data.dataset import Task
from ann_core.data.scaling import Scaler
from ann_core.data.table.encoder import Encoder
from ann_core.data.table.own import Own
from ann_core.export.sealed import Sealed
from ann_core.nn.config import NetworkConfig
from ann_core.nn.network import Network, build_network
from ann_core.nn.parameters import Parameters
from ann_core.run.config import MAX_PARAMETERS
from ann_core.run.run import Run

MAX_BYTES = 10_000_000
Names = tuple[str, ...]
Numbers = tuple[float, ...]


class SavedTarget(Settings):
    """What is answered: a class, or y = answer · scale + center."""

    name: str
    classes: Names = Field((), max_length=MAX_CLASSES)
    center: float = 0.0
    scale: float = Field(1.0, gt=0)


class Inputs(Settings):
    """(A − center) / scale for each input; inputs that do not vary are held at 0."""

    center: Numbers = Field(max_length=MAX_INPUTS)
    scale: tuple[float, ...] = Field(max_length=MAX_INPUTS)
    varies: tuple[bool, ...] = Field(max_length=MAX_INPUTS)


class Saved(Settings):
    """The file, but for its checksum. Arrays are nested lists under the names of `Parameters.view`."""

    format: Literal["neural playground network"] = "neural playground network"
    version: Literal[1] = 1
    data: str
    target: SavedTarget
    columns: Encoder
    scaling: Inputs
    network: NetworkConfig
    parameters: dict[str, list[Any]]
    statistics: dict[str, list[Any]] = {}

    @model_validator(mode="after")
    def _fits(self) -> Self:
        count = len(self.columns.names)
        s = self.scaling
        if not len(s.center) == len(s.scale) == len(s.varies) == count > 0 or min(s.scale) <= 0:
            raise ValueError(f"Expected a centre and a scale above 0 for each of {count} inputs.")
        if len(self.target.classes) == 1 or count > MAX_INPUTS:
            raise ValueError(f"Expected at least two classes or none, and at most {MAX_INPUTS} inputs.")
        if self.network.count_parameters(count, _outputs(self.target)) > MAX_PARAMETERS:
            raise ValueError(f"Expected at most {MAX_PARAMETERS:,} parameters.")
        return self


FILE = Sealed(Saved, "network", "on this page", MAX_BYTES)


def _outputs(target: SavedTarget) -> int:
    return len(target.classes) if len(target.classes) > 2 else 1


@dataclass(frozen=True, eq=False)
class Trained:
    """Answers rows. theta: (P,), statistics: (Q,) of batch norm; `saved` says everything else."""

    saved: Saved
    theta: NDArray[np.float64]
    statistics: NDArray[np.float64]

    @property
    def task(self) -> Task:
        """Whether it answers classes or numbers."""
        return "classification" if self.saved.target.classes else "regression"

    @cached_property
    def net(self) -> Network:
        """The network; holds no numbers."""
        return _net(self.saved)

    @cached_property
    def scaler(self) -> Scaler:
        """As it was fitted on the training rows."""
        s = self.saved.scaling
        return Scaler(np.array(s.center), np.array(s.scale), np.array(s.varies, dtype=bool))

    def answers(self, frame: pd.DataFrame) -> NDArray[np.float64]:
        """For rows of a table that has the columns it was trained on, in any order, and perhaps others: as `answers_to`.

        Raises ValueError when a column is missing.
        """
        return self.answers_to(self.scaler(self.saved.columns(frame)))

    def answers_to(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """X: (N, D) scaled inputs -> probabilities (N, C), or values (N,) in the target's own units.

        NaN where the numbers leave all bounds.
        """
        head, target = self.net.head, self.saved.target
        with np.errstate(all="ignore"):
            Z = self.net.forward(self.net.parameters.rows(self.theta), X, self.net.evaluation(self.statistics))[0]
            score = head.score(Z)
            if self.task == "regression":
                return score[:, 0] * target.scale + target.center
            P = np.column_stack([1 - score, score]) if score.shape[1] == 1 else score
            total = P.sum(axis=1, keepdims=True)
            P = np.divide(P, total, out=np.full_like(P, 1 / P.shape[1]), where=total > 0)
            return np.where(np.isfinite(Z).all(axis=1, keepdims=True), P, np.nan)

    def to_json(self) -> bytes:
        """The file."""
        return FILE.write(self.saved)


def trained(run: Run, own: Own) -> Trained:
    """The first network of a run on `own`, with the weights that it keeps."""
    theta, statistics = run.kept.state.first
    scaler, target = run.data.scaler, run.data.target
    net = run.net
    saved = Saved(
        data=own.table.name, columns=own.encoder, network=run.config.network,
        target=SavedTarget(name=target.name, classes=target.class_names, center=target.center, scale=target.scale),
        scaling=Inputs(center=tuple(scaler.center.tolist()), scale=tuple(scaler.scale.tolist()),
                       varies=tuple(scaler.varies.tolist())),
        parameters={name: view.tolist() for name, view in net.parameters.view(theta).items()},
        statistics={name: view.tolist() for name, view in net.statistics.view(statistics).items()})
    return Trained(saved, theta, statistics)


def from_json(data: bytes) -> Trained:
    """The network of a file made by `to_json`. Raises ValueError, with the reason, for anything else."""
    return FILE.read(data, _trained)


def _trained(saved: Saved) -> Trained:
    net = _net(saved)
    return Trained(saved, _flat(net.parameters, saved.parameters, "parameters"),
                   _flat(net.statistics, saved.statistics, "statistics"))


def _net(saved: Saved) -> Network:
    task = "classification" if saved.target.classes else "regression"
    return build_network(saved.network, len(saved.columns.names), _outputs(saved.target), task)


def _flat(layout: Parameters, given: dict[str, list[Any]], kind: str) -> NDArray[np.float64]:
    """Nested lists by name as one flat vector, exact in names, shapes and finite numbers."""
    flat = np.empty(layout.size)
    places = layout.view(flat)
    if set(given) != set(places):
        raise ValueError(f"{FILE.damaged}: its {kind} are not those of its layers.")
    for name, place in places.items():
        try:
            array = np.array(given[name], dtype=np.float64) if _only_numbers(given[name]) else np.empty(0)
        except (ValueError, OverflowError):  # rows of different length, numbers beyond all bounds
            array = np.empty(0)
        if array.shape != place.shape or not np.isfinite(array).all():
            raise ValueError(f"{FILE.damaged}: expected {' × '.join(map(str, place.shape))} finite numbers "
                             f"in {name}.")
        place[...] = array
    return flat


def _only_numbers(value: Any) -> bool:
    return all(map(_only_numbers, value)) if isinstance(value, list) else type(value) in (int, float)
