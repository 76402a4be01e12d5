"""What recurrent networks remember: the figures behind the Recurrence lab, over 20 seeds of its own.

    python -m benchmarks.memory                    all of it, some minutes
    python -m benchmarks.memory reach forecast     these parts only

The settings are those of the lab: 700 sequences to learn from and 300 held out, batches of 32, Adam, rate 0.01, clipped at
norm 1.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ann_core import RunConfig, first_frame, start
from ann_core.data import SEQUENCES, load
from ann_core.data.made.sequences import best_looking_back
from ann_core.lab.recurrence_openers import COMMON
from ann_core.lab.recurrence_twins import made
from ann_core.nn.kinds import LAYERS
from ann_core.run.run import Run

SEEDS = range(100, 120)
CELLS: Mapping[str, Mapping[str, Any]] = {
    "RNN, normal × 0.58": {"kind": "rnn", "recurrent_initializer": "normal", "recurrent_scale": 0.58},
    "RNN, orthogonal": {"kind": "rnn"}, "LSTM, forget bias 1": {"kind": "lstm"},
    "LSTM, forget bias 3": {"kind": "lstm", "forget_bias": 3.0}, "GRU, update bias 0": {"kind": "gru"},
    "GRU, update bias 3": {"kind": "gru", "update_bias": 3.0}}


SCALED = {f"RNN, orthogonal × {scale}": {"kind": "rnn", "recurrent_scale": scale} for scale in (1.5, 2.0, 3.0)}


def config(seed: int, shared: Mapping[str, Any], layer: Mapping[str, Any], clip: float | None = 1.0, count: int = 1,
           ) -> RunConfig:
    """One network of the lab, its data and its weights of this seed."""
    common = COMMON | {"data.seed": seed, "seed": seed, "training.epochs": 200} | shared
    own = {"network.layers": (LAYERS[layer["kind"]].settings.model_validate(layer),) * count, "training.clip_norm": clip}
    return made(common, own, SEQUENCES[common["data.source"]].every_step)


def score(run: Run, theta: Any) -> float:
    """On the sequences held out, as the lab shows it."""
    Z = run.net.forward(run.net.parameters.rows(theta), run.data.X_test)[0]
    return float(run.setup.target.score(Z, run.net.head.score(Z), run.data.y_test))


def learned(settings: RunConfig, steps: int, every: int = 25, good: Callable[[float], bool] = lambda reached: reached >= 0.95,
            ) -> tuple[int | None, list[float]]:
    """After how many steps the score held out was good first, and the scores up to there; None when it never was."""
    run = start(settings)
    trainer, scores = run.trainer(), []
    with np.errstate(all="ignore"):
        while trainer.step < steps and trainer.is_sane():
            trainer.run(settings.training.epochs, trainer.step + every, np.inf)
            scores.append(score(run, trainer.theta))
            if good(scores[-1]):
                return trainer.step, scores
    return None, scores


def ended(settings: RunConfig, steps: int) -> float:
    """The score held out after so many steps."""
    return learned(settings, steps, steps, lambda reached: False)[1][-1]


def told(name: str, found: list[tuple[int | None, list[float]]]) -> None:
    """A line: how many seeds, after how many steps, and where the others ended."""
    hits = [steps for steps, _ in found if steps]
    ends = [scores[-1] for _, scores in found]
    when = f"steps median {np.median(hits):.0f}, most {max(hits)}" if hits else "–"
    print(f"  {name:30} {len(hits):2} of {len(found)}   {when}   score at the end: median {np.median(ends):.3f}, "
          f"from {min(ends):.3f} to {max(ends):.3f}", flush=True)


def remember() -> None:
    for name, layer in CELLS.items():
        for length in (5, 10, 20, 40, 60):
            told(f"{name}, T = {length}", [learned(config(s, {"data.length": length}, layer), 300) for s in SEEDS])


def reach() -> None:
    """First step's gradient to the last one's before any training, and the factor a step."""
    for length in (20, 60):
        for name, layer in {**CELLS, **SCALED}.items():
            found = []
            for seed in SEEDS:
                film = first_frame(start(config(seed, {"data.length": length}, layer)))
                found.append([line[0] / line[-1] for line in film.through_time[0].reshape(-1, length)])
            ratio = np.array(found)
            said = "; ".join(f"median {np.median(r):.2g} (from {r.min():.2g} to {r.max():.2g})" for r in ratio.T)
            print(f"  T = {length}, {name:24} first / last {said}; a step {np.median(ratio[:, 0]) ** (1 / (length - 1)):.3f}; "
                  f"above 1 in {(ratio[:, 0] > 1).sum()} of 20", flush=True)


def clipping() -> None:
    for length, scale, rate in ((10, 2.5, 1.0), (20, 2.0, 1.0)):
        for clip in (None, 1.0):
            shared = {"data.length": length, "training.optimizer": "sgd", "training.learning_rate": rate}
            layer = {"kind": "rnn", "recurrent_scale": scale}
            told(f"T = {length}, × {scale}, SGD {rate}, clip {clip}",
                 [learned(config(s, shared, layer, clip), 500) for s in SEEDS])


def lstm() -> None:
    for length, rate, bias in ((40, 0.003, 1.0), (40, 0.003, 3.0), (60, 0.003, 4.0)):
        told(f"T = {length}, rate {rate}, forget bias {bias}", [learned(
            config(s, {"data.length": length, "training.learning_rate": rate}, {"kind": "lstm", "forget_bias": bias}), 500)
            for s in SEEDS])


def both_ways() -> None:
    shared = {"data.source": "marker_later", "data.length": 12}
    print(f"  the best when looking back only: {best_looking_back(12):.3f}")
    for both in (True, False):
        told(f"GRU 8, both ways {both}", [learned(config(s, shared, {"kind": "gru", "units": 8, "bidirectional": both}), 300,
                                                  good=lambda reached: reached >= 0.999) for s in SEEDS])


def forecast() -> None:
    shared = {"data.source": "forecast", "data.length": 20, "data.samples": 780, "data.test_share": 0.25, "training.epochs": 33,
              "training.schedule": "cosine", "training.schedule_epochs": 33.0}
    networks = {"GRU": ({"kind": "gru"}, 1), "RNN": ({"kind": "rnn"}, 1), "two RNN": ({"kind": "rnn"}, 2),
                "dense": ({"kind": "dense", "units": 16}, 1)}
    errors = {name: np.array([ended(config(s, shared, layer, count=count), 600) for s in SEEDS])
              for name, (layer, count) in networks.items()}
    for seed in SEEDS:
        data = load(config(seed, shared, {"kind": "rnn"}).data)
        X, Xt = (np.c_[A[..., 0], np.ones(len(A))] for A in (data.X_train, data.X_test))
        weights = np.linalg.lstsq(X, data.y_train, rcond=None)[0]
        for name, answers in (("linear", Xt @ weights), ("as the last one", Xt[:, -2])):
            errors[name] = np.append(errors.get(name, ()), np.sqrt(((answers - data.y_test) ** 2).mean()) * data.target.scale)
        errors["scale"] = np.append(errors.get("scale", ()), data.target.scale)
    scale = errors.pop("scale")
    for name, rmse in errors.items():
        mse = np.median((rmse / scale) ** 2)
        print(f"  {name:16} RMSE median {np.median(rmse):.4f}, MSE of the standardised series {mse:.4f}")
    for better, worse in (("GRU", "RNN"), ("RNN", "dense"), ("two RNN", "RNN"), ("GRU", "dense"), ("GRU", "linear"),
                          ("RNN", "linear")):
        print(f"  {better} better than {worse} in {(errors[better] < errors[worse]).sum()} of 20", flush=True)


def adding() -> None:
    for length in (10, 20, 40):
        for name, layer in {"GRU, bias 3": CELLS["GRU, update bias 3"], "LSTM, bias 3": CELLS["LSTM, forget bias 3"],
                            "RNN": CELLS["RNN, orthogonal"]}.items():
            shared = {"data.source": "add_marked", "data.length": length}
            told(f"T = {length}, {name}, RMSE ≤ 0.1", [learned(config(s, shared, layer), 1000, 50, lambda error: error <= 0.1)
                                                       for s in SEEDS])


def brackets() -> None:
    for length in (10, 20, 40):
        for name in ("GRU, update bias 0", "GRU, update bias 3", "LSTM, forget bias 3", "RNN, orthogonal"):
            shared = {"data.source": "brackets", "data.length": length}
            told(f"T = {length}, {name}", [learned(config(s, shared, CELLS[name]), 600) for s in SEEDS])


def text() -> None:
    shared = {"data.source": "text", "data.length": 20, "data.test_share": 0.2}
    for kind in ("gru", "rnn", "dense"):
        for steps in (100, 300):
            found = np.array([ended(config(s, shared, {"kind": kind, "units": 32}), steps) for s in SEEDS])
            print(f"  {kind} 32, {steps} steps: right median {np.median(found):.3f}, from {found.min():.3f} to "
                  f"{found.max():.3f}", flush=True)


PARTS = {part.__name__: part for part in (remember, reach, clipping, lstm, both_ways, forecast, adding, brackets, text)}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        print(name.replace("_", " "))
        PARTS[name]()
