"""Who works next: only so many chunks are worked on at once, and those who wait take turns."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from threading import Condition

from cachetools import LRUCache

REMEMBERED = 1_000
"""Of so many visitors it is known when they had their last turn."""


@dataclass(frozen=True)
class Asker:
    """Who wants a chunk. urgent: he waits for a first picture or for what a change does, not for frames that fill a buffer"""

    visitor: str = ""
    urgent: bool = False


NOBODY = Asker()
ASKER: ContextVar[Asker] = ContextVar("asker")
"""For whom this thread works just now."""


class Turns:
    """places: chunks that may be worked on at once. Urgent ones go first, then the visitor whose last turn is longest ago.

    Many small products of one thread are slower when another thread does the same: the interpreter's lock goes to and fro. One
    after the other, all are done sooner.
    """

    def __init__(self, places: int):
        if places < 1:
            raise ValueError(f"Expected at least one place, got {places}.")
        self._free = places
        self._moved = Condition()
        self._order = count(1)
        self._waiting: list[tuple[bool, int, int]] = []
        self._last: LRUCache[str, int] = LRUCache(REMEMBERED)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Waits for the turn of this thread's asker, and has it until the block ends."""
        asker = ASKER.get(NOBODY)
        with self._moved:
            ticket = (not asker.urgent, self._last.get(asker.visitor, 0), next(self._order))
            self._waiting.append(ticket)
            try:
                self._moved.wait_for(lambda: self._free > 0 and min(self._waiting) == ticket)
            finally:
                self._waiting.remove(ticket)
                self._moved.notify_all()
            self._free -= 1
            self._last[asker.visitor] = next(self._order)
        try:
            yield
        finally:
            with self._moved:
                self._free += 1
                self._moved.notify_all()
