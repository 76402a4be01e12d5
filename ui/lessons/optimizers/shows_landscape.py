"""The cost of a whole network around the end of its training, and what a plane does not show of it."""

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ann_core.base.spelling import tex, words
from ann_core.lessons import optimizers_landscape as core
from ann_core.lessons.losses_surface import Descent
from ui.figure import figure
from ui.lessons.optimizers import controls, pictures_landscape, racing
from ui.lessons.parts import lined, table
from ui.question import answered, playing, told
from ui.text import markdown

EXAMPLE, OWN = "an example", "yours"
OF_PATH, AT_RANDOM = "of its own path", "two random directions"
ABOVE, SPACE = "from above", "in space"
BESIDE = ("What the plane does not show: the path runs beside it, so the plane's cost at a point of the path is not what the "
          "network cost there. In space the path is drawn at its real cost. Only at the end are both equal.")
Steps = NDArray[np.int64]


@st.fragment
def landscape() -> None:
    """The cost along a plane through the last parameters, with the path of training brought down onto it."""
    left, right = st.columns([3, 2])
    with right:
        descent, steps = _network()
        kind = controls.one_of("landscape/plane", "Plane", (OF_PATH, AT_RANDOM), OF_PATH)
        seed = controls.number("landscape/seed", "Number of the draw", 0, 9999, 0) if kind == AT_RANDOM else 0
        flat = controls.one_of("landscape/view", "View", (ABOVE, SPACE), ABOVE) == ABOVE
    try:
        main, shares = core.along_path(descent)
    except ValueError as error:
        left.info(str(error), icon=":material/block:")
        return
    plane = main if kind == OF_PATH else core.at_random(descent, seed)
    with np.errstate(all="ignore"):
        real, seen, ground = descent.loss(descent.thetas), plane.loss(plane.path), pictures_landscape.grid(plane)
    drawn = real if answered() else seen  # their distance from the surface is the answer
    top = max(float(np.nanmax(ground[2])), float(real.max()))
    animation = pictures_landscape.film(plane.path, drawn, real, steps, flat)
    at, rest = controls.rest("landscape/at", len(animation.frames))
    at = int(pictures_landscape.shown_steps(len(real) - 1)[at])
    with left:
        figure(pictures_landscape.landscape(ground, plane.path, drawn, top, flat), height=480, **rest,
               key=f"optimizers/landscape/{'flat' if flat else 'space'}", animation=replace(animation, autoplay=playing()),
               alt=f"The cost of the network along two directions; training went from {words(real[0])} to {words(real[-1])}.")
    with right:
        st.caption("Each point of the path is brought straight down onto the plane. Stronger in colour is higher.")
        table(("", "real cost", "on the plane"), [
            (name, words(real[i]), told(words(seen[i]))) for name, i in (("start", 0), ("here", at), ("end", -1))])
        st.markdown(f"This plane holds **{words(100 * plane.share, 3)} %** of the path; the one direction that "
                    f"holds most has {words(100 * shares[0], 3)} %.")
        st.caption(told(BESIDE, ""))
    _numbers(descent, plane, at)


def _network() -> tuple[Descent, Steps]:
    """The network that is looked at, and the step of each moment of its path."""
    own, reason = _own()
    which = EXAMPLE
    if own:
        which = controls.one_of("landscape/network", "Network", (EXAMPLE, OWN), EXAMPLE)
    else:
        st.caption(markdown(reason))
    if own and which == OWN:
        return own
    training = controls.from_list("landscape/training", "Trained by", tuple(core.TRAININGS))
    descent = racing.example(training)
    return descent, np.arange(len(descent.thetas))


def _own() -> tuple[tuple[Descent, Steps] | None, str]:
    """The first network of this visitor's Playground that can be shown, or why there is none."""
    reason = "Train a small network in the Playground, and you can look at its cost here."
    for recording in st.session_state.get("playground/recordings", ()):
        now, place = (recording.id, recording.latest.state.step), "optimizers/landscape/own"
        try:
            if st.session_state.get(place, (None,))[0] != now:
                st.session_state[place] = now, core.of_recording(recording)
            return st.session_state[place][1], ""
        except ValueError as error:
            reason = f"The network of your Playground cannot be shown here. {error}"
    return None, reason


def _numbers(descent: Descent, plane: core.Plane, at: int) -> None:
    """Where the shown moment lies on the plane, and how much of the path does."""
    alpha, beta = plane.path[at]
    away = float(((descent.thetas - descent.thetas[-1]) ** 2).sum())
    lined((r"\theta(\alpha,\beta)&=\theta_T+\alpha\,d_1+\beta\,d_2", rf"\alpha&={tex(alpha)},\quad \beta={tex(beta)}",
           r"\text{share}&=\frac{\sum_t\lVert\alpha_t d_1+\beta_t d_2\rVert^2}{\sum_t\lVert\theta_t-\theta_T\rVert^2}",
           rf"&=\frac{{{tex(plane.share * away)}}}{{{tex(away)}}}={tex(plane.share)}"))
    straight = float(np.linalg.norm(descent.thetas[0] - descent.thetas[-1]))
    walked = float(np.linalg.norm(np.diff(descent.thetas, axis=0), axis=1).sum())
    st.caption(f"θ: all {descent.net.n_parameters} parameters; θ_T: the last ones. From start to end it is {words(straight)} "
               f"in a straight line; training walked {words(walked)}.")
