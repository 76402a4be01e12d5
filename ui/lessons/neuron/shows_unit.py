"""Ideas on one unit: its sum, its boundary, its activation, what one line can decide and how a perceptron finds it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import neuron as core
from ann_core.lessons.neuron_kinds import EXAMPLES, FIELDS
from ann_core.lessons.neuron_worksheet import neuron_sheet
from ann_core.nn.activations import ACTIVATIONS
from ui.figure import Drag, FollowingLine, FollowingPoints, figure
from ui.lessons.neuron import SPLIT, controls, needed
from ui.lessons.neuron import pictures_unit as pictures
from ui.lessons.neuron.pictures_unit import HANDLE, REACH
from ui.lessons.parts import tiles
from ui.lessons.sheets import sheets
from ui.question import answered, told

OUTPUTS = {"sigmoid": r"\sigma", "tanh": r"\tanh", "step": r"\operatorname{step}", "relu": r"\operatorname{ReLU}"}
BOUNDS = -100.0, 100.0
SUMS = {"5 × 0.8": ((5.0,), (0.8,), 0.0), "1 × 3 + 2": ((1.0,), (3.0,), 2.0), "two inputs": ((1.0, 2.0), (0.5, -0.3), 0.4)}
MOST = 60
"""Examples that the perceptron is shown at most."""


def what() -> None:
    """Eight days at a stall and a line through them."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        w, b = (controls.slider("what/w", "w, what each hour adds", -1.0, 2.0, 0.8),
                controls.slider("what/b", "b, what is sold without sun", -1.0, 3.0, 0.0))
        shown = controls.toggle("what/rule", "Show the rule f* behind the examples", False)
        st.latex(rf"\begin{{aligned}}\hat y=f(x)&=w\,x+b\\f(5)&={tex(w)}\times 5 {signed(b)}="
                 rf"{tex(core.weighted_sum([5], [w], b))}\end{{aligned}}")
        gaps = [abs(y - core.weighted_sum([x], [w], b)) for x, y in core.EXAMPLES]
        tiles({"prediction at x = 5": words(core.weighted_sum([5], [w], b)),
               "mean distance to the examples": words(float(np.mean(gaps)), 3)})
    with left:
        figure(pictures.what(w, b, shown), key="neuron/what", height=380,
               alt="Eight days, the line that predicts from the hours of sunshine how many ice creams are sold, and the gaps "
                   "between.")


def kinds() -> None:
    """Three fields, one inside the other, and something that stands in one of them."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        key = controls.from_list("kinds/example", "Where stands …", {key: one.label for key, one in EXAMPLES.items()}, "digits")
        example = EXAMPLES[key]
        st.latex(rf"\text{{asked for:}}\quad {example.wanted}")
        hidden = key == "autoencoder"
        kind = {None: "nothing", True: "supervised", False: "unsupervised"}[example.supervised]
        tiles({"stands in": FIELDS[example.innermost], "learns": told(kind) if hidden else kind})
        if example.run:
            other = "other weights" if needed(example.run) else "the same weights"
            st.caption("One step of training, and the same step with the right answers dealt out in another order, lead to "
                       f"**{told(other) if hidden else other}**.")
    with left:
        figure(pictures.kinds(key), key="neuron/kinds", height=380,
               alt=f"Three circles, one inside the other: {', '.join(FIELDS)}. The example stands in "
                   f"{FIELDS[example.innermost]}.")


def sum_() -> None:
    """A neuron whose numbers are all typed in."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        which = controls.one_of("sum/which", "Example", list(SUMS))
        usual = SUMS[which]
        x, w = [], []
        for i, (value, weight) in enumerate(zip(*usual[:2], strict=True)):
            one, other = st.columns(2)
            with one:
                x.append(controls.number(f"sum/{which}/x{i + 1}", f"x{'₁₂'[i]}", *BOUNDS, value))
            with other:
                w.append(controls.number(f"sum/{which}/w{i + 1}", f"w{'₁₂'[i]}", *BOUNDS, weight))
        b = controls.number(f"sum/{which}/b", "b", *BOUNDS, usual[2])
        z = core.weighted_sum(x, w, b)
        products = " + ".join(rf"{factor(v)}\times {factor(a)}" for a, v in zip(w, x, strict=True))
        st.latex(rf"\begin{{aligned}}z&=\sum_i x_i w_i+b\\&={products} {signed(b)}={tex(z)}\end{{aligned}}")
    with left:
        figure(pictures.sum_(x, w, b, z), key="neuron/sum", height=340,
               alt=f"A neuron with {len(x)} input{'s' * (len(x) > 1)}; its sum is {words(z)}.")
        st.caption("An edge is orange where its product is above 0, blue below; the larger the product, the thicker.")
        found = {f"x{'₁₂'[i]} × w{'₁₂'[i]}": f"{words(x[i])} × {f'({words(w[i])})' if w[i] < 0 else words(w[i])} = "
                                            f"{words(x[i] * w[i])}" for i in range(len(x))}
        tiles({**found, "b": words(b), "z": words(z)})


