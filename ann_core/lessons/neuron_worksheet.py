"""Sheets on one neuron: a weighted sum, a decision, four corners, and corrections by the perceptron's rule."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons.neuron import CORNERS, Visit, answer, right_count, sums, visit
from ann_core.lessons.sheet import Blank, Part, Sheet, checked

DRAW = 302
"""Purpose of the random stream that a sheet's numbers are drawn from."""
INPUTS = (-2, -1, 1, 2, 3)
WEIGHTS = tuple(k / 10 for k in range(-9, 10) if k)
ETA = 0.5
ATTEMPTS = 300
Neuron = tuple[float, float, float]
"""(w₁, w₂, b)"""


def neuron_sheet(seed: int) -> Sheet:
    """The sheet of a seed; the same seed gives the same sheet. Raises ValueError for a seed out of bounds."""
    rng = np.random.default_rng([checked(seed), DRAW])
    table = ("AND", "OR")[seed % 2]
    for _ in range(ATTEMPTS):
        w1, w2, b = (float(value) for value in rng.choice(WEIGHTS, 3))
        neuron, x = (w1, w2, b), tuple(float(value) for value in rng.choice(INPUTS, 2))
        if _kind(neuron, x, table):
            break
    return _sheet(seed, neuron, x, table)


def _kind(neuron: Neuron, x: tuple[float, ...], table: str) -> bool:
    """Whether the numbers are kind: sums away from 0, where also rounding decides, and of moderate size; something to correct
    but not everything."""
    *w, b = now = neuron
    for place in range(len(CORNERS)):
        seen = visit(table, place, now, ETA)
        if abs(seen.z) < 0.05:
            return False
        now = seen.after
    corners, z = sums(CORNERS, w, b), float(sums([x], w, b)[0])
    return bool(np.abs(corners).min() >= 0.05 and 0.2 <= abs(z) <= 3 and 1 <= right_count(table, w, b) <= 3)


def _sheet(seed: int, neuron: Neuron, x: tuple[float, ...], table: str) -> Sheet:
    (w1, w2, b), z = neuron, float(sums([x], neuron[:2], neuron[2])[0])
    told = "A neuron multiplies each input by its weight, adds the products and its bias, and says class 1 where z is above 0."
    a = answer("sigmoid", z)
    return Sheet("One neuron by hand", seed, told, told, (
        Part("Given", given=(("weights", f"w₁ = {words(w1)}, w₂ = {words(w2)}"), ("bias", f"b = {words(b)}"),
                             ("inputs", f"x₁ = {words(x[0])}, x₂ = {words(x[1])}"), ("sigmoid", "σ(z) = 1 / (1 + e⁻ᶻ)"),
                             (table, f"{'both inputs are' if table == 'AND' else 'at least one input is'} 1"))),
        Part("1. One example", (
            Blank("z = w₁ · x₁ + w₂ · x₂ + b", words(z), (f"{_times(w1, x[0])} + {_times(w2, x[1])} + {_wrapped(b)}",), "z"),
            Blank("σ(z)", words(a, 4), name="σ(z)"), Blank("the class it says", str(int(z > 0)), name="class"))),
        Part(f"2. Four corners: is this {table}?", _corners(neuron, table), short=True),
        Part(f"3. The perceptron's rule, corner after corner, with η = {words(ETA)}: w ← w + η (y − ŷ) x, b ← b + η (y − ŷ)",
             _corrections(neuron, table), short=True)))


def _corners(neuron: Neuron, table: str) -> tuple[Blank, ...]:
    *w, b = neuron
    found = []
    for (x1, x2), z in zip(CORNERS, sums(CORNERS, w, b), strict=True):
        at, by = f"({x1:g}, {x2:g})", f"{_times(w[0], x1)} + {_times(w[1], x2)} + {_wrapped(b)}"
        found += [Blank(f"z at {at}", words(float(z)), (by,), f"z{at}"), Blank(f"the class it says at {at}", str(int(z > 0)))]
    return (*found, Blank("corners that it gets right", f"{right_count(table, w, b)} of 4", name="right"))


def _corrections(neuron: Neuron, table: str) -> tuple[Blank, ...]:
    """One round through the corners; each begins with what the one before left."""
    found, now = [], neuron
    for place, (x1, x2) in enumerate(CORNERS):
        seen: Visit = visit(table, place, now, ETA)
        now = seen.after
        last = place == len(CORNERS) - 1
        found += [Blank(f"({x1:g}, {x2:g}): y − ŷ", words(seen.error)),
                  *(Blank(f"then {name}", words(value), name=f"{name} in the end" if last else None)
                    for name, value in zip(("w₁", "w₂", "b"), now, strict=True))]
    return tuple(found)


def _wrapped(value: float) -> str:
    """A number as it stands behind a sign."""
    return f"({words(value)})" if value < 0 else words(value)


def _times(w: float, x: float) -> str:
    return f"{_wrapped(w)} · {_wrapped(x)}"
