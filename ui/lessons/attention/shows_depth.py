"""The idea on deep stacks: residual and layer norm as what keeps gradients alive from block to block."""

import numpy as np
import streamlit as st

from ann_core.base.numbers import size
from ann_core.base.spelling import tex
from ann_core.lessons import attention_depth as core
from ui.figure import figure
from ui.lessons.attention import controls, deep, pictures_depth
from ui.lessons.parts import lined, table
from ui.question import answered, told

NORMS = {"none": "none", "before": "before", "after": "after"}
BLOCKS = (6, 12, 24)


@st.fragment
def depth() -> None:
    """Twenty stacks of blocks before their first step of learning."""
    left, right = st.columns([3, 2])
    with right:
        n = int(controls.one_of("depth/blocks", "Blocks", BLOCKS, 24))
        residual = controls.toggle("depth/residual", "Residual: what came is added")
        norm = controls.one_of("depth/norm", "Layer norm", NORMS, "none")
    with left:
        found = deep.reaches((n, way, where) for way in (False, True) for where in NORMS)
    mine = found[n, residual, norm]
    seen = answered() or not residual
    reached = deep.first(mine)
    with left:
        figure(pictures_depth.depth(mine if seen else None, n), key="attention/depth", height=400, least=560,
               alt=f"{n} blocks {'with' if residual else 'without'} residual, layer norm {norm}. Behind block 1 the gradient "
                   f"is {size(reached) if seen else '?'} times that behind the last one, and queries and keys of the last "
                   f"block get {size(_last(mine)) if seen else '?'} times the gradient of the first block's.")
        if not seen:
            st.caption(":material/visibility_off: What the residual does to it stands here after the question.")
    with right:
        table(("residual", "layer norm", "reaches block 1", "queries and keys of the last"), [
            ("yes" if way else "no", where, *(told(size(value)) if way else size(value)
                                              for value in (deep.first(one), _last(one))))
            for (_, way, where), one in found.items()])
        step = tex(reached ** (1 / (n - 1)), 3) if seen else "?"
        came, inner = (r"h_{k-1}+", "I+J") if residual else ("", "J")
        last = rf"\frac{{\partial L}}{{\partial h_{{{n}}}}}"
        lined((rf"h_k&={came}F_k(h_{{k-1}})", r"J_k&=\frac{\partial F_k}{\partial h_{k-1}}",
               rf"\frac{{\partial L}}{{\partial h_1}}&={last}\,({inner}_{{{n}}})\cdots({inner}_2)",
               rf"&\approx{last}\cdot{step}^{{{n - 1}}}"))
        st.caption(f"{core.T} tokens of {core.D} numbers, {core.HEADS} heads, Glorot initialisation, before learning; the "
                   f"middle of {len(core.SEEDS)} networks. Numbers drawn from a normal distribution go in, and such a ∂L/∂out "
                   "comes back. F is the block without its residual; each half has one of its own, and I + J stands for "
                   "both." + told(
                       " Queries and keys of the last block get nothing where layer norm is alone: attention has made all "
                       "tokens alike, so it no longer matters who is looked at. Nor where 24 blocks have the residual alone: "
                       "the numbers have grown until each token looks at one single token, and there softmax is flat.", ""))


def _last(found: core.Reach) -> float:
    return float(np.median(found.looks[:, -1]))
