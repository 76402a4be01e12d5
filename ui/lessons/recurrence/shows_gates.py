"""Ideas on gates: the LSTM's valves over a sequence, its forget bias, and the GRU beside it."""

import numpy as np
import streamlit as st

from ann_core.base.numbers import size
from ann_core.base.spelling import factor, tex, words
from ann_core.lessons.recurrence_tasks import counted, lstm, remembers
from ui.figure import figure
from ui.lessons.parts import lined, table, tiles
from ui.lessons.recurrence import (
    BIASES,
    LONG,
    SEEDS,
    STEPS,
    alone,
    before,
    controls,
    pictures_gates,
    seeded,
    twenty,
    watched,
)
from ui.question import answered, told

GATES = {"forget": "forget", "input": "input", "output": "output", "candidate": "candidate", "cell": "cell"}
LENGTH = 20


@st.fragment
def gates() -> None:
    """The gates of an LSTM over a sequence that it has not learned from."""
    left, right = st.columns([3, 2])
    with right:
        name = controls.one_of("gates/gate", "Show", GATES, "forget")
        learned = controls.one_of("gates/when", "The network", ("before learning", "after learning"), "after learning")
        unit = int(controls.slider("gates/unit", "Unit", 1, 16, 1, 1))
        at = int(controls.slider("gates/step", "Step t", 2, LENGTH, 2, 1))
    config = remembers("LSTM, bias 3", LENGTH)
    course = alone(config, STEPS, True)
    seen = watched(seeded(config, 1), course.theta[-1 if learned == "after learning" else 0, 0], 0)
    f, i, g, c = (seen.parts[part][at - 1, unit - 1] for part in ("forget", "input", "candidate", "cell"))
    was = float(seen.parts["cell"][at - 2, unit - 1])
    kept = np.append(np.cumprod(seen.parts["forget"][:0:-1, unit - 1])[::-1], 1.0)
    with left:
        figure(pictures_gates.gates(seen, name, unit, at, kept), key="recurrence/gates", height=560,
               alt=f"The {name} of 16 units over {LENGTH} steps. At step {at} unit {unit} has a forget gate of "
                   f"{words(float(f), 3)} "
                   f"and a cell of {words(float(c), 3)}.")
    with right:
        tiles({"forget": words(float(f), 3), "input": words(float(i), 3),
               "∂c/∂c, last to first": told(words(float(kept[0]), 3))})
        lined((r"c_t&=f_t\,c_{t-1}+i_t\,g_t",
               rf"c_{{{at}}}&={tex(f, 3)}\cdot{factor(was, 3)}+{tex(i, 3)}\cdot{factor(float(g), 3)}",
               rf"&={tex(float(c), 3)}", r"h_t&=o_t\tanh(c_t)",
               r"\frac{\partial c_t}{\partial c_{t-1}}&=f_t\quad\text{(direct way)}",
               rf"\frac{{\partial c_{{{LENGTH}}}}}{{\partial c_1}}&=\prod_{{t=2}}^{{{LENGTH}}}f_t="
               + told(tex(float(kept[0]), 3))))
        st.caption(f"The first symbol was **{seen.symbols[0]}**, the network says **{'ABCD'[int(seen.said)]}**. Gates are "
                   "valves: 0 is shut (pale), 1 is open (full colour). g, the candidate, is what would come in, between −1 and "
                   "1. The direct way leaves out that gates, too, depend on the states before.")


