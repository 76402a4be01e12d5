"""How fast a step through convolutions is, at the sizes of the Convolution lab, as ratios measured in one run.

    python -m benchmarks.convolution                 under a minute
    python -m benchmarks.convolution --rounds 5      a quick look
    PYTHONPATH=<packages of another environment that has torch> python -m benchmarks.convolution

Against the loop a NumPy programmer writes for exactly the first network and, where it can be imported, PyTorch (eager, one
thread, float64; measured with 2.13.0): plain gradient descent, batches of 32, the same numbers after an epoch. Candidates take
turns; a ratio is the median over the rounds. Writes benchmarks/results/.
"""

import argparse
from collections.abc import Callable
from math import prod
from statistics import median
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ann_core import Run, RunConfig, start
from ann_core.base.arrays import Array
from ann_core.film.pictures import convolutions
from ann_core.nn.activations import softmax
from ann_core.run.trainer import ORDER
from benchmarks.bare import Train
from benchmarks.engine import TOLERANCE, Line, line, ours, seconds
from benchmarks.server import keep

BATCH, RATE = 32, 0.01
BARE, TORCH = "bare NumPy", "PyTorch"
BARS = {BARE: 0.8, TORCH: 1.0}
SEEDS, SEED_BAR = 8, 12.0


def conv(filters: int, size: int = 3) -> dict[str, Any]:
    """A layer of filters, of which each place keeps its size."""
    return {"kind": "conv2d", "filters": filters, "size": size}


POOL, FLAT = {"kind": "max_pool2d"}, {"kind": "flatten"}
FIRST = "8 × 8: conv8-pool-dense"
NETWORKS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    FIRST: ("digits", [conv(8), POOL, FLAT]),
    "8 × 8: conv8-pool-conv16-pool-dense": ("digits", [conv(8), POOL, conv(16), POOL, FLAT]),
    "12 × 12: conv8-pool-conv16-pool-dense": ("digits_canvas", [conv(8), POOL, conv(16), POOL, FLAT]),
    "12 × 12: conv4-pool-conv8-global": ("shapes", [conv(4), POOL, conv(8), {"kind": "global_max_pool"}]),
    "12 × 12: conv16 of 5 × 5-pool-conv32-pool-dense": ("digits_canvas", [conv(16, 5), POOL, conv(32), POOL, FLAT]),
}
"""By what they are called: data and layers, those of the Convolution lab and a larger one."""
Loop = Callable[[Run], tuple[Train, Callable[[], list[Array]]]]
"""Makes what trains so many epochs, and what then gives its parameters, in PyTorch's order."""


def settings(data: str, layers: list[dict[str, Any]]) -> RunConfig:
    """About 1,350 training rows of the digits, or 600 of the shapes."""
    return RunConfig.model_validate({
        "data": {"source": data, "test_share": 0.25, "samples": 800, "noise": 0.2, "scaling": "together"},
        "network": {"layers": layers},
        "training": {"optimizer": "sgd", "learning_rate": RATE, "batch_size": BATCH, "epochs": 100}})


def batches(epoch: int, X: Array, Y: Array) -> list[tuple[Array, Array]]:
    """The engine's own order of the rows, for seed 0."""
    rows = np.random.default_rng([0, ORDER, epoch]).permutation(len(X))
    X, Y = X[rows], Y[rows]
    return [(X[i:i + BATCH], Y[i:i + BATCH]) for i in range(0, len(X), BATCH)]


def numpy_loop(run: Run) -> tuple[Train, Callable[[], list[Array]]]:
    """The first of the networks: windows as views, one product a layer, the largest of each window by its place."""
    theta, X, Y = run.state.theta.copy(), run.data.X_train, run.setup.Y_train
    conv, half, epoch = convolutions(run.net)[0], run.net.inputs[0] // 2, 0
    filters = conv.filters
    parts = [theta[entry.part] for entry in run.net.parameters.entries]
    K, W = parts[0].reshape(9, filters), parts[2].reshape(-1, run.net.n_out)

    def train(epochs: int) -> None:
        nonlocal epoch
        for epoch in range(epoch, epoch + epochs):  # noqa: B020
            for A, targets in batches(epoch, X, Y):
                n = len(A)
                framed = np.pad(A[..., 0], ((0, 0), (1, 1), (1, 1)))
                seen = sliding_window_view(framed, (3, 3), (1, 2)).reshape(-1, 9)
                bent = np.maximum(seen @ K + parts[1], 0)
                taps = bent.reshape(n, half, 2, half, 2, filters).transpose(0, 1, 3, 2, 4, 5).reshape(n, half, half, 4, filters)
                place = taps.argmax(3)[..., None, :]
                flat = np.take_along_axis(taps, place, 3).reshape(n, -1)
                dZ = (softmax(flat @ W + parts[3]) - targets) / n
                d = np.zeros_like(taps)
                np.put_along_axis(d, place, (dZ @ W.T).reshape(place.shape), 3)
                d = d.reshape(n, half, half, 2, 2, filters).transpose(0, 1, 3, 2, 4, 5).reshape(-1, filters) * (bent > 0)
                for part, step in zip((K, parts[1], W, parts[3]), (seen.T @ d, d.sum(0), flat.T @ dZ, dZ.sum(0)), strict=True):
                    part -= RATE * step
        epoch += 1

    return train, lambda: in_torch_s_order(run, theta)


