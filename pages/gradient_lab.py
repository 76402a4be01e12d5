"""The Gradient lab: matched twins, and what becomes of the gradient on its way back."""

import streamlit as st

from ann_core import twins as tw
from ann_core.recording import Recording
from ui.player import player

twins, notes = tw.from_query(st.query_params.to_dict())
st.title("Gradient lab")
recordings = st.session_state.setdefault("lab/recordings", [])
if [r.config for r in recordings] != list(twins):
    recordings[:] = [Recording(twin, in_depth=True) for twin in twins]
player(recordings, key="lab", names=tw.names(twins), pictures=("gradient", "waterfall", "slope", "map", "boundary", "loss"))
