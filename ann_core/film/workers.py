"""Chunks of films worked out in turns, where there is room for them: the same to the bit, wherever on one machine."""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from functools import partial
from threading import Lock, Semaphore
from time import monotonic
from typing import Any

from ann_core.film.advance import advance
from ann_core.film.film import Film
from ann_core.film.parcels import chunk
from ann_core.film.pools import Cluster, Here, Pool, Processes
from ann_core.film.turns import ASKER, LOOKS_UP, NOBODY, Asker, Turns
from ann_core.run.run import Run

log = logging.getLogger("playground")

TRIES = 3
"""So often a chunk is handed in when workers die over it; then it is worked out here."""

VISITED = 2.0
"""Seconds after an ask for which its visitor is expected to ask again."""


class Workers:
    """processes: of this machine; 0 works here, one chunk after the other   cluster: the address of a Dask cluster that works
    in their place

    A process that dies is replaced, as is a cluster that goes away, by processes; what was handed in is done again. `troubles`
    says in sentences what did not go as it was set.
    """

    def __init__(self, processes: int = 0, cluster: str = ""):
        self.processes, self.troubles, self._lock, self._closed = processes, list[str](), Lock(), False
        self._pool = self._joined(cluster) if cluster else self._local()
        self._turns = Turns(self._pool.places)
        beside = max(1, self._pool.hands - 1)
        self._aside = ThreadPoolExecutor(beside, "aside")
        self._short = ThreadPoolExecutor(self._pool.places, "short")
        self._beside, self._visited = Semaphore(beside), -VISITED

    def _local(self) -> Pool:
        return Processes(self.processes) if self.processes else Here()

    def _joined(self, address: str) -> Pool:
        try:
            return Cluster(address)
        except ValueError as error:
            self.trouble(f"{error}. Films are worked out on this machine.")
            return self._local()

    def trouble(self, sentence: str) -> None:
        """Says it in the log and keeps it for the teacher."""
        log.warning(sentence)
        self.troubles.append(sentence)

    @property
    def queue(self) -> float:
        """How many chunks wait for each that is worked on."""
        return self._turns.waiting / self._pool.places

    def advance(self, run: Run, frames: int = 60, epochs_per_frame: int | None = 1, steps_per_frame: int | None = None,
                budget_ms: float | None = None) -> tuple[Run, Film]:
        """As `ann_core.film.advance`, in the turn of this thread's asker (`turns.ASKER`)."""
        asked = (frames, epochs_per_frame, steps_per_frame, budget_ms)
        if run.finished or run.message:
            return advance(run, *asked)
        self._visited = monotonic()
        with self._turns.taken():
            if isinstance(self._pool, Here):
                return advance(run, *asked)
            return self._done(lambda result: chunk(result, run, asked), lambda: advance(run, *asked))

    def turn(self) -> AbstractContextManager[None]:
        """Waits for this thread's asker's turn to work something out in this very thread, and has it until the block ends."""
        return self._turns.taken()

    def submit(self, work: Callable[..., Any], *args: Any) -> Future:
        """Works a pure function of a module out, with arguments that can be pickled: as a visitor more, who is in no hurry and
        leaves one of several processes to the others."""
        return self._aside.submit(self._later, work, *args)

    def submit_short(self, work: Callable[..., Any], *args: Any) -> Future:
        """As `submit`, for what takes no longer than a chunk: it takes every place while no visitor asks for anything."""
        return self._short.submit(self._where_nobody_is, work, *args)

    def _where_nobody_is(self, work: Callable[..., Any], *args: Any) -> Any:
        if monotonic() - self._visited > VISITED:
            return self._later(work, *args)
        with self._beside:
            return self._later(work, *args)

    def _later(self, work: Callable[..., Any], *args: Any) -> Any:
        ASKER.set(Asker("aside"))
        with self._turns.taken():
            return self._done(lambda result: result(work, *args), lambda: work(*args))

    def _done(self, job: Callable[[Callable[..., Any]], Any], here: Callable[[], Any]) -> Any:
        """What a job comes to in the pool, or in the one that takes its place. job: gets what hands work in and waits for its
        result   here: does it in this thread"""
        for _ in range(TRIES):
            pool = self._pool
            lost: tuple[type[BaseException], ...] = (_Gone, *pool.broken)
            try:
                return job(partial(_awaited, pool))
            except lost:
                self._replace(pool)
        return here()

    def _replace(self, lost: Pool) -> None:
        """Another pool in the place of one that is lost; made once, whoever notices first."""
        with self._lock:
            if self._closed:
                raise CancelledError
            if self._pool is not lost:
                return
            if isinstance(lost, Cluster):
                self.trouble("The Dask cluster went away. Films are worked out on this machine.")
            else:
                log.warning("A worker process died; another one takes its place.")
            self._pool = self._local()
            self._turns.more(self._pool.places - lost.places)
        lost.close()

    def wait_until_begun(self, seconds: float) -> None:
        """Until the processes of this machine are at work, at most so long: a first answer does not wait for them then."""
        wait(getattr(self._pool, "begun", ()), seconds)

    def close(self) -> None:
        """Ends the workers. What was handed in and is not done is cancelled."""
        self._closed = True
        for threads in (self._aside, self._short):
            threads.shutdown(wait=False, cancel_futures=True)
        self._pool.close()


class _Gone(Exception):
    """The pool went away while a result was waited for."""


def _awaited(pool: Pool, work: Callable[..., Any], *args: Any) -> Any:
    """The result, as long as the asker wants it and the pool can bring it."""
    asker, future = ASKER.get(NOBODY), pool.submit(work, *args)
    try:
        while not wait([future], LOOKS_UP).done:
            asker.still_here()
            if not pool.alive:
                raise _Gone
    finally:
        future.cancel()  # what nobody waits for need not begin
    return future.result()
