"""Ideas on losses for numbers: one answer and all of them, the unit, the curves, the outlier."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import losses as core
from ui.figure import Drag, figure
from ui.lessons.losses import MISSES, WILD, X4, X9, Y4, Y9, controls, pictures
from ui.lessons.losses.pictures import NAMES
from ui.lessons.parts import lined, table
from ui.question import answered, told

FOR_NUMBERS = ("squared_error", "absolute_error", "huber", "log_cosh")
FOR_CLASSES = ("binary_cross_entropy", "hinge", "squared_error")
DELTA = "δ: the error at which Huber goes from squared to straight."


@st.fragment
def cost() -> None:
    """Four days and a line; the loss of each, and the cost of all."""
    left, right = st.columns([3, 2])
    with right:
        w = controls.slider("cost/w", "Weight w", -0.5, 1.0, 0.4, 0.05)
        b = controls.slider("cost/b", "Bias b", 0.0, 4.0, 1.0, 0.1)
        times = controls.one_of("cost/times", "Each day is counted", {1: "once", 2: "twice", 3: "three times"})
    answers = w * X4 + b
    costs = core.cost(np.tile(answers, times), np.tile(Y4, times))
    with left:
        figure(pictures.cost(w, b), key="losses/cost", on=_turn,
               drag={"line": Drag(y=(-2.5, 9), step=0.1, label="end of the line", point=None)},
               alt=f"Four days and the line {words(w)} x + {words(b)}. The dotted lines are the four errors.")
    with right:
        table(("sun", "sold", "foretold", "error", "loss"),
              [[words(v) for v in (x, y, a, a - y, (a - y)**2 / 2)] for x, y, a in zip(X4, Y4, answers, strict=True)])
    sums = "+".join(factor(a - y) + "^2" for a, y in zip(answers, Y4, strict=True))
    if times > 1:
        sums = rf"{times}\cdot({sums})"
    with left:
        st.markdown(f"The mean squared error is **{words(costs.mse)}**. Training lowers half of it, **{words(costs.engine)}**: "
                    "the ½ cancels the 2 that comes from the square's slope, and the lowest point stays where it is.")
        st.caption("The same as formulas: ŷ is foretold, y was sold, m says how many answers there are, MSE is the mean "
                   "squared error and J the cost.")
        lined((r"\text{MSE}&=\frac1m\sum_i(\hat y_i-y_i)^2", rf"&=\frac{{{sums}}}{{{4 * times}}}={tex(costs.mse)}",
               rf"J&=\frac1m\sum_i\tfrac12(\hat y_i-y_i)^2=\tfrac12\,\text{{MSE}}={tex(costs.engine)}"))


def _turn(name: str, values: dict[str, float]) -> None:
    """One end of the line was dragged; the other one stays."""
    w, b = (controls.value(f"cost/{part}", 0.0) for part in "wb")
    ends = [b, b + 5 * w]
    ends[values["point"] == 1] = values["y"]
    controls.put("cost/b", round(ends[0], 2))
    controls.put("cost/w", round((ends[1] - ends[0]) / 5, 2))


@st.fragment
def unit() -> None:
    """The same misses in kilograms and in grams."""
    left, right = st.columns([3, 2])
    with right:
        in_grams = controls.one_of("unit/unit", "Unit", ("kg", "g"), "kg") == "g"
        size = controls.slider("unit/size", "How far off: all errors times", 0.0, 3.0, 1.0, 0.1)
    u, many = ("g", 1000.0) if in_grams else ("kg", 1.0)
    errors = MISSES * size * many
    costs = core.cost(errors, np.zeros(5))
    with left:
        figure(pictures.unit(errors, costs, u, 10 * many), key="losses/unit",
               alt=f"Sizes of five errors in {u}; RMSE {words(costs.rmse)} {u}, MAE {words(costs.mae)} {u}.")
    with right:
        table(("measure", "value", "in"), [("MSE", words(costs.mse), f"{u}²"), ("RMSE", words(costs.rmse), u),
                                             ("MAE", words(costs.mae), u)])
    lined((rf"\text{{RMSE}}&=\sqrt{{\text{{MSE}}}}=\sqrt{{{tex(costs.mse)}\ \text{{{u}}}^2}}={tex(costs.rmse)}\ \text{{{u}}}",
           rf"\text{{MAE}}&=\frac1m\sum_i|\hat y_i-y_i|={tex(costs.mae)}\ \text{{{u}}}"))


@st.fragment
def curves() -> None:
    """Every loss and its slope, over the error or over the sum z."""
    left, right = st.columns([3, 2])
    with right:
        numbers = controls.one_of("curves/of", "What is learned", ("a number", "a class"), "a number") == "a number"
        family = FOR_NUMBERS if numbers else FOR_CLASSES
        at = controls.slider("curves/at", "Error r" if numbers else "Sum z", -4.0, 4.0, 2.0, 0.1)
        delta = controls.slider("curves/delta", "Huber's δ", 0.2, 3.0, 1.0, 0.1) if numbers else 1.0
        if numbers:
            st.caption(DELTA)

    def values(name: str, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return core.over_errors(name, where, delta) if numbers else core.over_sums(name, where, np.ones_like(where))

    here = {name: [float(part[0]) for part in values(name, np.array([at]))] for name in family}
    with left:
        figure(pictures.curves(family, values, at, numbers, answered()), key="losses/curves", height=460,
               **controls.cursor("curves/at", at, -4.0, 4.0),
               alt="The losses above and their slopes below. " + "; ".join(
                   f"{NAMES[name]} {words(v)}, slope {told(words(s))}" for name, (v, s) in here.items()) + ".")
        lined(_spelt(name, at, v, delta) if numbers else _spelt_class(name, at, v) for name, (v, _) in here.items())
    with right:
        table(("loss", "value", "slope"), [(NAMES[name], words(v), told(words(s))) for name, (v, s) in here.items()])


def _spelt(name: str, at: float, value: float, delta: float) -> str:
    """A loss for numbers with the numbers in it."""
    r = factor(at)
    far = rf"\delta(|r|-\tfrac{{\delta}}{{2}})={tex(delta)}\left({tex(abs(at))}-\tfrac{{{tex(delta)}}}{{2}}\right)"
    return {"squared_error": rf"L_\text{{squared}}&=\tfrac12r^2=\tfrac12\cdot{r}^2",
            "absolute_error": rf"L_\text{{absolute}}&=|r|=|{tex(at)}|",
            "huber": r"L_\text{Huber}&=" + (rf"\tfrac12r^2=\tfrac12\cdot{r}^2" if abs(at) <= delta else far),
            "log_cosh": rf"L_\text{{log-cosh}}&=\ln\cosh r=\ln\cosh{r}"}[name] + f"={tex(value)}"


def _spelt_class(name: str, z: float, value: float) -> str:
    """A loss for an example of class 1 with the numbers in it."""
    p = tex(1 / (1 + np.exp(-z)))
    return {"binary_cross_entropy": rf"L_\text{{cross-entropy}}&=-\ln p=-\ln {p}",
            "hinge": rf"L_\text{{hinge}}&=\max(0,1-z)=\max(0,1-{factor(z)})",
            "squared_error": rf"L_\text{{squared}}&=\tfrac12(p-1)^2=\tfrac12({p}-1)^2"}[name] + f"={tex(value)}"


@st.fragment
def outlier() -> None:
    """Nine points, one of them wild: what the best answers and the measures make of it."""
    left, right = st.columns([3, 2])
    with right:
        line = controls.one_of("outlier/fit", "Answer", ("a constant", "a line"), "a line") == "a line"
        wild = controls.slider("outlier/y", "Height of the outlier", -5.0, 25.0, 15.0, 0.1)
        delta = controls.slider("outlier/delta", "Huber's δ", 0.1, 3.0, 0.5, 0.1)
        st.caption(DELTA)
    y = Y9.copy()
    y[WILD] = wild
    X = np.column_stack([X9, np.ones(9)])[:, 0 if line else 1:]
    fits = {name: (core.best_fit(X, Y9, name, delta), core.best_fit(X, y, name, delta)) for name in core.FITS}
    others = np.arange(9) != WILD
    fixed = X @ core.best_fit(X[others], Y9[others], "squared_error")
    far = wild - fixed[WILD]
    rest, now = (core.cost(fixed, values) for values in (Y9, y))
    with left:
        figure(pictures.outlier({name: X @ after for name, (_, after) in fits.items()}, wild), key="losses/outlier",
               height=400, on=lambda _, to: controls.put("outlier/y", round(to["y"], 2)),
               drag={"outlier": Drag(y=(-5, 25), step=0.1, label="outlier")},
               alt=f"Nine points, the outlier at {words(wild)}, and the best answer under each of three losses.")
        lined((rf"\text{{MSE}}&=\frac{{{tex(now.squares[others].sum(), 3)}+{factor(far)}^2}}{{9}}={tex(now.mse)}",
               rf"\text{{MAE}}&=\frac{{{tex(np.abs(fixed - y)[others].sum(), 3)}+|{tex(far)}|}}{{9}}={tex(now.mae)}"))
    with right:
        def said(c: np.ndarray) -> str:
            sign = "−" if line and c[1] < 0 else "+"
            return f"{words(c[0], 3)} x {sign} {words(abs(c[1]), 3)}" if line else words(c[0])

        st.markdown("**The best answer under each loss**")
        table(("loss", f"outlier at {words(Y9[WILD])}", f"outlier at {words(wild)}"),
              [(NAMES[name], said(before), told(said(after))) for name, (before, after) in fits.items()])
        st.markdown(f"Measured from the {'line' if line else 'constant'} of the other eight points, the outlier at "
                    f"{words(wild)} makes the MSE **{words(now.mse / rest.mse, 3)} times** what it was, the RMSE "
                    f"**{words(now.rmse / rest.rmse, 3)} times**, the MAE **{words(now.mae / rest.mae, 3)} times**.")
