"""Batch normalisation: what it does to a unit's sums, and what differs in use."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lab import remedies
from ann_core.lessons import gradients_norm as core
from ann_core.nn.layers.normalization import EPSILON, MOMENTUM
from ann_core.run.link import edited
from ui.figure import figure
from ui.lessons.gradients import AS_TEXT, FAILS, STEPS, controls, effects, pictures_norm, seed, seeded, situation
from ui.lessons.parts import lined, table
from ui.question import answered, told

SIZES = (2, 8, 32, 128)
"""Rows in a batch."""
kept = st.cache_data(show_spinner=False, max_entries=100, hash_funcs=AS_TEXT)(core.kept)


@st.fragment
def batch_norm() -> None:
    """The sums of one unit over a batch, before and after."""
    remedy = remedies.batch_norm()
    left, right = st.columns([3, 2])
    with right:
        layer = int(controls.slider("batch_norm/layer", "Layer", 1, 12, 3, 1))
        gamma = controls.slider("batch_norm/gamma", "Scale γ, learned", -2.0, 3.0, 1.0, 0.1)
        beta = controls.slider("batch_norm/beta", "Shift β, learned", -3.0, 3.0, 0.0, 0.1)
    Z = core.sums(remedy.helps.cured, layer)
    found = core.normed(Z, gamma, beta)
    with left:
        figure(pictures_norm.batch_norm(Z, found.out), key="gradients/batch_norm", height=440,
               alt=f"The sums of unit 1 of layer {layer} over {core.BATCH} rows: before, around {words(found.mean, 3)} with a "
                   f"variance of {words(found.variance, 3)}; after, around {words(beta)}.")
    with right:
        lined((r"\hat z&=\frac{z-\text{mean}}{\sqrt{\text{var}+\varepsilon}}",
               rf"&=\frac{{{tex(Z[0], 3)}{signed(-found.mean, 3)}}}"
               rf"{{\sqrt{{{tex(found.variance, 3)}+{tex(EPSILON)}}}}}={tex(found.hat[0], 3)}",
               rf"\text{{out}}&=\gamma\,\hat z+\beta={factor(gamma)}\cdot{factor(found.hat[0], 3)}{signed(beta)}="
               rf"{tex(found.out[0], 3)}",
               r"\text{back:}\;&\frac{\gamma}{\sqrt{\text{var}+\varepsilon}}=" + told(tex(found.factor, 3), r"\;?")))
        st.caption(f"Row 1 of a batch of {core.BATCH}, unit 1 of layer {layer} of twelve sigmoid layers, before the first "
                   "step. On the way back the gradient is multiplied by the last line, after its mean over the batch and its "
                   "part along ẑ are taken out.")
    left, right = st.columns([3, 2])
    with right:
        fails = situation("batch_norm", remedy.helps, remedy.fails) == FAILS
        pair = remedy.fails if fails else remedy.helps
        number = seed("batch_norm")
        training = pair.cured.training
        steps = training.epochs * -(-pair.cured.rows // training.batch_size)
        st.caption(f"Twelve sigmoid layers, {training.epochs} epochs, which are {steps:,} steps. {effects.LEARNED}")
    with left:
        effects.picture("batch_norm", pair, ("without", "with batch norm"), number)
        effects.numbers(pair, ("without", "with batch norm"), number)


@st.fragment
def in_use() -> None:
    """Running statistics, gathered while a network learns; and one row, judged by them or by the batch that it came in."""
    left, right = st.columns([3, 2])
    with right:
        rows = int(controls.series("in_use/rows", "Rows in a batch of training", SIZES, 8))
        step = int(controls.slider("in_use/step", "Step in the formula", 1, STEPS, 10, 1))
        number = seed("in_use")
    all_sizes = {size: kept(seeded(edited(remedies.batch_norm().helps.cured, {"training.batch_size": size}), number), STEPS)
                 for size in SIZES}
    found = all_sizes[rows]
    reach = max(float(np.abs(one.batch_mean).max()) for one in all_sizes.values())
    top = max(1.0, *(float(one.batch_variance.max()) for one in all_sizes.values()))
    with left:
        figure(pictures_norm.in_use(found, step, reach, top), key="gradients/in_use", height=400,
               **controls.cursor("in_use/step", step, 1, STEPS, round),
               alt=f"The mean of unit 1 of layer 1 in each of {STEPS} batches of {rows} rows, and the running mean, "
                   f"{words(found.mean[-1], 3)} at the end.")
    before, batch, after = found.mean[step - 1], found.batch_mean[step - 1], found.mean[step]
    with right:
        lined((rf"\text{{running}}&\leftarrow\text{{running}}+{MOMENTUM:g}\,(\text{{batch}}-\text{{running}})",
               rf"\text{{mean:}}\;&\;{tex(before, 2)}+{MOMENTUM:g}\,({tex(batch, 2)}{signed(-before, 2)})",
               rf"&={tex(after, 2)}"))
        st.caption("In training every batch is judged by its own mean and variance (over m rows; over m − 1 for the running "
                   "one), and moves the running ones. In use they stand still.")
    _one_row(found, step)


def _one_row(found: core.Kept, step: int) -> None:
    """What becomes of one row's sum, by the company that it comes in, and by the running statistics."""
    Z = found.Z[step]
    alone = [float(core.normed(Z[:m], 1.0, 0.0).hat[0]) for m in range(1, core.BATCH + 1)]
    used = float(core.normed(Z[:1], 1.0, 0.0, found.mean[step], found.variance[step]).hat[0])
    left, right = st.columns([3, 2])
    with right:
        m = int(controls.slider("in_use/company", "Rows that are judged together", 1, core.BATCH, core.BATCH, 1))
        by_batch = told(words(alone[0], 3)) if m == 1 else words(alone[m - 1], 3)
        table((f"one row, z = {words(Z[0], 3)}", "ẑ"), [
            ("in training, alone" if m == 1 else f"in training, with {m - 1} other row{'s' * (m > 2)}", by_batch),
            ("in use, by the running statistics", words(used, 3))])
        st.caption(f"After {step} steps. In use the answer for a row depends on that row alone." + told(
            " By a batch of its own, a row is its own mean: z − z is 0 whatever z is.", ""))
    with left:
        shown = slice(None if answered() else 1, None)
        figure(pictures_norm.one_row(np.arange(1.0, core.BATCH + 1)[shown], np.array(alone)[shown], m, used),
               key="gradients/in_use/row", height=280,
               alt=f"The same row's ẑ over how many rows it is judged with; with {m} rows: {by_batch}; in use "
                   f"{words(used, 3)}.")
