"""What autoencoders reach on digits, over 20 seeds, each with a split and first weights of its own.

    python -m benchmarks.autoencoder            a minute or two
    python -m benchmarks.autoencoder --seeds 5  a quick look

Mean squared errors on digits held out (brightness from 0 to 1), beside PCA with as many numbers; from which epoch on they are
below it; right votes of the five nearest neighbours in the plane of codes; under noise; over the width of the code. Medians, in
brackets lowest and highest. Writes benchmarks/results/.
"""

import argparse
from collections.abc import Iterable
from time import process_time

import numpy as np

from ann_core import RunConfig
from ann_core.lessons import autoencoder as core
from ann_core.lessons.hourglass import Hourglass, settings
from benchmarks.server import keep

FIRST = 100
RUNS = {"64-32-2-32-64 tanh, 40 epochs": core.NETWORKS["tanh"],
        "the same, 120 epochs": settings(Hourglass((32,), 2), epochs=120),
        "64-64-32-2-32-64-64 ReLU, 80 epochs": core.NETWORKS["deeper"], "64-2-64 linear, 60 epochs": core.NETWORKS["linear"]}


def trained(config: RunConfig, seed: int) -> core.Trained:
    """The run with a seed and a split of its own."""
    return core.train(config.model_copy(update={"seed": seed, "data": config.data.model_copy(update={"seed": seed})}))


def told(values: Iterable[float]) -> str:
    """Median, and in brackets lowest and highest."""
    found = np.array(list(values))
    return f"{np.median(found):.4f} [{found.min():.4f}, {found.max():.4f}]"


def pca_error(found: core.Trained) -> float:
    X = found.run.data.X_test
    return core.error(found.pca.again(X), X)


def votes(found: core.Trained, pca: bool = False) -> float:
    """The share of right votes of the five nearest codes."""
    data, encode = found.run.data, found.pca.codes if pca else found.codes
    return float((core.voted(data.y_train, core.neighbours(encode(data.X_test), encode(data.X_train))) == data.y_test).mean())


def through_two(seeds: range) -> dict[str, dict[str, str]]:
    """Networks with a code of two numbers."""
    rows = {}
    for name, config in RUNS.items():
        began = process_time()
        found = [trained(config, seed) for seed in seeds]
        below = [one.below_pca for one in found if one.below_pca is not None]
        rows[name] = {
            "error": told(one.errors[-1] for one in found), "/ PCA": told(one.errors[-1] / pca_error(one) for one in found),
            "after 5 epochs": told(one.errors[5] for one in found), "PCA": told(map(pca_error, found)),
            "mean digit": told(core.error(one.run.data.X_train.mean(0), one.run.data.X_test) for one in found),
            "at the end below PCA": f"{sum(one.errors[-1] < pca_error(one) for one in found)} of {len(found)}",
            "first below PCA": told(below) if below else "never", "5 neighbours": told(map(votes, found)),
            "5 neighbours, PCA": told(votes(one, True) for one in found),
            "seconds each": f"{(process_time() - began) / len(found):.2f}"}
    return rows


def under_noise(seeds: range) -> dict[str, dict[str, str]]:
    """Networks with a code of sixteen numbers that learned under noise, asked under the same noise."""
    rows = {}
    for strength in (0.3, 0.5):
        left: dict[str, list[float]] = {"noise": [], "network": [], "PCA": [], "learned without noise": []}
        for seed in seeds:
            found, plain = trained(settings(Hourglass((32,), 16), noise=strength), seed), trained(core.PLAIN, seed)
            X = found.run.data.X_test
            given = core.noisy(X, strength, seed)
            for name, way in zip(left, (lambda A: A, found.again, found.pca.again, plain.again), strict=True):
                left[name].append(core.error(way(given), X))
        rows[f"noise {strength}"] = {name: told(values) for name, values in left.items()}
    return rows


def over_widths(seeds: range) -> dict[str, dict[str, str]]:
    """64-32-k-32-64 tanh after 40 epochs, for each width k of the code."""
    rows = {}
    for width in core.WIDTHS:
        found = [trained(settings(Hourglass((32,), width)), seed) for seed in seeds]
        rows[f"code of {width}"] = {"error": told(one.errors[-1] for one in found), "PCA": told(map(pca_error, found)),
                                    "below PCA": f"{sum(one.errors[-1] < pca_error(one) for one in found)} of {len(found)}"}
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="seeds (default 20)")
    count = parser.parse_args().seeds
    if not 1 <= count <= 1000:
        parser.error("expected 1 to 1000 seeds")
    seeds = range(FIRST, FIRST + count)
    found = {**through_two(seeds), **under_noise(seeds), **over_widths(seeds)}
    for name, row in found.items():
        print(name)
        for what, value in row.items():
            print(f"    {what:24}{value}")
    keep("autoencoder", {"seeds": count, "rows": found})


if __name__ == "__main__":
    main()
