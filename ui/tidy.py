"""What visitors leave behind is let go: sessions that nobody came back to, and memory that the allocator would keep."""

import asyncio
import ctypes
import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from streamlit.runtime import get_instance
from streamlit.runtime.memory_session_storage import MemorySessionStorage

KEPT, HURRIED = 120, 45
"""Seconds for which a session waits for its browser to connect again: as Streamlit has it, and where memory runs short. It may
hold a table and its networks, a hundred megabytes, and Streamlit itself lets it go only when a later one ends."""
ROOM = 100
"""MB above the start from which on memory runs short."""
EVERY = 10
"""Seconds between two looks."""


@asynccontextmanager
async def tidily(app: object) -> AsyncIterator[None]:
    """For as long as the app runs."""
    sessions: Any = get_instance()._session_mgr
    left = sessions._session_storage = MemorySessionStorage(ttl_seconds=KEPT)
    task = asyncio.create_task(_look_after(left))
    try:
        yield
    finally:
        task.cancel()


async def _look_after(left: MemorySessionStorage) -> None:
    room = resident() + ROOM
    while True:
        await asyncio.sleep(EVERY)
        let_go(left, KEPT - HURRIED if resident() > room else 0)


def let_go(left: MemorySessionStorage, early: float = 0) -> None:
    """Forgets the sessions whose time is over, or will be in so many seconds, and gives their memory back to the system."""
    cache: Any = left._cache
    if not cache.expire(cache.timer() + early):
        return
    gc.collect()  # a session is full of circles
    give_back()


def resident() -> float:
    """MB of this process that are in memory; 0 where the system does not say."""
    said = Path("/proc/self/statm")
    return int(said.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if said.exists() else 0.0


def give_back() -> None:
    """What is free goes back to the system. glibc keeps what lies between things in use: of 78 MB of films 72 stayed when all
    were gone, and 3 after this, which takes 13 ms."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
