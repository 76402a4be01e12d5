"""Ideas on networks that learned: shapes asked elsewhere, moved digits, and one digit's whole way."""

import numpy as np
import streamlit as st

from ann_core.base.arrays import Array
from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons.convolution_trained import REACH, Trained, moved
from ui.figure import figure
from ui.lessons.convolution import DIGITS, ENDINGS, NETWORKS, centred, controls, held_out, one_sided, pictures_learned, reader
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


@st.fragment
def elsewhere() -> None:
    """Shapes learned at the left; three networks are asked at the right."""
    known = one_sided()
    left, right = st.columns([3, 2])
    with right:
        name = controls.one_of("elsewhere/network", "Network", NETWORKS, help=ENDINGS)
        side = controls.one_of("elsewhere/side", "The shape stands", ("at the left", "at the right"), "at the left")
        number = controls.slider("elsewhere/number", "Picture", 1, 24, 5, 1)
    network = known.networks[name]
    held = network.data
    X, y = (held.X_test.reshape(len(held.X_test), -1), held.y_test) if side == "at the left" else (known.pictures, known.labels)
    picture, k, names = X[number - 1], int(y[number - 1]), held.target.class_names
    through = network.outputs(picture)
    said = names[int(through[-1].argmax())]
    with left:
        figure(pictures_learned.elsewhere(known.right, answered()), key="convolution/elsewhere", height=300,
               alt="Shares of right answers: " + "; ".join(
                   f"{NETWORKS[one]} {_percent(a)} at the left, {told(_percent(b))} at the right"
                   for one, (a, b) in known.right.items()) + ".")
        table(("network", "at the left", "at the right"),
              [(NETWORKS[one], _percent(a), told(_percent(b))) for one, (a, b) in known.right.items()])
    with right:
        figure(pictures_learned.shape(picture, _winners(network, through) if name == "anywhere" else None),
               key="convolution/elsewhere/picture", height=240, alt=f"A noisy picture of 12 by 12 pixels: {names[k]}, {side}.")
        hidden = told(said) if side == "at the right" else said
        st.markdown(f"It is: **{names[k]}**. This network says: **{hidden}**.")
    features = through[-2]

    def separated(values: Array) -> str:
        return r",\ ".join(tex(v, 2) for v in values)

    if name == "anywhere":
        lined((r"f_c&=\max_{y,x}A_{y,x,c}", rf"f_1,\dots,f_8&={separated(features[:4])},",
               rf"&\phantom{{=}}{separated(features[4:])}", r"z_k&=\sum_{c=1}^{8}w_{c,k}\,f_c+b_k"))
        st.caption("Rings: where each of the eight filters of the second layer answers most strongly; some may coincide. The "
                   f"output gets these eight numbers{told(', and no places', '')}.")
    else:
        lined((rf"z_k&=\sum_{{i=1}}^{{{features.size}}}w_{{i,k}}\,a_i+b_k",))
        st.caption(f"{features.size} numbers reach the output, " + (
            "one for each place and filter of the second layer's pooled maps." if name == "places" else
            "one for each hidden unit, which has a weight for every pixel."))
    st.caption("Measured: each network learned 600 shapes whose left edge stands in columns 1 to 3; asked are 200 others "
               "there, and 300 whose left edge stands in columns 6 to 8. Six shapes: whoever guesses is right in 17 %.")


def _winners(network: Trained, through: list[Array]) -> Array:
    """Where in the picture the strongest answer of each filter of the second layer has its middle, (8, 2)."""
    maps = through[3]
    places = np.stack(np.unravel_index(maps.reshape(-1, maps.shape[-1]).argmax(0), maps.shape[:2]), -1)
    return 2 * places + 0.5


