"""Ideas on one recurrent unit: a state that is carried on, and the same weights at every step."""

import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons.recurrence import PULSES, H, Unit
from ui.figure import figure
from ui.lessons.parts import lined, table, tiles
from ui.lessons.recurrence import THREE, WANTED, controls, pictures
from ui.question import answered, told


@st.fragment
def state() -> None:
    """A unit that gets six inputs, one after the other."""
    left, right = st.columns([3, 2])
    with right:
        pulse = controls.one_of("state/inputs", "Inputs", list(PULSES), "two pulses")
        w = controls.slider("state/w", "Weight w of the input", -2.0, 2.0, 1.0, 0.1)
        u = controls.slider("state/u", "Weight u of the state", -2.0, 2.0, 0.8, 0.1)
        at = int(controls.slider("state/at", "Step t", 1, 6, 4, 1))
    unit = Unit(w, u, 0.0, PULSES[pulse])
    x, before, now = unit.x[at - 1], float(unit.before[at - 1]), float(unit.states[at - 1])
    with left:
        figure(pictures.state(unit, at, True), key="recurrence/state", height=420,
               **controls.cursor("state/at", at, 1, 6, lambda place: round(place)),
               alt=f"Inputs {', '.join(words(v) for v in unit.x)}; "
                   f"states {', '.join(words(float(h), 3) for h in unit.states)}.")
    with right:
        tiles({"state before": words(before, 4), "state now": words(now, 4)})
        lined((r"h_t&=\tanh(w\,x_t+u\,h_{t-1}+b)",
               rf"h_{at}&=\tanh({tex(w)}\cdot{factor(x)}{signed(u)}\cdot{factor(before)}+0)", rf"&={tex(now)}"))
        st.caption("The state begins at 0. At each step the unit gets the next input **and its own state of the step before**; "
                   "the bias b is 0 here.")


@st.fragment
def unrolled() -> None:
    """Three steps on the screen, and the derivative of a weight that all of them used."""
    left, right = st.columns([3, 2])
    with right:
        name = controls.one_of("unrolled/of", "Derivative of", ("u", "w", "b"), "u")
        w = controls.slider("unrolled/w", "Weight w", -2.0, 2.0, 1.0, 0.1)
        u = controls.slider("unrolled/u", "Weight u", -2.0, 2.0, 1.5, 0.1)
    unit, which = Unit(w, u, 0.0, THREE), ("w", "u", "b").index(name)
    parts, (grad, dH, dZ) = unit.parts(WANTED)[which], unit.gradient(WANTED)
    found = float(grad[which])
    with left:
        figure(pictures.unrolled(unit, parts, name, answered()), key="recurrence/unrolled", height=440,
               alt=f"The unit three times in a row with states {', '.join(words(float(h), 3) for h in unit.states)}; the parts "
                   f"of the steps in the derivative of {name}: {', '.join(words(float(v), 3) for v in parts)}.")
    with right:
        table(("step t", "∂L/∂h", "δ = ∂L/∂z", f"part of ∂L/∂{name}"),
              [(str(t + 1), words(float(dH[t]), 4), words(float(dZ[t]), 4), words(float(parts[t]), 4)) for t in range(3)])
        tiles({"by the engine": told(words(found)), "finite difference": told(words(float(unit.difference(WANTED)[which])))})
        times = {"u": r"\,h_{t-1}", "w": r"\,x_t", "b": ""}[name]
        lined((rf"L&=\tfrac12(h_3-{tex(WANTED)})^2={tex(unit.loss(WANTED))}", r"\delta_3&=(h_3-y)(1-h_3^2)",
               r"\delta_t&=u\,\delta_{t+1}\,(1-h_t^2)", rf"\text{{part}}_t&=\delta_t{times}",
               *((rf"\frac{{\partial L}}{{\partial {name}}}&=\sum_t\delta_t{times}",
                  rf"&={'+'.join(factor(float(v), 3) for v in parts)}={tex(found)}") if answered() else ())))
        st.caption(f"One unit, three steps, wanted at the end: {words(WANTED)}. The finite difference moves {name} by "
                   f"±{words(H)} in all three places at once.")
