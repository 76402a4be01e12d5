"""How fast a step through a convolution is: conv8 – max pool – dense on the digits, as ratios measured in one run.

    python -m benchmarks.convolution                 some ten seconds
    python -m benchmarks.convolution --rounds 5      a quick look

Against the loop a NumPy programmer writes for exactly this network and, where it is installed, PyTorch: plain gradient
descent, batches of 32, the same numbers after an epoch. Candidates take turns; a ratio is the median over the rounds.
Writes benchmarks/results/.
"""

import argparse
from collections.abc import Callable
from statistics import median

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ann_core import Run, RunConfig, start
from ann_core.base.arrays import Array
from ann_core.nn.activations import softmax
from ann_core.run.trainer import ORDER
from benchmarks.bare import Train
from benchmarks.engine import TOLERANCE, line, ours, seconds
from benchmarks.server import keep

BATCH, RATE, FILTERS, SIDE, CLASSES = 32, 0.01, 8, 8, 10
BARS = {"bare NumPy": 0.8, "PyTorch": 0.8}
SEEDS, SEED_BAR = 8, 12.0


def settings(seeds: int = 1) -> RunConfig:
    """1,348 training rows of the digits."""
    return RunConfig.model_validate({
        "data": {"source": "digits", "test_share": 0.25}, "seeds": seeds,
        "network": {"layers": [{"kind": "conv2d", "filters": FILTERS}, {"kind": "max_pool2d"}, {"kind": "flatten"}]},
        "training": {"optimizer": "sgd", "learning_rate": RATE, "batch_size": BATCH, "epochs": 100 if seeds > 1 else 2_000}})


def batches(epoch: int, X: Array, Y: Array) -> list[tuple[Array, Array]]:
    """The engine's own order of the rows, for seed 0."""
    rows = np.random.default_rng([0, ORDER, epoch]).permutation(len(X))
    X, Y = X[rows], Y[rows]
    return [(X[i:i + BATCH], Y[i:i + BATCH]) for i in range(0, len(X), BATCH)]


