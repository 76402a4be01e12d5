"""The idea on one Transformer block: every value on its way, and its gradient on the way back."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import attention_block as core
from ui.figure import figure
from ui.lessons.attention import controls, formulas_block, pictures_block
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told

VALUES, GRADIENTS = "values, forward", "gradients, back"
NORMS = {"before": "before each half", "after": "after each half"}
MOST = 3.0
"""How large a number of a token may be."""


@st.fragment
def block() -> None:
    """One block with the learner's tokens."""
    board, left, right = st.container(), *st.columns([2, 3])
    with left:
        norm = controls.one_of("block/norm", "Layer norm", NORMS, "before")
        t = controls.one_of("block/token", "Token", range(1, core.T + 1), core.T) - 1
        with st.container(horizontal=True, gap="small"):
            for i in range(core.D):
                controls.number(f"block/x{t}{i}", f"number {i + 1}", -MOST, MOST, float(core.TOKENS[t, i]), width=74)
    X = np.array([[controls.value(f"block/x{s}{i}", float(core.TOKENS[s, i])) for i in range(core.D)] for s in range(core.T)])
    seen = core.passed(norm, X)
    with board:
        place = st.container()
        with st.container(horizontal=True, gap="medium"):
            part = controls.one_of("block/part", "Part", pictures_block.NAMES[norm], "r")
            back = controls.one_of("block/show", "The picture shows", (VALUES, GRADIENTS)) == GRADIENTS
    name, hides = pictures_block.NAMES[norm][part], part == "x" and not answered()
    value, gradient = seen.values[part], seen.gradients[part]
    fig, presses = pictures_block.block(norm, seen.gradients if back else seen.values, part, back,
                                        "x" if back and not answered() else "")
    with place:
        figure(fig, key="attention/block", height=450, least=860, toward=pictures_block.toward(norm, part), drag=presses,
               on=lambda box, _: controls.put("block/part", box.partition(" ")[0]),
               alt=f"A Transformer block with layer norm {norm} each half, and the {GRADIENTS if back else VALUES} of every "
                   f"part. {name}, token {t + 1}: {_row(value[t])}, gradient {'?' if hides else _row(gradient[t])}.")
    with right:
        table((f"{name}", "value", "∂L/∂value"), [
            (f"token {s + 1}", _row(value[s]), "?" if hides else _row(gradient[s])) for s in range(core.T)])
        mine = float(gradient[t, 0])
        lined((*formulas_block.value(norm, seen, part, t),
               *formulas_block.gradient(norm, seen, part, t, "?" if hides else tex(mine, 3), answered()),
               rf"L&=\tfrac12\textstyle\sum_i(\text{{out}}_{{{core.T}i}}-y_i)^2={tex(seen.loss, 3)}"))
        tiles({"by the engine": "?" if hides else words(mine, 3),
               "finite difference": "?" if hides else words(core.difference(norm, X, part, (t, 0)), 3)})
    with left:
        if weights := _weights(norm, seen, part):
            table(("parameters here", "size", "‖∂L/∂W‖"), weights)
        st.caption(f"{core.T} tokens of {core.D} numbers, one head, {core.INSIDE} units in the feed-forward layer (where d is "
                   f"large it usually has 4 d), parameters as they begin. *Layer norm* takes the mean of a token's numbers "
                   "away and divides by their spread. L looks at the last token alone: it is to become y = "
                   f"{_row(core.TARGET)}. " + told(
                       "A plus hands its gradient to both ways, and where two ways leave a value their gradients add up. "
                       "The other tokens get theirs through attention alone: nothing else here goes from token to token.", ""))


def _weights(norm: str, seen: core.Passed, part: str) -> list[tuple[str, str, str]]:
    """The arrays of a part with their shapes, and how long their gradients are."""
    step = next((step for step in core.STEPS[norm] if step.key == part and step.part is not None), None)
    if step is None or step.part is None:
        return []
    p, g = seen.weights[step.part], seen.weight_gradients[step.part]
    return [(name, f"{' × '.join(map(str, p[name].shape if p[name].shape[0] > 1 else p[name].shape[1:]))}",
             words(float(np.linalg.norm(g[name])), 3)) for name in p]


def _row(numbers: np.ndarray) -> str:
    return ", ".join(words(float(f"{number:.3f}"), 3) for number in numbers)