def torch_loop(run: Run) -> tuple[Train, Callable[[], list[Array]]]:
    """PyTorch, eager, one thread, as its tutorials have it. Raises ImportError where there is none."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    parts: list[nn.Module] = []
    for layer, shape in zip(run.config.network.layers, (layer.inputs for layer in run.net.layers), strict=False):
        parts += {"conv2d": lambda one, shape: [nn.Conv2d(shape[2], one.filters, one.size, padding="same"), nn.ReLU()],
                  "max_pool2d": lambda one, shape: [nn.MaxPool2d(one.size)],
                  "global_max_pool": lambda one, shape: [nn.AdaptiveMaxPool2d(1), nn.Flatten()],
                  "flatten": lambda one, shape: [nn.Flatten()]}[layer.kind](layer, shape)
    net = nn.Sequential(*parts, nn.Linear(run.net.layers[-1].inputs[0], run.net.n_out))
    with torch.no_grad():
        for own, given in zip(net.parameters(), in_torch_s_order(run, run.state.theta), strict=True):
            own.copy_(torch.from_numpy(given.copy()).reshape(own.shape))
    step, epoch = torch.optim.SGD(net.parameters(), lr=RATE), 0
    pictures = np.ascontiguousarray(run.data.X_train.transpose(0, 3, 1, 2))

    def train(epochs: int) -> None:
        nonlocal epoch
        for epoch in range(epoch, epoch + epochs):  # noqa: B020
            for A, targets in batches(epoch, pictures, run.setup.Y_train):
                step.zero_grad()
                nn.functional.cross_entropy(net(torch.from_numpy(A)), torch.from_numpy(targets)).backward()
                step.step()
        epoch += 1

    return train, lambda: [own.detach().numpy() for own in net.parameters()]


def in_torch_s_order(run: Run, theta: Array) -> list[Array]:
    """Views on theta in the form of PyTorch's parameters, in which channels come before places."""
    found, convolutions_of = [], convolutions(run.net)
    for entry in run.net.parameters.entries:
        part = theta[entry.part].reshape(entry.param.shape)
        if entry.param.role == "weight":
            conv, before = convolutions_of.get(entry.layer), run.net.layers[entry.layer - 1]
            of_places = before.inputs if len(before.inputs) == 3 and len(part) == prod(before.inputs) else (1, 1, len(part))
            part = part.reshape(conv.size, conv.size, conv.channels, conv.filters).transpose(3, 2, 0, 1) if conv else \
                part.reshape(*of_places, -1).transpose(3, 2, 0, 1)
        found.append(part)
    return found


def gap(run: Run, loop: Loop) -> float:
    """The largest difference of any parameter after one epoch: both did the same arithmetic."""
    (train, parameters), trainer = loop(run), run.trainer()
    train(1)
    ours(trainer)(1)
    return max(float(np.abs(own.reshape(given.shape) - given).max())
               for own, given in zip(parameters(), in_torch_s_order(run, trainer.theta), strict=True))


def measure(what: str, config: RunConfig, loops: dict[str, Loop], rounds: int) -> list[Line]:
    """A step of one network against all that is there; several seeds together against one."""
    run = start(config)
    candidates: dict[str, Train] = {"engine": ours(run.trainer())}
    for name, loop in loops.items():
        try:
            candidates[name], _ = loop(run)
        except ImportError:
            print(f"{name} is not installed here: not compared.")
            continue
        if (far := gap(run, loop)) > TOLERANCE:
            raise SystemExit(f"{name}: expected the engine's numbers after one epoch; they differ by {far:.1e}.")
    if BARE in loops:
        candidates[f"{SEEDS} together"] = ours(start(config.model_copy(update={"seeds": SEEDS})).trainer())
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for i in range(-1, rounds):  # one round to warm up
        for name in list(candidates)[::1 if i % 2 else -1]:
            taken[name].append(seconds(candidates[name], 1) / -(-run.setup.rows // BATCH))
    micro = {name: 1e6 * median(times[1:]) for name, times in taken.items()}
    lines = []
    for name in list(candidates)[1:]:
        ratio = median(a / b for a, b in zip(taken["engine"][1:], taken[name][1:], strict=True))
        ratio, bar = (1 / ratio, SEED_BAR) if name not in loops else (ratio, BARS[name])
        lines.append(line(f"{what}, {name}", "µs/step", micro["engine"], micro[name], ratio, bar, most=True))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="rounds (default 20)")
    rounds = parser.parse_args().rounds
    if not 1 <= rounds <= 1000:
        parser.error("expected 1 to 1000 rounds")
    lines = []
    for what, (data, layers) in NETWORKS.items():
        loops = {BARE: numpy_loop, TORCH: torch_loop} if what == FIRST else {TORCH: torch_loop}
        lines += measure(what, settings(data, layers), loops, rounds)
    for row in lines:
        print(f"{row['what']:56}{row['engine']:9.1f}{row['other']:9.1f}  {row['unit']:9}{row['ratio']:7.2f}  {row['bar']:8} "
              f"{'ok' if row['ok'] else 'FAIL'}")
    keep("convolution", {"rounds": rounds, "lines": lines})


if __name__ == "__main__":
    main()
