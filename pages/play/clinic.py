"""Clinic: any run as a patient. What was measured of it, what is wrong, and whether a cure helps."""

import streamlit as st

from ann_core.data import DRAWN
from ann_core.run.link import drawing_fits, to_query
from ui.clinic.findings import findings, report
from ui.clinic.guess import guessed, told
from ui.clinic.patients import PATIENTS
from ui.clinic.running import SOON, examination
from ui.clinic.settings import USUAL, read, write
from ui.page import notes, opener_row, script, title
from ui.player.player import player
from ui.player.runs import affordable, recordings, subject
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session

PICTURES = ("gradient", "loss")
ABOUT = "Each patient is a network. Watch its film and guess what is wrong; then see what was measured of it, and try cures."
OWN = "A patient of your own, with the settings that it has now, from its first step on."
NOT_IN_THE_ADDRESS = (" Its drawing has more points than an address has room for: opened again, this page shows the example "
                      "drawing.")

settings = PageSettings("clinic", session.with_known_tables(read, USUAL, lambda patient: (patient,)), write)
_, link_notes = settings.current()
patient, _ = settings.accept(lambda: settings.value)

present, _ = title("Clinic")
if not present:
    st.caption(ABOUT)
chosen = opener_row(PATIENTS, lambda opener: opener.config == patient, lambda opener: settings.open(opener.config))
st.caption(f"**The patient says:** {chosen.sentence}" if chosen else
           OWN + NOT_IN_THE_ADDRESS * (patient.data.source == DRAWN and not drawing_fits(patient)))
notes([], link_notes)
data, small = session.prepared(patient.data), affordable([patient])
film, opinion = st.columns([3, 2], gap="medium")
with film:
    player(recordings("clinic", [patient], lambda _: data, always_anew=True, for_all=session.for_all), key="clinic/player",
           pictures=PICTURES, autoplay=small, present=present, unexplained=not told(patient.model_dump_json()),
           subject=subject(settings.opened, patient), outdated=settings.address_moved,
           on={"moved": lambda _: settings.trust_address()})
    st.page_link(script("play/playground"), label="Look at it more closely in the Playground", icon=":material/play_circle:",
                 query_params=to_query(patient))
course = examination(patient, data)
if not (small or course.done or st.session_state.get("clinic/begun") == patient):
    with opinion:
        st.caption("This run is much larger than usual, so its examination waits for you.")
        if st.button("Examine it", type="primary", icon=":material/stethoscope:"):
            st.session_state["clinic/begun"] = patient
            st.rerun()
    st.stop()
course.watch(SOON)


@st.fragment(run_every=None if course.ended else 0.5)
def examined() -> None:
    """The examination as it goes on."""
    course.watch()
    st.progress(min(1.0, course.done), "It is trained from its first step and measured on the way …")
    if course.ended:
        st.rerun()


shown = False
with opinion:
    if not course.ended:
        examined()
    elif course.why:
        st.warning(markdown(course.why), icon=":material/block:")
        st.button("Examine it again", on_click=course.again)
    else:
        shown = guessed(patient.model_dump_json(), course.last)
        if shown:
            report(course.last)
if shown:
    findings(patient, data, course.last)
