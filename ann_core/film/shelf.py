"""Films that several visitors ask for alike are worked out once: a class opens the same scene all together."""

from hashlib import blake2b
from threading import Condition

import numpy as np
from cachetools import TTLCache, cached

from ann_core.film.advance import advance
from ann_core.film.film import Film
from ann_core.film.parcels import Advance
from ann_core.run.run import Run
from ann_core.run.trainer import State


def _key(run: Run, frames: int, epochs_per_frame: int | None, steps_per_frame: int | None,
         budget_ms: float | None) -> tuple[object, ...]:
    """Everything that the answer depends on: the settings, and the state number by number."""
    state = run.state
    digest = blake2b(digest_size=16)
    best = (state.best.theta, state.best.statistics, np.array([state.best.loss, state.best.epoch])) if state.best else ()
    for array in (state.theta, state.statistics, *(vector for memory in state.memories for vector in memory.vectors), *best):
        digest.update(array.tobytes())
    place = (run.setup.in_depth, run.setup.without,
             *(memory.t for memory in state.memories), state.step, state.epoch, state.row)
    return run.config.model_dump_json(), digest.digest(), place, frames, epochs_per_frame, steps_per_frame, budget_ms


def _size(answer: tuple[State, str | None, Film]) -> int:
    state, _, film = answer
    return state.nbytes + film.nbytes


MOST_BYTES = 64_000_000
SECONDS = 180
"""For which a film is kept: a class opens a scene within them. Visitors who differ would fill the shelf otherwise."""


class Shelf:
    """`advance` with a memory of at most `most_bytes`, for `SECONDS`, shared by threads; the same question is never worked on
    twice at once.

    Only for runs whose data follow from their settings, or are the rows of a table that everybody may have: settings hold its
    digest. Films are shared: nobody may write into them. work: what works them out
    """

    def __init__(self, most_bytes: int = MOST_BYTES, work: Advance = advance):
        def ahead(run: Run, *asked: float | None) -> tuple[State, str | None, Film]:
            """Without settings and data: whoever asks has them, and they may take forty times the room of a film."""
            later, film = work(run, *asked)
            return later.state, later.message, film

        self.kept: TTLCache[object, tuple[State, str | None, Film]] = TTLCache(most_bytes, SECONDS, getsizeof=_size)
        self._ahead = cached(self.kept, key=_key, condition=Condition())(ahead)

    def forget(self) -> None:
        """Nothing is kept any more."""
        self._ahead.cache_clear()

    def advance(self, run: Run, frames: int, epochs_per_frame: int | None = 1, steps_per_frame: int | None = None,
                budget_ms: float | None = None) -> tuple[Run, Film]:
        """As `ann_core.film.advance`."""
        state, message, film = self._ahead(run, frames, epochs_per_frame, steps_per_frame, budget_ms)
        return run.at(state, message), film
