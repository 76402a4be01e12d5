"""Random runs over all kinds of layers, data and answers, to take home; the same seed gives the same ones."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ann_core import Run, RunConfig, advance, start
from ann_core.data import SEQUENCES
from ann_core.data.table.own import Own
from ann_core.data.table.prepare import prepared
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.losses import HEADS
from ann_core.nn.optimizers import OPTIMIZERS, SCHEDULES
from ann_core.run.objectives.adversarial import GAMES
from tests.core.own_tables import config, own

Settings = dict[str, Any]
ROWS = ("moons", "spiral", "blobs", "iris", "wine", "diabetes", "sine")


class Draw:
    """Choices of one random run."""

    def __init__(self, seed: int):
        self.rng = np.random.default_rng(seed)

    def one(self, *options: Any) -> Any:
        return options[self.rng.integers(len(options))]

    def dense(self, most: int = 3, around: bool = True) -> Settings:
        layers = [{"units": self.one(1, 2, 5, 8), "activation": self.one(*ACTIVATIONS)}
                  for _ in range(self.one(*range(most + 1)))]
        if not around:
            return {"layers": layers}
        return {"layers": layers, "batch_norm": self.one(False, True), "skip": self.one(False, True),
                "dropout": self.one(0, 0.2)}

    def training(self) -> Settings:
        return {"optimizer": self.one(*OPTIMIZERS), "schedule": self.one(*SCHEDULES), "schedule_epochs": 5, "epochs": 6,
                "learning_rate": self.one(0.003, 0.01), "l2": self.one(0.0, 0.001), "l1": self.one(0.0, 0.001),
                "clip_norm": self.one(None, 0.1), "clip_value": self.one(None, 0.1), "batch_size": self.one(7, 32),
                "reduction": self.one("mean", "mean", "sum")}

    def head(self, kind: str) -> Settings:
        output, loss = self.one(*HEADS[kind])
        return {"output": output, "loss": loss}


def rows(d: Draw) -> Settings:
    source = d.one(*ROWS)
    kind = {"moons": "two classes", "spiral": "two classes", "diabetes": "regression", "sine": "regression"}.get(
        source, "several classes")
    return {"data": {"source": source, "samples": 60, "classes": 4, "scaling": d.one("standard", "minmax", "none"),
                     "features": d.one(("x1", "x2"), ("x1", "x1_squared", "sin_x1"))},
            "network": {**d.dense(), **d.head(kind)}, "training": d.training()}


def pictures(d: Draw) -> Settings:
    bend = d.one(*ACTIVATIONS)
    size = d.one(2, 3, 4)
    layers: list[Settings] = [{"kind": "conv2d", "filters": d.one(2, 3), "size": size, "stride": d.one(1, 2),
                               "padding": d.one("same", "valid"), "activation": bend}]
    layers += d.one([], [{"kind": d.one("max_pool2d", "average_pool2d"), "size": 2, "stride": d.one(None, 1)}])
    layers.append({"kind": d.one("global_max_pool", "global_average_pool", "flatten")})
    return {"data": {"source": d.one("digits", "shapes"), "samples": 60}, "training": d.training(),
            "network": {**d.dense(1), "layers": [*layers, *d.dense(1)["layers"]]}}


def sequence(d: Draw) -> Settings:
    source = d.one(*SEQUENCES)
    every = SEQUENCES[source].every_step
    layers: list[Settings] = d.one([], [{"kind": "embedding", "units": 4}])
    if d.one(False, True):
        layers = [*layers, _carrying(d, True)]
    layers = [*layers, _carrying(d, every)]
    return {"data": {"source": source, "samples": 40, "length": 6}, "network": {"layers": layers},
            "objective": {"kind": "sequence" if every else "supervised"}, "training": d.training()}


def _carrying(d: Draw, every_step: bool) -> Settings:
    kind = d.one("rnn", "lstm", "gru")
    more = {"activation": d.one(*ACTIVATIONS)} if kind == "rnn" else {}
    return {"kind": kind, "units": d.one(2, 5), "every_step": every_step, "bidirectional": d.one(False, True),
            "truncation": d.one(None, None, 1, 2, 4), **more}


def attention(d: Draw) -> Settings:
    source = d.one(*(key for key, made in SEQUENCES.items() if made.every_step and key != "text"))
    block = {"kind": "transformer", "heads": 2, "units": 5, "norm": d.one("before", "after", "none"),
             "causal": d.one(False, True),
             "residual": d.one(False, True), "activation": d.one(*ACTIVATIONS)}
    last = d.one({"kind": "self_attention", "heads": 3, "causal": d.one(False, True)}, {"kind": "layer_norm"}, block)
    layers = [{"kind": "embedding", "units": 6}, {"kind": "positions", "learned": d.one(False, True)}, block, last]
    return {"data": {"source": source, "samples": 40, "length": 6}, "network": {"layers": layers},
            "objective": {"kind": "sequence"}, "training": d.training()}


def writing(d: Draw) -> Settings:
    source = d.one(*(key for key in SEQUENCES if key.startswith("answer")))
    layer = {"kind": "encoder_decoder", "units": 4, "attention": d.one("none", "dot", "general", "additive"),
             "cell": d.one("gru", "rnn")}
    return {"data": {"source": source, "samples": 40, "length": 6}, "network": {"layers": [layer]},
            "objective": {"kind": "sequence"}, "training": d.training()}


def autoencoder(d: Draw) -> Settings:
    found = rows(d)
    layers = [{"units": n, "activation": d.one(*ACTIVATIONS)} for n in (5, 2, 5)]
    return {"data": {**found["data"], "source": d.one("digits", "iris", "moons")}, "network": {"layers": layers},
            "training": found["training"], "objective": {"kind": "autoencoder", "noise": d.one(0.0, 0.1)}}


def game(d: Draw) -> Settings:
    judge = {"layers": [{"units": 4, "activation": d.one(*ACTIVATIONS)}], "batch_norm": d.one(False, True),
             "dropout": d.one(0, 0.2)}
    training = {**d.training(), "reduction": "mean"}
    other = {name: value for name, value in d.training().items() if name not in ("epochs", "batch_size", "reduction")}
    if judge["batch_norm"]:  # it feels no shift of all samples: that slope is rounding, which others would make a step of
        other["optimizer"] = d.one("sgd", "momentum", "nesterov")
    return {"data": {"source": d.one("blobs", "moons", "digits"), "samples": 60}, "network": judge, "training": training,
            "objective": {"kind": "adversarial", "latent": d.one(1, 3), "generator": d.dense(2, around=False)["layers"],
                          "game": d.one(*GAMES), "generator_training": other, "discriminator_steps": d.one(1, 2),
                          "generator_steps": d.one(1, 2)}}


FAMILIES: dict[str, Callable[[Draw], Settings]] = {
    "rows": rows, "pictures": pictures, "sequence": sequence, "attention": attention, "writing": writing,
    "autoencoder": autoencoder, "game": game}
TABLES = ({}, {"target": "town", "features": ("hours", "job")}, {"most_categories": 3},
          {"target": "mark", "task": "regression"})


def runs(count: int, seed: int = 0) -> Iterator[tuple[str, Run, Own | None]]:
    """So many runs after a few epochs: their names, and the tables of those that learn from one."""
    names = [*FAMILIES, "table"]
    for number in range(count):
        name = names[number % len(names)]
        found = _table(Draw(seed + number)) if name == "table" else (begun(FAMILIES[name], Draw(seed + number)), None)
        run, _ = advance(found[0], 1, 3)
        yield f"{number} {name}", run, found[1]


def begun(family: Callable[[Draw], Settings], d: Draw) -> Run:
    """The first of its draws whose parts go together, before its first step."""
    while True:
        try:
            return start(RunConfig.model_validate(family(d)))
        except ValueError:
            continue


def _table(d: Draw) -> tuple[Run, Own]:
    found = own(**d.one(*TABLES))
    settings = config(found, training={"epochs": 6}, network=d.dense(), data={"scaling": d.one("standard", "minmax")})
    return start(settings, prepared(found, settings.data.scaling)), found
