"""The past of a run: any of its moments again, exactly, and a way on from there."""

from collections.abc import Callable, Collection
from copy import copy
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.data import Prepared
from ann_core.film.advance import advance
from ann_core.film.camera import first_frame
from ann_core.film.curves import Curves
from ann_core.film.film import Film
from ann_core.film.parcels import Advance
from ann_core.film.scene import scene
from ann_core.film.turns import PART_MS
from ann_core.run.config import RunConfig
from ann_core.run.continuing import change, continues
from ann_core.run.run import Run, start

KEEP_BYTES = 16_000_000
FORMER = 50
"""Former ids that a recording remembers: so many changes may come before the browser hears of one."""


class Recording:
    """Checkpoints of one run and of what its settings were when; and the curves that its frames have shown.

    `frames` may be asked from any step again: the nearest checkpoint before it is advanced to that step, which is exact
    because `advance` is deterministic. `change` lets the run go on under other settings from the step of the next ask.
    """

    def __init__(self, config: RunConfig, data: Prepared | None = None, work: Advance = advance, in_depth: bool = False,
                 without: Collection[str] = ()):
        """data: used instead of what the settings describe. work: works films out, as `advance` does. in_depth, without: as in
        `start`."""
        self._data, self.config, self._in_depth, self._without = data, config, in_depth, without
        self._advance = work
        self.restart()

    def restart(self) -> None:
        """From the untrained state again, under the present settings; a new id."""
        first = start(self.config, self._data, self._in_depth, self._without)
        self.lineage: list[str] = []  # its former ids, the latest last
        self.origin: int | None = None
        self.root: str | None = None
        self.id = token_hex(6)
        self._pending: RunConfig | None = None
        self.curves = Curves()
        self._segments: list[list[Run]] = [[first]]  # checkpoints in order of step, one list for each settings
        self._shared = 0  # so many of them it has from the recording that it left

    @property
    def changed(self) -> bool:
        """True when its settings changed on the way, so that starting again gives another film."""
        return len(self._segments) > 1 or self._pending is not None

    def branch(self, step: int) -> "Recording":
        """Another recording with the same past up to a step, and a future of its own; this one stays as it is.

        Its `root` is this one's id, its `origin` the step. Left unchanged it goes on exactly as this one does.
        """
        there = self.at(step)
        other = copy(self)
        other.lineage, other.root, other.origin, other.id = [], self.id, there.state.step, token_hex(6)
        other._segments, other.curves = self._until(there), self.curves.until(there.state.step)
        other._shared, other._pending, other.config = len(other._segments), None, self._pending or there.config
        if self._pending is not None:
            other._segments.append([change(there, self._pending)])
        return other

    @property
    def history(self) -> list[tuple[int, RunConfig]]:
        """Its settings, each with the step from which they hold; those that wait for the next frames are not among them."""
        return [(segment[0].state.step, segment[0].config) for segment in self._segments]

    @property
    def past(self) -> list[tuple[int, RunConfig]]:
        """The part of `history` that it has from the recording which it left."""
        return self.history[:self._shared]

    @property
    def own(self) -> list[tuple[int, RunConfig]]:
        """The part of `history` that is its own; settings that wait for the next frames as if they held since it left."""
        return self.history[self._shared:] + ([] if self._pending is None else [(self.origin or 0, self._pending)])

    @property
    def latest(self) -> Run:
        """The furthest moment reached."""
        return self._segments[-1][-1]

    @property
    def present(self) -> Run:
        """The furthest moment reached, under the present settings."""
        return self.latest if self._pending is None else change(self.latest, self._pending)

    def scene(self) -> tuple[dict[str, Any], dict[str, NDArray]]:
        """The scene under the present settings."""
        return scene(self.present)

    def change(self, config: RunConfig) -> None:
        """Other settings, same weights: they hold from the step that the next `frames` goes on from.

        Raises ValueError when the weights cannot be kept (other data, shape or seeds).
        """
        if not continues(self.config, config):
            raise ValueError("Expected settings of the same data, network shape and seeds; other ones came. "
                             "Start a new run.")
        self.lineage = [*self.lineage[1 - FORMER:], self.id]
        self.id, self.config, self._pending = token_hex(6), config, config

    def settle(self, step: int) -> None:
        """Lets the settings that wait hold from this step on."""
        if self._pending is not None:
            self._branch(self.at(step), self._pending)

    def reach(self, step: int, still_here: Callable[[], object] = bool) -> bool:
        """Works out the way to a step, in parts between which others may have their turn. Returns whether the run gets there.
        still_here: called before each part; what it raises ends the way there"""
        while (at := self.latest.state.step) < step and not self.latest.message:
            still_here()
            self.frames(at, 1, None, step - at, PART_MS)
            if self.latest.state.step == at:
                break
        return self.latest.state.step >= step

    def at(self, step: int, known: Run | None = None) -> Run:
        """The run at a step, exactly. A step beyond what was reached gives the furthest moment. known: an earlier moment that
        was found before; where it is the nearest, the way is gone from there"""
        segment = self._segments[self._place(step)]
        run = next((r for r in reversed(segment) if r.state.step <= step), segment[0])
        if known is not None and known.setup is run.setup and run.state.step < known.state.step <= step:
            run = known
        if run.state.step < step <= self.latest.state.step:
            trainer = run.trainer()
            with np.errstate(all="ignore"):
                trainer.run(None, step, np.inf)
            run = run.at(trainer.state())
        return run

    def frames(self, after: int | None, frames: int = 60, epochs_per_frame: int | None = 1, steps_per_frame: int | None = None,
               budget_ms: float | None = 100) -> Film:
        """The film on from a step (None: from the untrained state, which is then the first frame)."""
        if self._pending is not None:
            self._branch(self.latest if after is None else self.at(after), self._pending)
        run, later = self.at(after or 0), self._segments[self._place(after or 0) + 1:]
        after_run, film = self._advance(run, frames, epochs_per_frame, steps_per_frame, budget_ms)
        if not later:
            self._keep(after_run)
        elif film.step[-1] > (turn := later[0][0].state.step):  # other settings took over there
            kept = int((film.step <= turn).sum())
            film = film.first(kept) if kept else self.frames(turn, frames, epochs_per_frame, steps_per_frame, budget_ms)
        if after is None and run.state.step == 0:
            film = first_frame(run).then(film)
        self.curves = self.curves.then(film, run.setup)
        return film

    def _place(self, step: int) -> int:
        """Which settings held after this step, as an index of segments."""
        return next((i for i in reversed(range(len(self._segments))) if self._segments[i][0].state.step <= step), 0)

    def _until(self, run: Run) -> list[list[Run]]:
        """The segments up to a moment, the moment included."""
        step = run.state.step
        kept = [[r for r in s if r.state.step <= step] for s in self._segments if s[0].state.step <= step]
        if kept[-1][-1].state.step < step:
            kept[-1].append(run)
        return kept

    def _branch(self, run: Run, config: RunConfig) -> None:
        """Forgets what lay after this moment and goes on under `config`."""
        kept = self._until(run)
        self._segments, self.curves = [*kept, [change(run, config)]], self.curves.until(run.state.step)
        self._shared, self._pending = min(self._shared, len(kept)), None

    def _keep(self, run: Run) -> None:
        """Adds a checkpoint; beyond the room for them, every second one goes (never the first of a segment)."""
        last = self._segments[-1]
        if run.state.step > last[-1].state.step:
            last.append(run)
        elif run.message:
            last[-1] = last[-1] if run.state.step < last[-1].state.step else run
        room = max(4, KEEP_BYTES // max(1, run.state.nbytes))
        while sum(map(len, self._segments)) > room and max(map(len, self._segments)) > 2:
            longest = max(self._segments, key=len)
            longest[1:-1] = longest[2:-1:2]
