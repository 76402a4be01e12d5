"""What the races share: short names, and what they give for all visitors alike, worked out once."""

import streamlit as st

from ann_core.lessons import optimizers_race as core
from ui.lessons.optimizers import LABELS

NAMES = {**LABELS, "momentum": "Momentum", "nesterov": "Nesterov"}
"""Of the optimisers, short enough for nine in a row."""

winners = st.cache_data(show_spinner=False, max_entries=1)(core.winners)
turned = st.cache_data(show_spinner=False, max_entries=9)(core.turned)
