"""Ideas of the lesson "Neuron" on learning: the sign of the slope, a line, two classes, and the shape of the loss."""

from typing import Any

import numpy as np
import streamlit as st

from ann_core.lessons import neuron as core
from ui.figure import Drag, Film, Frame, Place, figure
from ui.lesson import Ask
from ui.lessons import neuron_pictures as draw
from ui.lessons.neuron import SPLIT, controls
from ui.lessons.numbers import ask, factor, tex, tiles, words

LOSSES = {"squared_error": "squared error", "binary_cross_entropy": "log loss"}
FLAT = 0.1
"""A slope smaller than this is called 0 in words."""


def slope_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        w = controls.slider("slope/w", "w", -1.0, 2.5, 1.8, 0.05)
        eta = controls.slider("slope/eta", "Learning rate η", 0.01, 0.25, 0.1, 0.01)
        slope, cost = core.slope(w, 1.0), core.cost(w, 1.0)
        after = w - eta * slope
        st.latex(r"w\leftarrow w-\eta\,\frac{\partial L}{\partial w}="
                 rf"{tex(w)}-{tex(eta)}\cdot {factor(slope)}={tex(after)}")
        told = "about 0: stay" if abs(slope) < FLAT else "positive: make w smaller" if slope > 0 else "negative: make w larger"
        tiles({"loss L": words(cost), "slope ∂L/∂w": words(slope)})
        st.markdown(f"The slope here is **{told}**.")
    W = np.linspace(-1.2, 2.7, 157)
    fig = draw.blank((-1.2, 2.7), (-2.5, 14), "w (b stays 1)", "loss L over the eight examples")
    draw.line(fig, "loss", W, [core.cost(v, 1.0) for v in W])
    draw.line(fig, "slope", (w - 0.6, w + 0.6), (cost - 0.6 * slope, cost + 0.6 * slope), draw.INK, "dash", 2)
    draw.line(fig, "here", (w, w), (-1.6, 14), draw.MUTED, "dot", 1.5)
    draw.dots(fig, "loss now", [w], [cost], size=15)
    draw.dots(fig, "w", [w], [-1.6], size=15, marker={"symbol": "diamond"})
    draw.dots(fig, "w after the step", [after], [-1.6], size=13,
              marker={"symbol": "diamond-open", "line": {"width": 2, "color": draw.ACCENT}})
    if abs(after - w) > 0.08:
        draw.arrow(fig, (w, -0.7), (after, -0.7))
    with left:
        figure(fig, key="neuron/slope", height=380, alt=f"The loss over w with its slope at w = {words(w)}.",
               drag={"w": Drag((-1.0, 2.5), None, 0.05, "w")}, follow=(Place("here", ("w.x", "w.x"), (-1.6, 14)),),
               on=lambda _, to: controls.put("slope/w", round(to["x"], 2)))
        st.caption("Drag the filled diamond. The open one is w after one step; the arrow points downhill.")


def slope_ask() -> Ask:
    slope = core.slope(0.2, 1.0)
    return ask(f"At w = 0.2 the slope is {words(slope, 3)}. What should happen to w?", (-1, 0, 1), -float(np.sign(slope)),
               "A negative slope means the loss falls to the right, so w grows: w − η · (negative) is larger.",
               lambda v: {-1: "make it smaller", 0: "leave it", 1: "make it larger"}[int(v)])


EPOCHS = 1000


