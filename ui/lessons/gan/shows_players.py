"""Ideas on the two networks: noise becomes samples, the judge, and what each of them sees of the other."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, signed, tex, words
from ann_core.lessons import gan as core
from ann_core.run.objectives.adversarial import GAMES
from ui.figure import Drag, figure
from ui.lessons.gan import FOLLOWED, MOMENTS, SEED, controls, course, pictures
from ui.lessons.gan.pictures import REACH
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told

H = 1e-5
"""How far a sample is moved for a finite difference."""
GAME_NAMES = {"non_saturating": "non-saturating", "minimax": "minimax", "least_squares": "least squares"}


def _shown(known: core.Course, rows: int = 250) -> np.ndarray:
    return known.setup.data.X_train[:rows]


@st.fragment
def noise() -> None:
    """A point of noise and the sample that the generator makes of it."""
    known = course("usual", SEED)
    left, middle, right = st.columns(3)
    with right:
        rounds = int(controls.series("noise/round", "Round", MOMENTS, 2000))
        z = np.array([controls.slider(f"noise/z{i}", f"Noise z{'₁₂'[i - 1]}", -REACH, REACH, usual, 0.01)
                      for i, usual in ((1, 0.5), (2, -0.5))])
    players, drawn = known.players(rounds), core.noise(250)
    walk = np.linspace(*core.ends(known.players(core.ROUNDS)), 101) if answered() else None
    x = players.made(z[None])[0]
    cloud, far = (part[0] for part in core.nearest(x[None]))
    with left:
        figure(pictures.noise(drawn, (z[0], z[1]), walk), key="gan/noise", height=340,
               drag={"noise z": Drag(x=(-REACH, REACH), y=(-REACH, REACH), step=0.01, label="noise")},
               on=lambda _, to: [controls.put(f"noise/z{i}", round(to[axis], 2)) for i, axis in ((1, "x"), (2, "y"))],
               alt=f"Points of noise around the origin; the chosen one lies at {words(z[0], 3)}, {words(z[1], 3)}.")
    with middle:
        figure(pictures.samples(players, drawn, _shown(known), (z[0], z[1]), walk), key="gan/noise/samples", height=340,
               alt=f"True samples in eight clouds on a circle, and what the generator makes of the noise after {rounds:,} "
                   f"rounds; the chosen sample lies at {words(x[0], 3)}, {words(x[1], 3)}.")
    with right:
        tiles({"sample x₁": words(x[0], 3), "sample x₂": words(x[1], 3), "to the nearest centre": words(far, 3)})
        first, unit = players.objective.generator.layers[0].weights.parameters, players.hidden(z[None])
        del first
        w = core.first_unit(players)
        lined((r"h_1&=\tanh(w_1z_1+w_2z_2+b)",
               rf"&=\tanh\bigl({factor(w[0], 3)}\cdot{factor(z[0], 3)}{signed(w[1], 3)}\cdot{factor(z[1], 3)}{signed(w[2], 3)}\bigr)",
               rf"&={tex(unit[0][0, 0])}", rf"x_1&=\sum_{{k=1}}^{{32}}v_k\,g_k+c={tex(x[0])}"))
        st.caption("h₁: the first of 32 units of the generator's first layer; g: the 32 units of its second. A sample within "
                   f"{words(core.TRUTH.reach)} of a centre counts as good.")
