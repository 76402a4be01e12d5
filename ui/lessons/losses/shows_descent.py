"""Ideas on the way down: one weight step by step, two weights of a trained network in space."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import losses_surface as surfaces
from ui.figure import figure
from ui.lessons.losses import BOWL, PAIR, controls, pictures, trained
from ui.lessons.losses.pictures import HIGH, LOW
from ui.lessons.parts import lined, table
from ui.question import answered, playing, told

RATES = (0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.78, 0.8, 0.82, 1.0)
STEPS = 30
MANNERS = {"crawls": "it crawls", "rolls down": "it rolls down on one side", "lands at once": "it lands in one step",
           "jumps over": "it jumps over the lowest point, nearer each time", "swings for ever": "it swings for ever",
           "runs away": "it jumps further out each time and runs away"}
ALL, ALONE = "all weights", "these two alone"


@st.fragment
def roll() -> None:
    """The cost over one weight, and the point that gradient descent moves."""
    left, right = st.columns([3, 2])
    with right:
        start = controls.slider("roll/start", "Start: weight w", LOW, HIGH, -2.0, 0.1)
        rate = controls.series("roll/rate", "Learning rate η", RATES, 0.1)
    path = BOWL.roll(start, rate, STEPS)
    film = replace(pictures.rolling(path, answered()), autoplay=playing())
    at, rests = controls.rest("roll/at", min(len(film.frames), STEPS))
    w, slope = path[at], BOWL.slope(path[at])
    with left:
        figure(pictures.roll(start), key="losses/roll", height=400, animation=film, **rests,
               alt=f"A bowl over the weight w, lowest at {words(BOWL.best)}; a point starts at {words(start)}. "
                   f"At a rate of {rate:g} {MANNERS[BOWL.manner(rate)]}.")
    with right:
        table(("step", "w", "cost", "slope", "−η · slope"),
              [(str(t), *(words(v) for v in (v, BOWL.cost(np.array([v]))[0], BOWL.slope(v), -rate * BOWL.slope(v))))
               for t, v in enumerate(path[:4])])
        times = 1 - 2 * rate / BOWL.border
        st.markdown(f"Each step multiplies the distance to the lowest point by **{words(times)}**: "
                    f"**{MANNERS[BOWL.manner(rate)]}**.")
        st.caption(f"The formula holds for **step {at}**, where the film rests.")
        lined((rf"J(w)&=\tfrac12\cdot\tfrac12\bigl(({tex(w)}\cdot1-2)^2+({tex(w)}\cdot2-3)^2\bigr)",
               f"&={tex(BOWL.cost(path[at:at + 1])[0])}", rf"\frac{{dJ}}{{dw}}&=\frac1m\sum_i(w\,x_i-y_i)\,x_i={tex(slope)}",
               r"w&\leftarrow w-\eta\,\frac{dJ}{dw}", rf"&={tex(w)}-{rate:g}\cdot{factor(slope)}={tex(path[at + 1])}"))


@st.fragment
def surface() -> None:
    """The loss of a trained network over two of its weights, with the path of training."""
    network = trained()
    names = surfaces.weight_names(network.net)
    left, right = st.columns([3, 2])
    with right:
        pair = _pair(names)
        moving = controls.one_of("surface/moving", "What is trained", (ALONE, ALL), ALONE)
        flat = controls.one_of("surface/view", "View", ("in space", "from above"), "in space") == "from above"
    path = network.two_alone(pair) if moving == ALONE else network.thetas
    losses = network.loss(path)
    walk = np.column_stack([path[:, pair], losses])
    x, y = (np.linspace(*surfaces.span(path[:, i]), surfaces.SIDE) for i in pair)
    first, second = names[pair[0]], names[pair[1]]
    picture, animation = pictures.surface(walk, x, y, network.over(pair, x, y), (first, second), flat)
    with left:
        figure(picture, key=f"losses/surface/{'flat' if flat else 'space'}", height=460,
               animation=replace(animation, autoplay=playing()),
               alt=f"The cost over the weights {first} and {second}. The path leads from {words(losses[0])} to "
                   f"{words(losses[-1])}.")
    with right:
        table(("", first, second, "cost"), [("first", *map(words, walk[0])), ("last", *map(words, walk[-1]))])
        below = float(network.over(pair, walk[:1, 0], walk[:1, 1])[0, 0])
        st.caption("All 17 parameters were trained on 200 points of two moons. The surface: the cost over two weights, "
                   "stronger in colour where it is higher; the line: the way of training; the point: where it stands. " + (told(
                       "The surface is a slice: the other 15 weights keep their last values. " + (
                           "Moved alone, the two weights walk on it." if moving == ALONE else
                           "While all of them learn, the path is not on this slice: at its start the cost was "
                           f"{words(losses[0])}, the surface there is at {words(below)}. At its end they meet."), "")))
        lined(line for i in pair for line in (
            rf"w_\text{{{names[i].replace('₁', '$_1$').replace('₂', '$_2$')}}}&\leftarrow w-\eta\,\partial L/\partial w",
            rf"&={tex(path[0, i])}-1\cdot{factor(path[0, i] - path[1, i])}", rf"&={tex(path[1, i])}"))


def _pair(names: dict[int, str]) -> tuple[int, int]:
    """The two weights; choosing the same one twice keeps the pair before."""
    across, up = (controls.from_list(f"surface/{axis}", f"Weight {axis}", names, usual)
                  for axis, usual in zip(("across", "up"), PAIR, strict=True))
    if across == up:
        st.caption("Choose two different weights; the picture keeps the ones before.")
    else:
        controls.put("surface/kept", (across, up))
    return controls.value("surface/kept", PAIR)
