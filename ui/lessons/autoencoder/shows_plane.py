"""Ideas on the plane of codes: who lies beside whom, and what lies between."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import autoencoder as core
from ui.figure import Drag, figure
from ui.lessons.autoencoder import EPOCHS, code_of, controls, network, pictures
from ui.lessons.autoencoder.pictures import POINT
from ui.lessons.parts import lined, table, tiles
from ui.question import told

PIXEL = 27
"""Whose sum is spelt out: row 4, column 4."""
EDGE = 3.5
"""The plane that is gone through reaches so far."""


@st.fragment
def plane() -> None:
    """Codes of held-out digits in the colours of their classes."""
    left, right = st.columns([3, 2])
    with right:
        by = controls.one_of("plane/by", "Codes by", ("the network", "PCA"), "the network")
        epoch = int(controls.series("plane/epoch", "Epoch of the network", EPOCHS, 40))
        number = controls.slider("plane/number", "Which held-out digit asks", 1, 100, 7, 1)
    trained = network("tanh")
    data = trained.run.data
    known, asked = (trained.codes(X, epoch) if by == "the network" else trained.pca.codes(X)
                    for X in (data.X_train, data.X_test))
    near = core.neighbours(asked, known)
    votes = core.voted(data.y_train, near)
    i, share = number - 1, float((votes == data.y_test).mean())
    every = [*(trained.codes(data.X_test, at) for at in EPOCHS), trained.pca.codes(data.X_test)]
    reach = float(np.abs(every).max()) * 1.05  # of all epochs and PCA: the axes hold still
    with left:
        figure(pictures.plane(asked, data.y_test, data.target.class_names, reach, (asked[i, 0], asked[i, 1])),
               key="autoencoder/plane", height=470, alt=f"Codes of {len(asked)} held-out digits by {by}, in the colours of "
                               "their classes; one of them is marked.")
    with right:
        table(("nearest", "is a", "distance"), [(str(n + 1), told(data.target.class_names[data.y_train[j]]),
                                                 words(float(np.sqrt(((known[j] - asked[i]) ** 2).sum())), 3))
                                                for n, j in enumerate(near[i])])
        tiles({"they vote for": told(data.target.class_names[votes[i]]), "it is a": data.target.class_names[data.y_test[i]],
               "right votes of all": told(f"{100 * share:.0f} %")})
        a, b = asked[i], known[near[i, 0]]
        lined((r"d&=\sqrt{(c_1-c'_1)^2+(c_2-c'_2)^2}",
               rf"&=\sqrt{{({tex(a[0], 3)}-{factor(b[0], 3)})^2+({tex(a[1], 3)}-{factor(b[1], 3)})^2}}",
               rf"&={tex(float(np.sqrt(((a - b) ** 2).sum())), 3)}"))
        st.caption("The colours are ours: the network has never been told which digit is which. Each held-out digit asks the "
                   "five codes of training digits that lie nearest; of classes with as many votes the lowest counts.")


@st.fragment
def decode() -> None:
    """A place in the plane, and the decoder's picture of it."""
    trained = network("tanh")
    data = trained.run.data
    asked = trained.codes(data.X_test)
    left, right = st.columns([3, 2])
    with right:
        first, second = (controls.slider(f"decode/{axis}", f"{name} number of the code", -EDGE, EDGE, usual, 0.1)
                         for axis, name, usual in zip("xy", ("First", "Second"), code_of(0), strict=True))
    code = np.array([first, second])
    made = trained.decoded(code[None])[0]
    nearest = int(((asked - code) ** 2).sum(-1).argmin())
    k = data.target.class_names[data.y_test[nearest]]
    with left:
        figure(pictures.plane(asked, data.y_test, data.target.class_names, EDGE, (first, second)), key="autoencoder/decode",
               height=470, on=_moved, drag={POINT: Drag((-EDGE, EDGE), (-EDGE, EDGE), 0.1, "place in the plane")},
               alt=f"Codes of held-out digits, and a point at {words(first)}, {words(second)}; it is dragged.")
        st.caption("Drag the point, or move it with the arrow keys.")
    with right:
        figure(pictures.row_of({"the decoder's picture": made, f"nearest digit: {k}": data.X_test[nearest]}),
               key="autoencoder/decode/picture", height=230,
               alt=f"What the decoder makes of this place, and the held-out digit whose code lies nearest, a {k}.")
        (W3, b3), (W4, b4) = trained.layer(2), trained.layer(3)
        h = np.tanh(code @ W3 + b3)
        pixel = float(h @ W4[:, PIXEL] + b4[PIXEL])
        lined((r"h_1&=\tanh(w_{11}c_1+w_{21}c_2+b_1)",
               rf"&=\tanh({factor(W3[0, 0], 2)}\cdot{factor(first, 2)}+{factor(W3[1, 0], 2)}\cdot{factor(second, 2)}",
               rf"&\qquad{signed(float(b3[0]), 2)})={tex(float(h[0]), 3)}",
               r"\hat x_{28}&=\textstyle\sum_{j=1}^{32}w_{j,28}\,h_j+b_{28}", rf"&={tex(pixel, 3)}"))
        st.caption("h₁: the first of 32 units behind the code. x̂₂₈: the pixel in row 4, column 4.")


def _moved(_: str, values: dict[str, float]) -> None:
    for axis in "xy":
        controls.put(f"decode/{axis}", round(values[axis], 1) + 0.0)
