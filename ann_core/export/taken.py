"""A run at a moment, as it is taken home: what goes in, the steps of the network, and what its answer means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any, Literal

import numpy as np
import pandas as pd

from ann_core.base.arrays import Array
from ann_core.data import SEQUENCES, SOURCES
from ann_core.data.config import TABLE
from ann_core.data.made.answers import Answered
from ann_core.data.scaling import Scaler
from ann_core.data.table.encoder import CategoryColumn, InputColumn, NumberColumn, OrderedColumn
from ann_core.data.table.moment_column import MomentColumn
from ann_core.data.table.own import Own
from ann_core.export.steps import Steps, network_steps
from ann_core.nn.losses import OutputHead
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.objectives.adversarial import GENERATOR, Adversarial
from ann_core.run.run import Run

Kind = Literal["classes", "values", "image", "tokens", "samples"]
ROWS = 3
"""So many rows an example has."""
UNSOUND = ("At this moment the network's numbers are beyond all measure, so there is nothing to take home. Go back to an "
           "earlier moment.")


@dataclass(frozen=True, eq=False)
class Inputs:
    """What the network is given. columns: of a table, by name, or none: then one array under `name`, samples of shape `raw`

    features: what is computed of the columns, by key   scaler: of the numbers that come of it   shape: of a sample, at last
    """

    name: str
    columns: tuple[InputColumn, ...]
    raw: tuple[int, ...]
    features: tuple[str, ...]
    scaler: Scaler
    shape: tuple[int, ...]

    @property
    def without_moments(self) -> "Inputs":
        """The same for a format that reads no dates: a moment comes as the numbers that are made of it, by their names."""
        return replace(self, columns=tuple(part for column in self.columns for part in _parts(column)))


@dataclass(frozen=True, eq=False)
class Answer:
    """What it answers. names: of the classes, or tokens   A number in its own units is y · scale + center, each (n,)"""

    kind: Kind
    names: tuple[str, ...] = ()
    center: Array = field(default_factory=lambda: np.zeros(1))
    scale: Array = field(default_factory=lambda: np.ones(1))


@dataclass(frozen=True, eq=False)
class Taken:
    """title: in the playground's own words, never in a visitor's   run: where it comes from, with its data
    network: its name among those of the run
    steps: of the network, up to its last sums, and from there on `answering` to the answer"""

    title: str
    run: Run
    network: str
    inputs: Inputs
    steps: Steps
    answering: Steps
    answer: Answer
    head: OutputHead
    example: Any
    """A few raw rows to try it on: columns by name, or one array."""
    history: Sequence[tuple[int, RunConfig]] = ()
    """The settings on the way here, each with the step from which they held."""
    own: Own | None = None

    @property
    def every_step(self) -> Steps:
        """From the inputs to the answer."""
        found = Steps()
        found.extend([*self.steps, *self.answering])
        return found

    @property
    def writes(self) -> bool:
        """Whether its answer to a question is written token by token, each from those before it."""
        return isinstance(SEQUENCES.get(self.run.config.data.source), Answered)

    @property
    def file(self) -> str:
        """What its files are called, without an ending: letters, digits and hyphens only."""
        return re.sub("[^a-z0-9]+", "-", self.title.lower()).strip("-")


def offered(run: Run) -> list[str]:
    """The names of the networks of a run, the one that is usually wanted first."""
    return sorted(run.setup.objective.networks, key=lambda name: name != GENERATOR)


def prefix(run: Run, network: str) -> str:
    """What the names of its steps begin with, where a run has several networks."""
    return f"{network}_" if len(run.setup.objective.networks) > 1 else ""


def taken(run: Run, own: Own | None = None, history: Sequence[tuple[int, RunConfig]] = (), network: str | None = None) -> Taken:
    """A network of a run with its present weights. own: the table it learns from, where it is a visitor's own
    history: of its settings, where they changed on the way   network: one of those that are `offered`; the first if not given

    Raises ValueError when its numbers are not finite.
    """
    theta, statistics = run.state.first
    objective = run.setup.objective
    name = network or offered(run)[0]
    net, theta = objective.networks[name], theta[objective.parts[name]]
    if not (np.isfinite(theta).all() and np.isfinite(statistics).all()):
        raise ValueError(UNSOUND)
    statistics = statistics if name != GENERATOR else net.initial_statistics()
    steps = network_steps(net, theta, statistics, prefix(run, name))
    inputs = _noise(net) if name == GENERATOR else _inputs(run, net, own)
    answer = _answer(run, name == GENERATOR)
    return Taken(_title(run, name), run, name, inputs, steps, _answering(net, steps.last, answer, run), answer, net.head,
                 _example(run, inputs, own), history or ((0, run.config),), own)


def _title(run: Run, network: str) -> str:
    source = run.config.data.source
    label = "your table" if source == TABLE else (SEQUENCES if source in SEQUENCES else SOURCES)[source].label
    return ", ".join([label, run.moment, *([network] if prefix(run, network) else [])])


def _noise(net: Network) -> Inputs:
    n = net.n_in
    return Inputs("noise", (), (n,), (), Scaler(np.zeros(n), np.ones(n), np.ones(n, dtype=bool)), net.inputs)


def _inputs(run: Run, net: Network, own: Own | None) -> Inputs:
    data, config = run.data, run.config.data
    if own is not None:
        return Inputs("table", own.encoder.columns, (), (), data.scaler, net.inputs)
    if shape := config.sequence or config.picture:
        return Inputs("sequence" if config.sequence else "picture", (), shape, (), data.scaler, net.inputs)
    names = [f"x{i + 1}" for i in range(data.raw_columns)] if data.features else data.input_names
    usual = data.plane.typical if data.plane else data.scaler.center
    columns = tuple(NumberColumn(name=name, fill=float(fill)) for name, fill in zip(names, usual, strict=True))
    return Inputs("table", columns, (), data.features, data.scaler, net.inputs)


def _parts(column: InputColumn) -> tuple[NumberColumn | CategoryColumn | OrderedColumn, ...]:
    if not isinstance(column, MomentColumn):
        return (column,)
    usual = column.encode(pd.Series([column.fill]))[0]
    return tuple(NumberColumn(name=name, fill=float(fill)) for name, fill in zip(column.inputs, usual, strict=True))


def _example(run: Run, inputs: Inputs, own: Own | None) -> Any:
    """Rows that were held out, or trained on where there are no others, their numbers rounded to six digits; of a visitor's own
    table no row, but one with the usual value of every column."""
    if inputs.name == "noise":
        return np.random.default_rng(0).standard_normal((ROWS, *inputs.raw)).round(3)
    if own is not None:
        return {column.name: [column.fill] for column in inputs.columns}
    data = run.data
    held = bool(len(data.X_test))
    if inputs.features:
        raw = (data.points_test if held else data.points_train)[:ROWS]
    else:
        X = (data.X_test if held else data.X_train)[:ROWS]
        raw = inputs.scaler.raw(X.reshape(len(X), -1))
    raw = np.array([[float(f"{number:.6g}") for number in row] for row in raw])
    if not inputs.columns:
        return raw.reshape(len(raw), *inputs.raw)
    return {column.name: raw[:, i].tolist() for i, column in enumerate(inputs.columns)}


def _answer(run: Run, generates: bool) -> Answer:
    target, scaler = run.setup.target, run.data.scaler
    if generates or target.key == "image":
        return Answer("samples" if generates else "image", center=scaler.center, scale=scaler.scale)
    if target.key == "values":
        return Answer("values", center=np.array([target.center]), scale=np.array([target.scale]))
    return Answer("tokens" if target.key == "tokens" else "classes", target.class_names)


def _answering(net: Network, value: str, answer: Answer, run: Run) -> Steps:
    """From the last sums to the answer in the visitor's own terms."""
    found, shape, head = Steps(), net.layers[-1].outputs, net.head
    if answer.kind == "samples":
        pass  # the discriminator judges the generator's last sums as they are
    elif isinstance(run.setup.objective, Adversarial) and run.setup.objective.game.key == "least_squares":
        value = found.add("from_0_to_1", "clipped", value, shape)
    elif head.output == "softmax":
        value = found.add("shares", "softmax", value, shape)
    elif head.output != "linear":
        value = found.add("answer_bent", "activation", value, shape, key=head.output, alpha=None)
    if head.signed and answer.kind in ("classes", "tokens"):
        value = found.add("from_0_to_1", "signed", value, shape)
    if answer.kind == "classes" and shape[-1] == 1:
        found.add("probabilities", "two_classes", value, (2,))
    elif answer.kind in ("classes", "tokens"):
        found.add("probabilities", "of_their_sum", value, shape)
    elif answer.kind == "values":
        found.add("value", "units", value, shape, {"scale": answer.scale, "center": answer.center})
    else:
        shape = (run.config.data.picture or (prod(shape),)) if answer.kind == "samples" else (run.config.data.sequence or
                 run.config.data.picture or (prod(shape),))
        name = "sample" if answer.kind == "samples" else "again"
        found.add(name, "units", value, shape, {"scale": answer.scale, "center": answer.center})
    return found
