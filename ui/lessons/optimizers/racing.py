"""What the races share: short names, and what they give for all visitors alike, worked out once."""

import streamlit as st

from ann_core.lessons import optimizers_landscape as landscape
from ann_core.lessons import optimizers_network as network
from ann_core.lessons import optimizers_race as core
from ui.lessons.optimizers import LABELS

NAMES = {**LABELS, "momentum": "Momentum", "nesterov": "Nesterov"}
"""Of the optimisers, short enough for nine in a row."""

winners = st.cache_data(show_spinner=False, max_entries=1)(core.winners)
turned = st.cache_data(show_spinner=False, max_entries=9)(core.turned)
example = st.cache_resource(show_spinner=False, max_entries=3)(landscape.train)
final_losses = st.cache_data(show_spinner=False, max_entries=300)(network.final_losses)


@st.cache_data(show_spinner=False, max_entries=300)
def final_loss(name: str, rate: float) -> float:
    """The last loss of one optimiser on the network, with seed 0."""
    return network.final_loss(network.settings(name, rate))
