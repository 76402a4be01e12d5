"""Who pulls, over random networks: how exactly the rows' parts add up to the gradient, how well each agrees with finite
differences, and how long an answer takes: `python -m benchmarks.pulls`."""

import argparse
from time import perf_counter

import numpy as np

from ann_core import RunConfig, start
from ann_core.film.advance import advance
from ann_core.film.look import Look
from ann_core.film.pulls import Target, told_pulls
from ann_core.film.view import View
from ann_core.run.pulls import measured, pulls

SMOOTH = ["tanh", "sigmoid", "elu", "silu", "gelu", "softplus", "sine"]
SOURCES = ["moons", "blobs", "hills", "sine", "iris", "wine"]
TIMED = {
    "2-8-8-1, 350 points": {}, "2-8-8-1, batch norm": {"network": {"batch_norm": True}},
    "2-128-128-128-1, 1,000 of 1,400 points": {"data": {"samples": 2000}, "network": {"layers": [{"units": 128}] * 3}},
    "convolution on digits, 1,000 of 1,258": {"data": {"source": "digits"}, "network": {"layers": [
        {"kind": "conv2d", "filters": 8}, {"kind": "max_pool2d"}, {"kind": "flatten"}, {"units": 32}]}},
    "GRU 16, 100 sequences of 40": {"data": {"source": "remember_first", "length": 40},
                                    "network": {"layers": [{"kind": "gru", "units": 16}]}},
}


def errors(seed: int) -> tuple[float, float]:
    """Of a random network, trained a little: how far the sum is from the gradient that the film shows, and the rows' parts from
    central differences of their losses, each relative to the largest."""
    rng = np.random.default_rng(seed)
    layers = [{"units": int(rng.integers(1, 20)), "activation": str(rng.choice(SMOOTH))} for _ in range(rng.integers(0, 5))]
    network = {"layers": layers, **{name: bool(rng.integers(2)) for name in ("batch_norm", "skip")}}
    config = {"seed": seed, "data": {"source": str(rng.choice(SOURCES)), "samples": int(rng.integers(20, 200))},
              "network": network | {"dropout": float(rng.choice([0.0, 0.3]))}}
    run, _ = advance(start(RunConfig.model_validate(config)), 1, None, int(rng.integers(1, 50)), budget_ms=None)
    objective, theta, look = run.setup.objective, run.state.theta, Look(View.of(run.setup), [run.state], [None])
    batch, shown = look.gradient_batch, look.gradient[0]
    found, directions, h = measured(objective, theta, batch), rng.standard_normal((3, len(theta))), 1e-6
    parts, whole = pulls(objective, theta, batch, found.dZ, directions), directions @ shown
    ends = [[measured(objective, theta + sign * h * d, batch).losses for sign in (1, -1)] for d in directions]
    numeric = np.stack([(up - down) / (2 * h) for up, down in ends], 1)
    return np.abs(parts.sum(0) - whole).max() / np.abs(parts).max(), np.abs(parts - numeric).max() / np.abs(parts).max()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--networks", type=int, default=300)
    count = parser.parse_args().networks
    sums, rows = np.array([errors(seed) for seed in range(count)]).T
    print(f"{count} random networks: the sum of the pulls is off by at most {sums.max():.0e}, a pull from its finite "
          f"difference by at most {rows.max():.0e} (median {np.median(rows):.0e}), of the largest pull")
    for name, settings in TIMED.items():
        run, times = start(RunConfig.model_validate(settings)), []
        for _ in range(5):
            begin = perf_counter()
            told_pulls(run, Target("loss"))
            times.append(perf_counter() - begin)
        print(f"  {name:42} {1000 * np.median(times):7.1f} ms")


if __name__ == "__main__":
    main()
