"""A session that nobody came back to is forgotten, and what it held goes back to the system."""

import gc
import sys
import weakref

import numpy as np
import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from ann_core.base.memory import give_back, resident
from ui.tidy import expired


class Session:
    """Full of circles and small arrays, as one that trained, with something between that stays."""

    def __init__(self, stays: list) -> None:
        self.id, self.session, self.arrays = "one", self, []
        for _ in range(2_000):
            self.arrays.append(np.ones(5_000))
            stays.append(np.ones(500))


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has to be told")
def test_a_session_that_nobody_came_back_to_gives_its_memory_back():
    left, stays, before = MemorySessionStorage(ttl_seconds=60), [], resident()
    left.save(Session(stays))
    gone = weakref.ref(left.get("one"))
    assert not expired(left, early=50) and gone() is not None and resident() - before > 60  # MB; it may still come back
    assert expired(left, early=60)
    gc.collect()
    give_back()
    assert gone() is None and resident() - before < 30
