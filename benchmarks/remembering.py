"""What the lesson "Recurrence" says of its networks, over 20 seeds: `python -m benchmarks.remembering`, some minutes."""

import argparse

import numpy as np

from ann_core.lessons import recurrence_trained as trained
from ann_core.lessons.recurrence_tasks import CELLS, remembers

SEED = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lengths", type=int, nargs="*", default=[5, 10, 20, 40, 60], help="steps of a sequence")
    lengths = parser.parse_args().lengths
    print("Remember the first symbol: of 20 networks those that know it within 300 steps (median and last step); "
          "‖∂L/∂h₁‖/‖∂L/∂h_T‖ before the first step, and what a step makes of it")
    for name in CELLS:
        for length in lengths:
            found = trained.course(remembers(name, length, SEED, 20), 300, until_known=True)
            first, ratio = found.first, np.median(found.ways[0].ratio)
            known = first[np.isfinite(first)]
            print(f"  {name:20} T = {length:2}: {len(known):2}/20 ({np.median(known) if len(known) else 0:.0f}, "
                  f"{max(known, default=0):.0f})   {ratio:.1e}, a step {ratio ** (1 / max(1, length - 1)):.3f}", flush=True)


if __name__ == "__main__":
    main()
