"""Questions on scores and heads. A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import attention_heads as heads_by_hand
from ann_core.lessons import attention_scores as by_hand
from ann_core.lessons import attention_spread as spreads
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.attention import SEED

LOOK = 1.5
"""First number of the query in the scene."""


def scores() -> Ask:
    can = [kind for kind in ("dot", "general") if by_hand.in_the_middle(kind)]
    (first, middle, last, _) = by_hand.score("dot", np.array([LOOK, 0.0])).scores
    return Ask("e₂ lies halfway between e₁ and e₃. Which of these scores could give e₂ more weight than e₁ and e₃?", {
        "The dot product, with the right query": "That would be so if a query could ask for just so much. It can only ask for "
        "more of something, or for less.",
        "The general one, with the right W": "That would be so if a matrix bent anything. But q W is another query, and what "
        "follows is a dot product.",
        "Neither of them": "That would be so if both grew evenly from e₁ over e₂ to e₃."},
        ["dot", "general"].index(can[0]) if can else 2,
        f"The score halfway is the mean of both ends, as here {words(float(middle))} of {words(float(first))} and "
        f"{words(float(last))}; so one of the ends has at least as much, whatever q and W are. A score that bends, such as the "
        "additive one, can prefer the middle.",
        scene=[{"scores/kind": kind, "scores/q1": LOOK, "scores/q2": 0.0} for kind in by_hand.PARAMETERS])


def root(draw: int = 0) -> Ask:
    (d,) = numbers(draw, (64,), (16, 32, 128, 256))
    without, divided = (spreads.spread(d, divided, SEED) for divided in (False, True))
    values = {1 / spreads.KEYS: "That would be so if all eight scores were alike.",
              divided.largest: f"That would be so if the scores spread no more than those of one number do, as after the "
              f"division by √{d}.",
              without.largest: "That would be so if the scores lay so far apart that mostly one of them took nearly all."}
    return Ask.of_values(
        f"Queries and keys of {d} random numbers, and no root. How large is the largest of the eight weights, on average?",
        values, without.largest,
        f"The scores spread like √{d} = {words(float(np.sqrt(d)), 3)} (measured {words(without.deviation, 3)}), and the exp of "
        f"such scores leaves little to the others: {words(without.largest, 3)} goes to one key. The slope that learning needs, "
        f"Σ p (1 − p), is {words(without.slope, 3)}, and {words(divided.slope, 3)} with the root.",
        spell=lambda value: words(value, 3),
        scene=[{"root/d": d, "root/divided": divided} for divided in (True, False)])


def heads(draw: int = 0) -> Ask:
    ((first, last),) = numbers(draw, ((7, 3),), ((8, 2), (6, 3), (9, 4), (2, 7)))
    pairs = {(first - 1, last): "That would be so if only place 3 counted.",
             (first - 1, last + 1): "That would be so if the sum of both were all that counted.",
             (first, last + 1): "That would be so if only place 1 counted."}

    def taken(pair: tuple[int, int], heads: int) -> np.ndarray:
        return heads_by_hand.look(np.array([pair[0], heads_by_hand.BETWEEN, pair[1]]), heads).taken[:, 0]

    away = [float(abs(taken(pair, 1) - taken((first, last), 1))[0]) for pair in pairs]
    two = taken((first, last), 2)
    return Ask(f"Place 1 holds {first}, place 3 holds {last}, and one head looks at both alike. With which other pair does it "
               "take in just the same?", {f"{a} and {b}": said for (a, b), said in pairs.items()}, int(np.argmin(away)),
               f"One softmax makes one mean: {words(float(taken((first, last), 1)[0]), 3)} for all pairs with that sum. Two "
               f"heads have a softmax each and take in {words(float(two[0]), 3)} and {words(float(two[1]), 3)}.",
               scene=[{"heads/shown": "by hand", "heads/first": a, "heads/last": b}
                      for a, b in ((first, last), (first - 1, last + 1))])
