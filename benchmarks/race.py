"""How fast the lesson's race is: nine optimisers, 300 steps on one surface, against the loop one writes by hand for it.

    python -m benchmarks.race

By hand: one optimiser after the other, NumPy on two numbers, no classes. Both take turns and go the same ways; the ratio is the
median over the rounds. Writes benchmarks/results/.
"""

import argparse
from collections.abc import Callable, Iterator
from math import sqrt
from statistics import median
from time import process_time

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.optimizers_race import race
from ann_core.lessons.optimizers_surfaces import SURFACES, Surface
from benchmarks.server import keep

STEPS, LIMIT, BAR = 300, 0.1, 1.5
"""The race in so many seconds, and in so many times those of the loop by hand."""
ETA, MU, BETA2, RHO, DECAY = 0.01, 0.9, 0.999, 0.9, 0.01

Step = Callable[[Array, int], Array]


def by_hand() -> dict[str, Step]:
    """What each of the nine takes from the weights, over the rate: of a gradient, in step t."""
    a, b, c, d, e, f, g2, h, i, j, k, n, o = np.zeros((13, 2))
    product = [1.0]

    def momentum(g: Array, t: int) -> Array:
        a[:] = MU * a + g
        return a

    def nesterov(g: Array, t: int) -> Array:
        b[:] = MU * b + g
        return g + MU * b

    def adagrad(g: Array, t: int) -> Array:
        c[:] += g * g
        return g / (np.sqrt(c) + 1e-10)

    def adadelta(g: Array, t: int) -> Array:
        d[:] = RHO * d + (1 - RHO) * g * g
        step = np.sqrt((e + 1e-6) / (d + 1e-6)) * g
        e[:] = RHO * e + (1 - RHO) * step * step
        return step

    def rmsprop(g: Array, t: int) -> Array:
        f[:] = RHO * f + (1 - RHO) * g * g
        return g / (np.sqrt(f) + 1e-8)

    def adam(m: Array, v: Array) -> Step:
        def step(g: Array, t: int) -> Array:
            m[:] = MU * m + (1 - MU) * g
            v[:] = BETA2 * v + (1 - BETA2) * g * g
            return m / (1 - MU**t) / (np.sqrt(v) / sqrt(1 - BETA2**t) + 1e-8)

        return step

    def nadam(g: Array, t: int) -> Array:
        mu, later = (MU * (1 - 0.5 * 0.96 ** (0.004 * s)) for s in (t, t + 1))
        product[0] *= mu
        n[:] = MU * n + (1 - MU) * g
        o[:] = BETA2 * o + (1 - BETA2) * g * g
        d = n * later / (1 - product[0] * later) + g * (1 - mu) / (1 - product[0])
        return d / (np.sqrt(o / (1 - BETA2**t)) + 1e-8)

    return {"sgd": lambda g, t: g, "momentum": momentum, "nesterov": nesterov, "adagrad": adagrad, "adadelta": adadelta,
            "rmsprop": rmsprop, "adam": adam(h, i), "adamw": adam(j, k), "nadam": nadam}


def ways(surface: Surface) -> dict[str, Array]:
    """Everybody's way, one after the other."""
    found = {}
    for name, step in by_hand().items():
        theta, places = np.array(surface.start, float), [np.array(surface.start, float)]
        for t in range(1, STEPS + 1):
            g = surface.gradient(theta)
            if name == "adamw":
                theta = theta * (1 - ETA * DECAY)
            theta = theta - ETA * step(g, t)
            places.append(theta)
        found[name] = np.array(places)
    return found


def rounds(surface: Surface, count: int) -> Iterator[tuple[float, float]]:
    """Seconds of the lesson's race and of the loop by hand, in turns."""
    rates = dict.fromkeys(by_hand(), ETA)
    for _ in range(count):
        begin = process_time()
        race(surface, rates, surface.start, STEPS)
        middle = process_time()
        ways(surface)
        yield middle - begin, process_time() - middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    surface = SURFACES["bowl"]
    told = race(surface, dict.fromkeys(by_hand(), ETA), surface.start, STEPS)
    apart = max(float(np.abs(told.places[:, told.names.index(name)] - way).max()) for name, way in ways(surface).items())
    taken = np.array(list(rounds(surface, options.rounds)))
    ours, ratio = float(np.median(taken[:, 0])), median(taken[:, 0] / taken[:, 1])
    fine = "holds" if ours <= LIMIT and ratio <= BAR and apart < 1e-9 else "MISSED"
    print(f"nine optimisers, {STEPS} steps: {1e3 * ours:.1f} ms (at most {1e3 * LIMIT:.0f}), {ratio:.2f} of the loop by hand "
          f"(at most {BAR}), at most {apart:.1g} apart: {fine}")
    keep("race", {"seconds": ours, "ratio": ratio, "apart": apart})


if __name__ == "__main__":
    main()
