"""Runs held against each other: what came of each, in which settings they differ, and which losses can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import thread_time

import numpy as np
from numpy.typing import NDArray

from ann_core.base.fields import declared
from ann_core.base.measure import Measure
from ann_core.base.spelling import words
from ann_core.data import SEQUENCES, SOURCES
from ann_core.data.config import DataConfig
from ann_core.film.curves import Curves
from ann_core.film.film import Film
from ann_core.film.look import Look
from ann_core.film.probes import PROBES
from ann_core.film.recording import Recording
from ann_core.film.view import View
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.kinds import LAYERS, LayerSettings
from ann_core.run.config import RunConfig
from ann_core.run.differences import differences
from ann_core.run.link import KIND, LAYERS_AT, flatten
from ann_core.search.space import BEND, DEPTH, WIDTH, Value
from ann_core.search.space import LAYERS as OF_ALL_LAYERS

GLANCE = 0.05
"""Seconds for which the steps of a run are timed, for each time that its settings changed."""
NOT_SETTINGS = (KIND, "data.plane", "data.table")
"""What is learned, and how a run is shown."""


@dataclass(frozen=True, eq=False)
class Result:
    """What came of a run up to some moment. It holds neither rows nor weights.

    history: its settings, each with the step from which they held   moment: in words   clock: epochs or rounds, what its time
    is told in   losses: column of `curves` and its name, for each loss   score: column of what is judged, on the rows held out
    where there are any   task: see `task`   gradient: RMS of ∂L/∂W of each weight layer, named by `layers`, (L,)
    seconds: of one core for the training steps alone, about   ending: why it ended early
    """

    history: tuple[tuple[int, RunConfig], ...]
    step: int
    moment: str
    clock: str
    curves: Curves
    losses: tuple[tuple[str, str], ...]
    score: str | None
    rows: str
    measure: Measure
    task: tuple[str, ...]
    layers: tuple[str, ...]
    gradient: tuple[float, ...]
    parameters: int
    seconds: float
    ending: str | None

    @property
    def config(self) -> RunConfig:
        """Its latest settings."""
        return self.history[-1][1]

    @property
    def times(self) -> NDArray[np.float64]:
        """When each moment of its curves was, by its clock."""
        return self.curves["step" if self.clock == "rounds" else "epoch"]

    def last(self, column: str) -> float:
        """What a curve has come to."""
        return float(self.curves[column][-1])

    @property
    def judged(self) -> float:
        """Its score; NaN where there is none."""
        return self.last(self.score) if self.score else float("nan")

    @property
    def changed(self) -> str:
        """What changed on its way, and when, in words."""
        def when(step: int) -> float:
            return float(np.interp(step, self.curves["step"], self.times))

        return "; ".join(f"{differences(before, after)} from {self.clock[:-1]} {when(step):,.4g}"
                         for (_, before), (step, after) in pairwise(self.history))


def result(recording: Recording, step: int) -> Result:
    """What came of a run up to a step. Its curves are those that its film has shown, up to there."""
    run = recording.at(step)
    setup, at = run.setup, run.state.step
    with np.errstate(all="ignore"):
        look = Look(View.of(setup), [run.state], [None])
        here = Film({**PROBES["progress"].measure(look), **PROBES["gradient"].measure(look)}, {})
    series, held = setup.objective.series(run.data.held_out), len(run.data.X_test) > 0
    answered = setup.objective.has_answers
    gradient = np.where(np.isnan(here.gradient[0]), np.inf, here.gradient[0]).reshape(len(here.gradient[0]), -1)
    history = tuple((begin, config) for begin, config in recording.history if begin <= at)
    return Result(
        history, at, run.moment, "rounds" if setup.objective.by_rounds else "epochs",
        recording.curves.until(at).then(here, setup),
        tuple((one["column"], one["name"]) for one in series if held or one["column"] != "test_loss"),
        ("test_score" if held else "train_score") if answered else None, run.data.held_out if held else "training",
        setup.target.measure, task(run.config, setup.objective.loss_label), tuple(setup.objective.layer_names),
        tuple(np.median(gradient, axis=1).tolist()), setup.objective.size, _seconds(recording, history, at),
        run.ending if at == recording.latest.state.step else None)


def _seconds(recording: Recording, history: Sequence[tuple[int, RunConfig]], end: int) -> float:
    """About how long one core needs for the training steps alone: the first ones under each settings are timed again."""
    found = 0.0
    for begin, until in pairwise([*(step for step, _ in history), end]):
        if until > begin:
            trainer, began = recording.at(begin).trainer(), thread_time()
            with np.errstate(all="ignore"):
                trainer.run(None, until, began + GLANCE)
            found += (thread_time() - began) * (until - begin) / max(1, trainer.step - begin)
    return found


# What can be compared ---------------------------------------------------------------------------------------------------

def task(config: RunConfig, loss: str) -> tuple[str, ...]:
    """What must be equal for losses to be compared: what is learned, and how its loss is counted."""
    data, training = config.data, config.training
    return (config.objective.kind, data.source, data.table.key if data.table else "", str(data.shape[2]), loss,
            training.reduction, str(training.class_weights), str(data.length if data.sequence else ""),
            str(config.network.huber_delta) if config.network.loss == "huber" else "")


def learned(data: DataConfig) -> str:
    """What is learned from, in words. A table bears the name that its visitor gave it."""
    return data.table.name if data.table else (SEQUENCES if data.source in SEQUENCES else SOURCES)[data.source].label


def same_rows(configs: Sequence[RunConfig]) -> bool:
    """Whether all learn from the very same rows."""
    seen = {"scaling", "features", "plane"}
    return len({config.data.model_dump_json(exclude=seen) for config in configs}) < 2


# Settings ---------------------------------------------------------------------------------------------------------------

def settings(config: RunConfig) -> dict[str, Value]:
    """All settings by name, each as one value: dense layers as their number, units and activation, others in words."""
    found: dict[str, Value] = {}
    for path, value in flatten(config).items():
        if path == "network.layers" and all(layer.kind == "dense" for layer in value):
            units, bends = [layer.units for layer in value], dict.fromkeys(map(_bend, value))
            found |= {DEPTH: len(value), WIDTH: units[0] if len(set(units)) == 1 else ", ".join(map(str, units)),
                      BEND: ", ".join(bends)}
        elif path in LAYERS_AT:
            found[path] = ", ".join(map(_layer, value))
        elif path not in NOT_SETTINGS:
            found[path] = value if isinstance(value, float | int | str | None) else _many(value)
    return found


def _bend(layer: LayerSettings) -> str:
    """A layer's activation in words."""
    kind, alpha = layer.bend or ("", None)
    return " ".join(filter(None, (ACTIVATIONS[kind].label if kind else "", f"α = {words(alpha)}" if alpha is not None else "")))


