"""What the lesson "Attention" says, over seeds 100 to 119: whole answers by length, and digits place by place.

python -m benchmarks.attention_lesson [squeeze | order]
"""

import sys
from collections.abc import Callable

import numpy as np

from ann_core.lessons import attention_trained as core
from ui.lessons.attention import LOOKS, TURN_STEPS

SEEDS = range(100, 120)


def squeeze() -> None:
    """Shares of whole answers right, by length: the middle of twenty networks, the lowest and the highest."""
    for attention in ("none", "general"):
        found = [core.by_length(core.answers(attention, seed), LOOKS)[-1] for seed in SEEDS]
        whole = np.array([one.whole for one in found])
        print(attention, dict(zip(found[0].length.tolist(), np.median(whole, 0).round(2).tolist(), strict=True)),
              "lowest", whole.min(0).round(2), "highest", whole.max(0).round(2),
              "shortest above longest in", int((whole[:, 0] > whole[:, -1]).sum()))


def order() -> None:
    """Shares of right digits, without and with positions, and behind a mask, beside the best that is possible."""
    for length in (5, 6, 8, 10):
        for network in core.NETWORKS:
            right = np.array([core.by_place(core.turns(network, length, seed), TURN_STEPS).right for seed in SEEDS])
            best = {"places": 1.0, "none": core.best_without_places(length) if length % 2 == 0 else np.nan,
                    "causal": core.best_behind_a_mask(length)}[network]
            print(length, network, f"best {best:.3f}", "middle", np.median(right.mean(1)).round(3),
                  "from", right.mean(1).min().round(3), "to", right.mean(1).max().round(3), np.median(right, 0).round(2))


if __name__ == "__main__":
    parts: dict[str, Callable[[], None]] = {"squeeze": squeeze, "order": order}
    for name in sys.argv[1:] or parts:
        parts[name]()
