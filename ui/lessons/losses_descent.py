"""Down the loss: one weight as a film, two weights of a trained network in space."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from ann_core.lessons import losses_surface as surfaces
from ann_core.lessons.losses import Bowl
from ui.figure import Film, Frame, figure
from ui.lessons import losses_parts as parts
from ui.lessons.losses_parts import controls
from ui.lessons.numbers import factor, lined, tex, words

BOWL = Bowl(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
RATES = (0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.78, 0.8, 0.82, 1.0)
PAIR = 3, 15
"""The two weights that are shown first: x₁ to unit 4, and unit 4 to the output."""
STEPS, LOW, HIGH, TOP = 30, -4.0, 7.0, 40.0
MANNERS = {"crawls": "it crawls", "rolls down": "it rolls down on one side", "lands at once": "it lands in one step",
           "jumps over": "it jumps over the lowest point, nearer each time", "swings for ever": "it swings for ever",
           "runs away": "it jumps further out each time and runs away"}
ALL, ALONE = "all weights", "these two alone"


def _rolling(path: np.ndarray, rate: float) -> list[Frame]:
    """The film of the point; it ends where the point leaves the picture."""
    costs, frames = BOWL.cost(path), []
    for t, (w, cost) in enumerate(zip(path, costs, strict=True)):
        slope = BOWL.slope(w)
        way = "no slope, no step" if abs(slope) < 5e-5 else "so w becomes " + ("smaller" if slope > 0 else "larger")
        said = f"w = {words(w)}, cost {words(cost)}, slope {words(slope)}: {way}."
        inside = LOW <= w <= HIGH and cost <= TOP
        if not inside:
            said = f"w = {words(w)}: out of the picture. {said}"
        reach = np.array([w - 0.7, w + 0.7])
        frames.append(Frame({"point": {"x": [w], "y": [cost]}, "way": {"x": path[:t + 1], "y": costs[:t + 1]},
                             "slope": {"x": reach, "y": cost + slope * (reach - w)}}, caption=said))
        if not inside:
            break
    return frames


@st.fragment
def roll() -> None:
    """The cost over one weight, and the point that gradient descent moves."""
    left, right = st.columns([3, 2])
    with right:
        start = controls.slider("roll/start", "Start: weight w", LOW, HIGH, -2.0, 0.1)
        rate = controls.series("roll/rate", "Learning rate η", RATES, 0.1)
    path = BOWL.roll(start, rate, STEPS)
    slope = BOWL.slope(start)
    w = np.linspace(LOW, HIGH, 221)
    with left:
        fig = go.Figure([parts.curve(w, BOWL.cost(w), "cost", "var(--muted)"),
                         parts.curve([BOWL.best] * 2, [0, TOP], "lowest", "var(--muted)", "dash"),
                         parts.curve([start], [0.0], "slope", "var(--fourth)", "dot"),
                         go.Scatter(x=[start], y=BOWL.cost(path[:1]), name="way", mode="lines+markers",
                                    line={"color": "var(--accent)", "width": 1}, marker={"size": 6}, opacity=0.6),
                         parts.dots([start], BOWL.cost(path[:1]), "point", "var(--accent)", size=16)])
        parts.framed(fig, "weight w", "cost J", (LOW, HIGH), (-2, TOP))
        figure(parts.legend(fig), key="losses/roll", height=400, film=Film(_rolling(path, rate), rate=4),
               alt=f"A bowl over the weight w, lowest at {words(BOWL.best)}; a point starts at {words(start)}. "
                   f"At a rate of {rate:g} {MANNERS[BOWL.manner(rate)]}.")
    with right:
        parts.table(("step", "w", "cost", "slope", "−η · slope"),
                    [(str(t), *(words(v) for v in (v, BOWL.cost(np.array([v]))[0], BOWL.slope(v), -rate * BOWL.slope(v))))
                     for t, v in enumerate(path[:4])])
        times = 1 - 2 * rate / BOWL.border
        st.markdown(f"Each step multiplies the distance to the lowest point by **{words(times)}**: "
                    f"**{MANNERS[BOWL.manner(rate)]}**.")
        lined((rf"J(w)&=\tfrac12\cdot\tfrac12\bigl(({tex(start)}\cdot1-2)^2+({tex(start)}\cdot2-3)^2\bigr)",
                     f"&={tex(BOWL.cost(path[:1])[0])}", rf"\frac{{dJ}}{{dw}}&=\frac1m\sum_i(w\,x_i-y_i)\,x_i={tex(slope)}",
                     r"w&\leftarrow w-\eta\,\frac{dJ}{dw}", rf"&={tex(start)}-{rate:g}\cdot{factor(slope)}={tex(path[1])}"))


trained = st.cache_resource(show_spinner=False, max_entries=2)(surfaces.train)


def _pair(names: dict[int, str]) -> tuple[int, int]:
    """The two weights; choosing the same one twice keeps the pair before."""
    across, up = (controls.from_list(f"surface/{axis}", f"Weight {axis}", names, usual)
                  for axis, usual in zip(("across", "up"), PAIR, strict=True))
    if across == up:
        st.caption("Choose two different weights; the picture keeps the ones before.")
    else:
        controls.put("surface/kept", (across, up))
    return controls.value("surface/kept", PAIR)


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
    across, up, losses = path[:, pair[0]], path[:, pair[1]], network.loss(path)
    x, y = (np.linspace(*surfaces.span(values), surfaces.SIDE) for values in (across, up))
    ground = network.over(pair, x, y)
    shown = np.unique((len(path) - 1) * np.linspace(0, 1, 41) ** 2 // 1).astype(int)  # the first steps are the largest
    with left:
        _draw(across, up, losses, x, y, ground, shown, names[pair[0]], names[pair[1]], flat)
    with right:
        first, last = losses[0], losses[-1]
        parts.table(("", names[pair[0]], names[pair[1]], "cost"),
                    [("first", *map(words, (across[0], up[0], first))), ("last", *map(words, (across[-1], up[-1], last)))])
        below = float(network.over(pair, across[:1], up[:1])[0, 0])
        st.caption("All 17 parameters were trained on 200 points of two moons. The surface is a slice: two weights vary, the "
                   "other 15 keep their last values. " +
                   ("Moved alone, the two weights walk on it." if moving == ALONE else
                    f"While all of them learn, the path is not on this slice: at its start the cost was {words(first)}, the "
                    f"surface there is at {words(below)}. At its end they meet."))
        lined(line for i in pair for line in (
            rf"w_\text{{{names[i].replace('₁', '$_1$').replace('₂', '$_2$')}}}&\leftarrow w-\eta\,\partial L/\partial w",
            rf"&={tex(path[0, i])}-1\cdot{factor(path[0, i] - path[1, i])}={tex(path[1, i])}"))


def _draw(across: np.ndarray, up: np.ndarray, losses: np.ndarray, x: np.ndarray, y: np.ndarray, ground: np.ndarray,
          shown: np.ndarray, first: str, second: str, flat: bool) -> None:
    """The surface, or its map, with the film of the path."""
    colors = [[0, "var(--wash)"], [1, "var(--fourth)"]]
    drawn = losses + 0.01 * (ground.max() - ground.min())  # a little above, or the surface would hide half of it
    ways = [{"x": across[shown[:n]], "y": up[shown[:n]]} | ({} if flat else {"z": drawn[shown[:n]]})
            for n in range(1, len(shown) + 1)]
    points = [{name: values[-1:] for name, values in way.items()} for way in ways]
    line, mark = {"color": "var(--accent)", "width": 3 if flat else 6}, {"color": "var(--positive)", "size": 12 if flat else 6}
    kind = go.Scatter if flat else go.Scatter3d
    ground_trace = (go.Contour(x=x, y=y, z=ground, name="cost", colorscale=colors, ncontours=18, colorbar_title_text="cost")
                    if flat else go.Surface(x=x, y=y, z=ground, name="cost", colorscale=colors, showscale=False, opacity=0.9))
    fig = go.Figure([ground_trace, kind(**ways[-1], name="path", mode="lines", line=line),
                     kind(**points[-1], name="point", mode="markers", marker=mark)])
    if flat:
        parts.framed(fig, first, second)
    else:
        fig.update_layout(scene={"xaxis_title_text": first, "yaxis_title_text": second, "zaxis_title_text": "cost",
                                 "camera": {"eye": {"x": 1.4, "y": -1.5, "z": 0.8}, "center": {"x": 0, "y": 0, "z": -0.15}}},
                          margin={"l": 0, "r": 0, "t": 0, "b": 0})
    frames = [Frame({"path": way, "point": point}, caption=f"Step {t}: {first} {words(across[t])}, {second} "
                    f"{words(up[t])}, cost {words(losses[t])}.") for t, way, point in zip(shown, ways, points, strict=True)]
    figure(fig, key=f"losses/surface/{'flat' if flat else 'space'}", height=460, film=Film(frames, rate=8, noun="Picture"),
           alt=f"The cost over the weights {first} and {second}. The path leads from {words(losses[0])} to "
               f"{words(losses[-1])}.")