def bias() -> None:
    """Twelve points and a boundary to turn and to shift."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        on, most = controls.toggle("bias/on", "Use a bias", True), len(core.GROUPS)
        st.caption(told(f"With a bias, all {most} can be right; without, at most {core.groups_best_without_bias()}.",
                        f"With a bias, all {most} can be right. How many without?"))
        w, b = _weights("bias", on, (1.0, 0.9, -1.0))
        st.latex(rf"z={tex(w[0])}\,x_1 {signed(w[1])}\,x_2 {signed(b)}=0")
        away = core.distance_to_origin(w, b)
        tiles({"right": f"{core.groups_right(w, b)} of {most}",
               "z at (0, 0)": words(core.weighted_sum((0, 0), w, b)),
               "boundary to origin": "no boundary" if away is None else words(away, 3)})
        st.caption(f"If x₁ grows by 1, z changes by w₁ = {words(w[0])}; x₂ by 1, z by w₂ = {words(w[1])}.")
    with left:
        _plane("bias", core.GROUPS, w, b, on, f"Twelve points of two classes and the boundary of a neuron: w = {w}, b = {b}.")
        st.caption("Drag the diamond **w**: the boundary turns, always square to the arrow; a longer arrow brings it nearer "
                   f"to the origin. {'Drag the diamond **b** at the right: it shifts. ' * on}Circles: class 0, squares: class "
                   "1; the neuron says class 1 on the orange side.")


def threshold() -> None:
    """Three activations and where each decides."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        kind = controls.one_of("threshold/kind", "Activation", list(core.THRESHOLDS))
        z = controls.slider("threshold/z", "z", -6.0, 6.0, 1.2)
        a, least = core.answer(kind, z), core.THRESHOLDS[kind]
        says = int(a > least)
        compared = ">" if says else r"\le"
        border = told(f"{least:g}")
        st.latex(rf"a={OUTPUTS[kind]}(z)={OUTPUTS[kind]}({tex(z)})={tex(a)}\ {compared}\ {border}")
        tiles({"output a": words(a), "decides at": border, "decision": f"class {says}"})
        rows = [(name, words(core.answer(name, z)), told(f"{limit:g}"), str(int(core.answer(name, z) > limit)))
                for name, limit in core.THRESHOLDS.items()]
        st.table(pd.DataFrame(rows, columns=["activation", "output", "decides at", "class"]).set_index("activation"))
    with left:
        figure(pictures.threshold(kind, z, a, answered()), key="neuron/threshold", height=380,
               alt=f"The {kind} over z, with its threshold and the present z.",
               drag={"z": Drag((-6, 6), None, 0.1, "z")}, follow=(FollowingPoints("here", ("z.x", "z.x"), (HANDLE, 1.25)),),
               on=lambda _, to: controls.put("threshold/z", round(to["x"], 1)))


def shift() -> None:
    """An activation and how its bias moves it."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        kind = controls.one_of("shift/kind", "Activation", list(OUTPUTS), spell=lambda k: ACTIVATIONS[k].label)
        w, b = controls.slider("shift/w", "w", -3.0, 3.0, 1.0), controls.slider("shift/b", "b", -4.0, 4.0, -1.5)
        rest = core.answer(kind, b)
        st.latex(rf"\begin{{aligned}}a(x)&={OUTPUTS[kind]}(w\,x+b)\\a(0)&={OUTPUTS[kind]}({tex(w)}\cdot 0 {signed(b)})"
                 rf"={tex(rest)}\end{{aligned}}")
        middle = -b / w if w else None
        tiles({"z = 0 at x = −b/w": "nowhere" if middle is None else words(middle), "output when x = 0": words(rest),
               "without the bias": words(core.answer(kind, 0))})
    reached = middle if middle is not None and abs(middle) <= 5 else None
    with left:
        figure(pictures.shift(kind, w, b, reached), key="neuron/shift", height=380,
               alt="An activation with and without its bias, over the input x.",
               drag={} if reached is None else {"middle": Drag((-5, 5), None, 0.1, "where z = 0")},
               on=lambda _, to: controls.put("shift/b", round(min(4.0, max(-4.0, -w * to["x"])), 1) + 0.0))
        st.caption("Dashed: the same unit without its bias. Drag the diamond, the place where z = 0. ReLU: 0 below 0, else z.")


def tables() -> None:
    """A truth table as four corners, and a line to divide them."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        table = controls.one_of("tables/table", "Truth table", list(core.TABLES))
        w, b = _weights("tables", True, (1.0, 0.4, -0.5))
        Z = core.sums(core.CORNERS, w, b)
        st.latex(rf"z={tex(w[0])}\,x_1 {signed(w[1])}\,x_2 {signed(b)}")
        count, best = core.right_count(table, w, b), core.best_count(table)
        tiles({"right now": f"{count} of 4", "best that any line can do": told(f"{best} of 4")})
        rows = [(f"{x1:g}, {x2:g}", str(y), words(float(z), 3), str(int(z > 0)), "✓" if (z > 0) == y else "✗")
                for (x1, x2), y, z in zip(core.CORNERS, core.TABLES[table], Z, strict=True)]
        st.table(pd.DataFrame(rows, columns=["x₁, x₂", "wanted", "z", "says", "right"]).set_index("x₁, x₂"))
    with left:
        corners = _corners(table)
        _plane("tables", corners, w, b, True, f"The four corners of {table} and the boundary of one neuron.",
               [f"{x1:g}, {x2:g} → {y}" for x1, x2, y in corners])
        st.caption("Drag the diamonds **w** and **b** until all four corners lie on their side.")


