"""Ideas of the lesson "Neuron" on four corners: truth tables, the perceptron's rule, and XOR in the space of hidden units."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ann_core.lessons import neuron as core
from ann_core.lessons.neuron_network import unfolding
from ui.figure import Film, Frame, figure
from ui.lesson import Ask
from ui.lessons import neuron_pictures as draw
from ui.lessons.neuron import SPLIT, controls
from ui.lessons.numbers import ask, factor, signed, tex, tiles, words


def corner_points(table: str) -> list[tuple[float, float, int]]:
    """The four corners with the table's answers."""
    return [(x1, x2, y) for (x1, x2), y in zip(core.CORNERS, core.TABLES[table], strict=True)]


def tables_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        table = controls.one_of("tables/table", "Truth table", list(core.TABLES))
        w, b = draw.plane_controls("tables", True, (1.0, 0.4, -0.5))
        Z = core.sums(core.CORNERS, w, b)
        st.latex(rf"\underbrace{{{tex(Z[0])} {signed(Z[3])}}}_{{z(0,0)+z(1,1)}}={tex(Z[0] + Z[3])}="
                 rf"\underbrace{{{tex(Z[1])} {signed(Z[2])}}}_{{z(0,1)+z(1,0)}}")
        count, best = core.right_count(table, w, b), core.best_count(table)
        tiles({"right now": f"{count} of 4", "best that any line can do": f"{best} of 4"})
        rows = [(f"{x1:g}, {x2:g}", y, words(float(z), 3), int(z > 0), "✓" if (z > 0) == y else "✗")
                for (x1, x2), y, z in zip(core.CORNERS, core.TABLES[table], Z, strict=True)]
        st.table(pd.DataFrame(rows, columns=["x₁, x₂", "wanted", "z", "says", ""]).set_index("x₁, x₂"))
    with left:
        draw.plane("tables", corner_points(table), w, b, True, f"The four corners of {table} and the boundary of one neuron.",
                   [f"{x1:g}, {x2:g} → {y}" for x1, x2, y in corner_points(table)])
        st.caption("Drag the diamonds **w** and **b** until all four corners lie on their side. The two sums in the formula "
                   "are always equal; XOR would need the first one ≤ 0 and the second one > 0.")


def tables_ask() -> Ask:
    return ask("How many of XOR's four corners can one line get right at most?", (2, 3, 4), core.best_count("XOR"),
               "Its two 1s lie on one diagonal, its two 0s on the other, and no line divides two crossing diagonals.")


MOST = 60


def perceptron_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        table = controls.one_of("rule/table", "Truth table", list(core.TABLES))
        eta = controls.one_of("rule/eta", "Learning rate η", (0.25, 0.5, 1.0), 0.5)
        place = st.container()
        shown = int(controls.value("rule/shown", 1))
        st.button("Next sample", icon=":material/skip_next:", on_click=controls.put, args=("rule/shown", min(MOST, shown + 1)))
        with place:
            shown = int(controls.slider("rule/shown", "Samples shown", 1, MOST, 1, 1))
        visits = core.perceptron(table, eta, MOST + 20)
        visit = visits[shown - 1]
        x, y = core.CORNERS[visit.sample], core.TABLES[table][visit.sample]
        moves = [rf"{name}&\leftarrow {tex(old)}+{eta:g}\cdot {factor(visit.error)}\cdot {v:g}={tex(new)}"
                 for name, old, new, v in zip(("w_1", "w_2", "b"), visit.before, visit.after, (*x, 1), strict=True)]
        st.latex(rf"\begin{{aligned}}\hat y&=\operatorname{{step}}({tex(visit.z)})={visit.guess},\quad y-\hat y={visit.error}"
                 r"\\" + r"\\".join(moves) + r"\end{aligned}")
        right_now = core.right_count(table, visit.after[:2], visit.after[2])
        tiles({"sample": f"({x[0]:g}, {x[1]:g}) → {y}", "right now": f"{right_now} of 4",
               "corrections so far": str(sum(v.error != 0 for v in visits[:shown]))})
        st.markdown(_verdict(table, visits))
    fig = _rule_picture(table, visit)
    with left:
        figure(fig, key="neuron/rule", height=430,
               alt=f"The corners of {table}, the boundary before and after sample {shown}.")
        st.caption("Ringed: the sample shown. Dashed grey: the boundary and the weights before; violet: after. The thick arrow "
                   "is the correction of (w₁, w₂).")


