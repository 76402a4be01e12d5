"""What the networks of the lesson "Recurrence" are asked, as settings of runs."""

from typing import Any

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
