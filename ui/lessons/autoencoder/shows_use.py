"""Ideas on what it is good for, and what it costs: noise, the width of the code, what is lost, odd rows."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.data import SOURCES
from ann_core.lessons import autoencoder as core
from ui.figure import figure
from ui.lessons.autoencoder import COLUMNS, DIGITS, controls, denoiser, flowers, held_out, pictures, widths
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told


@st.fragment
def noise() -> None:
    """A digit under noise, and what three methods make of it."""
    board = st.container()
    left, right = st.columns(2)
    with left:
        k = controls.slider("noise/digit", "Digit", 0, 9, 5, 1)
        strength = controls.slider("noise/strength", "Standard deviation of the noise", 0.0, 1.0, 0.5, 0.1)
        draw = controls.slider("noise/draw", "Draw of the noise", 1, 20, 1, 1)
    cleaner, plain = denoiser(True), denoiser(False)
    x = held_out(k)
    given = core.noisy(x[None], strength, draw)
    X = cleaner.run.data.X_test
    all_given = core.noisy(X, strength, draw)
    ways = {"nothing done": lambda A: A, "PCA with 16": cleaner.pca.again, "learned on clean digits": plain.again,
            "learned under noise 0.5": cleaner.again}
    shown = {"the digit": x, "given": given[0]}
    if answered():
        shown |= {name: way(given)[0] for name, way in list(ways.items())[1:]}
    with board:
        figure(pictures.row_of(shown), key="autoencoder/noise", height=230, least=640 if answered() else 300,
               alt=f"A digit {k}; the same under noise of "
                   f"{words(strength)}" + told("; what PCA and two networks make of it.", "."))
    wrong = {name: core.error(way(all_given), X) for name, way in ways.items()}
    with left:
        table(("method, code of 16", "error on all held out"), [
            (name, words(value, 3) if name == "nothing done" else told(words(value, 3))) for name, value in wrong.items()])
    with right:
        of_noise = float(((given[0] - x) ** 2).mean())
        lined((r"\tilde x&=x+n", r"L&=\tfrac1{64}\textstyle\sum_i(\hat x_i(\tilde x)-x_i)^2",
               rf"\tfrac1{{64}}\textstyle\sum_i n_i^2&={tex(of_noise, 3)}\ \text{{for this digit}}",
               rf"\sigma^2&={tex(strength, 2)}^2={tex(strength**2, 3)}\ \text{{in the mean}}"))
        st.caption("The network gets x̃, the digit under noise, and is asked for x, the clean one. It draws new noise for "
                   "every digit in every step, so it cannot learn the noise by heart.")


@st.fragment
def width() -> None:
    """The error over the width of the code."""
    trained = widths()
    left, right = st.columns([3, 2])
    with right:
        chosen = int(controls.series("width/code", "Numbers in the code", core.WIDTHS, 2))
        k = controls.slider("width/digit", "Digit", 0, 9, 2, 1)
    network = trained[chosen]
    X = network.run.data.X_test
    sheets = np.array([core.error(trained[w].pca.again(X), X) for w in core.WIDTHS])
    nets = np.array([trained[w].errors[-1] for w in core.WIDTHS])
    x, i = held_out(k), core.WIDTHS.index(chosen)
    with left:
        figure(pictures.width(core.WIDTHS, sheets, nets if answered() else nets[:2], chosen),
               key="autoencoder/width", height=330, alt="Error on held-out digits by width of the code. " + "; ".join(
                   f"{w}: PCA {words(a)}, network {told(words(b)) if j > 1 else words(b)}"
                   for j, (w, a, b) in enumerate(zip(core.WIDTHS, sheets, nets, strict=True))) + ".")
        figure(pictures.row_of({"the digit": x, f"through {chosen}": network.again(x[None])[0]}),
               key="autoencoder/width/picture", height=210,
               alt=f"A digit {k}, and what comes back through a code of {chosen}.")
    with right:
        table(("code", "PCA", "network, 40 epochs"), [
            (str(w), words(a), words(b) if j < 2 else told(words(b)))
            for j, (w, a, b) in enumerate(zip(core.WIDTHS, sheets, nets, strict=True))])
        numbers = chosen / 64
        lined((rf"\frac{{\text{{code}}}}{{\text{{pixels}}}}&=\frac{{{chosen}}}{{64}}={tex(numbers, 3)}",
               rf"\text{{error of PCA}}&={tex(float(sheets[i]))}"))
    st.caption("All networks: 64 – 32 – code – 32 – 64, tanh, rate 0.01, 40 epochs. Errors are means over pixels of digits "
               "held out.")


@st.fragment
def lost() -> None:
    """What of a picture does not come back."""
    board = st.container()
    left, right = st.columns([3, 2])
    with right:
        k = controls.slider("lost/digit", "Digit", 0, 9, 8, 1)
        code = int(controls.one_of("lost/code", "Numbers in the code", core.WIDTHS, 2))
    network = widths()[code]
    data, x = network.run.data, held_out(k)
    back = network.again(data.X_test)
    mean = core.error(data.X_train.mean(0), data.X_test)
    wrong = core.error(back, data.X_test)
    by_class = np.array([core.error(back[data.y_test == c], data.X_test[data.y_test == c]) for c in DIGITS])
    with board:
        figure(pictures.itself(x, network.again(x[None])[0]), key="autoencoder/lost", height=250, least=420,
               alt=f"A digit {k}, what comes back through {code}, and the squared difference of each pixel.")
    with left:
        figure(pictures.by_class(by_class, mean), key="autoencoder/lost/classes", height=260,
               alt="Mean squared error of each "
                   "class: " + "; ".join(f"{c}: {words(v, 2)}" for c, v in zip(DIGITS, by_class, strict=True))
               + ".")
    with right:
        tiles({"error of all held out": words(wrong, 3), "kept": told(f"{100 * (1 - wrong / mean):.0f} %")})
        lined((r"\text{kept}&=1-\frac{\text{error of what comes back}}{\text{error of the mean digit}}",
               rf"&=1-\frac{{{tex(wrong, 3)}}}{{{tex(mean, 3)}}}" + told(f"={tex(1 - wrong / mean, 2)}", "")))
        st.caption("Where the code does not say how a stroke ran, the smallest squared error is paid for grey: the mean of "
                   "all that it might have been. So what comes back is blurred: its pixels differ less than those of the "
                   "digits.")


@st.fragment
def odd() -> None:
    """A flower with values of one's own, and whether it goes together."""
    network = flowers()
    all_flowers = SOURCES["iris"].dataset().X
    left, right = st.columns([3, 2])
    with right:
        st.caption("A flower's measurements, in centimetres; the others stay as a small one (*setosa*) usually has them.")
        raw = np.median(all_flowers[:50], axis=0)
        for i, usual in ((2, 1.5), (3, 0.2)):
            low, high = float(all_flowers[:, i].min()), float(all_flowers[:, i].max())
            raw[i] = controls.slider(f"odd/{i}", COLUMNS[i].capitalize(), low, high, usual, 0.1)
    oddity, back = core.flower(network, raw)
    X = network.run.data.to_inputs(all_flowers)
    others = ((network.again(X) - X) ** 2).mean(1)
    scale = network.run.data.scaler.scale
    squares = (((back - raw) / scale) ** 2).round(3)
    with left:
        figure(pictures.odd(all_flowers, others, raw), key="autoencoder/odd", height=380, on=_moved,
               drag={"your flower": pictures.reach_of(all_flowers)},
               alt=f"Petal length and width of 150 flowers, the odder the darker; yours at {words(raw[2])} and "
                   f"{words(raw[3])}.")
        st.caption("Drag your flower, or move it with the arrow keys. The darker a flower, the odder it is: the worse it comes "
                   "back.")
    with right:
        table(("column", "given", "expected", "squared, in deviations"), [
            (name, words(a, 3), told(words(b, 3)), told(words(s, 3))) for name, a, b, s in zip(
                COLUMNS, raw, back, squares, strict=True)])
        tiles({"oddity": told(words(oddity, 3)), "flowers that are less "
                                                 "odd": told(f"{100 * float((others < oddity).mean()):.0f} %")})
        lined((r"\text{oddity}&=\tfrac14\textstyle\sum_i\Bigl(\frac{\hat x_i-x_i}{s_i}\Bigr)^2",
               told(rf"&=\tfrac14({'+'.join(tex(s, 2) for s in squares)})", r"&=\ ?"), told(rf"&={tex(oddity, 3)}", r"&\ \ ")))
        st.caption("x: what is given; x̂: what comes back, so what is expected; s: the standard deviation of a column.")


def _moved(_: str, values: dict[str, float]) -> None:
    for i, axis in ((2, "x"), (3, "y")):
        controls.put(f"odd/{i}", round(values[axis], 1))
