"""What the networks of the lesson "Recurrence" are asked, as settings of runs."""

from typing import Any

from ann_core.nn.kinds import LAYERS, Around
from ann_core.run.config import RunConfig

UNITS = 16
NORMAL = {"recurrent_initializer": "normal", "recurrent_scale": 0.58}
CELLS: dict[str, dict[str, Any]] = {
    "RNN, normal": {"kind": "rnn", "units": UNITS, **NORMAL},
    "RNN": {"kind": "rnn", "units": UNITS},
    "LSTM, bias 1": {"kind": "lstm", "units": UNITS, "forget_bias": 1.0},
    "LSTM, bias 3": {"kind": "lstm", "units": UNITS, "forget_bias": 3.0},
    "GRU, bias 0": {"kind": "gru", "units": UNITS, "update_bias": 0.0},
    "GRU, bias 3": {"kind": "gru", "units": UNITS, "update_bias": 3.0},
}


def run(source: str, length: int, layers: list[dict[str, Any]], seed: int = 0, seeds: int = 1, objective: str = "supervised",
        **training: Any) -> RunConfig:
    """Settings of a run on made sequences."""
    return RunConfig.model_validate({
        "data": {"source": source, "length": length}, "network": {"layers": layers}, "seed": seed, "seeds": seeds,
        "objective": {"kind": objective}, "training": {"learning_rate": 0.01, "clip_norm": 1.0, **training}})


def remembers(cell: str | dict[str, Any], length: int, seed: int = 0, seeds: int = 1, **training: Any) -> RunConfig:
    """To remember the first symbol of a sequence. cell: of CELLS, or a layer"""
    return run("remember_first", length, [CELLS[cell] if isinstance(cell, str) else cell], seed, seeds, **training)


def explodes(scale: float, clip: float | None, seed: int = 0, seeds: int = 1, length: int = 10) -> RunConfig:
    """The same with recurrent weights that stretch, under plain gradient descent. clip: longest step, or none"""
    return remembers({"kind": "rnn", "units": UNITS, "recurrent_scale": scale}, length, seed, seeds, optimizer="sgd",
                     learning_rate=1.0, clip_norm=clip)


def lstm(bias: float, length: int) -> RunConfig:
    """An LSTM whose forget gates begin at this bias, and whose recurrent weights begin small."""
    return remembers({"kind": "lstm", "units": UNITS, "forget_bias": bias, **NORMAL}, length)


def counted(kind: str, inputs: int, units: int) -> int:
    """Parameters of one recurrent layer."""
    layer = LAYERS[kind].settings.model_validate({"units": units}).build((2, inputs), Around())
    return layer.n_parameters


def looks_ahead(both: bool, length: int = 12) -> RunConfig:
    """To say at every step whether a marker is yet to come, with as many numbers in the state."""
    layer = {"kind": "rnn", "units": 8 if both else 16, "every_step": True, "bidirectional": both}
    return run("marker_later", length, [layer], objective="sequence")


def forecasts(layers: int, seed: int = 0) -> RunConfig:
    """To tell the next value of a series, each seed another one; so many RNNs on top of each other."""
    rnn = {"kind": "rnn", "units": UNITS}
    config = run("forecast", 20, [*[{**rnn, "every_step": True}] * (layers - 1), rnn], seed)
    return config.model_copy(update={"data": config.data.model_copy(update={"seed": seed})})


def stretched(initializer: str, scale: float, length: int = 20) -> RunConfig:
    """The same with recurrent weights of this kind and size."""
    return remembers({"kind": "rnn", "units": UNITS, "recurrent_initializer": initializer, "recurrent_scale": scale}, length)
