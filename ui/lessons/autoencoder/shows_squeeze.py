"""Ideas on what goes through: no labels, two numbers, and what straight lines would reach."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import autoencoder as core
from ui.figure import figure
from ui.lessons.autoencoder import EPOCHS, NETWORKS, controls, held_out, labels_matter, network, pictures
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told

FIRST = 27
"""A pixel from which on the sum of errors is spelt out: those before it are mostly empty."""


@st.fragment
def itself() -> None:
    """A digit, and what comes back of it at some epoch."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        k = controls.slider("itself/digit", "Digit", 0, 9, 3, 1)
        epoch = int(controls.series("itself/epoch", "Epoch", EPOCHS, 40))
    trained, x = network("tanh"), held_out(k)
    back = trained.again(x[None], epoch)[0]
    wrong = core.error(back, x)
    with board:
        figure(pictures.itself(x, back), key="autoencoder/itself", height=270, least=420,
               alt=f"A digit {k}, what comes back of it at epoch {epoch}, and the squared difference of each pixel. Their "
                   f"mean is {words(wrong, 3)}.")
    with left:
        tiles({"error of this digit": words(wrong, 3), "of all held out": words(float(trained.errors[epoch]), 3)})
        st.caption(f"{len(trained.run.data.X_train):,} digits were learned from, {len(trained.run.data.X_test)} held out. "
                   f"After mixing up all labels, the largest change of a weight: {told(words(labels_matter()))}.")
    with right:
        shown = slice(FIRST, FIRST + 1)
        parts = "+".join(rf"({tex(a, 2)}-{tex(b, 2)})^2" for a, b in zip(back[shown], x[shown], strict=True))
        lined((r"y&=x", r"L&=\tfrac1{64}\textstyle\sum_{i=1}^{64}(\hat x_i-x_i)^2", rf"&=\tfrac1{{64}}(\dots+{parts}+\dots)",
               rf"&={tex(wrong, 3)}"))
        st.caption("x: the 64 pixels, from 0 to 1. x̂: what comes back. Spelt out is the pixel in row 4, column 4. The answer "
                   "that is asked for is the input itself.")


@st.fragment
def squeeze() -> None:
    """A digit's way through two numbers."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        k = controls.slider("squeeze/digit", "Digit", 0, 9, 0, 1)
        number = controls.slider("squeeze/number", "Which one of this digit", 1, 40, 1, 1)
        of = int(controls.one_of("squeeze/of", "Number in the formula", {1: "first", 2: "second"}, 1))
    trained, x = network("tanh"), held_out(k, number)
    code = trained.codes(x[None])[0]
    back = trained.decoded(code[None])[0]
    with board:
        figure(pictures.squeeze(x, code, back), key="autoencoder/squeeze", height=270, least=420,
               alt=f"A digit {k} of 64 pixels, its code {words(code[0], 3)} and {words(code[1], 3)}, and the 64 pixels that "
                   "come back.")
    (W1, b1), (W2, b2) = trained.layer(0), trained.layer(1)
    h = np.tanh(x @ W1 + b1)
    parts = (h * W2[:, of - 1]).reshape(4, 8).sum(1)
    with left:
        tiles({"first number": words(code[0], 3), "second number": words(code[1], 3),
               "error": words(core.error(back, x), 3)})
    with right:
        lined((r"h&=\tanh(W_1^\top x+b_1)\quad(32)", rf"c_{of}&=\textstyle\sum_{{j=1}}^{{32}}w_{{j{of}}}\,h_j+b_{of}",
               rf"&={'+'.join(factor(v, 3) for v in parts)}",
               rf"&\quad{signed(float(b2[of - 1]), 3)}={tex(float(code[of - 1]), 3)}",
               r"\hat x&=" + told(r"W_4^\top\tanh(W_3^\top c+b_3)+b_4", r"\ ?")))
        st.caption(f"The 32 products are added up eight by eight. The network has {trained.run.net.n_parameters:,} "
                   "parameters; what passes its middle is a *code* of two numbers. What leads to it is the *encoder*, what "
                   "leads on the *decoder*.")


@st.fragment
def pca() -> None:
    """The error over the epochs, against the best flat sheet."""
    left, right = st.columns([3, 2])
    with right:
        name = controls.one_of("pca/network", "Network", NETWORKS, "tanh",
                               help="Layers on each side of the code. No bends: sums alone, without an activation.")
        trained = network(name)
        last = len(trained.errors) - 1
        epoch = controls.slider("pca/epoch", "Epoch", 0, last, min(5, last), 1)
        k = controls.slider("pca/digit", "Digit", 0, 9, 6, 1)
    data, x = trained.run.data, held_out(k)
    sheet, mean = core.error(trained.pca.again(data.X_test), data.X_test), core.error(data.X_train.mean(0), data.X_test)
    now = float(trained.errors[epoch])
    with left:
        seen = trained.errors if answered() else trained.errors[:3]
        figure(pictures.race(seen, epoch if answered() else None, sheet, mean, last),
               key="autoencoder/pca", height=320, alt=f"Mean squared error on {len(data.X_test)} held-out digits by epoch. "
               f"Always the mean digit: {words(mean, 3)}. PCA with two numbers: {words(sheet, 3)}. The network at epoch "
               f"{epoch}: {told(words(now, 3))}.")
        shown = {"the digit": x, "by PCA": trained.pca.again(x[None])[0]}
        if answered():
            shown["by the network"] = trained.again(x[None], epoch)[0]
        figure(pictures.row_of(shown), key="autoencoder/pca/pictures", height=200,
               alt=f"A digit {k}, what PCA gives back" + told(", and what the network gives back.", "."))
    with right:
        table(("method", "error"), [("always the mean digit", words(mean, 3)), ("PCA with 2 numbers", words(sheet, 3)),
                                    (f"network, epoch {epoch}", told(words(now, 3)))])
        c = trained.pca.codes(x[None])[0]
        lined((r"c&=V(x-m)\quad\text{(2 numbers)}", rf"&=({tex(c[0], 3)},\ {tex(c[1], 3)})", r"\hat x&=m+V^\top c",
               rf"\text{{error}}&={tex(core.error(trained.pca.again(x[None]), x), 3)}\ \text{{for this digit}}"))
        st.caption("PCA, principal component analysis: m is the mean digit, the two rows of V are the directions in which "
                   "digits differ most. Of all flat sheets it leaves the smallest error on what it was made from. It is "
                   "worked out at once, without learning.")
