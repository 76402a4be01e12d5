"""What visitors leave behind is let go: sessions that nobody came back to, and memory that the allocator would keep."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from streamlit.runtime import get_instance
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from ann_core.base.memory import give_back, resident

KEPT, HURRIED = 120, 45
"""Seconds for which a session waits for its browser to connect again: as Streamlit has it, and where memory runs short. It may
hold a table and its networks, a hundred megabytes, and Streamlit itself lets it go only when a later one ends."""
ROOM = 100
"""MB above the start from which on memory runs short."""
EVERY = 10
"""Seconds between two looks."""


@asynccontextmanager
async def tidily(app: object, forget: Callable[[], object] = bool) -> AsyncIterator[None]:
    """For as long as the app runs. forget: lets go what visitors share and is soon there again; called when none is left"""
    sessions: Any = get_instance()._session_mgr
    left = sessions._session_storage = MemorySessionStorage(ttl_seconds=KEPT)
    task = asyncio.create_task(_look_after(sessions, left, forget))
    try:
        yield
    finally:
        task.cancel()


async def _look_after(sessions: Any, left: MemorySessionStorage, forget: Callable[[], object]) -> None:
    room = resident() + ROOM
    while True:
        await asyncio.sleep(EVERY)
        if expired(left, KEPT - HURRIED if resident() > room else 0):
            if not sessions.list_sessions():
                forget()
            gc.collect()  # a session is full of circles
            give_back()


def expired(left: MemorySessionStorage, early: float = 0) -> bool:
    """Whether there were sessions whose time is over, or will be in so many seconds. They are forgotten."""
    cache: Any = left._cache
    return bool(cache.expire(cache.timer() + early))
