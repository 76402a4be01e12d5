"""What a process holds of the machine's memory, and giving back what it does not need."""

import ctypes
import os
import sys
from pathlib import Path

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
"""M_TRIM_THRESHOLD, M_MMAP_THRESHOLD and M_ARENA_MAX of glibc's malloc.h."""
FREE = 64 * 2**20
"""Bytes that may stay."""


def resident() -> float:
    """MB of this process that are in memory; 0 where the system does not say."""
    said = Path("/proc/self/statm")
    return int(said.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if said.exists() else 0.0


def give_back() -> None:
    """What is free goes back to the system. glibc keeps what lies between things in use: of 78 MB of films 72 stayed when all
    were gone, and 3 after this, which takes 13 ms."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def allocate(large: int) -> None:
    """How glibc allocates from here on; to be called before there are threads. large: from so many bytes on an array has a
    place of its own, which goes back when it is free.

    Threads share two places: where each had its own, pages in which little was left stayed, 270 MB after a day of visitors.
    What becomes free at the end of a place stays until `give_back`: by itself it would go back and be asked for again all the
    time, which took a third of a training's time.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        for setting, value in ((ARENA_MAX, 2), (MMAP_THRESHOLD, large), (TRIM_THRESHOLD, FREE)):
            libc.mallopt(setting, value)
