"""Within the server: on a signal, what its memory is held by is written to the file that HOLDERS names, as JSON: MB by name.

Python imports a module of this name when it begins; `benchmarks.leaving` puts this folder on the server's path.
"""

import ctypes
import gc
import json
import os
import sys
from collections.abc import Iterable
from functools import _lru_cache_wrapper
from math import inf
from pathlib import Path
from signal import SIGUSR2, signal
from types import CodeType, FunctionType, ModuleType
from typing import Any

ASIDE = (type, ModuleType, FunctionType, CodeType)
LEAST = 0.5  # MB; less is not named


class _Malloc(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks",
                                                     "uordblks", "fordblks", "keepcost")]


def caches() -> Iterable[tuple[str, float, Any]]:
    """Everything that is kept by name: its bound, and itself."""
    from streamlit.runtime.caching.cache_resource_api import _resource_caches
    for found in _resource_caches._function_caches.values():
        for cache in found.values():
            yield cache.display_name, cache.max_entries, cache
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith(("ann_core", "ui")):
            yield f"{one.__module__}.{one.__qualname__}", one.cache_parameters()["maxsize"] or inf, one


def data(root: Any, seen: set[int]) -> float:
    """MB of arrays and bytes that can be reached from here and were not seen before."""
    import numpy as np
    found, left = 0.0, [root]
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, ASIDE):
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            left.append(one.base)  # an array is no container to the collector
            found += one.nbytes if one.base is None else 0
        elif isinstance(one, bytes | bytearray):
            found += len(one)
        else:
            left.extend(gc.get_referents(one))
    return found / 1e6


def holders() -> dict[str, float]:
    """MB by name."""
    seen, found = set[int](), {}
    for name, bound, cache in caches():
        if (size := data(cache, seen)) >= LEAST:
            found[name if bound == inf else f"{name}, at most {bound}"] = size
    libc = ctypes.CDLL(None)
    libc.mallinfo2.restype = _Malloc
    malloc, said = libc.mallinfo2(), Path("/proc/self/smaps_rollup").read_text().split()
    return {**found, "malloc: in use": (malloc.uordblks + malloc.hblkhd) / 1e6,
            "malloc: free, most of it given back": malloc.fordblks / 1e6,
            "all that is no file": int(said[said.index("Anonymous:") + 1]) * 1.024e-3}


def _write(*_: object) -> None:
    Path(os.environ["HOLDERS"]).write_text(json.dumps(holders()))


if "HOLDERS" in os.environ and "streamlit" in sys.orig_argv:
    signal(SIGUSR2, _write)
