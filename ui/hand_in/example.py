"""What the page Check shows before anything is handed in: a result as it was made, and one with a score that was raised."""

import streamlit as st

from ann_core.film.recording import Recording
from ann_core.handin.code import written
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ui.hand_in.checking import Batch, entries
from ui.hand_in.report import result

SETTINGS = {"training.epochs": 60, "data.samples": 200}
HELD = "check/example"


@st.cache_data(show_spinner=False)
def _codes() -> str:
    config = edited(RunConfig(), SETTINGS)
    recording = Recording(config)
    recording.frames(None, config.training.epochs, 1, None, None)
    made = result(recording, None)
    last = made.marks[-1]
    raised = last.model_copy(update={"values": {**last.values, "test_score": 1.0}})
    return f"Ada {made.code}\nBen {written([(0, config)], [*made.marks[:-1], raised])}"


def example() -> Batch:
    """The two of them, checked as all others are."""
    if HELD not in st.session_state:
        st.session_state[HELD] = Batch(entries([], _codes())[0])
    found: Batch = st.session_state[HELD]
    return found
