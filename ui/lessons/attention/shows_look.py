"""Ideas on one look back: what a single vector loses, a look in three steps, and three views of one vector."""

import numpy as np
import streamlit as st

from ann_core.base.numbers import percent
from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import attention as core
from ann_core.lessons import attention_trained as trained
from ui.figure import figure
from ui.lessons.attention import LOOKS, controls, pair, pictures, written
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told


@st.fragment
def squeeze() -> None:
    """Whole answers right by the length of the question, with and without a look back."""
    left, right = st.columns([3, 2])
    with right:
        steps = int(controls.series("squeeze/steps", "Steps of learning", LOOKS, LOOKS[-1]))
    with left:
        found = written("general", "none")
    seeing, blind = (found[score][LOOKS.index(steps)] for score in ("general", "none"))
    shown = {"with attention": seeing} | ({"without attention": blind} if answered() else {
        "without, four digits": trained.Lengths(blind.length[:1], blind.whole[:1])})
    earlier = [one for step, one in zip(LOOKS, found["general"], strict=True) if step < steps]
    with left:
        figure(pictures.squeeze(shown, earlier), key="attention/squeeze", height=400,
               alt="Shares of whole answers right by length. " + ". ".join(
                   f"{name.capitalize()}: {_shares(one.whole)}" for name, one in shown.items()) + ".")
    with right:
        table(("digits", "with attention", "without"), [
            (str(length), percent(float(a)), percent(float(b)) if length == blind.length[0] else told(percent(float(b))))
            for length, a, b in zip(seeing.length, seeing.whole, blind.whole, strict=True)])
        lined((r"\text{read: }e_s&=\text{GRU}(x_s,e_{s-1})", r"\text{write: }h_0&=e_S",
               r"h_t&=\text{GRU}(y_{t-1},h_{t-1})"))
        st.caption("Four to eight digits are read, then written from the last to the first. Both networks have states of 32 "
                   "numbers, and each is one training, judged by 300 questions that it did not learn from. An answer counts if "
                   "all of it is right. Without attention the last state is all that the decoder gets of the question; with "
                   "it, the decoder looks back at the earlier ones, as the next idea shows. Thin lines: the same network after "
                   "fewer steps. *GRU*: the cell with gates from the lesson on recurrence.")


def _shares(whole: np.ndarray) -> str:
    return ", ".join(percent(float(share)) for share in whole)


OTHERS = np.array([[-0.5, 1.0], [1.0, 1.0]])
"""The second and the third query of the example."""


@st.fragment
def look() -> None:
    """A look back: scores, weights, weighted sum."""
    left, right = st.columns([3, 2])
    with right:
        a = controls.slider("look/q1", "First number of the query", -2.0, 2.0, 1.0, 0.25)
        b = controls.slider("look/q2", "Second number of the query", -2.0, 2.0, -1.0, 0.25)
    q = np.array([a, b])
    found = core.look_back(np.concatenate([q[None], OTHERS]))
    scores, weights, taken = found.scores[0], found.weights[0], found.taken[0]
    with left:
        figure(pictures.look(q, found), key="attention/look", height=470,
               alt=f"Weights of the query's look: {', '.join(words(float(p), 3) for p in weights)}. Taken in: "
                   f"({', '.join(words(float(c), 3) for c in taken)}).")
    with right:
        table(("state e", "score s", "exp(s)", "weight p"), [
            (f"e{'₁₂₃'[i]} = {pair(e)}", words(float(s)), words(float(np.exp(s)), 3), words(float(p), 3))
            for i, (e, s, p) in enumerate(zip(core.QUESTION, scores, weights, strict=True))])
        e = core.QUESTION[2]
        lined((r"s_3&=q\cdot e_3", rf"&={tex(a)}\cdot{tex(e[0])}{signed(b)}\cdot{tex(e[1])}={tex(float(scores[2]))}",
               r"p_3&=\frac{\exp s_3}{\exp s_1+\exp s_2+\exp s_3}", rf"&=\frac{{{tex(float(np.exp(scores[2])), 3)}}}"
               rf"{{{tex(float(np.exp(scores).sum()), 3)}}}={tex(float(weights[2]), 3)}", r"c&=p_1e_1+p_2e_2+p_3e_3",
               rf"&=({tex(float(taken[0]), 3)},\;{tex(float(taken[1]), 3)})"))
        st.caption("Three tokens were read, so there are three states e. The state that writes is the query q; what it takes "
                   "in is c, beside its own numbers. What makes weights of the scores is called *softmax*: exp(s), which "
                   "is 2.718 to the power of s, as a share of the sum of all. The second and third look have queries of their "
                   "own.")


@st.fragment
def views() -> None:
    """Query, key and value of three tokens."""
    left, right = st.columns([3, 2])
    with right:
        token = controls.one_of("views/asks", "Token that looks", core.TOKENS, "sky")
        asks = controls.from_list("views/query", "Queries and keys", list(core.ASKS))
        scale = float(controls.slider("views/values", "Scale of the value matrix", 0.5, 3.0, 1.0, 0.5))
    t, (W_Q, W_K) = core.TOKENS.index(token), core.ASKS[asks]
    seen = core.see((W_Q, W_K), scale)
    x, q, out = core.X[t], seen.query[t], seen.out[t]
    with left:
        figure(pictures.views(seen, t), key="attention/views", height=520,
               alt=f"“{token}” looks at the, blue and sky with the weights "
                   f"{', '.join(words(float(p), 3) for p in seen.weights[t])} and takes in {pair(out)}.")
    with right:
        table(("token", "key", "score", "weight", "value"), [
            (name, pair(seen.key[s]), words(float(seen.scores[t, s]), 3),
             words(float(seen.weights[t, s]), 3), pair(seen.value[s])) for s, name in enumerate(core.TOKENS)])
        tiles({"x": pair(x), "query": pair(q), "taken in": pair(out)})
        lined((r"q&=x\,W_Q", rf"&={_times(x, W_Q, q)}", r"k_{\text{blue}}&=x_{\text{blue}}\,W_K",
               rf"&={_times(core.X[1], W_K, seen.key[1])}", r"s_{\text{blue}}&=\frac{q\cdot k_{\text{blue}}}{\sqrt2}",
               rf"&=\frac{{{tex(q[0])}\cdot{factor(seen.key[1, 0])}{signed(q[1])}\cdot{factor(seen.key[1, 1])}}}{{\sqrt2}}"
               rf"={tex(float(seen.scores[t, 1]), 3)}",
               rf"c&=\textstyle\sum_sp_s\,v_s=({tex(float(out[0]), 3)},\;{tex(float(out[1]), 3)})"))
        st.caption("Each token is two numbers: how much it describes, how much it names a thing. The *query* is what it asks "
                   "for, the *key* what it is found by, the *value* what it hands over: three matrices, one x. Give queries "
                   "and keys *one matrix for both*: whom does “sky” find then? Here W_V only scales; a network learns all "
                   "three. Why √2 divides a score comes next. " + told(
                       "The value stands nowhere in a score; so it changes what is taken in, never who is looked at. With one "
                       "matrix for both, whoever asks for descriptions is also found as one: “sky” finds itself, and every "
                       "score is the same both ways. So keys have a matrix of their own.", ""))


def _times(x: np.ndarray, W: np.ndarray, result: np.ndarray) -> str:
    """A vector times a matrix, and what comes of it."""
    matrix = r"\\".join("&".join(tex(float(w)) for w in row) for row in W)
    return rf"({tex(x[0])},{tex(x[1])})\begin{{pmatrix}}{matrix}\end{{pmatrix}}=({tex(result[0])},{tex(result[1])})"
