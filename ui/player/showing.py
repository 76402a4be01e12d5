"""How a page wants its films shown."""

from collections.abc import Mapping
from typing import Any, TypedDict

from ann_core.lab.narration import Narration
from ann_core.lab.tour import Tour


class Showing(TypedDict, total=False):
    """What a page may ask of the player; the rest is as in USUAL.

    autoplay: a film plays when it begins   scripted: even if it was paused before   stop_at: the epoch at which playing pauses
    by_steps: frames lie steps apart, not epochs   headline: a sentence that compares the runs stands on top
    present: large, for the back of a room
    veiled: a question is open, so nothing plays, and neither sentence nor picture gives its answer away
    unexplained: that a run breaks off is said, not why
    goal: the score that is to be reached; the score is shown first then, with a line there
    poll: a question whose hands are counted first (`key`, `options`, and `right`, None until it may be seen)
    narration: what is said while the first run plays
    tour: the film stops on its way and its parts are explained, to a visitor who has not seen that yet
    subject: what the films are about (`runs.subject`)
    gradient_range: the powers of ten that the axis of the gradients reaches from and to, if they are fixed
    moment: where the film is to stand (`PageSettings.moment`), so that a link to a moment can be made
    """

    autoplay: bool
    scripted: bool
    stop_at: float | None
    by_steps: bool
    headline: bool
    present: bool
    veiled: bool
    unexplained: bool
    goal: float | None
    poll: Mapping[str, Any] | None
    narration: Narration | None
    tour: Tour | None
    subject: str
    gradient_range: tuple[int, int] | None
    moment: Mapping[str, Any] | None


USUAL = Showing(autoplay=True, scripted=False, stop_at=None, by_steps=False, headline=False, present=False, veiled=False,
                unexplained=False, goal=None, poll=None, narration=None, tour=None, subject="", gradient_range=None,
                moment=None)


def told(showing: Showing) -> dict[str, Any]:
    """As it travels (docs/wire.md)."""
    every = USUAL | showing
    narration, tour, moment = every["narration"], every["tour"], every["moment"]
    return {**every, "narration": narration and narration.told, "tour": tour and tour.told, "moment": moment and dict(moment)}
