"""Where chunks are worked out: in this process, in others of this machine, or in a Dask cluster."""

import gc
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing.connection import wait
from threading import Thread
from time import process_time
from typing import Any, Protocol

from ann_core.base.memory import allocate, give_back
from ann_core.film import parcels

NICE = 10
"""How far workers stand back behind the process that answers visitors."""
RESTS = 20.0
"""Seconds without work after which a worker lets go what it keeps."""
JOIN_SECONDS = 5
"""In which a cluster has to answer."""
LOAD_SECONDS = 60
"""In which its workers have to have loaded what they need."""


class Pool(Protocol):
    """places: how many chunks may be handed in at once   hands: how many are worked on at once
    alive: whether what was handed in may still come back   broken: errors that say it will not
    submit: hands in a pure function of a module, with arguments that can be pickled"""

    @property
    def places(self) -> int: ...

    @property
    def hands(self) -> int: ...

    @property
    def broken(self) -> tuple[type[BaseException], ...]: ...

    @property
    def alive(self) -> bool: ...

    def submit(self, work: Callable[..., Any], *args: Any) -> Future: ...

    def close(self) -> None: ...


class Here:
    """This process: the thread that asks."""

    places = hands = 1
    alive = True
    broken: tuple[type[BaseException], ...] = ()

    def submit(self, work: Callable[..., Any], *args: Any) -> Future:
        done: Future = Future()
        try:
            done.set_result(work(*args))
        except Exception as error:
            done.set_exception(error)
        return done

    def close(self) -> None:
        pass


class Processes:
    """Processes of this machine, each with an interpreter of its own. There is a place more than processes: the next chunk lies
    ready when one is done."""

    broken: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, processes: int):
        self.places, self.hands = processes + 1, processes
        kinds = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in kinds else "spawn")
        if "forkserver" in kinds:
            context.set_forkserver_preload([parcels.__name__, "sklearn.datasets", "ann_core.film.settled"])
        self._executor = ProcessPoolExecutor(processes, context, _begin)
        # Each begins when something is handed in: now, not while the first visitor waits.
        self.begun = [self._executor.submit(parcels.ready) for _ in range(processes)]

    def submit(self, work: Callable[..., Any], *args: Any) -> Future:
        try:
            return self._executor.submit(work, *args)
        except RuntimeError as error:  # closed already, because a process died
            raise BrokenProcessPool(str(error)) from error

    @property
    def alive(self) -> bool:
        """The executor itself does not notice a process that is killed while it hands a film back: it waits for the rest."""
        processes = list((self._executor._processes or {}).values())
        return bool(processes) and all(process.is_alive() for process in processes)

    def close(self) -> None:
        for process in list((self._executor._processes or {}).values()):
            process.kill()
        with suppress(OSError):
            self._executor._result_queue._writer.close()  # type: ignore[attr-defined]  # then the rest is not waited for
        self._executor.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """In the worker: stands back, ends with the process that it works for, also when that is killed, and keeps nothing while
    there is nothing to do."""
    allocate(large=2**22)
    if hasattr(os, "nice"):
        os.nice(NICE)
    Thread(target=_look_after, args=(multiprocessing.parent_process(),), daemon=True).start()


def _look_after(parent: Any) -> None:
    worked, full = process_time(), False
    while not wait([parent.sentinel], RESTS):
        worked, before = process_time(), worked
        busy = worked - before > RESTS / 100
        rests = full and not busy
        if rests:
            parcels.forget()
        if parcels.forget_old() or rests:
            gc.collect()  # runs are full of circles
            give_back()
            worked = process_time()
        full = busy
    os._exit(1)


class Cluster:
    """The Dask cluster at an address such as tcp://10.0.0.7:8786. Raises ValueError, with the reason, if it cannot be used."""

    def __init__(self, address: str):
        try:
            from distributed import Client
            from distributed.comm import CommClosedError
            from distributed.scheduler import KilledWorker
        except ImportError:
            raise ValueError("Dask is not installed here: pip install -r requirements-dask.txt") from None

        class Kept(Client):
            def __del__(self) -> None:
                """Closes nothing: where the collector runs within the library's own lock, closing waits for that for ever."""

        self.broken: tuple[type[BaseException], ...] = (CancelledError, CommClosedError, KilledWorker)
        try:
            self._client = Kept(address, timeout=JOIN_SECONDS, set_as_default=False)
        except Exception as error:  # of an address, a network, another version: each library has its own
            raise ValueError(f"No Dask cluster answers at {address} ({type(error).__name__})") from None
        self.places = self.hands = sum(self._client.nthreads().values())
        self._executor = self._client.get_executor(pure=False)
        try:
            if not self.places:
                raise ValueError(f"The Dask cluster at {address} has no workers")
            self.submit(parcels.ready).result(LOAD_SECONDS)
        except ValueError:
            self.close()
            raise
        except Exception as error:
            self.close()
            raise ValueError(f"The workers at {address} do not know this app ({type(error).__name__}): start them in its "
                             "folder, with the same packages") from None

    @property
    def alive(self) -> bool:
        return self._client.status == "running"

    def submit(self, work: Callable[..., Any], *args: Any) -> Future:
        if not self.alive:
            raise CancelledError
        theirs, ours = self._executor.submit(work, *args), Future[Any]()
        theirs.add_done_callback(partial(_hand_on, to=ours))
        ours.add_done_callback(lambda one: _apart(theirs.cancel) if one.cancelled() else None)
        return ours

    def close(self) -> None:
        _apart(partial(self._client.close, timeout=1))


def _hand_on(done: Future, to: Future) -> None:
    with suppress(InvalidStateError):  # nobody waits any more
        error = CancelledError() if done.cancelled() else done.exception()
        if error:
            to.set_exception(error)
        else:
            to.set_result(done.result())


def _apart(call: Callable[[], Any]) -> None:
    """In a thread of its own: what the client says to a cluster that has just gone may wait for ever."""
    def said() -> None:
        with suppress(Exception):
            call()

    Thread(target=said, daemon=True).start()
