"""What travels to another process so that it works a chunk of a film out, and what is done there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from secrets import token_hex
from threading import Lock
from typing import Any

from cachetools import TTLCache

from ann_core.data import Prepared
from ann_core.film.advance import advance
from ann_core.film.film import Film
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start
from ann_core.run.setup import Setup
from ann_core.run.trainer import State

KEEP_BYTES = 64_000_000
"""Of data that a process keeps for the next chunks of the same runs."""
KEEP_SECONDS = 60
"""After the last chunk; who comes later brings them along. Of visitors who come and go a process would fill up otherwise."""
BESIDE = 120_000
"""Bytes that a setup takes beside its rows: layers, a plane, and what else follows from it."""
Answer = tuple[State, str | None, Film]
Advance = Callable[..., tuple[Run, Film]]


@dataclass(frozen=True)
class Parcel:
    """What a process needs to know of a run once. data: only where they do not follow from the settings, and only when asked
    for; key: the same for the same setup"""

    key: str
    config: RunConfig
    in_depth: bool
    without: frozenset[str]
    own: bool
    data: Prepared | None = None

    @classmethod
    def of(cls, setup: Setup) -> "Parcel":
        """Without data."""
        own = setup.config.data.table is not None
        key = setup.worked_out.setdefault("parcel", token_hex(8)) if own else \
            f"{setup.config.model_dump_json()} {setup.in_depth} {sorted(setup.without)}"
        return cls(key, setup.config, setup.in_depth, setup.without, own)


class Unknown(Exception):
    """This process does not have a visitor's own rows yet."""


def _size(setup: Setup) -> int:
    data = setup.data
    return BESIDE + sum(rows.nbytes for rows in (data.X_train, data.X_test, data.y_train, data.y_test))


_setups: TTLCache[str, Setup] = TTLCache(KEEP_BYTES, KEEP_SECONDS, getsizeof=_size)  # of this process
_lock = Lock()


def _setup(parcel: Parcel) -> Setup:
    with _lock:
        known = _setups.get(parcel.key)
        if known is not None:
            _setups[parcel.key] = known  # its time begins anew
            return known
    if parcel.own and parcel.data is None:
        raise Unknown
    setup = start(parcel.config, parcel.data, parcel.in_depth, parcel.without).setup
    with _lock:
        if _size(setup) <= KEEP_BYTES:
            _setups[parcel.key] = setup
    return setup


def forget() -> None:
    """Nothing is kept any more for the next chunks; whoever comes again brings it along."""
    with _lock:
        _setups.clear()


def forget_old() -> bool:
    """What nobody came back for is not kept any more. Whether there was anything."""
    with _lock:
        return bool(_setups.expire())


def work(parcel: Parcel, state: State, message: str | None, asked: tuple[Any, ...]) -> Answer:
    """There: the chunk, without what the caller has already."""
    run, film = advance(Run(_setup(parcel), state, message), *asked)
    return run.state, run.message, film


def chunk(result: Callable[..., Answer], run: Run, asked: tuple[Any, ...]) -> tuple[Run, Film]:
    """`advance` by way of `result(work, …)`, which lets another process work. A visitor's own rows go along only to one that
    does not have them."""
    parcel = Parcel.of(run.setup)
    try:
        state, message, film = result(work, parcel, run.state, run.message, asked)
    except Unknown:
        state, message, film = result(work, replace(parcel, data=run.data), run.state, run.message, asked)
    return run.at(state, message), film


def ready() -> bool:
    """That a process knows all that it needs."""
    return True