def _verdict(table: str, visits: list[core.Visit]) -> str:
    done, turns = core.settled_after(visits), core.circle(visits)
    if done is not None:
        return f"{table}: nothing is corrected any more after sample **{done}**."
    assert turns is not None
    return (f"{table}: round {turns[1] + 1} of four samples begins with the same weights as round {turns[0] + 1}, so it goes "
            "in a **circle** for ever.")


def _rule_picture(table: str, visit: core.Visit) -> go.Figure:
    fig = draw.square(draw.blank((-2.1, 2.1), x_title="x₁ (and w₁)", y_title="x₂ (and w₂)"), -2.1, 2.1)
    draw.line(fig, "boundary before", *draw.border(visit.before[:2], visit.before[2]), color=draw.MUTED, dash="dash")
    draw.line(fig, "boundary after", *draw.border(visit.after[:2], visit.after[2]))
    for c in (0, 1):
        chosen = [point for point in corner_points(table) if point[2] == c]
        draw.dots(fig, f"class {c}", [x for x, _, _ in chosen], [y for _, y, _ in chosen], draw.CLASS_COLORS[c], 15,
                  marker={"symbol": draw.CLASS_SYMBOLS[c]})
    x = core.CORNERS[visit.sample]
    draw.dots(fig, "sample", [x[0]], [x[1]], draw.INK, 30,
              marker={"symbol": "circle-open", "line": {"width": 2.5, "color": draw.INK}})
    draw.line(fig, "weights before", (0, visit.before[0]), (0, visit.before[1]), draw.MUTED, "dash", 1.5)
    draw.line(fig, "weights after", (0, visit.after[0]), (0, visit.after[1]), draw.ACCENT, width=1.5)
    if visit.before[:2] != visit.after[:2]:
        draw.arrow(fig, visit.before[:2], visit.after[:2])
    else:
        draw.dots(fig, "weights", [visit.after[0]], [visit.after[1]], marker={"symbol": "diamond"})
    if max(map(abs, visit.after[:2])) < draw.REACH:
        draw.note(fig, visit.after[0], visit.after[1], "w", draw.ACCENT, yshift=16)
    return fig


def perceptron_ask() -> Ask:
    x, y, guess, eta = (1, 1), 0, 1, 0.5
    return ask("Sample (1, 1) has y = 0, but the unit says 1. η = 0.5. What is added to w₁?", (0.5, 0, -0.5),
               eta * (y - guess) * x[0], "η (y − ŷ) x₁ = 0.5 · (0 − 1) · 1 = −0.5: the sum was too high, so it is lowered.")


