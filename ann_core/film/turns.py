"""Who works next: only so many chunks are worked on at once, and those who wait take turns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Lock

from cachetools import LRUCache

REMEMBERED = 1_000
"""Of so many visitors it is known when they had their last turn."""
PART_MS = 100
"""Of work at a time on what nobody watches as it comes: then others may have their turn."""
LOOKS_UP = 0.05
"""Seconds after which who waits looks whether he still wants to."""


@dataclass(frozen=True)
class Asker:
    """Who wants a chunk. urgent: he waits for a first picture or for what a change does, not for frames that fill a buffer
    still_here: called now and then while he waits; what it raises ends the waiting"""

    visitor: str = ""
    urgent: bool = False
    still_here: Callable[[], object] = bool


NOBODY = Asker()
ASKER: ContextVar[Asker] = ContextVar("asker")
"""For whom this thread works just now."""
_BEGUN: ContextVar["set[Turns] | None"] = ContextVar("begun", default=None)
"""Inside of `one_turn`: where this thread has had a chunk already."""


@dataclass(eq=False)
class _Ticket:
    asker: Asker
    number: int
    goes_on: bool
    called: Event = field(default_factory=Event)


class Turns:
    """places: chunks that may be worked on at once.

    Next is the visitor whose last turn is longest ago. Urgent ones go first, but nobody who waits is overtaken twice by the
    same visitor. Many small products of one thread are slower when another thread does the same, since the interpreter's lock
    goes to and fro: one after the other, all are done sooner.
    """

    def __init__(self, places: int):
        if places < 1:
            raise ValueError(f"Expected at least one place, got {places}.")
        self._free, self._lock, self._numbers = places, Lock(), count(1)
        self._waiting: list[_Ticket] = []
        self._last: LRUCache[str, int] = LRUCache(REMEMBERED)
        self._hurried: LRUCache[str, int] = LRUCache(REMEMBERED)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def more(self, places: int) -> None:
        """So many places more, or less: those that are taken stay so until their turn ends."""
        with self._lock:
            self._free += places
            self._call()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Waits for the turn of this thread's asker, and has it until the block ends. Who has a place waits for nobody."""
        begun = _BEGUN.get()
        self._wait(ASKER.get(NOBODY), begun is not None and self in begun)
        if begun is not None:
            begun.add(self)
        try:
            yield
        finally:
            self.more(1)

    def _wait(self, asker: Asker, goes_on: bool) -> None:
        ticket = _Ticket(asker, next(self._numbers), goes_on)
        with self._lock:
            self._waiting.append(ticket)
            self._call()
        try:
            while not ticket.called.wait(LOOKS_UP):
                asker.still_here()
        except BaseException:
            with self._lock:
                left = ticket in self._waiting
                if left:
                    self._waiting.remove(ticket)
            if not left:  # called at the same moment
                self.more(1)
            raise

    def _call(self) -> None:
        """Calls those whose turn it is."""
        while self._free > 0 and self._waiting:
            since = min(ticket.number for ticket in self._waiting)
            ticket = min(self._waiting, key=lambda one: self._rank(one, since))
            self._waiting.remove(ticket)
            self._free -= 1
            visitor, now = ticket.asker.visitor, next(self._numbers)
            if not ticket.goes_on:
                self._last[visitor] = now
                if ticket.asker.urgent:
                    self._hurried[visitor] = now
            ticket.called.set()

    def _rank(self, ticket: _Ticket, since: int) -> tuple[bool, bool, int, int]:
        """The smallest is next. since: the number of the one who waits longest"""
        visitor = ticket.asker.visitor
        first = ticket.asker.urgent and self._hurried.get(visitor, 0) < since
        return not ticket.goes_on, not first, self._last.get(visitor, 0), ticket.number


@contextmanager
def one_turn() -> Iterator[None]:
    """All chunks that this thread works on inside are one turn: after the first one the others are next."""
    token = _BEGUN.set(set())
    try:
        yield
    finally:
        _BEGUN.reset(token)