def regression_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        epoch = int(controls.slider("fit/epoch", "Epoch (one pass over all examples)", 0, EPOCHS, 5, 1))
        eta = controls.one_of("fit/eta", "Learning rate η", (0.05, 0.1, 0.2), 0.1)
        i = int(controls.slider("fit/sample", "Sample", 1, len(core.EXAMPLES), 4, 1)) - 1
        w, b = core.descent(eta, EPOCHS)[epoch]
        best = core.least_squares()
        x, y = core.EXAMPLES[i]
        guess = core.weighted_sum([x], [w], b)
        dw, _ = core.sample_gradient(x, y, w, b)
        half = tex(0.5 * (y - guess) ** 2, 3)
        st.latex(rf"\begin{{aligned}}L&=\tfrac12(y-\hat y)^2=\tfrac12({tex(y)}-{factor(guess)})^2={half}\\"
                 rf"\tfrac{{dL}}{{dw}}&=-x\,(y-\hat y)=-{tex(x)}\cdot {factor(y - guess)}={tex(dw, 3)}\end{{aligned}}")
        tiles({"w now": f"{w:.4f}", "w, exact": f"{best[0]:.4f}"})
        tiles({"b now": f"{b:.4f}", "b, exact": f"{best[1]:.4f}"})
    fig = draw.blank((0, 4.6), (-0.3, 5.2), "x", "y")
    draw.line(fig, "exact solution", (0, 4.6), [best[1], best[0] * 4.6 + best[1]], draw.MUTED, "dash", 5)
    draw.line(fig, "neuron", (0, 4.6), [b, w * 4.6 + b])
    draw.line(fig, "error of the sample", (x, x), (y, guess), draw.INK, "dot", 2.5)
    draw.dots(fig, "examples", [x for x, _ in core.EXAMPLES], [y for _, y in core.EXAMPLES], "var(--fourth)")
    draw.dots(fig, "sample", [x], [y], draw.INK, 24,
              marker={"symbol": "circle-open", "line": {"width": 2.5, "color": draw.INK}})
    with left:
        figure(fig, key="neuron/fit", height=380,
               alt="Eight examples, the neuron's line, and the exact least-squares line dashed.")
        st.caption("Dashed: the exact solution. Cost: the **mean** of L over the eight examples, "
                   f"{words(core.cost(w, b))}; the exact line has {words(core.cost(*best))}. Learning moves the parameters w "
                   f"and b, so it uses ∂L/∂w and ∂L/∂b. The slope with respect to the input, ∂L/∂x = −w (y − ŷ) = "
                   f"{words(-w * (y - guess))}, is a different thing.")


def regression_ask() -> Ask:
    dw, _ = core.sample_gradient(2, 3, 0, 1)
    return ask("x = 2, y = 3, and the neuron says ŷ = 1. What is dL/dw?", (-4, -2, 4), dw,
               "−x (y − ŷ) = −2 · (3 − 1) = −4: negative, so w grows and the next prediction is higher.")


def classes_show() -> None:
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
        st.latex(rf"\begin{{aligned}}\frac{{dL}}{{dz}}&=\underbrace{{{first}}}_{{{tex(dp, 3)}}}\cdot"
                 rf"\underbrace{{p\,(1-p)}}_{{\sigma'={tex(s, 3)}}}\\&=p-y={tex(dz, 3)}\end{{aligned}}")
        st.latex(rf"\tfrac{{dL}}{{dw}}=-x\,(y-p)=-{factor(x)}\,({y}-{tex(p, 3)})={tex(x * dz, 3)}")
        tiles({"z": words(z), "p = σ(z)": words(p)})
        tiles({"dL/dz, log loss": words(dz, 3), "dL/dz, squared error": words(float(squared.dz[0]), 3)})
    Z = np.linspace(-8, 8, 241)
    log, square = core.factors(Z, y), core.factors(Z, y, "squared_error")
    fig = draw.blank((-8, 8), (-8.2, 1.2) if y else (-1.2, 8.2), "z = w x + b", "factor")
    draw.line(fig, "dL/dp of log loss", Z, log.by_loss, "var(--first)", "dash", 2)
    draw.line(fig, "σ′ = p (1 − p)", Z, log.by_slope, "var(--second)", "dot", 2.5)
    draw.line(fig, "their product p − y", Z, log.dz, width=3.5)
    draw.line(fig, "with squared error: (p − y) σ′", Z, square.dz, draw.MUTED, "dashdot", 2)
    fig.add_shape(type="line", x0=z, x1=z, y0=-8.2, y1=8.2, line={"color": draw.MUTED, "dash": "dot", "width": 1})
    draw.dots(fig, "dL/dz", [z], [dz], size=15)
    draw.legend_above(fig)
    with left:
        figure(fig, key="neuron/classes", height=400, cursor="x",
               alt="Over z: the derivative of log loss, the slope of the sigmoid, and their product p − y.")
        st.caption("Where the sigmoid is flat, σ′ is nearly 0, but there dL/dp is just as much larger when the answer is "
                   "wrong: the two cancel. With squared error nothing cancels, and a confident mistake gets almost no "
                   "gradient.")