def hidden_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        seed = controls.one_of("hidden/seed", "First weights", range(6), spell=lambda s: str(s + 1),
                               help="Another number, other random weights to begin with.")
        corner = controls.one_of("hidden/corner", "Corner", range(4),
                                 spell=lambda i: f"{core.CORNERS[i][0]:g}, {core.CORNERS[i][1]:g}")
        found, x = unfolding(seed), core.CORNERS[corner]
        W, b, h = found.W1[-1], found.b1[-1], found.hidden[-1, corner]
        rows = [rf"h_{k + 1}&=\sigma({tex(W[0, k], 3)}\cdot {x[0]:g} {signed(W[1, k], 3)}\cdot {x[1]:g} {signed(b[k], 3)})"
                rf"\approx {tex(h[k], 3)}" for k in range(2)]
        w2, b2 = found.w2[-1], found.b2[-1]
        rows.append(rf"\hat y&=\sigma({tex(w2[0], 3)}\,h_1 {signed(w2[1], 3)}\,h_2 {signed(b2, 3)})"
                    rf"\approx {tex(found.answers[-1, corner], 3)}")
        st.latex(r"\begin{aligned}" + r"\\".join(rows) + r"\end{aligned}")
        wrong = max((i for i in range(len(found.epochs)) if found.right(i) < 4), default=-1)
        tiles({"right at the start": f"{found.right(0)} of 4", "right at the end": f"{found.right(-1)} of 4",
               "all four right from epoch": str(found.epochs[wrong + 1])})
        st.caption("The formula holds for the chosen corner after the last epoch. An epoch is one pass over the four corners.")
    film = Film([_moment(found, i) for i in range(len(found.epochs))], rate=12, noun="Moment")
    with left:
        figure(_hidden_picture(found), key="neuron/hidden", height=400, film=film,
               alt="Left the four corners of XOR with the lines of both hidden units; right the same corners placed by the "
                   "outputs of the hidden units, with the line of the output unit.")


def _hidden_picture(found) -> go.Figure:
    fig = go.Figure(layout={"showlegend": False})
    fig.set_subplots(1, 2, horizontal_spacing=0.12)
    fig.update_xaxes(range=(-0.35, 1.35), fixedrange=True)
    fig.update_yaxes(range=(-0.35, 1.35), fixedrange=True)
    fig.update_layout(xaxis_title="x₁", yaxis_title="x₂", xaxis2_title="h₁, first hidden unit",
                      yaxis2_title="h₂, second hidden unit")
    moment = _moment(found, 0).traces
    for name, color, dash, col in (("h₁ = ½", draw.ACCENT, "solid", 1), ("h₂ = ½", draw.ACCENT, "dash", 1),
                                   ("output = ½", draw.INK, "solid", 2)):
        draw.line(fig, name, moment[name]["x"], moment[name]["y"], color, dash, xaxis=f"x{col}", yaxis=f"y{col}")
    for c in (0, 1):
        at = [point for point in corner_points("XOR") if point[2] == c]
        marker = {"symbol": draw.CLASS_SYMBOLS[c]}
        names = [f"{x1:g}, {x2:g}" for x1, x2, _ in at]
        draw.dots(fig, f"class {c}", [x for x, _, _ in at], [y for _, y, _ in at], draw.CLASS_COLORS[c], 15, marker=marker,
                  text=names, mode="markers+text", textposition="top center")
        name = f"class {c}, hidden"
        draw.dots(fig, name, moment[name]["x"], moment[name]["y"], draw.CLASS_COLORS[c], 15, marker=marker, text=names,
                  xaxis="x2", yaxis="y2", mode="markers+text", textposition="top center" if c else "bottom center")
    return fig


def _moment(found, i: int) -> Frame:
    """The pictures after so many epochs."""
    def ends(w, b) -> dict:
        return dict(zip("xy", draw.border([float(v) for v in w], float(b), -0.35, 1.35), strict=True))

    traces = {"h₁ = ½": ends(found.W1[i, :, 0], found.b1[i, 0]), "h₂ = ½": ends(found.W1[i, :, 1], found.b1[i, 1]),
              "output = ½": ends(found.w2[i], found.b2[i])}
    for c in (0, 1):
        at = found.hidden[i][[y == c for y in core.TABLES["XOR"]]]
        traces[f"class {c}, hidden"] = {"x": at[:, 0].tolist(), "y": at[:, 1].tolist()}
    return Frame(traces, caption=f"Epoch {found.epochs[i]}: {found.right(i)} of 4 corners are right.")


def hidden_ask() -> Ask:
    return ask("In the plane of x₁ and x₂ one line gets at most 3 corners of XOR right. And in that of h₁ and h₂, after "
               "training?",
               (2, 3, 4), unfolding(0).right(-1), "The hidden units have moved the corners so that one line, the output "
               "unit's, divides them.", lambda v: f"{v:g} corners")