def perceptron() -> None:
    """The learning rule, example by example."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        table = controls.one_of("rule/table", "Truth table", list(core.TABLES))
        eta = controls.one_of("rule/eta", "Learning rate η", (0.25, 0.5, 1.0), 0.5)
        place = st.container()
        first = next(i for i, visit in enumerate(core.perceptron(table, eta, MOST), 1) if visit.before[:2] != visit.after[:2])
        shown = int(controls.value("rule/shown", first))
        st.button("Next example", icon=":material/skip_next:", on_click=controls.put, args=("rule/shown", min(MOST, shown + 1)))
        with place:
            shown = int(controls.slider("rule/shown", "Examples shown", 1, MOST, first, 1))
        visits = core.perceptron(table, eta, MOST + 20)
        visit = visits[shown - 1]
        x, y = core.CORNERS[visit.sample], core.TABLES[table][visit.sample]
        moves = [rf"{name}&\leftarrow {tex(old)}+{eta:g}\cdot {factor(visit.error)}\cdot {v:g}={tex(new)}"
                 for name, old, new, v in zip(("w_1", "w_2", "b"), visit.before, visit.after, (*x, 1), strict=True)]
        st.latex(rf"\begin{{aligned}}\hat y&=\operatorname{{step}}({tex(visit.z)})={visit.guess},\quad y-\hat y={visit.error}"
                 r"\\" + r"\\".join(moves) + r"\end{aligned}")
        right_now = core.right_count(table, visit.after[:2], visit.after[2])
        tiles({"example": f"({x[0]:g}, {x[1]:g}) → {y}", "right now": f"{right_now} of 4",
               "corrections so far": str(sum(v.error != 0 for v in visits[:shown]))})
        st.markdown(_verdict(table, visits))
    with left:
        figure(pictures.perceptron(_corners(table), visit), key="neuron/rule", height=430,
               alt=f"The corners of {table}, the boundary before and after example {shown}.")
        st.caption("Ringed: the example shown. Dashed grey: the boundary and the weights before; violet: after. The thick "
                   "arrow is the correction of (w₁, w₂).")
    sheets(controls, neuron_sheet, "neuron", "a sum, four corners, one round of corrections")


def _verdict(table: str, visits: list[core.Visit]) -> str:
    done, turns = core.settled_after(visits), core.circle(visits)
    if done is not None:
        return f"{table}: nothing is corrected any more after example **{done}**."
    assert turns is not None
    return (f"{table}: round {turns[1] + 1} of four examples begins with the same weights as round {turns[0] + 1}, so it goes "
            "in a **circle** for ever.")


def _corners(table: str) -> list[tuple[float, float, int]]:
    """The four corners with the table's answers."""
    return [(x1, x2, y) for (x1, x2), y in zip(core.CORNERS, core.TABLES[table], strict=True)]


def _weights(name: str, bias: bool, usual: tuple[float, float, float]) -> tuple[tuple[float, float], float]:
    """Sliders for w₁, w₂ and b."""
    w1, w2, b = (controls.slider(f"{name}/{part}", label, -REACH, REACH, value, 0.05) if part != "b" or bias else 0.0
                 for part, label, value in zip(("w1", "w2", "b"), ("w₁", "w₂", "b"), usual, strict=True))
    return (w1, w2), b


def _plane(name: str, points: pictures.Points, w: tuple[float, float], b: float, bias: bool, alt: str,
           labels: Sequence[str] = ()) -> None:
    """The plane with its boundary; dragging weights and bias sets the controls `name`/w1, `name`/w2 and `name`/b."""
    drags = {"weights": Drag((-REACH, REACH), (-REACH, REACH), 0.05, "weights w₁ and w₂")}
    if bias:
        drags["bias"] = Drag(None, (-REACH, REACH), 0.05, "bias b")

    def moved(what: str, to: dict[str, float]) -> None:
        for control, value in zip(("w1", "w2") if what == "weights" else ("b",), to.values(), strict=True):
            controls.put(f"{name}/{control}", round(value, 2))

    follow = (FollowingLine("boundary", "weights.x", "weights.y", "bias.y" if bias else 0.0),
              FollowingPoints("weight arrow", (0, "weights.x"), (0, "weights.y")))
    figure(pictures.plane(points, w, b, bias, labels), key=f"neuron/{name}", height=430, alt=alt, drag=drags, follow=follow,
           on=moved)
