"""The idea on batches: gradients of all rows, some rows, one row of a real network."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import optimizers_batches as core
from ui.figure import figure
from ui.lessons.optimizers import BATCHES, controls, course, moments, pictures_batches
from ui.lessons.parts import lined, table
from ui.question import answered

WHEN = ("at the start", f"after {core.EPOCHS} epochs")
REACHES = {WHEN[0]: 2.5, WHEN[1]: 30.0}
"""What the picture spans, in lengths of the full gradient."""


@st.fragment
def batch() -> None:
    """Arrows of batch gradients, their spread over the batch size, and what came of it in training."""
    left, right = st.columns([3, 2])
    with right:
        size = controls.series("batch/size", "Rows in a batch", BATCHES, 4)
        when = controls.one_of("batch/when", "When", WHEN, WHEN[0])
        over = controls.one_of("batch/over", "Loss over", ("epochs", "steps"), "epochs")
    moment = moments()[when]
    bundle = moment.bundle(size)
    cost, every = core.work(size), size == BATCHES[-1]
    with left:
        figure(pictures_batches.arrows(bundle, REACHES[when]), key="optimizers/batch", height=380,
               alt=f"The gradient of all 512 rows as an arrow, and {pictures_batches.SHOWN} gradients of batches of {size} "
                   f"around it; half of them are off by {words(np.median(bundle.angles), 3)}° or less.")
        st.caption("The network has 105 weights, so its gradients are arrows in 105 dimensions. Lengths and angles to the "
                   "arrow of all rows are true; the side is not.")
        table(("cost, counted", ""), [("rows in a step", f"{size:,}"), ("multiplications of a step", f"{cost.products:,}"),
                                      ("steps of an epoch", f"{cost.steps:,}"),
                                      ("multiplications of an epoch", f"{cost.epoch:,}")])
    with right:
        table(("200 batches, measured", ""), [
            ("angle to the full gradient, half are below", f"{words(np.median(bundle.angles), 3)}°"),
            ("spread ÷ length of the full gradient", words(bundle.spread, 3)),
            ("batches that point uphill", f"{words(100 * bundle.uphill, 3)} %")])
        lined((r"g_B&=\frac1B\sum_{i\in B}g_i,\qquad B=" + str(size), *([
            r"\text{spread}&\approx\frac{\text{spread}(1)}{\sqrt B}\sqrt{\frac{N-B}{N-1}}",
            rf"&=\frac{{{tex(float(moment.spread(1)), 3)}}}{{\sqrt{{{size}}}}}\sqrt{{\frac{{{512 - size}}}{{511}}}}="
            + tex(float(moment.spread(size)), 3)] if answered() else [])))
    left, right = st.columns(2)
    with left:
        measured = {B: moment.bundle(B).spread for B in BATCHES[:-1]}
        figure(pictures_batches.spread(moment, measured if answered() else {} if every else {size: bundle.spread},
                                       size, answered()),
               key="optimizers/batch_spread", height=300,
               alt="The spread of batch gradients over the batch size, on two logarithmic axes.")
    with right:
        courses = {B: course(B) for B in dict.fromkeys((size, 1, BATCHES[-1]))}
        each = {B: core.ROWS // B if over == "steps" else 1 for B in courses}
        last = 60 if over == "steps" else core.EPOCHS
        shown = {B: (np.arange(core.EPOCHS + 1) * each[B], losses) for B, losses in courses.items()}
        figure(pictures_batches.course(shown, f"{over} at a rate of 0.1", last), key="optimizers/batch_course", height=300,
               alt=f"The loss of all rows over {over}, for batches of {size}, of 1 and of all rows.")
        ends = ", ".join(f"**{words(losses[-1], 3)}** with {'all rows' if B == BATCHES[-1] else B} in a batch"
                         for B, losses in courses.items())
        st.caption(f"After {core.EPOCHS} epochs the loss is {ends}. All see equally many rows and start from the same weights.")
