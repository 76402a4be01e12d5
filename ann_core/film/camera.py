"""Takes the frames of a film: all probes of a run at some of its moments, in one look. Training steps carry no probes."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.film import Columns, Ending, Film, joined
from ann_core.film.look import Look
from ann_core.film.probes import probes_of
from ann_core.film.view import View
from ann_core.run.run import Run
from ann_core.run.setup import Setup
from ann_core.run.trainer import State

Batches = Sequence[tuple[Array, Array] | None]


class Camera:
    """Takes the frames of one run. failures: a sentence for each probe that failed, by its key."""

    def __init__(self, setup: Setup, only: Collection[str] | None = None):
        """only: the keys of the probes that are wanted; all of them without"""
        self.view = View.of(setup)
        self.probes = [probe for probe in probes_of(setup) if only is None or probe.key in only]
        self.parts: list[Columns] = []
        self.failures: dict[str, str] = {}

    def take(self, states: Sequence[State], batches: Batches) -> Columns:
        """The columns of these moments, one frame for each."""
        look, found = Look(self.view, states, batches), Columns()
        for probe in self.probes:
            try:
                found |= probe.measure(look)
            except Exception as error:  # one picture less, not all of them
                if "progress" == probe.key:
                    raise
                self.failures[probe.key] = (f"{probe.label} could not be measured at epoch "
                                            f"{states[0].position(self.view.setup.rows):,.2f}: {error}")
        return found

    def keep(self, columns: Columns, frames: int) -> None:
        """Adds the first of them to the film."""
        self.parts.append({name: column[:frames] for name, column in columns.items()})

    def film(self, run: Run) -> Film:
        """What was kept, with the run's ending."""
        encoders: dict[str, Callable[[NDArray], NDArray]] = {
            column.name: column.encode for probe in self.probes for column in probe.columns_of(self.view.setup)}
        return Film(joined(self.parts), encoders, _ending(run), run.ending, self.failures)


def _ending(run: Run) -> Ending:
    return "diverged" if run.message else "finished" if run.finished else "running"


def first_frame(run: Run, only: Collection[str] | None = None) -> Film:
    """A film of one frame: the run as it is now. only: see `Camera`"""
    camera = Camera(run.setup, only)
    with np.errstate(all="ignore"):
        camera.keep(camera.take([run.state], [None]), 1)
    return camera.film(run)
