"""Two networks against each other: how fast a round is, and how often the scenes of the lab come out.

    python -m benchmarks.gan                 some ten seconds
    python -m benchmarks.gan --figures       also the table over 20 seeds, some three minutes

A round is held against the loop a NumPy programmer writes for exactly these networks: the same numbers after an epoch.
Candidates take turns; the ratio is the median over the rounds. Writes benchmarks/results/.
"""

import argparse
from collections.abc import Mapping
from statistics import median
from typing import Any

import numpy as np
from scipy.special import expit

from ann_core import Run, RunConfig, advance, start
from ann_core.base.arrays import Array
from ann_core.film.film import Film
from ann_core.film.probes import PROBES
from ann_core.lab.gan_openers import BATCH, CHANGES, COLLAPSE, OPENERS, ROUNDS_AN_EPOCH, USUAL, of
from ann_core.run.continuing import change
from ann_core.run.link import edited
from ann_core.run.objectives.base import NOISE
from ann_core.run.trainer import ORDER
from benchmarks.bare import BETA2, EPSILON, Train, views
from benchmarks.engine import TOLERANCE, line, ours, seconds
from benchmarks.server import keep

BAR, SEED_BAR, SEEDS = 1.3, 12.0, 8
FIRST_SEED, MANY = 200, 20
ALL, GOOD = 0.95, 0.7  # of clouds 0.95 means all
LONG = {"training.epochs": 5_000}
OTHERS = frozenset(PROBES) - {"progress", "samples"}
JUDGE, MAKER = [2, 32, 32, 1], [2, 32, 32, 2]
BETA1 = 0.5


class Player:
    """One of the two networks: tanh hidden layers, a linear output, Adam."""

    def __init__(self, theta: Array, widths: list[int], rate: float):
        self.theta, self.rate, self.t = theta, rate, 0
        self.grad, self.m, self.v = (np.zeros_like(theta) for _ in range(3))
        self.layers, self.slopes = views(theta, widths), views(self.grad, widths)

    def forward(self, A: Array) -> list[Array]:
        outputs = [A]
        for W, b in self.layers[:-1]:
            outputs.append(np.tanh(outputs[-1] @ W + b))
        W, b = self.layers[-1]
        return [*outputs, outputs[-1] @ W + b]

    def backward(self, outputs: list[Array], dZ: Array, learns: bool = True) -> Array:
        for i in range(len(self.layers) - 1, -1, -1):
            A, (dW, db) = outputs[i], self.slopes[i]
            if learns:
                np.matmul(A.T, dZ, out=dW)
                dZ.sum(0, out=db)
            dA = dZ @ self.layers[i][0].T
            dZ = dA * (1 - A * A) if i else dA
        return dZ

    def step(self) -> None:
        self.t += 1
        self.m += (1 - BETA1) * (self.grad - self.m)
        self.v += (1 - BETA2) * (self.grad * self.grad - self.v)
        scale = np.sqrt(1 - BETA2 ** self.t)
        self.theta -= self.rate * scale / (1 - BETA1 ** self.t) * self.m / (np.sqrt(self.v) + EPSILON * scale)


def numpy_loop(theta: Array, X: Array) -> Train:
    """The loop for exactly this game; changes theta."""
    size = sum((a + 1) * b for a, b in zip(JUDGE, JUDGE[1:], strict=False))
    judge, maker = Player(theta[:size], JUDGE, 0.004), Player(theta[size:], MAKER, 0.002)
    epoch = step = 0

    def noise(number: int, rows: int) -> Array:
        return np.random.default_rng([0, NOISE, step, number]).standard_normal((rows, MAKER[0]))

    def train(epochs: int) -> None:
        nonlocal epoch, step
        for epoch in range(epoch, epoch + epochs):  # noqa: B020
            rows = X[np.random.default_rng([0, ORDER, epoch]).permutation(len(X))]
            for first in range(0, len(X), BATCH):
                true = rows[first:first + BATCH]
                n = len(true)
                seen = judge.forward(np.concatenate([true, maker.forward(noise(0, n))[-1]]))
                dZ = expit(seen[-1])
                dZ[:n] -= 1
                judge.backward(seen, dZ / n)
                judge.step()
                made = maker.forward(noise(1, n))
                seen = judge.forward(made[-1])
                maker.backward(made, judge.backward(seen, (expit(seen[-1]) - 1) / n, learns=False))
                maker.step()
                step += 1
        epoch += 1

    return train