def numpy_loop(theta: Array, X: Array, Y: Array) -> Train:
    """Windows as views, one product a layer, the largest of each window by its place; changes theta."""
    parts = np.split(theta, np.cumsum([9 * FILTERS, FILTERS, SIDE * SIDE // 4 * FILTERS * CLASSES]))
    K, W, half, epoch = parts[0].reshape(9, FILTERS), parts[2].reshape(-1, CLASSES), SIDE // 2, 0

    def train(epochs: int) -> None:
        nonlocal epoch
        for epoch in range(epoch, epoch + epochs):  # noqa: B020
            for A, targets in batches(epoch, X, Y):
                n = len(A)
                framed = np.pad(A[..., 0], ((0, 0), (1, 1), (1, 1)))
                seen = sliding_window_view(framed, (3, 3), (1, 2)).reshape(-1, 9)
                bent = np.maximum(seen @ K + parts[1], 0)
                taps = bent.reshape(n, half, 2, half, 2, FILTERS).transpose(0, 1, 3, 2, 4, 5).reshape(n, half, half, 4, FILTERS)
                place = taps.argmax(3)[..., None, :]
                flat = np.take_along_axis(taps, place, 3).reshape(n, -1)
                dZ = (softmax(flat @ W + parts[3]) - targets) / n
                d = np.zeros_like(taps)
                np.put_along_axis(d, place, (dZ @ W.T).reshape(place.shape), 3)
                d = d.reshape(n, half, half, 2, 2, FILTERS).transpose(0, 1, 3, 2, 4, 5).reshape(-1, FILTERS) * (bent > 0)
                for part, step in zip((K, parts[1], W, parts[3]), (seen.T @ d, d.sum(0), flat.T @ dZ, dZ.sum(0)), strict=True):
                    part -= RATE * step
        epoch += 1

    return train


def torch_loop(theta: Array, X: Array, Y: Array) -> Train:
    """PyTorch, eager, one thread, as its tutorials have it. Raises ImportError where there is none."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    net = nn.Sequential(nn.Conv2d(1, FILTERS, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                        nn.Linear(SIDE * SIDE // 4 * FILTERS, CLASSES))
    parts = np.split(theta, np.cumsum([9 * FILTERS, FILTERS, SIDE * SIDE // 4 * FILTERS * CLASSES]))

    def in_its_order() -> list[Array]:
        """Views on theta in the form of PyTorch's parameters: its channels come before its places."""
        W = parts[2].reshape(SIDE // 2, SIDE // 2, FILTERS, CLASSES)
        return [parts[0].reshape(3, 3, 1, FILTERS).transpose(3, 2, 0, 1), parts[1], W.transpose(3, 2, 0, 1), parts[3]]

    with torch.no_grad():
        for own, given in zip(net.parameters(), in_its_order(), strict=True):
            own.copy_(torch.from_numpy(given.copy()).reshape(own.shape))
    step, epoch = torch.optim.SGD(net.parameters(), lr=RATE), 0
    pictures = np.ascontiguousarray(X.transpose(0, 3, 1, 2))

    def train(epochs: int) -> None:
        nonlocal epoch
        for epoch in range(epoch, epoch + epochs):  # noqa: B020
            for A, targets in batches(epoch, pictures, Y):
                step.zero_grad()
                nn.functional.cross_entropy(net(torch.from_numpy(A)), torch.from_numpy(targets)).backward()
                step.step()
        epoch += 1
        for own, given in zip(net.parameters(), in_its_order(), strict=True):  # so that results can be compared
            given[...] = own.detach().numpy().reshape(given.shape)

    return train


def gap(run: Run, loop: Callable[[Array, Array, Array], Train]) -> float:
    """The largest difference of any parameter after one epoch: both did the same arithmetic."""
    theta, trainer = run.state.theta.copy(), run.trainer()
    loop(theta, run.data.X_train, run.setup.Y_train)(1)
    ours(trainer)(1)
    return float(np.abs(theta - trainer.theta).max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40, help="rounds (default 40)")
    rounds = parser.parse_args().rounds
    if not 1 <= rounds <= 1000:
        parser.error("expected 1 to 1000 rounds")
    run = start(settings())
    candidates: dict[str, Train] = {"engine": ours(run.trainer())}
    for name, loop in {"bare NumPy": numpy_loop, "PyTorch": torch_loop}.items():
        try:
            candidates[name] = loop(run.state.theta.copy(), run.data.X_train, run.setup.Y_train)
        except ImportError:
            print(f"{name} is not installed here: not compared.")
            continue
        if (far := gap(run, loop)) > TOLERANCE:
            raise SystemExit(f"{name}: expected the engine's numbers after one epoch; they differ by {far:.1e}.")
    candidates[f"{SEEDS} together"] = ours(start(settings(SEEDS)).trainer())
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for i in range(-1, rounds):  # one round to warm up
        for name in list(candidates)[::1 if i % 2 else -1]:
            taken[name].append(seconds(candidates[name], 1) / -(-run.setup.rows // BATCH))
    micro = {name: 1e6 * median(times[1:]) for name, times in taken.items()}
    lines = []
    for name in list(candidates)[1:]:
        together = name.endswith("together")
        ratio = median(a / b for a, b in zip(taken[name][1:], taken["engine"][1:], strict=True))
        bar, ratio = (SEED_BAR, ratio) if together else (BARS[name], 1 / ratio)
        lines.append(line(f"conv8-pool-dense, {name}", "µs/step", micro["engine"], micro[name], ratio, bar, most=True))
    for row in lines:
        print(f"{row['what']:36}{row['engine']:9.1f}{row['other']:9.1f}  {row['unit']:9}{row['ratio']:7.2f}  {row['bar']:8} "
              f"{'ok' if row['ok'] else 'FAIL'}")
    keep("convolution", {"rounds": rounds, "lines": lines})


if __name__ == "__main__":
    main()
