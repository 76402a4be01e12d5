"""Stacks of blocks before learning, worked out once for all visitors."""

from collections.abc import Iterable

import numpy as np
import streamlit as st

from ann_core.lessons import attention_depth as core
from ui.lessons.parts import worked_out

Stack = tuple[int, bool, str]
"""Blocks, whether there is a residual, and where layer norm stands."""
_reach = st.cache_resource(show_spinner=False, max_entries=60)(core.reach)


def reaches(stacks: Iterable[Stack]) -> dict[Stack, core.Reach]:
    """What reaches each block of twenty networks, for each of these stacks; says how far it is where that takes long."""
    return worked_out(stacks, lambda stack: _reach(*stack), "Networks are measured")


def first(found: core.Reach) -> float:
    """The middle network's gradient behind the first block, as a multiple of the last one's."""
    return float(np.median(found.stream[:, 0]))