def speed(rounds: int) -> list[dict[str, Any]]:
    """Lines on the time of a round."""
    run = start(USUAL)
    theta, trainer = run.state.theta.copy(), run.trainer()
    numpy_loop(theta, run.data.X_train)(1)
    ours(trainer)(1)
    if (far := float(np.abs(theta - trainer.theta).max())) > TOLERANCE:
        raise SystemExit(f"Bare NumPy: expected the engine's numbers after one epoch; they differ by {far:.1e}.")
    long = edited(USUAL, LONG)
    candidates = {"engine": ours(start(long).trainer()), "bare NumPy": numpy_loop(run.state.theta.copy(), run.data.X_train),
                  f"{SEEDS} together": ours(start(edited(long, {"seeds": SEEDS})).trainer())}
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for i in range(-1, rounds):  # one round to warm up
        for name in list(candidates)[::1 if i % 2 else -1]:
            taken[name].append(seconds(candidates[name], 2) / 2 / ROUNDS_AN_EPOCH)
    micro = {name: 1e6 * median(times[1:]) for name, times in taken.items()}
    lines = []
    for name, bar in (("bare NumPy", BAR), (f"{SEEDS} together", SEED_BAR)):
        pairs = zip(taken["engine"][1:], taken[name][1:], strict=True)
        ratio = median(own / other if name == "bare NumPy" else other / own for own, other in pairs)
        what = f"2-32-32-2 against 2-32-32-1, {name}"
        lines.append(line(what, "µs/round", micro["engine"], micro[name], ratio, bar, most=True))
    return lines


def of_seeds(config: RunConfig, every: int, most: int | None = None) -> tuple[Run, Film]:
    """20 seeds side by side. every: rounds between two frames   most: frames, else all"""
    many = edited(config, {"seed": FIRST_SEED, "seeds": MANY})
    return advance(start(many, without=OTHERS), frames=most or 10_000, steps_per_frame=every)


def table(film: Film, what: str) -> list[str]:
    """A row for each frame: seeds with everything covered, with that and 70 % good samples, and the medians."""
    whole = film.covered >= ALL
    return [f"{what:44} round {step:5,}: all covered in {int(all_of.sum()):2}, and {GOOD:.0%} good in "
            f"{int((all_of & (good >= GOOD)).sum()):2} of {MANY}; medians {np.median(covered):.2f}, {np.median(good):.2f}; "
            f"lowest {covered.min():.2f}, {good.min():.2f}"
            for step, all_of, covered, good in zip(film.step, whole, film.covered, film.good, strict=True)]


def figures() -> list[str]:
    """How often what the lab shows comes out."""
    found = []
    cases: Mapping[str, RunConfig] = {
        **{f"opener {key}": opener.config for key, opener in OPENERS.items()},
        "opener cured, its second run": OPENERS["cured"].duel.configs[1],
        "β₁ 0.9 only": of("eight_clouds", beta=0.9), "β₁ 0": of("eight_clouds", beta=0.0),
        "minimax": of("eight_clouds", game="minimax"), "least squares": of("eight_clouds", game="least_squares"),
        "leaky ReLU": of("eight_clouds", activation="leaky_relu"),
        "five generator updates": CHANGES["generator_often"].made(USUAL),
        "line": of("line", noise=0.05), "three blobs": of("blobs"), "grid": of("grid", rounds=4000),
        "spiral": of("spiral", noise=0.02, rounds=4000)}
    for name, config in cases.items():
        found += table(of_seeds(config, 500)[1], name)
    collapsed, _ = of_seeds(COLLAPSE, 1000, 1)
    after = change(collapsed, CHANGES["forgetful"].made(collapsed.config))
    found += table(advance(after, frames=6, steps_per_frame=500)[1], "chase, branched at 1,000 with β₁ 0.5")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60, help="rounds (default 60)")
    parser.add_argument("--figures", action="store_true", help="also how often the scenes come out")
    given = parser.parse_args()
    if not 1 <= given.rounds <= 1000:
        parser.error("expected 1 to 1000 rounds")
    lines, words = speed(given.rounds), figures() if given.figures else []
    for row in lines:
        print(f"{row['what']:50}{row['engine']:9.1f}{row['other']:9.1f}  {row['unit']:9}{row['ratio']:7.2f}  {row['bar']:8} "
              f"{'ok' if row['ok'] else 'FAIL'}")
    print("\n".join(words))
    keep("gan", {"rounds": given.rounds, "lines": lines, "figures": words})


if __name__ == "__main__":
    main()
