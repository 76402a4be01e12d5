"""What a process holds of the machine's memory, and giving back what it does not need."""

import ctypes
import os
import sys
from pathlib import Path

ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h."""


def resident() -> float:
    """MB of this process that are in memory; 0 where the system does not say."""
    said = Path("/proc/self/statm")
    return int(said.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if said.exists() else 0.0


def give_back() -> None:
    """What is free goes back to the system. glibc keeps what lies between things in use: of 78 MB of films 72 stayed when all
    were gone, and 3 after this, which takes 13 ms."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def few_arenas() -> None:
    """Threads share two places to allocate in. glibc gives each thread one of its own, and each keeps pages in which little is
    left: after a day of visitors 270 MB, and 70 with two."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(ARENA_MAX, 2)
