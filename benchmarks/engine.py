"""How fast the engine trains and films, as ratios measured in one run.

    python -m benchmarks.engine                 the whole table, about a minute
    python -m benchmarks.engine --rounds 5      a quick look

The candidates of a line take turns in short rounds, so that noise hits all alike; a ratio is the median over
the rounds. Time is CPU time of this process, on one BLAS thread. Writes benchmarks/results/.
"""

import argparse
import platform
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from ann_core import Run, RunConfig, advance, start
from ann_core.lab.twins import DEFAULT
from ann_core.run.trainer import ORDER, Trainer
from benchmarks import bare
from benchmarks.server import keep

ROWS = 500
RATE = 0.01
SLICE = 0.02  # seconds that a candidate has in one round, about
NETWORKS = {"2-8-8-1": [8, 8], "2-8x6-1": [8] * 6, "2-64-64-1": [64, 64], "2-16x20-1": [16] * 20}
STEPS = (("2-8-8-1", 10), ("2-8-8-1", 32), ("2-8x6-1", 32), ("2-64-64-1", 32), ("2-16x20-1", 32))
BARE = "bare NumPy"
LOOPS: dict[str, Callable[..., bare.Train]] = {BARE: bare.numpy_loop, "PyTorch": bare.torch_loop,
                                               "scikit-learn": bare.sklearn_loop}
BARS = {BARE: 1.3, "PyTorch": 5.0, "scikit-learn": 4.0}  # at most; at least; at least
SEEDS, SEED_BAR, FILM_BAR = 32, 6.0, 150.0
LAB_SEEDS, LAB_BAR = 64, 12.0
TOLERANCE = 1e-8
Figures = dict[str, float]
Line = dict[str, Any]


def settings(hidden: list[int], batch: int, optimizer: str, seeds: int = 1) -> RunConfig:
    """500 training rows of the spiral, tanh throughout."""
    return RunConfig.model_validate({
        "data": {"samples": ROWS, "test_share": 0.0},
        "network": {"layers": [{"units": n, "activation": "tanh"} for n in hidden]},
        "training": {"optimizer": optimizer, "learning_rate": RATE, "batch_size": batch}, "seeds": seeds})


def row_order(epoch: int) -> np.ndarray:
    """The engine's own order of the rows, for seed 0."""
    return np.random.default_rng([0, ORDER, epoch]).permutation(ROWS)


def ours(trainer: Trainer) -> bare.Train:
    """The engine's loop as `advance` runs it between two frames an epoch apart."""
    def train(epochs: int) -> None:
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                trainer.run(trainer.epoch + 1, None, np.inf)
    return train


def seconds(train: bare.Train, epochs: int) -> float:
    """CPU time of so many epochs."""
    begin = time.process_time()
    train(epochs)
    return time.process_time() - begin


