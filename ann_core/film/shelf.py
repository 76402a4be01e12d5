"""Films that several visitors ask for alike are worked out once: a class opens the same scene all together."""

from hashlib import blake2b
from threading import Condition

import numpy as np
from cachetools import LRUCache, cached

from ann_core.film.advance import advance
from ann_core.film.film import Film
from ann_core.film.parcels import Advance
from ann_core.run.run import Run


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


def _size(answer: tuple[Run, Film]) -> int:
    run, film = answer
    return run.state.nbytes + film.nbytes


MOST_BYTES = 64_000_000


class Shelf:
    """`advance` with a memory of at most `most_bytes`, shared by threads; the same question is never worked on twice at once.

    Only for runs whose data follow from their settings. Films are shared: nobody may write into them. work: what works them out
    """

    def __init__(self, most_bytes: int = MOST_BYTES, work: Advance = advance):
        shelf: LRUCache[object, tuple[Run, Film]] = LRUCache(most_bytes, getsizeof=_size)
        self.advance = cached(shelf, key=_key, condition=Condition())(work)