def classes_ask() -> Ask:
    dz = float(core.factors(np.array([6.0]), 0).dz[0])
    return ask("A confident mistake: z = 6, so p ≈ 0.998, but y = 0. How large is dL/dz under log loss?", (0, 0.25, 1), dz,
               f"dL/dz = p − y = {words(dz, 3)}. With squared error it would be "
               f"{words(float(core.factors(np.array([6.0]), 0, 'squared_error').dz[0]), 2)}.", lambda v: f"about {v:g}")


STEPS = 200


def convex_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    W = np.linspace(-4, 7, 221)
    curves = {loss: core.shelf_cost(W, loss) for loss in LOSSES}
    with right:
        start = controls.slider("convex/start", "w at the start", -3.5, 6.5, 3.0)
        paths = {loss: core.roll(start, loss, steps=STEPS) for loss in LOSSES}
        at = {loss: core.shelf_cost(np.array([start, paths[loss][-1]]), loss) for loss in LOSSES}
        each = {"squared_error": r"\tfrac12(p_i-y_i)^2", "binary_cross_entropy": "L_i"}
        st.latex(r"\begin{aligned}" + r"\\".join(
            rf"L_{{\text{{{LOSSES[loss]}}}}}({tex(start)})&=\tfrac16\sum_i {each[loss]}={tex(at[loss][0])}" for loss in LOSSES)
            + r"\end{aligned}")
        for loss, name in LOSSES.items():
            bent = core.bends_downwards(curves[loss])
            told = "bends downwards in places: **not convex**" if bent else "nowhere bends downwards: **convex**"
            st.markdown(f"**{name[0].upper()}{name[1:]}** {told}.")
            tiles({f"{name}: after {STEPS} steps w =": words(paths[loss][-1], 3),
                   f"{name}: lowest at w ≈": words(core.shelf_lowest(loss))})
    fig = draw.blank(x_title="w")
    fig.set_subplots(1, 2, horizontal_spacing=0.13)
    fig.update_xaxes(range=(-4, 7), fixedrange=True, title="w")
    fig.update_yaxes(fixedrange=True)
    titles = {"squared_error": "mean of ½(p − y)²", "binary_cross_entropy": "mean log loss"}
    tops = {"squared_error": 0.33, "binary_cross_entropy": 11.0}
    for i, (loss, name) in enumerate(LOSSES.items(), 1):
        axes: dict[str, Any] = {"xaxis": f"x{i}", "yaxis": f"y{i}"}
        fig.update_yaxes(range=(-0.07 * tops[loss], tops[loss]), title=titles[loss], col=i)
        draw.line(fig, name, W, curves[loss], draw.INK if i == 1 else draw.ACCENT, **axes)
        draw.dots(fig, f"point, {name}", [start], [at[loss][0]], "var(--positive)", 15, **axes)
    draw.dots(fig, "start", [start], [-0.04 * tops["squared_error"]], size=15, marker={"symbol": "diamond"})
    shown = sorted({0, *range(1, 20), *range(20, 60, 4), *range(60, STEPS + 1, 10)})
    places = {loss: core.shelf_cost(path, loss) for loss, path in paths.items()}
    frames = [Frame({f"point, {LOSSES[loss]}": {"x": [float(path[k])], "y": [float(places[loss][k])]}
                     for loss, path in paths.items()},
                    caption=f"After {k} steps: " + ", ".join(f"{LOSSES[loss]} at w = {words(path[k], 3)}"
                                                            for loss, path in paths.items()) + ".") for k in shown]
    with left:
        figure(fig, key="neuron/convex", height=370, film=Film(frames, rate=12, noun="Moment"),
               alt="The mean of ½(p − y)² and the mean log loss over one weight, with a point that rolls down each.",
               drag={"start": Drag((-3.5, 6.5), None, 0.1, "w at the start")},
               on=lambda _, to: controls.put("convex/start", round(to["x"], 1)))
        st.caption("One weight, one sigmoid, six examples. Drag the diamond or the slider, then press play: both points roll "
                   "by gradient descent with η = 0.5.")


def convex_ask() -> Ask:
    end = core.roll(6.0, "squared_error", steps=STEPS)[-1]
    arrives = abs(end - core.shelf_lowest("squared_error")) < 0.2
    return ask(f"Squared error, w = 6 at the start. Is it at the lowest point after {STEPS} steps?", (0, 1), float(arrives),
               f"It stands at w = {words(end, 3)}: on the flat shelf the slope is almost 0, so the steps are too.",
               lambda v: "yes" if v else "no")
