"""The idea on heads: several looks at once, by hand and in a trained network."""

import numpy as np
import streamlit as st

from ann_core.base.numbers import percent
from ann_core.base.spelling import tex, words
from ann_core.lessons import attention_heads as core
from ui.figure import figure
from ui.lessons.attention import LONG, NUMBER, TURN_STEPS, controls, pictures_scores, turned
from ui.lessons.parts import lined, table
from ui.question import told

HEARD = {"both": "both", "0": "head 1", "1": "head 2"}


@st.fragment
def heads() -> None:
    """The same matrices as one head and as two; or the heads of a trained Transformer."""
    left, right = st.columns([3, 2])
    with right:
        shown = controls.one_of("heads/shown", "Heads", ("by hand", "of a trained network"))
        (_by_hand if shown == "by hand" else _trained)(left)


def _by_hand(left: st.delta_generator.DeltaGenerator) -> None:
    first = int(controls.slider("heads/first", "Number at place 1", 0, 9, 7, 1))
    last = int(controls.slider("heads/last", "Number at place 3", 0, 9, 3, 1))
    numbers = (first, core.BETWEEN, last)
    one, two = (core.look(np.array(numbers), heads) for heads in (1, 2))
    mean, (a, b) = one.taken[0, 0], two.taken[:, 0]
    with left:
        figure(pictures_scores.by_hand(numbers, one, two), key="attention/heads", height=330,
               alt=f"One head takes in {words(float(mean), 3)}; two heads take in {words(float(a), 3)} and "
                   f"{words(float(b), 3)}.")
    p, *both = one.weights[0], *two.weights
    table(("weights", *(f"place {place}" for place in range(1, core.PLACES + 1))), [
        (name, *(words(float(w), 3) for w in row))
        for name, row in (("one head", p), ("head 1 of 2", both[0]), ("head 2 of 2", both[1]))])
    lined((r"\text{one: }c&=\textstyle\sum_sp_s\,v_s", rf"&={_sum(p, numbers)}", rf"&={tex(float(mean), 3)}",
           r"\text{two: }c^{(1)}&=\textstyle\sum_sp^{(1)}_s\,v_s", rf"&={tex(float(a), 3)}",
           r"c^{(2)}&=\textstyle\sum_sp^{(2)}_s\,v_s", rf"&={tex(float(b), 3)}"))
    st.caption("The three matrices are the same for one head and for two. Query and key have four numbers. One head makes one "
               "score of all four; two heads make a score each, of the first two and of the last two. Nothing more is to be "
               f"learned: a vector of 16 numbers needs {core.learned_numbers(16, 1):,} parameters with one head and "
               f"{core.learned_numbers(16, 4):,} with four. " + told(
                   "One set of weights makes one mean, and what was mixed cannot be told apart any more.", ""))


def _trained(left: st.delta_generator.DeltaGenerator) -> None:
    heard = controls.one_of("heads/heard", "Heads that are heard", HEARD, "both")
    number = int(controls.slider("heads/number", "Sequence", 1, 20, NUMBER, 1))
    with left:
        found = turned(LONG, "places")["places"]
    said = found.said if heard == "both" else found.alone[int(heard)]
    sequence = {"digits": found.X[number - 1], "right answer": found.y[number - 1], "answered": said[number - 1]}
    rows = np.arange(LONG)
    looks = found.looks.mean(0)[:, rows, LONG - 1 - rows].mean(-1)
    with left:
        figure(pictures_scores.trained(sequence, found.looks[number - 1]), key="attention/trained", height=460,
               alt=". ".join(f"{name.capitalize()} {' '.join(map(str, row))}" for name, row in sequence.items())
                   + f", heard: {HEARD[heard]}. Weight on the place of the answer, on average: "
                   + f"{', '.join(words(float(w), 2) for w in looks)}.")
    table(("of all digits", "right", "weight on the answer's place"), [
        ("both heads", percent(float(found.right.mean())), ""),
        *((f"head {head + 1} alone", percent(float((alone == found.y).mean())), words(float(looks[head]), 2))
          for head, alone in enumerate(found.alone))])
    lined((r"\text{out}&=[c^{(1)}\;c^{(2)}]\,W_O", r"c^{(1)}&=\text{8 numbers of head 1}",
           r"c^{(2)}&=\text{8 numbers of head 2}"))
    st.caption(f"Digits are turned round, as in the next idea; × marks where the right answer stands. One block, "
               f"{TURN_STEPS} steps of learning, one training. Nothing tells heads to look at different places, and here one "
               "is enough: in 19 of 20 trainings both heads looked most at the right one from every place, and in all 20 one "
               "of them alone answered nine of ten digits or more.")


def _sum(weights: np.ndarray, numbers: tuple[int, ...]) -> str:
    return "+".join(rf"{tex(float(w), 2)}\cdot{number}" for w, number in zip(weights, numbers, strict=True))
