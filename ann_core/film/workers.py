"""Chunks of films worked out in other processes: as many at once as there are cores, each with an interpreter of its own."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from secrets import token_hex
from threading import Lock
from typing import Any

from cachetools import LRUCache

from ann_core.data import Prepared
from ann_core.film.advance import advance
from ann_core.film.film import Film
from ann_core.film.turns import Turns
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start
from ann_core.run.setup import Setup
from ann_core.run.trainer import State

Advance = Callable[..., tuple[Run, Film]]
KNOWN = 60
"""Setups that a worker keeps: data and network of runs that go on."""


@dataclass(frozen=True)
class Parcel:
    """What a worker needs to know of a run once. data: only where they do not follow from the settings, and only when asked
    for; key: the same for the same setup"""

    key: str
    config: RunConfig
    in_depth: bool
    without: frozenset[str]
    own: bool
    data: Prepared | None = None


class Unknown(Exception):
    """This worker does not have a visitor's own rows yet."""


_setups: LRUCache[str, Setup] = LRUCache(KNOWN)  # of this worker


def _setup(parcel: Parcel) -> Setup:
    if parcel.key not in _setups:
        if parcel.own and parcel.data is None:
            raise Unknown
        _setups[parcel.key] = start(parcel.config, parcel.data, parcel.in_depth, parcel.without).setup
    return _setups[parcel.key]


def _work(parcel: Parcel, state: State, message: str | None, asked: tuple[Any, ...]) -> tuple[State, str | None, Film]:
    """In the worker: the chunk, without what the caller has already."""
    run, film = advance(Run(_setup(parcel), state, message), *asked)
    return run.state, run.message, film


def _parcel(run: Run) -> Parcel:
    setup = run.setup
    own = setup.config.data.table is not None
    named = setup.worked_out.setdefault("parcel", token_hex(8)) if own else \
        f"{setup.config.model_dump_json()} {setup.in_depth} {sorted(setup.without)}"
    return Parcel(named, setup.config, setup.in_depth, setup.without, own)


class Workers:
    """`advance` in other processes; the same films to the bit, as one machine works them out.

    processes: 0 works here, one chunk after the other   A worker that dies is replaced, and its chunk is done again.
    """

    def __init__(self, processes: int):
        self.processes = processes
        self._turns, self._lock = Turns(max(1, processes)), Lock()
        self._pool = self._started() if processes else None

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ann_core.film.workers", "sklearn.datasets"])
        return ProcessPoolExecutor(self.processes, context)

    @property
    def waiting(self) -> int:
        """How many chunks wait for their turn."""
        return self._turns.waiting

    def advance(self, run: Run, frames: int = 60, epochs_per_frame: int | None = 1, steps_per_frame: int | None = None,
                budget_ms: float | None = None) -> tuple[Run, Film]:
        """As `ann_core.film.advance`."""
        asked = (frames, epochs_per_frame, steps_per_frame, budget_ms)
        with self._turns.taken():
            pool = self._pool
            if pool is None or run.finished or run.message:
                return advance(run, *asked)
            try:
                return self._there(pool, run, asked)
            except BrokenProcessPool:
                return self._there(self._renewed(pool), run, asked)

    def _there(self, pool: ProcessPoolExecutor, run: Run, asked: tuple[Any, ...]) -> tuple[Run, Film]:
        parcel = _parcel(run)
        try:
            state, message, film = pool.submit(_work, parcel, run.state, run.message, asked).result()
        except Unknown:
            whole = replace(parcel, data=run.data)
            state, message, film = pool.submit(_work, whole, run.state, run.message, asked).result()
        return run.at(state, message), film

    def _renewed(self, broken: ProcessPoolExecutor) -> ProcessPoolExecutor:
        """A pool in the place of one in which a worker died; made once, whoever notices first."""
        with self._lock:
            if self._pool is broken:
                broken.shutdown(wait=False)
                self._pool = self._started()
            assert self._pool is not None
            return self._pool

    def close(self) -> None:
        """Ends the workers."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
