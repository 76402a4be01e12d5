"""What works films out for all visitors, as the environment says."""

import os

import streamlit as st

from ann_core.film.workers import Workers

WORKERS = "PLAYGROUND_WORKERS"
"""How many processes work films out: as many as there are cores if it is not set; 0 works in this one."""
DASK = "PLAYGROUND_DASK"
"""The address of a Dask cluster that works in their place: tcp://10.0.0.7:8786"""
MOST = 60
"""Processes: Windows can wait for 61."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begun(environment: dict[str, str]) -> Workers:
    """As the environment says. What means nothing is said, and then nothing is started."""
    said = environment.get(WORKERS, "").strip() or str(cores())
    if said in map(str, range(MOST + 1)):
        return Workers(int(said), environment.get(DASK, "").strip())
    found = Workers()
    found.trouble(f"{WORKERS} should be a whole number from 0 to {MOST}, {said[:40]!r} came. Films are worked out in the "
                  "process that answers visitors.")
    return found


@st.cache_resource(show_spinner=False)
def workers() -> Workers:
    """The same for all visitors."""
    return begun(dict(os.environ))
