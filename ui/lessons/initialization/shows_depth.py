"""Ideas on deep networks before their first step."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import power_of_ten, tex, words
from ann_core.lessons import initialization_depth as core
from ann_core.lessons.initialization import Start
from ann_core.lessons.initialization_depth import DEAD, DEEPEST, HUGE, MARKS, SEEDS, STARTS, VANISHED, WIDTH
from ann_core.nn.activations import ACTIVATIONS
from ui.figure import figure
from ui.lessons.initialization import (
    ACTS,
    FEW,
    NETWORKS,
    TURNED,
    controls,
    measured,
    pictures_depth,
    row,
    spreads,
    squares,
    start_control,
)
from ui.lessons.parts import lined, table
from ui.question import answered, told

SHOWN = (1, 2, 5, 10, 20, 50)
"""Layers whose numbers stand beside the pictures."""
FORWARD = {"nothing": "0 everywhere", "explodes": "the signal explodes", "dies": "the signal dies",
           "alike": "all rows look nearly alike", "saturates": "the units saturate", "shrinks": "the signal shrinks slowly",
           "holds": "the signal holds"}
BACKWARD = {"nothing": "no gradient in layer 1", "vanishes": "the gradient vanishes", "explodes": "the gradient explodes",
            "holds": "the gradient holds"}
TURNS = (0.9, 0.95, 1.0, 1.05, 1.1)
ROOM = " The Playground has room for ten layers of ten."
"""What the link below leads to."""


def _deep_controls() -> tuple[str, Start, int]:
    """The network of two ideas: the same one on both."""
    activation = controls.from_list("deep/activation", "Activation", ACTS, "tanh")
    start = start_control("deep", Start("glorot_normal", 0.1))
    return activation, start, controls.slider("deep/layers", "Hidden layers", 1, DEEPEST, DEEPEST, 1)


def _short(value: float) -> str:
    """Two digits: numbers of all sizes stand in one table."""
    return words(value, 2, 2)


def _shown(layers: int) -> list[int]:
    return sorted({n for n in SHOWN if n <= layers} | {layers})


@st.fragment
def deep() -> None:
    """Outputs of up to fifty layers, and their spread."""
    left, right = st.columns([4, 3])
    with right:
        activation, start, layers = _deep_controls()
    found, whole = (measured(start, activation, n, 0) for n in (layers, DEEPEST))
    theory = core.theory(start, activation, layers)
    said = FORWARD[found.forward]
    with left:
        figure(pictures_depth.deep(found, theory, pictures_depth.decades(whole.spread, whole.rows, whole.units)),
               key="initialization/deep", height=560,
               alt=f"{layers} layers of {ACTS[activation]}, {start.label}: the spread goes from {_short(found.spread[0])} to "
                   f"{_short(found.spread[-1])}; {said}.")
        lined(_by_the_weights(start, layers))
    with right:
        st.markdown("How far apart the outputs of a layer are, as a standard deviation:")
        table(("layer", "all outputs", "between rows", "between units", "all, theory"), [
            (str(n), *(_short(v[n - 1]) for v in (found.spread, found.rows, found.units)),
             _short(theory.spread[n - 1]) if theory else "–") for n in _shown(layers)])
        st.markdown(f"Layer {layers}: **{said}**.")
        st.caption("Between rows: one unit, asked about one point after the other; later layers can tell apart "
                   "only what differs there. Between units: the units' means over all points. All outputs hold both. Theory: "
                   "for very wide networks" + (". " if theory else "; it needs random weights. ")
                   + f"Dies: below {power_of_ten(round(np.log10(DEAD)))}; explodes: above {words(HUGE)}; holds: at least half "
                   "of layer 1's spread. What is exactly 0 has no place on a log scale. "
                   f"{WIDTH} units a layer, 300 points of two moons, biases 0, before the first step." + ROOM)


def _by_the_weights(start: Start, layers: int) -> list[str]:
    """What the weights alone do in each layer, and in all of them."""
    if not start.random:
        value = float(start.draw((1, 1), 0)[0, 0])
        return [rf"z&=\sum_i w\,a_i={WIDTH}\cdot{tex(value)}\cdot\bar a", rf"&={tex(WIDTH * value)}\cdot\bar a"]
    each = float(np.sqrt(WIDTH * start.variance(WIDTH, WIDTH)))
    return [r"\text{weights of a layer: }&\sqrt{n_{in}\,\mathrm{Var}(W)}",
            rf"&=\sqrt{{{WIDTH}\cdot{tex(start.variance(WIDTH, WIDTH))}}}={tex(each)}",
            rf"\text{{of }}{layers - 1}\text{{ layers: }}&{tex(each)}^{{{layers - 1}}}={tex(each ** (layers - 1), 3)}"]


@st.fragment
def factor() -> None:
    """The mean square of the sums, layer by layer: theory's line and several networks."""
    left, right = st.columns([3, 2])
    with right:
        activation = controls.one_of("factor/activation", "Activation", {name: ACTS[name] for name in FEW}, "tanh")
        start = start_control("factor", Start("lecun_normal", 0.1))
        width = int(controls.one_of("factor/width", "Units in each layer", (32, 100), 32))
    nets = np.stack([squares(start, activation, width, seed) for seed in range(NETWORKS)])
    theory = core.theory(start, activation, DEEPEST, width, width)
    median, mean = np.median(nets, 0), nets.mean(0)
    span = pictures_depth.decades(nets, *([theory.q] if theory else []))
    with left:
        figure(pictures_depth.factor(nets, theory, span), key="initialization/factor", height=440,
               alt=f"The mean square of the sums of {NETWORKS} networks, {ACTS[activation]}, {start.label}: the median goes "
                   f"from {_short(median[0])} to {_short(median[-1])}.")
        lined(_factor(start, activation, width))
    with right:
        table(("layer", "theory", "median", "mean"), [
            (str(n), words(theory.q[n - 1], 3, 3) if theory else "–", words(median[n - 1], 3, 3), words(mean[n - 1], 3, 3))
            for n in SHOWN])
        st.caption(f"{NETWORKS} networks of {DEEPEST} layers; as many normal inputs as units. q: mean square of a layer's "
                   "sums. The theory is for very wide layers. A q of exactly 0 has no place on a log scale." + ROOM + told(
                       " For ReLU with He it holds for the mean over very many networks. One network drifts, mostly downwards, "
                       "the more the narrower it is, and a few large ones carry the mean.", "") * (activation == "relu"))


