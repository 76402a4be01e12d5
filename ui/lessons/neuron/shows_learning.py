"""Ideas on learning: the sign of the slope, a line, two classes, and the shape of the loss."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import neuron as core
from ui.figure import Drag, FollowingPoints, figure
from ui.lessons.neuron import SPLIT, controls
from ui.lessons.neuron import pictures_learning as pictures
from ui.lessons.neuron.pictures_learning import HANDLE, LOSSES
from ui.lessons.parts import tiles
from ui.question import answered, playing, told

FLAT = 0.1
"""A slope smaller than this is called 0 in words."""
EPOCHS = 1000
STEPS = 200


def slope() -> None:
    """The loss over one weight, and which way is down."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        w = controls.slider("slope/w", "w", -1.0, 2.5, 1.8, 0.05)
        eta = controls.slider("slope/eta", "Learning rate η", 0.01, 0.25, 0.1, 0.01)
        slope, cost = core.slope(w, 1.0), core.cost(w, 1.0)
        after = w - eta * slope
        st.latex(told(r"w\leftarrow w-\eta\,\frac{\partial L}{\partial w}="
                      rf"{tex(w)}-{tex(eta)}\cdot {factor(slope)}={tex(after)}",
                      rf"\frac{{\partial L}}{{\partial w}}={tex(slope)}"))
        sign, move = (("about 0", "stay") if abs(slope) < FLAT else ("positive", "make w smaller") if slope > 0 else
                      ("negative", "make w larger"))
        tiles({"loss L": words(cost), "slope ∂L/∂w": words(slope)})
        st.markdown(f"The slope here is **{sign}{told(f': {move}', '')}**.")
    with left:
        figure(pictures.slope(w, cost, slope, after if answered() else w), key="neuron/slope", height=380,
               alt=f"The loss over w with its slope at w = {words(w)}.", drag={"w": Drag((-1.0, 2.5), None, 0.05, "w")},
               follow=(FollowingPoints("here", ("w.x", "w.x"), (HANDLE, 14)),),
               on=lambda _, to: controls.put("slope/w", round(to["x"], 2)))
        st.caption("Drag the filled diamond. The dashed line is the slope there. "
                   + told("The open diamond is w after one step.", "Where w should go from there is the question."))