def compare(candidates: dict[str, bare.Train], rounds: int, batch: int) -> tuple[Figures, Figures]:
    """Every candidate's median µs a step, and the median over rounds of its time over the first one's."""
    epochs = {}
    for name, train in candidates.items():
        seconds(train, 1)
        epochs[name] = max(1, round(SLICE / min(seconds(train, 1) for _ in range(3))))
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    names = list(candidates)
    for i in range(rounds):
        for name in names if i % 2 == 0 else names[::-1]:
            taken[name].append(seconds(candidates[name], epochs[name]) / epochs[name] / -(-ROWS // batch))
    first = taken[names[0]]
    ratios = {name: median(a / b for a, b in zip(own, first, strict=True)) for name, own in taken.items()}
    return {name: 1e6 * median(own) for name, own in taken.items()}, ratios


def agreement(run: Run, loop: Callable[..., bare.Train], arguments: tuple[Any, ...]) -> float:
    """The largest difference of any parameter after one epoch: both did the same arithmetic."""
    theta, trainer = run.state.theta.copy(), run.trainer()
    loop(theta, *arguments)(1)
    ours(trainer)(1)
    return float(np.abs(theta - trainer.theta).max())


def line(what: str, unit: str, own: float, other: float, ratio: float, bar: float,
         most: bool = False) -> Line:
    """One line of the table. most: the bar is the most the ratio may be, not the least."""
    good = ratio <= bar if most else ratio >= bar
    return {"what": what, "unit": unit, "engine": own, "other": other, "ratio": ratio,
            "bar": f"{'<=' if most else '>='} {bar:g}", "ok": good}


def measure_step(hidden: list[int], batch: int, optimizer: str, rounds: int) -> list[Line]:
    """A training step against the bare loop and, for units by the 8, against the libraries that are there."""
    run = start(settings(hidden, batch, optimizer))
    arguments = [2, *hidden, 1], run.data.X_train, run.setup.Y_train, batch, optimizer, RATE, row_order
    candidates = {"engine": ours(run.trainer())}
    for name, loop in LOOPS.items():
        if name != BARE and hidden[0] != 8:
            continue
        try:
            candidates[name] = loop(run.state.theta.copy(), *arguments)
        except ImportError:
            continue
        gap = 0.0 if name == "scikit-learn" else agreement(run, loop, arguments)
        if gap > TOLERANCE:
            raise SystemExit(f"{name}, {hidden}, {optimizer}: expected the engine's numbers after one epoch; "
                             f"they differ by {gap:.1e}.")
    micro, ratios = compare(candidates, rounds, batch)
    lines = []
    for name in list(candidates)[1:]:
        ratio = 1 / ratios[name] if name == BARE else ratios[name]
        lines.append(line(f"{optimizer}, {name}", "µs/step", micro["engine"], micro[name], ratio, BARS[name],
                          most=name == BARE))
    return lines


def measure_steps(rounds: int) -> list[Line]:
    """Every network with Adam and with plain gradient descent."""
    lines = []
    for shape, batch in STEPS:
        for optimizer in ("adam", "sgd"):
            rows = measure_step(NETWORKS[shape], batch, optimizer, rounds)
            lines += [{**row, "what": f"{shape}, batch {batch}, {row['what']}"} for row in rows]
    return lines


def measure_seeds(rounds: int) -> list[Line]:
    """A network's step among 32 trained at once, against the same network alone."""
    lines = []
    for optimizer in ("adam", "sgd"):
        one, many = (ours(start(settings([8, 8], 10, optimizer, seeds)).trainer()) for seeds in (1, SEEDS))
        micro, ratios = compare({"alone": one, "together": many}, rounds, 10)
        lines.append(line(f"2-8-8-1, batch 10, {optimizer}, one of {SEEDS} against alone", "µs/step",
                          micro["together"] / SEEDS, micro["alone"], SEEDS / ratios["together"], SEED_BAR))
    return lines


def measure_film(rounds: int) -> list[Line]:
    """60 frames of the default run with all pictures; beside it the training alone."""
    films, steps = [], []
    for _ in range(max(3, rounds // 4)):
        run = start(RunConfig())
        films.append(1e3 * seconds(lambda frames, run=run: advance(run, frames), 60))
        steps.append(1e3 * seconds(ours(run.trainer()), 60))
    whole = median(films)
    return [line("60 frames of the default run; other: training alone", "ms", whole, median(steps), whole,
                 FILM_BAR, most=True)]


def measure_twin(rounds: int) -> list[Line]:
    """The Gradient lab's first twin: 64 networks against one, with and without the pictures."""
    films: dict[int, list[float]] = {1: [], LAB_SEEDS: []}
    steps: dict[int, list[float]] = {1: [], LAB_SEEDS: []}
    for _ in range(max(3, rounds // 8)):
        for seeds in films:
            run = start(DEFAULT[0].model_copy(update={"seeds": seeds}), in_depth=True)
            films[seeds].append(1e3 * seconds(lambda frames, run=run: advance(run, frames), 16) / 16)
            steps[seeds].append(1e3 * seconds(ours(run.trainer()), 16) / 16)
    return [line(f"{what}, {LAB_SEEDS} networks against one", "ms/epoch", median(taken[LAB_SEEDS]), median(taken[1]),
                 median(taken[LAB_SEEDS]) / median(taken[1]), LAB_BAR, most=True)
            for what, taken in (("twin of ten layers, training", steps), ("twin of ten layers, film", films))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40, help="rounds a line (default 40)")
    rounds = parser.parse_args().rounds
    if not 1 <= rounds <= 1000:
        parser.error("expected 1 to 1000 rounds")
    lines = [*measure_steps(rounds), *measure_seeds(rounds), *measure_film(rounds), *measure_twin(rounds)]
    print(f"{'':54}{'engine':>9}{'other':>9}  {'unit':9}{'ratio':>7}  bar")
    for row in lines:
        print(f"{row['what']:54}{row['engine']:9.1f}{row['other']:9.1f}  {row['unit']:9}{row['ratio']:7.2f}  "
              f"{row['bar']:8} {'ok' if row['ok'] else 'FAIL'}")
    for name in LOOPS:
        if not any(row["what"].endswith(name) for row in lines):
            print(f"{name} is not installed here: not compared.")
    machine = {"python": platform.python_version(), "numpy": np.__version__, "machine": platform.machine()}
    keep("engine", {"rounds": rounds, **machine, "lines": lines})


if __name__ == "__main__":
    main()