def _factor(start: Start, activation: str, width: int) -> list[str]:
    """What a layer makes of a mean square of 1."""
    if not start.random:
        return [r"\mathrm{Var}(W)&=0\quad\text{nothing is random}"]
    variance, share = start.variance(width, width), core.kept(ACTIVATIONS[activation], 1.0).square
    return [r"q&\leftarrow n_{in}\cdot\mathrm{Var}(W)\cdot\overline{f(z)^2}",
            rf"\text{{from }}q=1:\ &{width}\cdot{tex(variance)}\cdot{told(tex(share, 3))}",
            rf"&={tex(width * variance)}\cdot{told(tex(share, 3))}={told(tex(width * variance * share, 3))}"]


@st.fragment
def back() -> None:
    """The gradients of the same network, from its output down to layer 1."""
    left, right = st.columns([4, 3])
    with right:
        activation, start, layers = _deep_controls()
    found, whole = (measured(start, activation, n, 0) for n in (layers, DEEPEST))
    theory = core.theory(start, activation, layers)
    forward, backward = FORWARD[found.forward], BACKWARD[found.backward]
    with left:
        figure(pictures_depth.back(found, theory, pictures_depth.decades(whole.dW, whole.dZ, found.dW, found.dZ, whole.spread)),
               key="initialization/back", height=560,
               alt=f"{layers} layers of {ACTS[activation]}, {start.label}: {forward}, {backward}; the gradient of layer 1 is "
                   f"{_short(found.dW[0])}, that of the output layer {_short(found.dW[-1])}.")
        lined(_both_ways(start, activation, theory))
    with right:
        table(("layer", "outputs' spread", "∂L/∂w", "∂L/∂z", "∂L/∂z, theory"), [
            (str(n), _short(found.spread[n - 1]), _short(found.dW[n - 1]), _short(found.dZ[n - 1]),
             _short(theory.back[n - 1] * found.dZ[-1]) if theory else "–") for n in _shown(layers)])
        st.markdown(f"Forward: **{forward}**. Backward: **{backward}**.")
        st.caption(f"Holds: layer 1's ∂L/∂w lies between {power_of_ten(round(np.log10(VANISHED)))} and {words(HUGE)}. It may "
                   "fall or grow on the way all the same, and so may ∂L/∂z. "
                   "Sizes are root mean squares. ∂L/∂z reaches a layer's sums, ∂L/∂w is what its weights learn from. Theory "
                   "starts at the output layer's ∂L/∂z. What is exactly 0 has no place on a log scale." + ROOM)
    _table(activation)


