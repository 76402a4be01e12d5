"""What the lesson on convolution says of pictures that are moved, over 20 seeds: `python -m benchmarks.moved_pictures`."""

import numpy as np

from ann_core.lessons import convolution_trained as trained

SEEDS = range(100, 120)


def spread(name: str, found: list[list[float]], columns: list[str]) -> str:
    """Medians with the lowest and the highest, column by column."""
    low, middle, high = (f(np.array(found), axis=0) for f in (np.min, np.median, np.max))
    return f"  {name:9}" + "   ".join(f"{column} {m:.3f} [{a:.3f}, {b:.3f}]" for column, m, a, b in
                                     zip(columns, middle, low, high, strict=True))


def main() -> None:
    print("Shapes learned at the left: share of right answers")
    sides = [trained.one_sided(seed).right for seed in SEEDS]
    for name in trained.SHAPES:
        print(spread(name, [list(right[name]) for right in sides], ["left", "right"]))
    print("Digits learned in the middle of 12 × 12: share of right answers, moved along one axis")
    digits = [trained.centred(seed).right for seed in SEEDS]
    for name in trained.DIGITS:
        print(spread(name, [[float(np.mean([right[name][2 - by, 2], right[name][2 + by, 2], right[name][2, 2 - by],
                                            right[name][2, 2 + by]])) for by in (0, 1, 2)] for right in digits],
                     ["still", "by 1", "by 2"]))


if __name__ == "__main__":
    main()
