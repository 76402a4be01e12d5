"""`streamlit run app.py`: the app over `ui/shell.py`, with our assets and headers beside it."""

import gc
import os
import sys
from importlib import import_module

# Before NumPy is imported: the matrices are small, and the other cores belong to other visitors.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import streamlit as st

from ann_core import RunConfig, start
from ui import forged, marking
from ui.door import MIDDLEWARE, ROUTES, on_script_error
from ui.player.workers import workers
from ui.tidy import tidily

workers()  # they begin beside it
start(RunConfig())  # scikit-learn takes a second or two to load, as do these: now, not while the first visitor waits
for name in ("altair", "plotly.graph_objects", "PIL.Image", "pyarrow"):
    import_module(name)
workers().wait_until_begun(20)
gc.collect()
gc.freeze()  # what is loaded stays: the collector need not look at it again and again

forged.guard()
marking.guard()
sys.setswitchinterval(0.001)  # seconds: who has an answer ready waits no longer for a thread that only counts

app = st.App("ui/shell.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=tidily, on_script_error=on_script_error)
