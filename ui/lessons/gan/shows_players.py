"""Ideas on the two networks: noise becomes samples, the judge, and what each of them sees of the other."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import gan as core
from ann_core.lessons import gan_course
from ann_core.run.objectives.adversarial import GAMES
from ui.figure import Drag, figure
from ui.lessons.gan import FOLLOWED, MOMENTS, SEED, controls, course, pictures
from ui.lessons.gan.pictures import REACH
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told

H = 1e-5
"""How far a sample is moved for a finite difference."""
GAME_NAMES = {"non_saturating": "non-saturating", "minimax": "minimax", "least_squares": "least squares"}


def _shown(known: gan_course.Course, rows: int = 250) -> np.ndarray:
    return known.setup.data.X_train[:rows]


def _put(name: str, to: Mapping[str, float]) -> None:
    for i, axis in ((1, "x"), (2, "y")):
        controls.put(f"{name}{i}", round(to[axis], 2))


@st.fragment
def noise() -> None:
    """A point of noise and the sample that the generator makes of it."""
    known = course("usual", SEED)
    left, middle = st.container().columns(2)  # both pictures of one size, under the question
    below, right = st.columns(2)
    with below:
        rounds = int(controls.series("noise/round", "Round", MOMENTS, 2000))
        z = np.array([controls.slider(f"noise/z{i}", f"Noise z{'₁₂'[i - 1]}", -REACH, REACH, usual, 0.01)
                      for i, usual in ((1, 0.5), (2, -0.5))])
    players, drawn = known.players(rounds), gan_course.noise(250)
    walk = gan_course.walk(known.players(core.ROUNDS)) if answered() else None
    x = players.made(z[None])[0]
    far = float(gan_course.nearest(x)[1])
    with left:
        figure(pictures.noise(drawn, (z[0], z[1]), walk), key="gan/noise", height=340,
               drag={"noise z": Drag(x=(-REACH, REACH), y=(-REACH, REACH), step=0.01, label="noise")},
               on=lambda _, to: _put("noise/z", to),
               alt=f"Points of noise around the origin; the chosen one lies at {words(z[0], 3)}, {words(z[1], 3)}.")
        st.caption("Drag the diamond, or move it with the arrow keys: its sample goes along.")
    with middle:
        figure(pictures.samples(players, drawn, _shown(known), (z[0], z[1]), walk), key="gan/noise/samples", height=340,
               alt=f"True samples in eight clouds on a circle; the sample that the generator makes of the chosen noise after "
                   f"{rounds:,} rounds lies at {words(x[0], 3)}, {words(x[1], 3)}.")
    with right:
        tiles({"sample x₁": words(x[0], 3), "sample x₂": words(x[1], 3), "to the nearest centre": words(far, 3)})
        w, b = players.first_unit()
        unit = float(players.hidden(z[None])[0][0, 0])
        lined((r"h_1&=\tanh(w_1z_1+w_2z_2+b)",
               rf"&=\tanh\bigl({factor(w[0], 3)}\cdot{factor(z[0], 3)}{signed(w[1], 3)}\cdot{factor(z[1], 3)}"
               rf"{signed(b, 3)}\bigr)",
               rf"&={tex(unit)}", rf"x_1&=\sum_{{k=1}}^{{32}}v_k\,g_k+c={tex(x[0])}"))
        st.caption("h₁: the first of 32 units of the generator's first layer; g: the 32 units of its second. A sample within "
                   f"{words(gan_course.TRUTH.reach)} of a centre counts as good.")


@st.fragment
def judge() -> None:
    """What the judge says of one sample, and what that costs it."""
    known = course("usual", SEED)
    left, right = st.columns([3, 2])
    with right:
        rounds = int(controls.series("judge/round", "Round", MOMENTS, 2000))
        x = np.array([controls.slider(f"judge/x{i}", f"Sample x{'₁₂'[i - 1]}", -REACH, REACH, usual, 0.01)
                      for i, usual in ((1, 1.0), (2, 1.0))])
        real = controls.one_of("judge/kind", "This sample is", ("true", "made"), "true") == "true"
    players, at = known.players(rounds), known.frame(rounds)
    s, D = float(players.logits(x[None])[0]), float(players.verdicts(x[None])[0])
    game = GAMES["non_saturating"]
    price = float((game.real if real else game.fake)[0](np.array(s)))
    with left:
        figure(pictures.judge(players, gan_course.noise(250), _shown(known), (x[0], x[1])), key="gan/judge", height=430,
               drag={"sample x": Drag(x=(-REACH, REACH), y=(-REACH, REACH), step=0.01, label="sample")},
               on=lambda _, to: _put("judge/x", to),
               alt=f"The judge's verdict over the plane after {rounds:,} rounds, with true and made samples; at the chosen one "
                   f"it says {words(D, 3)}.")
        st.caption(pictures.COLORS)
    with right:
        tiles({"it says D(x)": words(D, 3), "this sample costs it": words(price, 3),
               "its loss": words(float(known.judge[at, 0]), 3)})
        name = "D" if real else "1-D"
        lined((rf"D(x)&=\sigma(s)=\sigma({tex(s)})={tex(D)}",
               rf"-\ln({name}(x))&=-\ln {tex(D if real else 1 - D)}={tex(price)}",
               r"L_J&=\operatorname{mean}_\text{true}-\ln D(x)", r"&\quad+\operatorname{mean}_\text{made}-\ln(1-D(x))",
               rf"&={tex(float(known.judge[at, 0]))}"))
        st.caption("s: the judge's output sum. Its loss, over 512 true and as many made samples, is what its weights follow "
                   "down.")


@st.fragment
def through() -> None:
    """What comes back through the judge: an arrow on every made sample."""
    known = course("usual", SEED)
    left, right = st.columns([3, 2])
    with right:
        rounds = int(controls.series("through/round", "Round", MOMENTS, 300))
        number = int(controls.slider("through/sample", "Made sample", 1, FOLLOWED, 1, 1)) - 1
        key = controls.one_of("through/game", "Generator's loss", GAME_NAMES)
    players = known.players(rounds)
    X = players.made(gan_course.noise(FOLLOWED))
    pulls, x = players.pulls(X, key), X[number]
    s, slope, pull = (float(players.logits(X)[number]), players.slopes(X)[number], pulls[number])
    price = GAMES[key].fool[0]
    measured = [-float((price(players.logits((x + H * unit)[None])) - price(players.logits((x - H * unit)[None])))[0]) / (2 * H)
                for unit in np.eye(2)]
    longest = float(np.linalg.norm(pulls, axis=1).max()) or 1.0
    with left:
        figure(pictures.pulls(players, X, pulls / longest, number, _shown(known)), key="gan/through", height=430,
               alt=f"{FOLLOWED} made samples, each with an arrow that says where the slope of the generator's loss would have "
                   f"it go. That of sample {number + 1}: {words(pull[0], 3)}, {words(pull[1], 3)}.")
        st.caption(f"The longest arrow stands for a slope of {words(longest, 3)}. {pictures.COLORS}")
    with right:
        table(("", "x₁", "x₂"), [("through the judge", *(words(v) for v in pull)),
                                 ("finite difference", *(words(float(f"{v:.6g}")) for v in measured))])
        factor_name, value = _factor(key, s)
        lined((rf"s&={tex(s)}", rf"-\frac{{\partial \ell}}{{\partial x}}&={factor_name}\cdot\frac{{\partial s}}{{\partial x}}",
               rf"&={tex(value)}\cdot({tex(slope[0], 3)},\ {tex(slope[1], 3)})",
               rf"&=({tex(pull[0], 3)},\ {tex(pull[1], 3)})"))
        st.caption("ℓ: what this one sample costs the generator. " + told(
            "No true sample stands in the formula: the generator knows of the data only what the judge has learned.", ""))


def _factor(game: str, s: float) -> tuple[str, float]:
    """What the slope of the judge's sum is multiplied by: its name, and its value."""
    name = {"non_saturating": r"(1-D)", "minimax": "D", "least_squares": "(1-s)"}[game]
    return name, -float(GAMES[game].fool[1](np.array(s)))
