"""The race of optimisers on a surface."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons import optimizers_race as core
from ann_core.lessons.optimizers import walk
from ann_core.lessons.optimizers_surfaces import SURFACES, Surface
from ui.figure import Drag, figure
from ui.lessons.optimizers import controls, pictures_race, racing
from ui.lessons.optimizers.parts import worked
from ui.lessons.optimizers.racing import NAMES
from ui.lessons.parts import table
from ui.question import answered, playing, told

USUAL = ("sgd", "momentum", "nesterov", "adagrad", "adam")
RATES = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
STEPS = (100, 400, 1000)
OWN, ONE = "each its own", "one for all"
ABOVE, SPACE = "from above", "in space"


@st.fragment
def race() -> None:
    """Any set of optimisers from one start: who arrives first, and the update of one of them in numbers."""
    left, right = st.columns([3, 2])
    with right:
        runners = controls.some_of("race/who", "Who races", NAMES, USUAL)
        names = {key: one.label for key, one in SURFACES.items()}
        surface = SURFACES[controls.from_list("race/surface", "Surface", names, "ravine")]
        own = controls.one_of("race/rates", "Rates", (OWN, ONE), OWN) == OWN
        rate = 0.0 if own else controls.series("race/rate", "Learning rate η", RATES, 0.1)
        flat = controls.one_of("race/view", "View", (ABOVE, SPACE), ABOVE) == ABOVE
        with st.expander("Start, turn, momentum, noise, steps", icon=":material/tune:"):
            surface, start = _placed(surface)
            momentum = controls.slider("race/momentum", "Momentum μ, β₁", 0.0, 0.99, 0.9, 0.01)
            noise = controls.slider("race/noise", "Noise in each slope", 0.0, 5.0, 0.0, 0.1)
            steps = controls.one_of("race/steps", "Steps", STEPS, 400)
    if not runners:
        left.info("Nobody races. Choose one optimiser or more.", icon=":material/directions_run:")
        return
    rates = {name: surface.suits[name] if own else rate for name in runners}
    run = core.race(surface, rates, start, steps, momentum, noise)
    shown = pictures_race.shown_steps(steps)
    at, rest = controls.rest("race/at", len(shown))
    with left:
        hand: dict[str, Any] = {"drag": {"start": Drag(surface.span(0), surface.span(1), surface.reach / 40, "start")},
                                "on": lambda _, to: _begin(surface, to)} if flat else {}
        picture = pictures_race.contour if flat else pictures_race.space
        figure(picture(run, answered()), height=480, **hand, **rest,
               key=f"optimizers/race/{'flat' if flat else 'space'}",
               animation=replace(pictures_race.film(run, flat), autoplay=playing()),
               alt=f"The surface {surface.label} and the ways of {len(runners)} optimisers on it. {_news(run)}")
        st.markdown(f"**{_news(run)}**")
        table(("optimiser", "rate", f"in {steps:,} steps"),
              [(NAMES[name], words(rates[name]), _result(run, name)) for name in run.order])
        pull = " AdamW also pulls towards 0 (λ = 0.01)." * ("adamw" in rates)
        st.caption(f"To arrive is to come below f = {core.NEAR:g} for the first time; whoever swings on may leave it again. "
                   f"The greyer, the higher.{pull}")
    _update(run, start, momentum, noise, int(shown[at]))
    st.markdown(told(_everywhere(), ""))


def _placed(surface: Surface) -> tuple[Surface, Array]:
    """The surface at its angle, and the start in the picture: both turn together."""
    own = []
    for axis, field, usual, i in zip("xy", st.columns(2), surface.start, (0, 1), strict=True):
        with field:
            own.append(controls.number(f"race/{axis}/{surface.key}", f"Start {axis}", *surface.span(i), float(usual)))
    surface = surface.turned(controls.slider("race/angle", "Turned by, in degrees", 0, 90, 0, 5))
    if surface.angle:
        st.caption("Surface and start turn together: x and y of the start are those before the turn.")
    return surface, surface.shown(np.array(own))


def _begin(surface: Surface, to: dict[str, float]) -> None:
    """The start was dragged there."""
    for i, (axis, place) in enumerate(zip("xy", surface.own(np.array([to["x"], to["y"]])), strict=True)):
        controls.put(f"race/{axis}/{surface.key}", round(float(np.clip(place, *surface.span(i))), 3) + 0.0)


def _names(keys: list[str]) -> str:
    return " and ".join(NAMES[key] for key in keys)


def _news(run: core.Race) -> str:
    """What there is to say of the race as a whole."""
    if not run.surface.inside(run.places[0]).any():
        return "The start lies outside the picture. Choose another one, or a smaller turn."
    if run.winners:
        first, stay = run.winners, run.first_to_stay
        kept = f" First to stay below: {_names(stay)}, from step {run.stays[stay[0]]} on." if stay else " Nobody stays below."
        return f"First: {_names(first)}, at step {run.arrived[first[0]]}." + kept * (stay != first)
    if all(run.state(name, run.steps) == "left" for name in run.names):
        return "All of them leave the picture: the rate is too large for each of them. Try a smaller one."
    return f"Nobody arrives in {run.steps:,} steps."


def _result(run: core.Race, name: str) -> str:
    """How it ends for one of them."""
    state, there, gone, stays = run.state(name, run.steps), run.arrived[name], run.left[name], run.stays[name]
    if state == "arrived":
        later = "" if stays == there else f", stays from {stays}" if stays else ", does not stay"
        return f"arrives at step {there}{later}" + f", was outside at {gone}" * (gone is not None and gone < (there or 0))
    if state == "left":
        return f"leaves the picture at step {gone}"
    return f"on the way: f = {words(run.costs[-1, run.names.index(name)])}"


def _update(run: core.Race, start: Array, momentum: float, noise: float, at: int) -> None:
    """The next update of one optimiser, of one of the two weights, where the animation rests."""
    with st.container(horizontal=True):
        name = controls.one_of("race/formula", "Update of", {name: NAMES[name] for name in run.names}, "adam")
        i = "xy".index(controls.one_of("race/weight", "Weight", ("x", "y"), "x"))
    path = walk(core.settings(name, run.rates[name], momentum), core.slopes(run.surface, run.steps, noise), start, run.steps)
    worked(path, at + 1, i, weight="xy"[i], label=NAMES[name])


def _everywhere() -> str:
    """Who is first on which surface, and what the axes have to do with it."""
    firsts = ", ".join(f"{SURFACES[key].label}: **{_names(names)}**" for key, names in racing.winners().items())
    upright, turned = racing.turned("adagrad")
    return (f"First to arrive from the usual start, each of the nine at the rate that suits it: {firsts}. AdaGrad's win in the "
            f"ravine is a gift of the axes: it arrives at step {upright} as the ravine stands, and turned by 45° "
            + (f"at step {turned:,}." if turned else "not in 3,000 steps."))
