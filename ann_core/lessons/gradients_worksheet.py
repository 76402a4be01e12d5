"""Sheets on the way back: a chain of single units, its slopes, and what is left of the error at the first weight."""

from itertools import product

from ann_core.base.spelling import words
from ann_core.lessons.gradients import Chain, chain
from ann_core.lessons.sheet import Blank, Part, Sheet, checked

LAYERS = 4
NUMBERS = tuple(product((0.5, 0.8, 1.0, 1.5, 2.0), (0.5, 1.0, 1.5, 2.0), (-1.0, 3.0, 4.0)))
"""Weight, input and target by seed; none of them has an error near 0."""
STEEPEST = 0.25
"""Of the sigmoid, at 0."""


def gradients_sheet(seed: int) -> Sheet:
    """The sheet of a seed; any 60 seeds in a row differ. Raises ValueError for a seed out of bounds."""
    w, x, y = NUMBERS[checked(seed) * 7 % len(NUMBERS)]  # 7 shares no factor with 60, and neighbours look different
    bent, straight = (chain(kind, LAYERS, w, x, y) for kind in ("sigmoid", "relu"))
    return _sheet(seed, w, x, y, bent, straight)


def _sheet(seed: int, w: float, x: float, y: float, bent: Chain, straight: Chain) -> Sheet:
    told = "On its way back the error is multiplied by a weight and a slope in every layer. Keep at least five digits"
    return Sheet("How much gradient arrives, by hand", seed, f"{told}.", f"{told}; all digits were kept for this key.", (
        Part("Given", given=(("the chain", f"{LAYERS} hidden layers of one unit each, then an output that only multiplies"),
                             ("every weight", f"w = {words(w)}, no biases"),
                             ("input and target", f"x = {words(x)}, y = {words(y)}; the loss is L = ½ (ŷ − y)²"),
                             ("sigmoid", "σ(z) = 1 / (1 + e⁻ᶻ), with the slope s = σ(z) · (1 − σ(z))"))),
        Part("1. Forward, with the sigmoid: every unit's sum, what it hands on, and its slope", _forward(bent, w), short=True),
        Part("2. Backward: one factor after the other", _backward(bent, w)),
        Part("3. The same chain with ReLU, whose slope is 1 where z is above 0", (
            Blank("ŷ − y", words(straight.error, 6)),
            Blank("∂L/∂w₁ = (ŷ − y) · w⁴ · x", words(straight.gradient, 6), name="with ReLU"),
            Blank("how many times the sigmoid's", words(straight.gradient / bent.gradient, 3), name="times"))),
        Part("4. At most", (
            Blank(f"The sigmoid's slope is at most {STEEPEST}. The product of {LAYERS} slopes is at most",
                  words(STEEPEST ** LAYERS, 3), (f"{STEEPEST}{'⁰¹²³⁴⁵⁶⁷⁸⁹'[LAYERS]}",)),
            Blank("and the product of ten", words(STEEPEST ** 10, 3))))))


def _forward(seen: Chain, w: float) -> tuple[Blank, ...]:
    found, before = [], ("x", seen.x)
    for i, (z, a, s) in enumerate(zip(seen.sums, seen.outputs, seen.slopes, strict=True), 1):
        n = _low(i)
        found += [Blank(f"z{n} = w · {before[0]}", words(z, 6), (f"{words(w)} · {words(before[1], 6)}",)),
                  Blank(f"a{n} = σ(z{n})", words(a, 6)), Blank(f"s{n} = a{n} · (1 − a{n})", words(s, 6), name=f"s{n}")]
        before = f"a{n}", a
    return (*found, Blank(f"the error ŷ − y = w · {before[0]} − y", words(seen.error, 6), name="ŷ − y"))


def _backward(seen: Chain, w: float) -> tuple[Blank, ...]:
    """What is left behind each layer, from the output on; the last factor is the input."""
    found, left = [], seen.error
    for place, s in reversed(list(enumerate(seen.slopes, 1))):
        found.append(Blank(f"behind layer {place}: what came · w · s{_low(place)}", words(left * w * s, 6),
                           (f"{words(left, 6)} · {words(w)} · {words(s, 6)}",)))
        left *= w * s
    by = f"{words(left, 6)} · {words(seen.x)}"
    return (*found, Blank("∂L/∂w₁ = what came · x", words(seen.gradient, 6), (by,), "∂L/∂w₁"))


def _low(digit: int) -> str:
    return "₀₁₂₃₄₅₆₇₈₉"[digit]
