"""What the lesson "Attention" says, over seeds 100 to 119: whole answers by length, and digits place by place.

python -m benchmarks.attention_lesson [squeeze | scores | heads | order]
"""

import sys
from collections.abc import Callable

import numpy as np

from ann_core.lessons import attention_trained as core
from ann_core.nn.layers.scores import SCORES
from ui.lessons.attention import LONG, LOOKS, TURN_STEPS

SEEDS = range(100, 120)


def squeeze() -> None:
    """Shares of whole answers right, by length: the middle of twenty networks, the lowest and the highest."""
    for attention in ("none", "general"):
        found = [core.by_length(core.answers(attention, seed), LOOKS)[-1] for seed in SEEDS]
        whole = np.array([one.whole for one in found])
        print(attention, dict(zip(found[0].length.tolist(), np.median(whole, 0).round(2).tolist(), strict=True)),
              "lowest", whole.min(0).round(2), "highest", whole.max(0).round(2),
              "shortest above longest in", int((whole[:, 0] > whole[:, -1]).sum()))


def scores() -> None:
    """Shares of whole answers right, the mean over all lengths, by score: which of them are above 0.9, and which is ahead."""
    found = {score: np.array([[one.whole.mean() for one in core.by_length(core.answers(score, seed), LOOKS)] for seed in SEEDS])
             for score in SCORES}
    for step, *shares in zip(LOOKS, *(found[score].T for score in SCORES), strict=True):
        for score, share in zip(SCORES, shares, strict=True):
            print(step, score, "middle", np.median(share).round(2), "from", share.min().round(2),
                  "above 0.9:", (share > 0.9).sum(),
                  "ahead of", {other: int((share > theirs).sum()) for other, theirs in zip(SCORES, shares, strict=True)})


def heads() -> None:
    """How many of twenty trainings have both heads look most at the place of the answer from every place; the better head
    alone."""
    places = np.arange(LONG)
    found = [core.by_place(core.turns("places", LONG, seed), TURN_STEPS) for seed in SEEDS]
    print("both look there", sum((one.looks.mean(0).argmax(-1) == LONG - 1 - places).all() for one in found))
    alone = np.array([(one.alone == one.y).mean((1, 2)) for one in found])
    print("better head alone", np.sort(alone.max(1)).round(2), "the other", np.sort(alone.min(1)).round(2))


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
    parts: dict[str, Callable[[], None]] = {"squeeze": squeeze, "scores": scores, "heads": heads, "order": order}
    for name in sys.argv[1:] or parts:
        parts[name]()
