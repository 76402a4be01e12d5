"""Ideas beyond one layer in one direction: both ways, layers on top of each other, depth beside time."""

import numpy as np
import streamlit as st

from ann_core.base.arrays import Array
from ann_core.base.numbers import percent, size
from ann_core.base.spelling import tex, words
from ann_core.data.made.sequences import MARKER_SHARE, best_looking_back
from ann_core.lessons import recurrence_depth as core
from ann_core.lessons.recurrence_tasks import forecasts, looks_ahead
from ui.figure import figure
from ui.lessons.parts import lined, table, tiles
from ui.lessons.recurrence import (
    FEW,
    FORECAST_STEPS,
    SEED,
    SEEDS,
    controls,
    forecasts_of,
    median_arriving,
    pictures_more,
    right_by_step,
    seeded,
    twenty,
    watched,
)
from ui.question import answered, told

WITHOUT, WITH = "without a cure", "with it"
CURES = {"a way past": "skip connection | LSTM, forget bias 3", "a gate on the state": "skip connection | GRU, update bias 3",
         "rescaled": "batch normalisation | nothing"}


@st.fragment
def both() -> None:
    """A question whose answer lies in the future."""
    left, right = st.columns([3, 2])
    with right:
        length = int(controls.one_of("both/length", "Steps T", (6, 12, 18), 12))
        number = int(controls.slider("both/number", "Sequence", 1, 20, 1, 1))
    configs = [looks_ahead(way, length) for way in (False, True)]
    with left:
        forward, two = twenty(configs, 100, False)
    ends = [course.theta[-1] for course in (forward, two)]
    seen, seen_both = (watched(seeded(config, 1), theta[0], number) for config, theta in zip(configs, ends, strict=True))
    shares = [right_by_step(seeded(config), theta) for config, theta in zip(configs, ends, strict=True)]
    comes = 1 - (1 - MARKER_SHARE) ** np.arange(length)[::-1]
    best = np.maximum(comes, 1 - comes)
    with left:
        figure(pictures_more.marked(seen, seen_both, answered()), key="recurrence/both", height=230,
               alt=f"A sequence of {length} steps with its markers, and at every step whether one is yet to come.")
        figure(pictures_more.by_step(shares[0], *((best, shares[1]) if answered() else ())), key="recurrence/both/steps",
               height=330, alt="Shares of right answers step by step. Forward only, over all steps: "
                               f"{told(percent(float(np.median(forward.right[-1]))))}.")
    with right:
        table(("20 networks, the middle one", "right"), [
            ("forward only, 16 units", told(percent(float(np.median(forward.right[-1]))))),
            ("both ways, 8 units each", told(percent(float(np.median(two.right[-1]))))),
            ("the best that looking back can do", told(words(best_looking_back(length), 3)))])
        left_over = length - 1
        lined((r"p_t&=1-0.9^{T-t}", rf"p_1&=1-0.9^{{{left_over}}}={tex(1 - 0.9**left_over, 3)}",
               *((r"\text{best}&=\tfrac1T\sum_t\max(p_t,1-p_t)", rf"&={tex(best_looking_back(length), 3)}")
                 if answered() else ())))
        st.caption("At each step: will a marker still come? Each later step is one with chance 0.1, whatever came before. p: "
                   "the chance that one is yet to come." + told(" The past tells nothing, so the likelier answer is the best.",
                                                                ""))


@st.fragment
def stacked() -> None:
    """One recurrent layer, or one on top of another, on a forecast."""
    left, right = st.columns([3, 2])
    with right:
        many = int(controls.one_of("stacked/many", "Series, a pair of networks each", (FEW, SEEDS), FEW))
    seeds = range(SEED, SEED + many)
    with left:
        found = forecasts_of([forecasts(layers, seed) for seed in seeds for layers in (1, 2)], FORECAST_STEPS)
    pairs = list(zip(found[::2], found[1::2], strict=True))
    better = sum(two < one for one, two in pairs)
    with left:
        figure(pictures_more.stacked(pairs), key="recurrence/stacked", height=340,
               alt=f"Errors of {many} pairs of networks; two layers are better in {better}.")
    net = core.built(forecasts(2))
    with right:
        table(("", "one layer", "two layers"), [
            ("the middle error", *(words(float(np.median([pair[i] for pair in pairs])), 3) for i in (0, 1))),
            ("better in", f"{many - better} of {many}", f"{better} of {many}"),
            ("parameters", *(f"{core.built(forecasts(layers)).n_parameters:,}" for layers in (1, 2)))])
        lined((r"h^1_t&=\tanh(x_tW^1+h^1_{t-1}U^1+b^1)", r"h^2_t&=\tanh(h^1_tW^2+h^2_{t-1}U^2+b^2)", r"\hat y&=h^2_TV+c"))
        tiles({"second layer gets": told(" × ".join(map(str, net.layers[1].inputs)))})
        st.caption("The next value of a series of cycles, from a window of 20 values; 16 units a layer; "
                   f"{FORECAST_STEPS} steps of learning. Each pair has a series of its own.")


@st.fragment
def depth() -> None:
    """A stack of n layers and a chain of n steps on the same axes; one slider for both."""
    left, right = st.columns([3, 2])
    with right:
        n = int(controls.slider("depth/n", "Layers, and steps", 2, 40, 20, 1))
        scale = float(controls.series("depth/scale", "Scale of the orthogonal weights", (0.8, 1.0, 1.2, 1.5), 0.8))
        cure = controls.one_of("depth/cure", "Cure", list(CURES), "a way past")
    ways = {name: [median_arriving(kind, n, scale, wanted) for kind in ("stack", "chain")]
            for name, wanted in ((WITHOUT, "none"), (WITH, cure))}
    shown = ways if answered() else {WITHOUT: ways[WITHOUT]}
    with left:
        figure(pictures_more.depth(*({name: pair[i] for name, pair in shown.items()} for i in (0, 1))), key="recurrence/depth",
               height=400, least=560,
               alt=f"What reaches the first of {n}: layer {_first(ways[WITHOUT][0])}, step {_first(ways[WITHOUT][1])}." + told(
                   f" With the cure: layer {_first(ways[WITH][0])}, step {_first(ways[WITH][1])}.", ""))
    with right:
        of_stack, of_chain = CURES[cure].split(" | ")
        table((f"reaches the first of {n}", "stack", "chain"), [
            (WITHOUT, *(_first(way) for way in ways[WITHOUT])), (WITH, *(told(_first(way)) for way in ways[WITH]))])
        st.caption(f"Cure in the stack: {of_stack}. In the chain: {of_chain}. The middle of {SEEDS} networks, 16 tanh units, "
                   "before learning; as multiples of what reaches the last one.")
        lined((r"\text{layers:}\;\frac{\partial L}{\partial h_{k}}&=\frac{\partial L}{\partial h_{n}}\,D_nW_n^\top\cdots "
               r"D_{k+1}W_{k+1}^\top",
               r"\text{steps:}\;\frac{\partial L}{\partial h_{t}}&=\frac{\partial L}{\partial h_{T}}\,D_TU^\top\cdots "
               r"D_{t+1}U^\top",
               rf"\text{{at most}}\;&{tex(scale)}^{{{n - 1}}}={tex(scale ** (n - 1), 3)}"))
        st.caption("D: the slopes of that layer or step. The stack has other weights in every layer, the chain the same ones "
                   "at every step; and at every step new inputs come in. The bound holds without a cure.")


def _first(way: Array) -> str:
    return size(float(way[0]))
