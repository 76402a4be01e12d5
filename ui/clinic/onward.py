"""The button below a film that takes its run to the clinic."""

from collections.abc import Sequence

import streamlit as st

from ann_core import RunConfig
from ann_core.film.recording import Recording
from ui.clinic.settings import read, refused, write
from ui.page import script
from ui.settings import PageSettings
from ui.text import markdown

HELP = ("It is trained again from its first step and measured on the way: what is wrong with it, how is that seen, and what "
        "helps?")


def admit(patient: RunConfig) -> None:
    """Makes a run the patient of the page, before it is shown again."""
    settings = PageSettings("clinic", read, write)
    settings.open(patient)
    settings.no_notes()


def to_the_clinic(page: str, runs: Sequence[Recording], names: Sequence[str]) -> None:
    """The place below a stage: a button for each run that can be a patient. It goes by the session, not by an address, which
    has no room for a visitor's own table or a large drawing. page: what the buttons' keys begin with"""
    fit = [(place, run.config) for place, run in enumerate(runs) if not refused(run.config)]
    with st.container(horizontal=True, gap="small", key=f"{page}/to_clinic"):
        for place, patient in fit:
            label = f"{markdown(names[place])} to the clinic" if len(runs) > 1 else "To the clinic"
            if st.button(label, key=f"{page}/to_clinic/{place}", icon=":material/stethoscope:", type="tertiary", help=HELP):
                admit(patient)
                st.switch_page(script("play/clinic"))
