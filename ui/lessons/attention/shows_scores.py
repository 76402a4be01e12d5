"""Ideas on scores: three ways to make one, and why it is divided by a root."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import attention_scores as core
from ann_core.lessons import attention_spread as spreads
from ann_core.nn.layers.scores import SCORES
from ui.figure import figure
from ui.lessons.attention import SEED, controls, pair, pictures_scores
from ui.lessons.parts import lined, table
from ui.question import answered, told

SAYS = {
    "dot": "The dot product: the more of what the query has, the better.",
    "general": "The general score: a matrix W makes another query of q, here one that asks for the other number.",
    "additive": "The additive score: two small sums are bent by tanh, then weighed by v. Here their difference is large where "
                "the first number is neither too small nor too large."}


@st.fragment
def scores() -> None:
    """One query and four states under three scores."""
    left, right = st.columns([3, 2])
    with right:
        kind = controls.one_of("scores/kind", "Score", {key: SCORES[key].label for key in core.PARAMETERS})
        a = controls.slider("scores/q1", "First number of the query", 0.0, 3.0, 1.5, 0.25)
        b = controls.slider("scores/q2", "Second number of the query", 0.0, 3.0, 0.0, 0.25)
    q = np.array([a, b])
    found = {key: core.score(key, q) for key in core.PARAMETERS}
    with left:
        figure(pictures_scores.scores(kind, q, {SCORES[key].label: one.weights for key, one in found.items()}),
               key="attention/scores", height=520,
               alt=f"Scores of the query {pair(q)} by {SCORES[kind].label}. Weights of the four states: " + "; ".join(
                   f"{SCORES[key].label} {', '.join(words(float(p), 3) for p in one.weights)}" for key, one in found.items())
               + ".")
    with right:
        table(("state e", "score s", "weight p"), [
            (f"e{'₁₂₃₄'[i]} = {pair(e)}", words(float(s), 3), words(float(p), 3))
            for i, (e, s, p) in enumerate(zip(core.STATES, *found[kind], strict=True))])
        lined(_formula(kind, q, float(found[kind].scores[1])))
        st.caption(f"{SAYS[kind]} A network learns W, U and v; here they are set by hand. " + told(
            "A dot product grows evenly along a straight line of states, and so does the general score, whatever W is: what "
            "lies between two states never gets more than both. The bend of tanh lifts that limit. That says what can be "
            "expressed, not what is better: when four to eight digits were turned round, each of the three had nine of ten "
            "answers right after 300 steps in at least 18 of 20 trainings, and none was ahead of another in so many.", ""))


def _formula(kind: str, q: np.ndarray, s: float) -> list[str]:
    """The score of e₂ in the learner's numbers."""
    e, p = core.STATES[1], core.PARAMETERS[kind]
    if kind == "dot":
        return [r"s_2&=q\cdot e_2", rf"&={_product(q, e)}={tex(s)}"]
    if kind == "general":
        asks = q @ p["Wa"]
        return [r"s_2&=q\,W\cdot e_2", rf"q\,W&=({tex(q[0])},{tex(q[1])})\begin{{pmatrix}}{_matrix(p['Wa'])}\end{{pmatrix}}",
                rf"&=({tex(asks[0])},{tex(asks[1])})", rf"s_2&={_product(asks, e)}={tex(s)}"]
    sums = q @ p["Wh"] + e @ p["We"]
    v, bent = p["v"][:, 0], np.tanh(sums)
    return [r"s_2&=\tanh(q\,W+e_2\,U)\cdot v", rf"W&=\begin{{pmatrix}}{_matrix(p['Wh'])}\end{{pmatrix}},\;"
            rf"U=\begin{{pmatrix}}{_matrix(p['We'])}\end{{pmatrix}}", rf"q\,W+e_2\,U&=({tex(sums[0])},\;{tex(sums[1])})",
            rf"\tanh&=({tex(bent[0], 3)},\;{tex(bent[1], 3)})",
            rf"s_2&={tex(v[0])}\cdot{factor(bent[0], 3)}{signed(v[1])}\cdot{factor(bent[1], 3)}", rf"&={tex(s, 3)}"]


def _product(x: np.ndarray, y: np.ndarray) -> str:
    return rf"{tex(x[0])}\cdot{tex(y[0])}{signed(x[1])}\cdot{factor(y[1])}"


def _matrix(W: np.ndarray) -> str:
    return r"\\".join("&".join(tex(float(w)) for w in row) for row in W)


_spread = st.cache_data(show_spinner=False, max_entries=2 * len(spreads.SIZES))(spreads.spread)


@st.fragment
def root() -> None:
    """Random queries and keys: what more numbers do to the weights and to the slope of the softmax."""
    left, right = st.columns([3, 2])
    with right:
        d = int(controls.series("root/d", "Numbers d of a query and of a key", spreads.SIZES, 16))
        divided = controls.one_of("root/divided", "Scores", {True: "q · k / √d", False: "q · k"})
        number = int(controls.slider("root/look", "Look", 1, 20, 1, 1))
    shown = _spread(d, divided, SEED)
    with_root, without = (_spread(d, root, SEED) for root in (True, False))
    p = shown.weights[number - 1]
    top = float(p.max())
    slopes = {"with √d": [_spread(size, True, SEED).slope for size in spreads.SIZES]}
    if answered():
        slopes["without"] = [_spread(size, False, SEED).slope for size in spreads.SIZES]
    with left:
        figure(pictures_scores.root(p, d, slopes), key="attention/root", height=470,
               alt=f"Weights of one look at eight keys: {', '.join(words(float(one), 2) for one in p)}. Slope of the softmax "
                   "for queries of 1 to 256 numbers, on average. " + " ".join(
                       f"{name.capitalize()}: from {words(values[0], 3)} to {words(values[-1], 3)}."
                       for name, values in slopes.items()))
    with right:
        table((f"{spreads.QUERIES} looks, d = {d}", "with √d", "without"), [
            ("spread of the scores", words(with_root.deviation, 3), told(words(without.deviation, 3))),
            ("largest of 8 weights", words(with_root.largest, 3), told(words(without.largest, 3))),
            ("slope Σ p (1 − p)", words(with_root.slope, 3), told(words(without.slope, 3)))])
        lined((r"s&=q\cdot k=q_1k_1+\dots+q_dk_d", rf"\text{{spread}}&=\sqrt d=\sqrt{{{d}}}={tex(np.sqrt(d))}",
               r"\frac{\partial p_i}{\partial s_i}&=p_i\,(1-p_i)",
               rf"&={tex(top, 3)}\cdot(1-{tex(top, 3)})={tex(top * (1 - top), 3)}"))
        st.caption("All numbers are drawn by chance, with mean 0 and variance 1. Each of the d products adds a variance of 1, "
                   "so the scores spread like √d: that is theory, and the table has what was measured. *Slope*: what a change "
                   "of a score does to its own weight, added up over the eight; the formula has the largest weight of this "
                   "look. " + told(
                       "Where one weight is almost 1 all slopes are almost 0, and hardly anything is learned from that look. "
                       "Without the root the mean slope falls by about half whenever d grows fourfold. The queries and keys of "
                       "a trained network are not random: the root makes a good start, no more.", ""))
