"""Formulas of one Transformer block, with the numbers of one token: how a value is made, and where its gradient comes from."""

from collections.abc import Iterator, Sequence

from ann_core.base.spelling import factor, signed, tex
from ann_core.lessons.attention_block import ATTENTION, FEED, STEPS, Passed, Step, T

LETTERS = {"x": "x", "n1": "n", "a": "a", "s1": "s", "r": "r", "n2": "m", "f": "f", "s2": "u", "out": r"\text{out}"}
"""Of the values."""


def value(norm: str, seen: Passed, key: str, t: int) -> Iterator[str]:
    """How a value is made: of all that the token has, or its first number. t: the token, from 0"""
    letter, values = LETTERS[key], seen.values
    step = next((step for step in STEPS[norm] if step.key == key), None)
    if step is None:
        yield rf"x_{t + 1}&={_row(values['x'][t])}"
    elif step.part is None:
        past, came = values[step.past][t, 0], values[step.of][t, 0]
        yield rf"{letter}&={LETTERS[step.past]}+{LETTERS[step.of]}"
        yield rf"{letter}_{{{t + 1}1}}&={tex(past, 3)}{signed(came, 3)}={tex(values[key][t, 0], 3)}"
    elif step.part == ATTENTION:
        P = seen.caches[ATTENTION].P[0, 0, t]
        yield rf"a_{t + 1}&=\Bigl(\textstyle\sum_s p_{{{t + 1}s}}\,v_s\Bigr)W_O+b_O"
        yield rf"p_{t + 1}&={_row(P)}"
        yield rf"a_{t + 1}&={_row(values['a'][t])}"
    elif step.part == FEED:
        _, (Z, _), _ = seen.caches[FEED]
        yield rf"f&=\max(0,\;{LETTERS[step.of]}\,W_1+b_1)\,W_2+b_2"
        yield rf"&\text{{above 0: }}{int((Z[0, t] > 0).sum())}\text{{ of }}{Z.shape[-1]}\text{{ units}}"
        yield rf"f_{t + 1}&={_row(values['f'][t])}"
    else:
        A, of = values[step.of][t], LETTERS[step.of]
        yield rf"{letter}_{{{t + 1}1}}&=\frac{{{of}_{{{t + 1}1}}-\mu}}{{\sqrt{{\sigma^2+\varepsilon}}}}"
        yield rf"&=\frac{{{tex(A[0], 3)}-{factor(A.mean(), 3)}}}{{\sqrt{{{tex(A.var(), 3)}}}}}={tex(values[key][t, 0], 3)}"


def gradient(norm: str, seen: Passed, key: str, t: int, told: str, ways: bool) -> Iterator[str]:
    """Where the gradient of the token's first number comes from.

    told: the gradient, as it may be said   ways: whether it may be said that two ways add up
    """
    on: Sequence[Step] = [step for step in STEPS[norm] if key in (step.of, step.past)]
    name = rf"\frac{{\partial L}}{{\partial {LETTERS[key]}_{{{t + 1}1}}}}"
    if not on:
        yield rf"{name}&=" + (rf"\text{{out}}_{{{t + 1}1}}-y_1={told}" if t == T - 1 else r"0\text{: }L\text{ looks at token }"
                              rf"{T}")
    elif len(on) == 2 and not ways:
        yield rf"{name}&={told}"
    elif len(on) == 2:
        past = next(step for step in on if step.past == key)
        other = next(step for step in on if step.of == key)
        yield rf"{name}&=\frac{{\partial L}}{{\partial {LETTERS[past.key]}_{{{t + 1}1}}}}+\text{{through }}{LETTERS[other.key]}"
        yield rf"&={tex(seen.gradients[past.key][t, 0], 3)}{signed(seen.through[key][t, 0], 3)}={told}"
    elif on[0].part is None:
        yield rf"{name}&=\frac{{\partial L}}{{\partial {LETTERS[on[0].key]}_{{{t + 1}1}}}}={told}"
    else:
        yield rf"{name}&={told}\text{{, back through }}{LETTERS[on[0].key]}"


def _row(numbers: Sequence[float]) -> str:
    return "(" + r",\,".join(tex(float(number), 2) for number in numbers) + ")"