def regression() -> None:
    """Gradient descent on a line, beside the exact one."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        epoch = int(controls.slider("fit/epoch", "Epoch (one pass over all examples)", 0, EPOCHS, 5, 1))
        eta = controls.one_of("fit/eta", "Learning rate η", (0.05, 0.1, 0.2), 0.1)
        i = int(controls.slider("fit/sample", "Day", 1, len(core.EXAMPLES), 4, 1)) - 1
        w, b = core.descent(eta, EPOCHS)[epoch]
        best = core.least_squares()
        x, y = core.EXAMPLES[i]
        guess = core.weighted_sum([x], [w], b)
        dw, _ = core.sample_gradient(x, y, w, b)
        half = tex(0.5 * (y - guess) ** 2, 3)
        st.latex(rf"\begin{{aligned}}L&=\tfrac12(y-\hat y)^2=\tfrac12({tex(y)}-{factor(guess)})^2={half}\\"
                 rf"\tfrac{{\partial L}}{{\partial w}}&=-x\,(y-\hat y)=-{tex(x)}\cdot {factor(y - guess)}"
                 rf"={tex(dw, 3)}\end{{aligned}}")
        tiles({"w now": f"{w:.4f}", "w, exact": f"{best[0]:.4f}"})
        tiles({"b now": f"{b:.4f}", "b, exact": f"{best[1]:.4f}"})
    with left:
        figure(pictures.regression(w, b, (x, y)), key="neuron/fit", height=380,
               alt="Eight examples, the neuron's line, and the exact least-squares line dashed.")
        st.caption("Dashed: the exact solution. Cost: the **mean** of L over the eight days, "
                   f"{words(core.cost(w, b))}; the exact line has {words(core.cost(*best))}. Learning moves the parameters w "
                   f"and b, so it uses ∂L/∂w and ∂L/∂b. The slope with respect to the input, ∂L/∂x = −w (y − ŷ) = "
                   f"{words(-w * (y - guess))}, is a different thing.")


def classification() -> None:
    """The two factors of the gradient of a sigmoid unit, which cancel."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        y = controls.one_of("classes/y", "Class y", (1, 0))
        x, w = controls.slider("classes/x", "x", -3.0, 3.0, 2.0), controls.slider("classes/w", "w", -3.0, 3.0, -1.0)
        b = controls.slider("classes/b", "b", -3.0, 3.0, 0.5)
        z = core.weighted_sum([x], [w], b)
        here = core.factors(np.array([z]), y)
        squared = core.factors(np.array([z]), y, "squared_error")
        p, dp, s, dz = (float(v[0]) for v in (here.p, here.by_loss, here.by_slope, here.dz))
        first = r"\frac{p-y}{p(1-p)}=" + (r"-\frac1p" if y else r"\frac1{1-p}")
        st.latex(rf"\begin{{aligned}}\frac{{\partial L}}{{\partial z}}&=\underbrace{{{first}}}_{{{tex(dp, 3)}}}\cdot"
                 rf"\underbrace{{p\,(1-p)}}_{{\sigma'={tex(s, 3)}}}\\&=p-y={tex(dz, 3)}\end{{aligned}}")
        st.latex(rf"\tfrac{{\partial L}}{{\partial w}}=-x\,(y-p)=-{factor(x)}\,({y}-{tex(p, 3)})={tex(x * dz, 3)}")
        tiles({"z": words(z), "p = σ(z)": words(p)})
        tiles({"∂L/∂z, log loss": words(dz, 3), "∂L/∂z, squared error": words(float(squared.dz[0]), 3)})
    with left:
        figure(pictures.classification(y, z, dz), key="neuron/classes", height=400,
               **controls.cursor("classes/b", z, -3.0, 3.0, lambda at: at - w * x),
               alt="Over z: the derivative of log loss, the slope of the sigmoid, and their product p − y.")
        st.caption(told("Where the sigmoid is flat, σ′ is nearly 0, but there ∂L/∂p is just as much larger when the answer is "
                        "wrong: the two cancel. With squared error nothing cancels, and a confident mistake gets almost no "
                        "gradient.", "Press in the picture to set z there: b follows."))


def convex() -> None:
    """Two losses of the same unit: one with a shelf and two valleys, one with a single valley."""
    left, right = st.columns(SPLIT, gap="large")
    W = np.linspace(-4, 7, 221)
    with right:
        start = controls.slider("convex/start", "w at the start", -3.5, 6.5, 3.0)
        paths = {loss: core.roll(start, loss, steps=STEPS) for loss in LOSSES}
        each = {"squared_error": r"\tfrac12(p_i-y_i)^2", "binary_cross_entropy": "L_i"}
        st.latex(r"\begin{aligned}" + r"\\".join(
            rf"L_{{\text{{{name}}}}}({tex(start)})&=\tfrac16\sum_i {each[loss]}="
            rf"{tex(core.shelf_cost(np.array([start]), loss)[0])}" for loss, name in LOSSES.items()) + r"\end{aligned}")
        for loss, name in LOSSES.items():
            bent = core.bends_downwards(core.shelf_cost(W, loss))
            kind = "bends downwards in places: **not convex**" if bent else "nowhere bends downwards: **convex**"
            st.markdown(f"**{name[0].upper()}{name[1:]}** {told(kind, 'bends downwards in places, or nowhere?')}")
            tiles({f"{name}: after {STEPS} steps w =": told(words(paths[loss][-1], 3)),
                   f"{name}: lowest at w ≈": words(core.shelf_lowest(loss))})
    with left:
        figure(pictures.convex(start), key="neuron/convex", height=370, animation=replace(pictures.rolling(paths),
                                                                                          autoplay=playing()),
               alt="The mean of ½(p − y)² and the mean log loss over one weight, with a point that rolls down each.",
               drag={"start": Drag((-3.5, 6.5), None, 0.1, "w at the start")},
               on=lambda _, to: controls.put("convex/start", round(to["x"], 1)))
        st.caption("One weight, one sigmoid, six examples. Drag the diamond or the slider, then press play: both points roll "
                   "by gradient descent with η = 0.5.")