def _layer(layer: LayerSettings) -> str:
    """A layer in words: its kind, its size, its activation, and what is not usual about it."""
    kind, bends = LAYERS[layer.kind], {"activation", "alpha"}
    size = str(getattr(layer, kind.fields[0])) if kind.fields else ""
    unusual = [f"{name.replace('_', ' ')} {getattr(layer, name)}" for name in kind.fields[1:]
               if name not in bends and getattr(layer, name) != kind.settings.model_fields[name].default]
    return " ".join(filter(None, (kind.label, size, _bend(layer), f"({', '.join(unusual)})" if unusual else "")))


def _many(values: object) -> str:
    """Several values in words: names as they are, of drawings and series how many there are."""
    if isinstance(values, tuple):
        return ", ".join(values) if all(isinstance(one, str) for one in values) else f"{len(values):,} of them"
    return str(values)


def differing(configs: Sequence[RunConfig]) -> list[str]:
    """The settings in which some of these runs differ, by name."""
    each = [settings(config) for config in configs]
    return [path for path in dict.fromkeys(path for one in each for path in one)
            if len({repr(one.get(path)) for one in each}) > 1]


def label(path: str) -> str:
    """A setting in words."""
    if path in OF_ALL_LAYERS:
        return OF_ALL_LAYERS[path]
    *holder, _ = path.split(".")
    own = declared(RunConfig, path).label
    return own if len(holder) < 2 else f"{declared(RunConfig, '.'.join(holder)).label}: {own}"
