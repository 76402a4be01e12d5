"""The lesson "Neuron": what its ideas share."""

import streamlit as st

from ann_core import RunConfig
from ann_core.lessons.neuron_kinds import needs_answers
from ui.lessons.controls import LessonControls

controls = LessonControls("neuron/value")
SPLIT = [11, 9]
"""Widths of the picture and of what stands beside it."""
needed = st.cache_data(show_spinner=False, max_entries=10,
                       hash_funcs={RunConfig: RunConfig.model_dump_json})(needs_answers)
