"""`streamlit run app.py`: the app over `ui/shell.py`, with our assets and headers beside it."""

import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

# Before NumPy is imported: the matrices are small, and the other cores belong to other visitors.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")  # two megabytes at once stay where one number does

import streamlit as st

from ann_core.base.memory import allocate
from ui import forged, marking, same_tick
from ui.door import MIDDLEWARE, ROUTES, on_script_error
from ui.forgotten import welcome
from ui.player.runs import shelf
from ui.player.workers import workers
from ui.tidy import tidily
from ui.warm import warm

allocate(large=2**20)
workers()  # they begin beside it
forged.guard()
marking.guard()
same_tick.listen()
welcome()
sys.setswitchinterval(0.001)  # seconds: who has an answer ready waits no longer for a thread that only counts


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """What is done before the first visitor, with Streamlit's runtime at hand, and beside all of them."""
    warm()
    workers().wait_until_begun(20)
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not look at it again and again
    async with tidily(app, forget=shelf().forget):
        yield


app = st.App("ui/shell.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=on_script_error)