def _both_ways(start: Start, activation: str, theory: core.Theory | None) -> list[str]:
    """The two conditions, with the numbers of the last hidden layer."""
    if theory is None:
        return [r"\mathrm{Var}(W)&=0\quad\text{nothing is random}"]
    variance, q = start.variance(WIDTH, WIDTH), float(theory.q[-1])
    kept = core.kept(ACTIVATIONS[activation], q)
    return [r"\text{forward: }&n_{in}\,\mathrm{Var}(W)\,\overline{f(z)^2}/\overline{z^2}",
            rf"&={tex(WIDTH * variance, 3)}\cdot{tex(kept.square / q if q else 0.0, 3)}"
            rf"={tex(WIDTH * variance * kept.square / q if q else 0.0, 3)}",
            r"\text{back: }&n_{out}\,\mathrm{Var}(W)\,\overline{f'(z)^2}",
            rf"&={tex(WIDTH * variance, 3)}\cdot{tex(kept.slope, 3)}={tex(WIDTH * variance * kept.slope, 3)}"]


def _table(activation: str) -> None:
    """Many networks from every start, once they are asked for; what was measured is there for all visitors."""
    wanted = controls.value("back/tables", ())
    if not answered():
        st.caption(f"A table of {SEEDS} networks from every start can be measured here after the question.")
        return
    if activation not in wanted:
        st.button(f"Measure {SEEDS} networks of {DEEPEST} layers from every start: {ACTS[activation]}",
                  key=controls.key("back/measure"), icon=":material/table_chart:", on_click=controls.put,
                  args=("back/tables", (*wanted, activation)))
        return
    bar, rows = st.progress(0.0), []
    for done, start in enumerate(STARTS):
        bar.progress(done / len(STARTS), f"{start.label}: {SEEDS} networks of {DEEPEST} layers")
        rows.append((start, row(start, activation)))
    bar.empty()
    st.markdown(f"**{ACTS[activation]}: medians of {SEEDS} networks of {DEEPEST} layers, {WIDTH} units each**")
    table(("first weights", "most of them", *(f"spread, layer {n}" for n in MARKS), f"between rows, layer {DEEPEST}",
           *(f"∂L/∂w, layer {n}" for n in MARKS)), [
        (start.label, f"{FORWARD[one.forward]}, {BACKWARD[one.backward]}", *(_short(v) for v in one.spread[:-1]),
         f"{_short(one.spread[-1])} ({_short(one.low)} to {_short(one.high)})", _short(one.rows[-1]),
         *(_short(v) for v in one.dW)) for start, one in rows])
    st.caption("In brackets: the 10th and 90th percentile.")


@st.fragment
def turns() -> None:
    """Ten networks of orthogonal weights and ten of LeCun's, layer by layer."""
    left, right = st.columns([3, 2])
    with right:
        activation = controls.one_of("turns/activation", "Activation", {name: ACTS[name] for name in TURNED}, "tanh")
        sigma = controls.series("turns/sigma", "σ of the orthogonal weights", TURNS, 1.0)
    starts = {f"orthogonal, σ = {words(sigma)}": Start("orthogonal", sigma), "LeCun, normal": Start("lecun_normal")}
    found = {name: [spreads(start, activation, seed) for seed in range(NETWORKS)] for name, start in starts.items()}
    with left:
        figure(pictures_depth.turns(found), key="initialization/turns", height=440,
               alt=f"The spread of the outputs of {NETWORKS} networks from each start over {DEEPEST} layers of "
                   f"{ACTS[activation]}.")
    W = Start("orthogonal", sigma).draw((WIDTH, WIDTH), 0)
    off = float(np.abs(W.T @ W - sigma ** 2 * np.eye(WIDTH)).max())
    with right:
        table(("first weights", "layer 1", "lowest", "median", "highest"), [
            (name, _short(np.median([net[0] for net in nets])),
             *(_short(of([net[-1] for net in nets])) for of in (np.min, np.median, np.max))) for name, nets in found.items()])
        lined((r"W^\top W&=\sigma^2I", rf"\text{{largest error: }}&{tex(off, 2)}",
               r"\|a\,W\|&=" + told(rf"\sigma\,\|a\|={tex(sigma)}\,\|a\|"),
               rf"\sigma^{{{DEEPEST - 1}}}&={told(tex(sigma ** (DEEPEST - 1), 3))}"))
        st.caption(f"{NETWORKS} networks from each start, {WIDTH} units a layer, two moons; lowest to highest: of layer "
                   f"{DEEPEST}. The columns of an orthogonal matrix stand at right angles and have the same length σ."
                   + ROOM + told(
                       " SELU's outputs find their own level, a spread near 1, from either start.", "")
                   * (activation == "selu"))