@st.fragment
def forget() -> None:
    """Where the forget gates begin, and what that decides."""
    left, right = st.columns([3, 2])
    with right:
        chosen = [float(name) for name in controls.some_of("forget/biases", "Forget bias at the start", BIASES, ("1", "3"))]
    chosen = chosen or [1.0]
    configs = {f"bias {words(bias)}": lstm(bias, LONG) for bias in chosen}
    ways = {name: before(config) for name, config in configs.items()}
    with left:
        figure(pictures_gates.forget(ways), key="recurrence/forget", height=380,
               alt="What reaches the first of 40 steps, last step = 1: " + "; ".join(
                   f"{name}: state {size(float(np.median(way.ratio)))}" for name, way in ways.items()) + ".")
        courses = twenty(list(configs.values()), 100)
    with right:
        known = [int(np.isfinite(course.first).sum()) for course in courses]
        table(("", "σ(bias)", "know the task"), [
            (name, words(float(1 / (1 + np.exp(-bias))), 3), told(f"{count} of {SEEDS}"))
            for (name, bias), count in zip(zip(ways, chosen, strict=True), known, strict=True)])
        bias = chosen[-1]
        gate = float(1 / (1 + np.exp(-bias)))
        lined((rf"f&\approx\sigma(b_f)=\sigma({tex(bias)})={tex(gate, 3)}",
               rf"f^{{{LONG - 1}}}&\approx{tex(gate, 3)}^{{{LONG - 1}}}={tex(gate ** (LONG - 1), 3)}"))
        st.caption(f"Before learning the forget gates stand near σ of their bias. {LONG} steps, small normal recurrent "
                   f"weights. Lines: the middle of {SEEDS} networks, with all ways that a gradient takes; the formula: the "
                   "direct way, along the cell. A network knows the task when 95 % of its answers are "
                   "right within 100 steps of learning." + told(
                       " With orthogonal recurrent weights a bias of 1 does better: in 40 networks that we measured, 25 knew "
                       "it.", ""))


@st.fragment
def gru() -> None:
    """A GRU beside an LSTM: gates, parameters, and what reaches each step."""
    left, right = st.columns([3, 2])
    with right:
        n = int(controls.slider("gru/units", "Units", 4, 32, 16, 1))
        inputs = int(controls.slider("gru/inputs", "Inputs of a step", 1, 12, 8, 1))
    counts = [(kind.upper(), counted(kind, inputs, n)) for kind in ("rnn", "gru", "lstm")]
    ways = {name: before(remembers(cell, LONG)) for name, cell in
            {"RNN": "RNN", "LSTM, bias 1": "LSTM, bias 1", "LSTM, bias 3": "LSTM, bias 3", "GRU, bias 0": "GRU, bias 0",
             "GRU, bias 3": "GRU, bias 3"}.items()}
    with left:
        figure(pictures_gates.gru(counts, answered()), key="recurrence/gru", height=260,
               alt="Parameters: " + "; ".join(f"{name} "
                                              f"{count if name != 'GRU' else told(str(count))}" for name, count in counts))
        figure(pictures_gates.arriving(ways), key="recurrence/gru/ways", height=340,
               alt="What reaches the first of 40 steps: " + "; ".join(
                   f"{name} {size(float(np.median(way.ratio)))}" for name, way in ways.items()) + ".")
    with right:
        table(("", "gates and candidate", "parameters"), [
            (name, *(map(told, (str(many), f"{count:,}")) if name == "GRU" else (str(many), f"{count:,}")))
            for (name, count), many in zip(counts, (1, 3, 4), strict=True)])
        lined((r"z_t&=\sigma(\ldots),\quad r_t=\sigma(\ldots)", r"n_t&=\tanh\bigl(x_tW+b",
               r"&\quad+r_t\odot(h_{t-1}U+b')\bigr)", r"h_t&=z_t\odot h_{t-1}+(1-z_t)\odot n_t",
               rf"\text{{LSTM:}}\;&4\,({inputs}\cdot{n}+{n}\cdot{n}+{n})={counts[2][1]}",
               *((rf"\text{{GRU:}}\;&3\,({inputs}\cdot{n}+{n}\cdot{n}+{n})+{n}={counts[1][1]}",) if answered() else ())))
        st.caption("A GRU has no cell: its update gate z says how much of the state itself is kept. Lower "
                   f"picture: before learning, {LONG} steps, orthogonal recurrent weights, the middle of {SEEDS} networks "
                   "each; 16 units. b′: as PyTorch has it.")
