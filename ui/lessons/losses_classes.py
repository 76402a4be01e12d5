"""Losses for classes: the confident mistake, several classes, the hinge."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from ann_core.lessons import losses as core
from ui.figure import figure
from ui.lessons import losses_parts as parts
from ui.lessons.losses_parts import controls
from ui.lessons.numbers import factor, lined, tex, words

PAIR = ("binary_cross_entropy", "squared_error")
NAMES = ("A", "B", "C")
X6, SIGNS = np.array([-2.8, -1.5, -0.5, 0.8, 1.0, 2.5]), np.array([-1.0, -1.0, 1.0, -1.0, 1.0, 1.0])


@st.fragment
def confident() -> None:
    """One sample, its sum z, and what two losses and their gradients say."""
    left, right = st.columns([3, 2])
    with right:
        y = controls.one_of("confident/y", "Right class y", (1, 0), 1)
        z = controls.slider("confident/z", "Sum z", -8.0, 8.0, -6.0, 0.1)
    x = np.linspace(-8, 8, 161)
    here = {name: [float(part[0]) for part in core.over_sums(name, np.array([z]), np.array([y]))] for name in PAIR}
    with left:
        fig = make_subplots(2, 1, shared_xaxes=True, vertical_spacing=0.08)
        for name in PAIR:
            for row, values in enumerate(core.over_sums(name, x, np.full_like(x, y)), 1):
                label, color = parts.CURVE_NAMES[name] + (" gradient" if row == 2 else ""), parts.COLORS[name]
                fig.add_trace(parts.curve(x, values, label, color, parts.DASHES[name], showlegend=row == 1), row, 1)
                fig.add_trace(parts.dots([z], [here[name][row - 1]], f"{label} here", color, size=10, showlegend=False,
                                         hoverinfo="skip"), row, 1)
        parts.framed(fig, "", "loss", (-8, 8), (-0.4, 8.4), row=1, col=1)
        parts.framed(fig, "sum z", "gradient ∂L/∂z", (-8, 8), (-1.1, 0.1) if y else (-0.1, 1.1), row=2, col=1)
        figure(parts.legend(fig), key="losses/confident", height=440, cursor="x",
               alt=f"At z = {words(z)} the gradient of cross-entropy is {words(here[PAIR[0]][1])}, that of the squared error "
                   f"{words(here[PAIR[1]][1])}.")
    p = float(1 / (1 + np.exp(-z)))
    slope = p * (1 - p)
    with right:
        steps = {name: core.steps_until_right(name, z, y) for name in PAIR}
        parts.table(("", *(parts.CURVE_NAMES[name] for name in PAIR)), [
            ("loss", *(words(here[name][0]) for name in PAIR)),
            ("gradient", *(words(here[name][1]) for name in PAIR)),
            ("steps to the right side", *(f"{n:,}" if (n := steps[name]) is not None else "over 5,000" for name in PAIR))])
        st.caption(f"z is the weighted sum of the output unit; from it the network gives class 1 the probability p = "
                   f"{words(p)}. Steps: z moves against its gradient at a rate of 1 until class {y} is the more probable one.")
        lined((rf"p&=\sigma(z)=\frac{{1}}{{1+e^{{-z}}}}={tex(p)}",
                     rf"L_\text{{cross}}&=-y\ln p-(1-y)\ln(1-p)={tex(here[PAIR[0]][0])}",
                     rf"L_\text{{squared}}&=\tfrac12(y-p)^2={tex(here[PAIR[1]][0])}",
                     r"\frac{\partial L_\text{cross}}{\partial z}&=-(y-p)",
                     rf"&=-({y}-{tex(p)})={tex(here[PAIR[0]][1])}",
                     r"\frac{\partial L_\text{squared}}{\partial z}&=-(y-p)\,p(1-p)",
                     rf"&={factor(here[PAIR[0]][1])}\cdot{tex(slope)}={tex(here[PAIR[1]][1])}"))


@st.fragment
def several() -> None:
    """Three sums, three probabilities; only that of the right class makes the loss."""
    left, right = st.columns([3, 2])
    with right:
        z = np.array([controls.slider(f"several/z{i}", f"Sum of unit {name}", -5.0, 5.0, usual, 0.1)
                      for i, (name, usual) in enumerate(zip(NAMES, (2.0, 1.0, -1.0), strict=True))])
        k = NAMES.index(controls.one_of("several/right", "The right class", NAMES, "B"))
    told = core.several(z, k)
    p = np.linspace(0.005, 1, 200)
    with left:
        fig = make_subplots(1, 2, column_widths=[0.45, 0.55], horizontal_spacing=0.14)
        fig.add_trace(go.Bar(x=NAMES, y=told.p, name="probability", text=[words(v, 3) for v in told.p], textposition="outside",
                             marker_color=["var(--accent)" if i == k else "var(--muted)" for i in range(3)]), 1, 1)
        fig.add_trace(parts.curve(p, -np.log(p), "−ln p", "var(--accent)"), 1, 2)
        fig.add_trace(parts.dots([told.p[k]], [told.loss], "here", "var(--accent)", size=13), 1, 2)
        parts.framed(fig, f"class ({NAMES[k]} is right)", "probability p", None, (0, 1.12), row=1, col=1)
        parts.framed(fig, f"p of {NAMES[k]}", "loss", (0, 1.03), (-0.2, 5.5), row=1, col=2)
        figure(fig, key="losses/several", alt=f"Probabilities {', '.join(words(v, 3) for v in told.p)}; the right class "
                                              f"{NAMES[k]} costs {words(told.loss)}.")
    with right:
        parts.table(("class", "z", "p", "y", "gradient p − y"),
                    [(name, words(z[i]), words(told.p[i]), str(int(i == k)), words(told.gradient[i]))
                     for i, name in enumerate(NAMES)])
    lined((rf"p_{{{NAMES[k]}}}&=\frac{{e^{{{tex(z[k])}}}}}{{{'+'.join(f'e^{{{tex(v)}}}' for v in z)}}}={tex(told.p[k])}",
                 rf"L&=-\sum_k y_k\ln p_k=-\ln p_{{{NAMES[k]}}}=-\ln {tex(told.p[k])}={tex(told.loss)}"))


@st.fragment
def hinge() -> None:
    """Six samples on the hinge: who has to pay."""
    left, right = st.columns([3, 2])
    with right:
        w = controls.slider("hinge/w", "Weight w", -3.0, 3.0, 1.0, 0.1)
        b = controls.slider("hinge/b", "Bias b", -3.0, 3.0, 0.0, 0.1)
        i = int(controls.one_of("hinge/sample", "Sample in the formula", (1, 2, 3, 4, 5, 6), 3)) - 1
    z = w * X6 + b
    margins = SIGNS * z
    loss, slope = core.over_sums("hinge", z, (SIGNS + 1) / 2)
    other, _ = core.over_sums("binary_cross_entropy", z, (SIGNS + 1) / 2)
    reach = max(4.0, float(np.abs(margins).max()) + 0.5)
    x = np.linspace(-reach, reach, 201)
    with left:
        fig = go.Figure([parts.curve(x, core.over_sums("hinge", x, np.ones_like(x))[0], "hinge", parts.COLORS["hinge"]),
                         parts.curve(x, core.over_sums("binary_cross_entropy", x, np.ones_like(x))[0], "cross-entropy",
                                     parts.COLORS["binary_cross_entropy"], "dash")])
        for sign, name, color, symbol in ((-1, "class −1", "var(--negative)", "circle"),
                                          (1, "class +1", "var(--positive)", "square")):
            own = SIGNS == sign
            fig.add_trace(parts.dots(margins[own], loss[own], name, color, symbol,
                                     text=[str(n + 1) for n in np.flatnonzero(own)],
                                     hovertemplate="sample %{text}: y·z = %{x:.2f}, loss %{y:.2f}<extra></extra>"))
        fig.add_vline(1, line={"dash": "dash", "color": "var(--muted)"})
        parts.framed(fig, "y · z: negative on the wrong side, 1 is the margin", "loss", (-reach, reach), (-0.3, reach + 1.3))
        figure(parts.legend(fig), key="losses/hinge", alt=f"Six samples on the hinge; {int((loss > 0).sum())} of them pay.")
    with right:
        parts.table(("sample", "y", "z", "y·z", "loss", "slope"),
                    [(str(n + 1), words(s), *(words(v, 3) for v in (z[n], margins[n], loss[n], slope[n])))
                     for n, s in enumerate(SIGNS)])
    st.latex(rf"L_{{{i + 1}}}=\max(0,1-y\,z)=\max\bigl(0,1-{factor(SIGNS[i])}\cdot{factor(z[i])}\bigr)={tex(loss[i])}")
    st.markdown(f"**{int((loss > 0).sum())} of 6** samples pay; the mean over all six is **{words(loss.mean())}**. The others "
                f"have slope 0 and pull no longer. Cross-entropy is never quite 0 (here at least {words(other.min(), 3)}): "
                "under it every "
                "sample goes on pulling a little.")