@st.fragment
def shifted() -> None:
    """Digits learned in the middle of a canvas, then moved."""
    known = centred()
    board = st.container()
    left, right = st.columns(2)
    with left:
        k = controls.one_of("shifted/digit", "Digit", DIGITS, 8)
        down = controls.slider("shifted/down", "Moved down by", -REACH, REACH, 0, 1)
        across = controls.slider("shifted/across", "Moved to the right by", -REACH, REACH, 0, 1)
    picture = moved(known.pictures.reshape(len(known.pictures), -1)[known.labels == k][:1], down, across)
    there = down == across == 0
    shares = {name: float(found[down + REACH, across + REACH]) for name, found in known.right.items()}
    with board:
        figure(pictures_learned.shifted(picture, known.right if answered() else None, (down, across)),
               key=f"convolution/shifted/{answered()}", height=300, least=560 if answered() else 0,
               alt=f"A {k} on a canvas of 12 by 12, moved {down} down and {across} to the right. Right answers: " + "; ".join(
                   f"{NETWORKS[name]} "
                   f"{_percent(share) if there else told(_percent(share))}" for name, share in shares.items()) + ".")
        if answered():
            st.caption("Each small square: the share of held-out digits read right, in per cent, when all of them are moved so "
                       "many pixels up, down, left or right. The middle: not moved.")
    with right:
        table(("network", "this digit is read as", "of all held-out digits right"), [
            (NETWORKS[name], *(one if there else told(one) for one in (
                str(int(network.answers(picture)[0])), _percent(shares[name])))) for name, network in known.networks.items()])
        st.caption(f"Learned: 1,348 digits in the middle. Asked: 449 others, moved. {ENDINGS}")
    lined((r"\text{moved}_{y,x}&=\text{picture}_{y-d,\,x-r}", rf"d&={down},\quad r={across}"))


@st.fragment
def digit() -> None:
    """One digit's way through the whole network."""
    network = reader()
    board = st.container()
    left, right = st.columns(2)
    with left:
        k = controls.one_of("digit/digit", "Digit", DIGITS, 4)
        number = int(controls.one_of("digit/filter", "Filter", range(1, 9), 3))
        looked_at = int(controls.one_of("digit/class", "Class in the formula", DIGITS, 4))
    picture, arrays, last = held_out(k), network.layer(0), network.layer(3)
    shown, maps, pooled, flat, p = network.outputs(picture.ravel())
    parts = (flat[:, None] * last["W"]).reshape(16, 8, 10).sum(0)[:, looked_at]
    b = float(last["b"][looked_at])
    z = float(parts.sum() + b)
    with board:
        figure(pictures_learned.digit(picture, arrays["W"].T.reshape(-1, 3, 3)[number - 1], maps[..., number - 1],
                                      pooled[..., number - 1], number), key="convolution/digit", height=300, least=640,
               alt=f"A handwritten {k}, filter {number}, its map of 8 by 8, and what the pool leaves of it, 4 by 4.")
    with left:
        tiles({"it reads": str(int(p.argmax())), "p of the class": words(float(p[looked_at]), 3)})
        sizes = [" × ".join(map(str, A.shape)) for A in (shown, maps, pooled)]
        table(("", "numbers"), [("picture", sizes[0]), ("8 maps", sizes[1]), ("after the pool", told(sizes[2])),
                                ("in one row", told(str(flat.size))), ("output", str(p.size))])
    with right:
        figure(pictures_learned.classes(p, looked_at), key="convolution/digit/classes", height=220,
               alt=f"Ten probabilities; the largest is that of {int(p.argmax())}, {words(float(p.max()), 3)}.")
        lined((rf"z_{looked_at}&=\sum_{{f=1}}^{{8}}\sum_{{y,x}}w\,a+b_{looked_at}",
               rf"&={'+'.join(factor(v, 3) for v in parts[:4])}", rf"&\quad+{'+'.join(factor(v, 3) for v in parts[4:])}",
               rf"&\quad{signed(b, 3)}={tex(z, 4)}",
               rf"p_{looked_at}&=\frac{{e^{{z_{looked_at}}}}}{{\sum_k e^{{z_k}}}}={tex(float(p[looked_at]), 4)}"))
        st.caption("One number for each of the eight filters: what its pooled map adds to the sum of the class.")
