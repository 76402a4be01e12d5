"""`streamlit run app.py`: the app over `ui/shell.py`, with our assets and headers beside it."""

import os

# Before NumPy is imported: the matrices are small, and the other cores belong to other visitors.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import streamlit as st

from ui.door import MIDDLEWARE, ROUTES, on_script_error

app = st.App("ui/shell.py", routes=ROUTES, middleware=MIDDLEWARE, on_script_error=on_script_error)
