"""How soon networks of filters read pictures, and how well, over 20 seeds: `python -m benchmarks.pictures_learned`.

Adam, batches of 32, windows of 3 × 3 with zeros around, ReLU. Steps are looked at once an epoch.
"""

from statistics import median
from typing import Any

from ann_core import RunConfig, advance, start
from ann_core.film.probes import PROBES

SEEDS, GOOD = range(100, 120), 0.95
OTHERS = frozenset(PROBES) - {"progress"}
DIGITS = {"source": "digits", "scaling": "together", "test_share": 0.25}
CANVAS = {**DIGITS, "source": "digits_canvas"}
SHAPES = {"source": "shapes", "samples": 800, "noise": 0.2, "scaling": "none", "test_share": 0.25}
CONV, FLAT = {"kind": "conv2d", "filters": 8}, {"kind": "flatten"}
MAX, MEAN = {"kind": "max_pool2d"}, {"kind": "average_pool2d"}
MORE, FEW, GLOBAL = {**CONV, "filters": 16}, {**CONV, "filters": 4}, {"kind": "global_max_pool"}
DENSE = {"units": 18, "activation": "relu"}
TASKS: dict[str, tuple[dict[str, Any], list[dict[str, Any]], float, int]] = {
    "8 × 8 digits: conv8-max-dense": (DIGITS, [CONV, MAX, FLAT], 0.003, 12),
    "8 × 8 digits: conv8-mean-dense": (DIGITS, [CONV, MEAN, FLAT], 0.003, 12),
    "8 × 8 digits: dense 18": (DIGITS, [DENSE], 0.003, 12),
    "8 × 8 digits: conv8-max-conv16-max-dense": (DIGITS, [CONV, MAX, MORE, MAX, FLAT], 0.003, 12),
    "8 × 8 digits: conv8-mean-conv16-mean-dense": (DIGITS, [CONV, MEAN, MORE, MEAN, FLAT], 0.003, 12),
    "12 × 12 digits: conv8-max-conv16-max-dense": (CANVAS, [CONV, MAX, MORE, MAX, FLAT], 0.003, 12),
    "shapes anywhere: conv4-max-conv8-global": (SHAPES, [FEW, MAX, CONV, GLOBAL], 0.01, 30),
    "shapes anywhere: dense 32": (SHAPES, [{**DENSE, "units": 32}], 0.01, 30),
}
"""Data, layers, learning rate, epochs."""


def main() -> None:
    print(f"{'':44}parameters   reach {GOOD:.0%}, after steps: median, most   held out: median [lowest, highest]")
    for what, (data, layers, rate, epochs) in TASKS.items():
        config = RunConfig.model_validate({"data": data, "network": {"layers": layers},
                                           "training": {"learning_rate": rate, "epochs": epochs}})
        after, last = [], []
        for seed in SEEDS:
            _, film = advance(start(config.model_copy(update={"seed": seed}), without=OTHERS), frames=epochs, budget_ms=None)
            good = film.step[film.test_score >= GOOD]
            after += [int(good[0])] if len(good) else []
            last.append(float(film.test_score[-1]))
        steps = f"{median(after):5.0f}{max(after):6d}" if after else " " * 11
        print(f"{what:44}{config.parameters:10,}   {len(after):2d}/{len(SEEDS)} {steps}{'':25}"
              f"{median(last):.3f} [{min(last):.3f}, {max(last):.3f}]", flush=True)


if __name__ == "__main__":
    main()
