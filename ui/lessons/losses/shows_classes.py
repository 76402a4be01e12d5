"""Ideas on losses for classes: the confident mistake, several classes, the hinge."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import losses as core
from ui.figure import figure
from ui.lessons.losses import CLASSES, SIGNS, X6, controls, pictures
from ui.lessons.losses.pictures import NAMES
from ui.lessons.parts import lined, table
from ui.question import told

BOTH = ("binary_cross_entropy", "squared_error")


@st.fragment
def confident() -> None:
    """One example, its sum z, and what two losses and their gradients say."""
    left, right = st.columns([3, 2])
    with right:
        y = controls.one_of("confident/y", "Right class y", (1, 0), 1)
        z = controls.slider("confident/z", "Sum z", -8.0, 8.0, -6.0, 0.1)

    def values(name: str, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return core.over_sums(name, where, np.full_like(where, y))

    (cross, by_cross), (squared, by_squared) = ([float(part[0]) for part in values(name, np.array([z]))] for name in BOTH)
    with left:
        figure(pictures.confident(BOTH, values, z, y), key="losses/confident", height=440,
               **controls.cursor("confident/z", z, -8.0, 8.0),
               alt=f"At z = {words(z)} the gradient of cross-entropy is {words(by_cross)}, that of the squared error "
                   f"{words(by_squared)}.")
    p = float(1 / (1 + np.exp(-z)))
    with right:
        steps = [core.steps_until_right(name, z, y) for name in BOTH]
        table(("", *(NAMES[name] for name in BOTH)), [
            ("loss", words(cross), words(squared)), ("gradient", words(by_cross), words(by_squared)),
            ("steps to the right side", *("over 5,000" if n is None else f"{n:,}" for n in steps))])
        st.caption(f"z is the weighted sum of the output unit; from it the network gives class 1 the probability p = "
                   f"{words(p)}. Steps: z moves against its gradient at a rate of 1 until class {y} is the more probable one.")
    with left:
        lined((rf"p&=\sigma(z)=\frac{{1}}{{1+e^{{-z}}}}={tex(p)}",
               rf"L_\text{{cross}}&=-y\ln p-(1-y)\ln(1-p)={tex(cross)}",
               rf"L_\text{{squared}}&=\tfrac12(y-p)^2={tex(squared)}",
               r"\frac{\partial L_\text{cross}}{\partial z}&=-(y-p)",
               rf"&=-({y}-{tex(p)})={tex(by_cross)}",
               r"\frac{\partial L_\text{squared}}{\partial z}&=-(y-p)\,p(1-p)",
               rf"&={factor(by_cross)}\cdot{tex(p * (1 - p))}={tex(by_squared)}"))


@st.fragment
def several() -> None:
    """Three sums, three probabilities; only that of the right class makes the loss."""
    left, right = st.columns([3, 2])
    with right:
        z = np.array([controls.slider(f"several/z{i}", f"Sum of unit {name}", -5.0, 5.0, usual, 0.1)
                      for i, (name, usual) in enumerate(zip(CLASSES, (2.0, 1.0, -1.0), strict=True))])
        k = CLASSES.index(controls.one_of("several/right", "The right class", CLASSES, "B"))
    told = core.several(z, k)
    with left:
        figure(pictures.several(told, k), key="losses/several",
               alt=f"Probabilities {', '.join(words(v, 3) for v in told.p)}; the right class {CLASSES[k]} costs "
                   f"{words(told.loss)}.")
    with right:
        table(("class", "z", "p", "y", "gradient p − y"),
              [(name, words(z[i]), words(told.p[i]), str(int(i == k)), words(told.gradient[i]))
               for i, name in enumerate(CLASSES)])
    powers = "+".join(f"e^{{{tex(v)}}}" for v in z)
    lined((rf"p_{{{CLASSES[k]}}}&=\frac{{e^{{{tex(z[k])}}}}}{{{powers}}}={tex(told.p[k])}",
           rf"L&=-\sum_k y_k\ln p_k=-\ln p_{{{CLASSES[k]}}}", rf"&=-\ln {tex(told.p[k])}={tex(told.loss)}"))


@st.fragment
def hinge() -> None:
    """Six examples on the hinge: who has to pay."""
    left, right = st.columns([3, 2])
    with right:
        w = controls.slider("hinge/w", "Weight w", -2.0, 2.0, 1.0, 0.1)
        b = controls.slider("hinge/b", "Bias b", -2.0, 2.0, 0.0, 0.1)
        i = int(controls.one_of("hinge/sample", "Example in the formula", (1, 2, 3, 4, 5, 6), 3)) - 1
    z = w * X6 + b
    margins = SIGNS * z
    loss, slope = core.over_sums("hinge", z, (SIGNS + 1) / 2)
    other, _ = core.over_sums("binary_cross_entropy", z, (SIGNS + 1) / 2)
    pay = int((loss > 0).sum())
    with left:
        figure(pictures.hinge(margins, loss), key="losses/hinge", 
               alt=f"Six examples on the hinge; {pay} of them have a loss above 0.")
    with right:
        table(("example", "y", "z", "y·z", "loss", "slope"),
              [(str(n + 1), words(s), *(words(v, 3) for v in (z[n], margins[n], loss[n], slope[n])))
               for n, s in enumerate(SIGNS)])
    lined((rf"L_{{{i + 1}}}&=\max(0,1-y\,z)",
           rf"&=\max\bigl(0,1-{factor(SIGNS[i])}\cdot{factor(z[i])}\bigr)={tex(loss[i])}"))
    st.markdown(f"**{pay} of 6** examples have a loss above 0; the mean over all six is **{words(loss.mean())}**." + told(
        f" The others have slope 0 and pull no longer. Cross-entropy is never quite 0 (here at least {words(other.min(), 3)}): "
        "under it every example goes on pulling a little.", ""))
