"""What a run's losses and scores are at a few of its moments: what a code says, and what a check finds again."""

from collections.abc import Mapping, Sequence

import numpy as np
from pydantic import Field

from ann_core.base.fields import Settings
from ann_core.film.advance import advance
from ann_core.film.camera import first_frame
from ann_core.film.film import Film
from ann_core.film.probes import PROBES
from ann_core.film.probes.progress import ANSWERED
from ann_core.run.config import RunConfig
from ann_core.run.continuing import change
from ann_core.run.run import Run
from ann_core.run.setup import Setup

SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
"""Of the way to the moment that is handed in."""
DIGITS = 4
"""So many of a loss survive another processor, as long as the run itself does."""
ONLY = frozenset(PROBES) - {"progress"}
"""Probes that a check has no use for."""


class Mark(Settings):
    """step: updates done   values: by column of the film, rounded to DIGITS; None where there is none"""

    step: int = Field(ge=0)
    epoch: float = Field(ge=0, allow_inf_nan=False)
    values: dict[str, float | None] = Field(max_length=8)


def columns_of(setup: Setup) -> tuple[str, ...]:
    """What is measured: losses and scores, or a loss of each network."""
    return ANSWERED if setup.objective.has_answers else tuple(setup.objective.loss_columns)


def steps_of(last: int) -> list[int]:
    """The moments of a run that is handed in after this many updates."""
    return sorted({max(1, round(share * last)) for share in SHARES}) if last else [0]


def marked(film: Film, frame: int, columns: Sequence[str], digits: int = DIGITS) -> Mark:
    """One frame of a film; of several seeds their mean."""
    with np.errstate(all="ignore"):
        means = {name: float(np.mean(film.columns[name][frame])) for name in columns}
    return Mark(step=int(film.step[frame]), epoch=rounded(float(film.epoch[frame]), 8) or 0.0,
                values={name: rounded(value, digits) for name, value in means.items()})


def rounded(value: float, digits: int) -> float | None:
    """To so many significant digits; None for what is no number."""
    return float(f"{value:.{digits}g}") if np.isfinite(value) else None


def replayed(first: Run, history: Sequence[tuple[int, RunConfig]], steps: Sequence[int], digits: int = DIGITS) -> list[Mark]:
    """The marks of a run that is gone through again."""
    film, columns = filmed(first, history, steps), columns_of(first.setup)
    return [marked(film, frame, columns, digits) for frame in range(film.frames)]


def filmed(first: Run, history: Sequence[tuple[int, RunConfig]], steps: Sequence[int]) -> Film:
    """A run again, with its changes on the way, with a frame after each of these updates. One that ends or diverges before has
    a last frame where it stands.

    first: untrained, under the first settings   history: from which step on settings hold
    """
    run, found = first, first_frame(first) if 0 in steps else None
    turns: Mapping[int, RunConfig] = dict(history[1:])
    for step in sorted({*steps, *turns} - {0}):
        if step > run.state.step:
            run, film = advance(run, 1, None, step - run.state.step, None)
            if step in steps and (found is None or film.step[-1] > found.step[-1]):
                found = film if found is None else found.then(film)
        if step in turns:
            run = change(run, turns[step])
    return first_frame(run) if found is None else found
