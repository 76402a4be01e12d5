"""Cures that change what the gradient passes: another activation, other first weights, a way around."""

import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lab import remedies
from ann_core.lab.remedies import Pair, Remedy
from ann_core.lessons.gradients_norm import unit
from ann_core.nn.initializers import INITIALIZERS
from ui.lessons.gradients import FAILS, controls, effects, seed, seeded, situation, way_back
from ui.lessons.parts import lined
from ui.question import answered

NEW = {"relu": "ReLU", "tanh": "tanh"}
RULES = {"glorot_normal": "Xavier", "he_normal": "He", "lecun_normal": "LeCun"}


def _chosen(idea: str, remedy: Remedy) -> tuple[Pair, bool]:
    """The situation that is looked at; and whether its outcome may be seen: a question asks for the other one's."""
    fails = situation(idea, remedy.helps, remedy.fails) == FAILS
    return (remedy.fails if fails else remedy.helps), answered() or not fails


@st.fragment
def activation() -> None:
    """Another activation in every layer."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.one_of("activation/to", "Instead of sigmoid", NEW, "relu")
        pair, shown = _chosen("activation", remedies.activation(key))
        layer = int(controls.slider("activation/layer", "Layer in the formula", 1, 10, 9, 1))
        number = seed("activation")
    names = "sigmoid", NEW[key]
    with left:
        effects.picture("activation", pair, names, number, shown)
        effects.numbers(pair, names, number, shown)
    with right:
        before, after = (unit(seeded(config, number), layer) for config in (pair.without, pair.cured))
        ways = [way_back(seeded(config, number)) for config in (pair.without, pair.cured)]
        lined((r"\sigma'(z)&=\sigma(z)\,(1-\sigma(z))",
               rf"&={tex(before.bent)}\cdot{tex(1 - before.bent)}={tex(before.slope)}", _bend(key, after.z, after.slope)))
        st.caption(f"Unit 1 of layer {layer} at the first row: z = {words(before.z, 3)} in the sigmoid network, "
                   f"{words(after.z, 3)} with {NEW[key]}. Over all rows and units the slopes of this layer leave "
                   f"{words(float(ways[0].by_slope[layer - 1]), 3)} and {words(float(ways[1].by_slope[layer - 1]), 3)} of the "
                   f"gradient. {effects.LEARNED}")


def _bend(key: str, z: float, slope: float) -> str:
    if key == "relu":
        side = ">" if z > 0 else r"\le "
        return rf"\mathrm{{ReLU}}'(z)&={tex(slope)}\quad(z={tex(z, 3)}{side}0)"
    return rf"\tanh'(z)&=1-\tanh^2({tex(z, 3)})={tex(slope)}"


@st.fragment
def weights() -> None:
    """Rules for the size of first weights."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.one_of("weights/rule", "Rule", RULES, "he_normal")
        pair, shown = _chosen("weights", remedies.first_weights(key))
        layer = int(controls.slider("weights/layer", "Layer in the formula", 1, 10, 2, 1))
        number = seed("weights")
    names = "σ = 0.1", RULES[key]
    with left:
        effects.picture("weights", pair, names, number, shown)
        effects.numbers(pair, names, number, shown)
    with right:
        found = unit(seeded(pair.cured, number), layer)
        n_in, n_out = found.n_in, found.n_out
        lined((rf"\text{{Xavier:}}\;\mathrm{{Var}}(W)&=\tfrac{{2}}{{n_{{in}}+n_{{out}}}}=\tfrac{{2}}{{{n_in}+{n_out}}}="
               rf"{tex(_variance('glorot_normal', n_in, n_out))}",
               rf"\text{{He:}}\;\mathrm{{Var}}(W)&=\tfrac{{2}}{{n_{{in}}}}=\tfrac{{2}}{{{n_in}}}="
               rf"{tex(_variance('he_normal', n_in, n_out))}",
               rf"\text{{LeCun:}}\;\mathrm{{Var}}(W)&=\tfrac{{1}}{{n_{{in}}}}=\tfrac{{1}}{{{n_in}}}="
               rf"{tex(_variance('lecun_normal', n_in, n_out))}"))
        st.caption(f"Layer {layer} has {n_in} inputs and {n_out} units. Drawn by {RULES[key]}, its {n_in * n_out} weights "
                   f"have a mean square of {words(found.variance, 3)}, with σ = 0.1 about 0.01. {effects.LEARNED}")


def _variance(rule: str, n_in: int, n_out: int) -> float:
    return INITIALIZERS[rule].spread(n_in, n_out, 1.0) ** 2


@st.fragment
def skip() -> None:
    """What came is added to what a layer makes of it."""
    left, right = st.columns([3, 2])
    remedy = remedies.skip()
    with right:
        pair, shown = _chosen("skip", remedy)
        layer = int(controls.slider("skip/layer", "Layer in the formula", 2, 20, 10, 1))
        number = seed("skip")
    names = "without", "with skips"
    with left:
        effects.picture("skip", pair, names, number, shown)
        effects.numbers(pair, names, number, shown)
    with right:
        found = unit(seeded(pair.cured, number), layer)
        letter = r"\sigma" if pair is not remedy.fails else r"\mathrm{ReLU}"
        inner = found.slope * found.w
        lined((rf"A&\mapsto F(A)+A,\quad F={letter}(AW+b)",
               rf"{tex(found.came)}&\mapsto{tex(found.bent)}{signed(found.came)}={tex(found.out)}",
               rf"\frac{{\partial\,\text{{out}}}}{{\partial\,\text{{in}}}}&={letter}'(z)\,w+1",
               rf"&={tex(found.slope)}\cdot{factor(found.w)}+1={tex(inner + 1)}"))
        st.caption(f"Unit 1 of layer {layer} at the first row, from unit 1 of the layer before. Without the skip only "
                   f"{words(inner, 3)} would stand there. {effects.LEARNED}")


