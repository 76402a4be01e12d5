"""Ideas on what becomes of a gradient on its way back: the product, its bound, its size, what makes it vanish or explode."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lab.remedies import CAUSES, SOON, Pair
from ann_core.lab.twin_openers import normal, twin
from ann_core.lessons import gradients as core
from ann_core.nn.activations import ACTIVATIONS
from ann_core.run.config import RunConfig
from ui.figure import figure
from ui.lessons.gradients import controls, effects, pictures, seed, seeded, way_back
from ui.lessons.parts import lined, table
from ui.question import answered, told

BENDS = {key: ACTIVATIONS[key].label for key in ("sigmoid", "tanh", "relu")}
SPREADS = (0.1, 0.3, 0.5, 1.0, 2.0, 3.0)
DEPTH = 10
X, Y = 1.0, -1.0
"""The example of the chain."""
SCALE = "In the picture each line is ten times the one below. A triangle at an edge: the value lies beyond it."
WRITTEN = 2
"""So many factors of a product are written out."""


@st.fragment
def product() -> None:
    """A chain of single units: the derivative of its first weight, factor by factor."""
    left, right = st.columns([3, 2])
    with right:
        bend = controls.one_of("product/bend", "Activation", BENDS, "sigmoid")
        layers = int(controls.slider("product/layers", "Hidden layers, one unit each", 1, 8, 4, 1))
        w = controls.slider("product/w", "Weight w, the same in every layer", -4.0, 4.0, 1.0, 0.1)
    chain = core.chain(bend, layers, w, X, Y)
    slopes, weights = (float(np.prod(part)) for part in (chain.slopes, chain.weights))
    with left:
        figure(pictures.product(chain), key="gradients/product", height=400,
               alt=f"The product of the factors from the output back to layer 1: the slopes come to {words(slopes)}, the "
                   f"weights to {words(weights)}, all together to {words(chain.gradient)}.")
        table(("factor", "value"), [("error ŷ − y", words(chain.error)), ("slopes, multiplied", words(slopes)),
                                    ("weights, multiplied", words(weights)), ("input x", words(X)),
                                    ("**∂L/∂w₁**", f"**{words(chain.gradient)}**")])
        st.caption(SCALE)
        if chain.gradient == 0:
            st.caption("One factor is 0, so the whole product is: this weight learns nothing from this example.")
    with right:
        lined((r"\frac{\partial L}{\partial w_1}&=(\hat y-y)\cdot\text{slopes}\cdot\text{weights}\cdot x",
               r"\text{slopes}&=\prod_k f'(z_k)", rf"&={_written(chain.slopes)}={tex(slopes)}",
               rf"\text{{weights}}&=\prod_{{k>1}} w_k={factor(w)}^{{{layers}}}={tex(weights)}",
               rf"\frac{{\partial L}}{{\partial w_1}}&={factor(chain.error)}\cdot{tex(slopes)}\cdot{factor(weights)}"
               rf"\cdot{tex(X)}", rf"&={tex(chain.gradient)}"))
        st.caption("∏ says: multiply them all. k counts the layers, f′ is the slope of the activation; w₁ itself is no factor.")


def _written(values: tuple[float, ...]) -> str:
    """Factors, the later ones as dots."""
    dots = [r"\ldots"] if len(values) > WRITTEN else []
    return r"\cdot".join([tex(v, 3) for v in values[:WRITTEN]] + dots)


@st.fragment
def bound() -> None:
    """Ten units a layer: slopes and weights apart, and what bounds the slopes."""
    left, right = st.columns([3, 2])
    with right:
        layers = int(controls.slider("bound/layers", "Hidden layers, ten sigmoid units each", 1, 12, DEPTH, 1))
        spread = controls.series("bound/spread", "Size σ of the first weights", SPREADS, 0.3)
        number = seed("bound")
    way = way_back(seeded(twin("sigmoid", layers, SOON | normal(spread)), number))
    slopes, weights = (float(part.prod()) for part in (way.by_slope, way.by_weights))
    with left:
        figure(pictures.bound(way, ACTIVATIONS["sigmoid"].steepest, answered()), key="gradients/bound", height=420,
               alt=f"From the output back to layer 1 the slopes multiply to {words(slopes, 3)}; they can be at most "
                   f"{words(way.bound, 3)}." + told(f" With the weights, {words(way.ratio, 3)} arrives.", ""))
        st.caption(SCALE)
        table(("", "from the output to layer 1"),
              [("the most that the slopes can be", words(way.bound, 3)), ("slopes, multiplied", words(slopes, 3)),
               ("weights, multiplied", words(weights, 3)),
               ("by the inputs of both layers", told(words(way.by_inputs, 3))),
               ("layer 1's gradient, as a share of the output's", told(words(way.ratio, 3)))])
    with right:
        lined((rf"\text{{slopes}}&\le 0.25^{{{layers}}}={tex(way.bound, 3)}",
               r"\text{share}&=\text{slopes}\cdot\text{weights}\cdot\text{inputs}",
               rf"&={tex(slopes, 3)}\cdot{tex(weights, 3)}\cdot{told(tex(way.by_inputs, 3))}",
               rf"&={told(tex(way.ratio, 3))}"))
        st.caption("Each factor tells by how much a layer makes the gradient of all rows and units longer or shorter. The last "
                   "one is there because ∂L/∂W is that gradient times what the layer is given, Aᵀ dZ.")


@st.fragment
def sizes() -> None:
    """The gradient of every layer: small in comparison, small altogether, or far too large."""
    left, right = st.columns([3, 2])
    with right:
        bend = controls.one_of("sizes/bend", "Activation", BENDS, "tanh")
        spread = controls.series("sizes/spread", "Size σ of the first weights", SPREADS, 0.1)
        layers = int(controls.series("sizes/layers", "Hidden layers", (3, 6, 10, 15, 20), DEPTH))
    ways = {f"σ = {words(s)}": _sized(bend, layers, s) for s in SPREADS}
    chosen = f"σ = {words(spread)}"
    way = ways[chosen]
    with left:
        figure(pictures.sizes(ways, chosen), key="gradients/sizes", height=420,
               alt=f"The gradient of each layer at {chosen}: {words(float(way.gradient[0]), 2)} in layer 1, "
                   f"{words(float(way.gradient[-1]), 2)} in the output layer. Faint: the other sizes.")
        st.caption(f"{SCALE} The size of a layer's gradient is the root of the mean of the squares of its ∂L/∂w, its RMS.")
        first, last, weight = (float(part) for part in (way.gradient[0], way.gradient[-1], way.weights[0]))
        table(("", chosen), [("gradient of layer 1", words(first, 3)), ("of the output layer", words(last, 3)),
                             ("layer 1's share", words(way.ratio, 3)),
                             ("1,000 steps at η = 0.1 move a weight by", f"{words(100 * way.moved, 3)} % of itself"),
                             ("so layer 1's gradient", f"**{way.verdict}**")])
    with right:
        lined((rf"\text{{in ratio:}}\;&\frac{{{tex(first, 3)}}}{{{tex(last, 3)}}}={tex(way.ratio, 3)}",
               rf"\text{{in size:}}\;&\frac{{1000\cdot 0.1\cdot{tex(first, 3)}}}{{{tex(weight, 3)}}}={tex(way.moved, 3)}"))
        st.caption("Vanishes: a thousand such steps would move the weights by less than a hundredth of their size. Explodes: "
                   "one such step is larger than the weights. Dashed: both limits, for layer 1.")


def _sized(bend: str, layers: int, spread: float) -> core.WayBack:
    return way_back(twin(bend, layers, SOON | normal(spread)))


@st.fragment
def causes() -> None:
    """One cause at a time, turned up until it shows."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.from_list("causes/cause", "Cause", {name: cause.label for name, cause in CAUSES.items()}, "depth")
        cause = CAUSES[key]
        last = len(cause.rungs) - 1
        rung = int(controls.slider("causes/rung", "Turned up by", 0, last, min(2, last), 1))
        number = seed("causes")
    most = 1 + max(len(one.network.layers) for one in cause.rungs.values())
    (calm, usual), (name, config) = (list(cause.rungs.items())[i] for i in (0, rung))
    pair, names = Pair(cause.label, usual, config), (f"harmless: {calm}", f"now: {name}")
    ways = [way_back(seeded(one, number)) for one in (usual, config)]
    with left:
        effects.picture("causes", pair, names, number, layers=most)
        effects.numbers(pair, (calm, name), number)
    with right:
        table(("factors on the way back", calm, name), [
            (what, *(words(float(np.prod(getattr(way, part))), 2) for way in ways))
            for what, part in (("slopes", "by_slope"), ("weights", "by_weights"))])
        st.markdown(told(cause.said, ""))
        lined((rf"\eta\cdot\text{{RMS}}\,\frac{{\partial L}}{{\partial W^{{1}}}}&={tex(_rate(config))}\cdot"
               rf"{tex(float(ways[1].gradient[0]), 3)}", rf"&={tex(_rate(config) * float(ways[1].gradient[0]), 3)}"))
        st.caption(f"The first step of a weight in layer 1; the weights there have the size "
                   f"{words(float(ways[1].weights[0]), 3)}. {effects.LEARNED}")


def _rate(config: RunConfig) -> float:
    return config.training.learning_rate
