"""What several ideas of the lesson "Optimisers" show: the update of one step in numbers, and a step chosen in a picture."""

from typing import Any

import streamlit as st

from ann_core.base.spelling import words
from ann_core.lessons.optimizers import Path
from ui.figure import Cursor
from ui.lessons.optimizers import LABELS, controls, formulas
from ui.lessons.parts import lined, table

LOWERED = str.maketrans({"₁": "_1", "₂": "_2"})
OVERFLOWS = "At these settings the very first step is too large for the computer's numbers: take a smaller rate."


def chosen_step(name: str, last: int, usual: int) -> tuple[int, dict[str, Any]]:
    """A slider for the step t, and what a figure over steps needs for its cursor to be the same control."""
    t = controls.slider(name, "Step t", 1, last, usual, 1)
    return t, {"cursor": Cursor(t, lambda place: controls.put(name, min(last, max(1, round(place)))))}


def worked(path: Path, t: int, i: int = 0, digits: int = 4, weight: str = "w", label: str = "",
           slope: str = "", whole: bool = True) -> None:
    """The update of step t of weight i, its numbers filled in, and the memory before and after.

    label: of the optimiser, if it is to be called otherwise   slope: what the gradient is, in a formula   whole: with the step
    itself, not only what is remembered
    """
    if not len(path):
        st.markdown(OVERFLOWS)
        return
    t = min(max(t, 1), len(path))
    letters = formulas.MEMORIES.get(path.c.optimizer, ())
    step = path.step(t, i)
    st.markdown(f"**Step {t} of {label or LABELS[path.c.optimizer]}, for {weight}**")
    lines = formulas.update(path, t, i, digits, slope, weight.translate(LOWERED))
    lined(lines if whole else formulas.remembered(lines))
    table(("", weight, *letters), [(when, words(w, digits) if whole else "?", *(words(value, digits) for value in memory))
                                   for when, w, memory in (("before", step.w, step.before), ("after", step.to, step.after))])
