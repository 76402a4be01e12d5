"""Home: one thing to do, which is to guess what a network will learn and watch it; then four ways in."""

import streamlit as st

from ann_core import RunConfig
from ann_core.lab.narration import FIRST_VISIT
from ann_core.lab.tour import FIRST_TOUR
from ui import progress
from ui.page import title
from ui.path import LESSONS, of_group, standing
from ui.player.player import player
from ui.player.runs import recordings
from ui.player.workers import workers
from ui.settings import without_settings
from ui.text import markdown

WAYS = (
    ("Play", ":material/play_circle:", "Set the layers and watch the network learn, unit by unit.",
     (("play/playground.py", "Open the Playground"), ("play/gradient_lab.py", "Two networks side by side"),
      ("play/search.py", "Search for good settings"), ("play/clinic.py", "Find out what is wrong with one"))),
    ("Learn", ":material/school:", "Short lessons, one idea at a time, with a picture to touch and your own numbers in "
     "the formula.", ((f"{LESSONS[0].place}.py", f"Begin with {LESSONS[0].title}"),
                                          ("play/puzzles.py", "Solve sixteen puzzles"))),
    ("Bring data", ":material/table_view:", "Drop a CSV or Excel file: a network learns it, you see how good it is and use it.",
     (("play/your_data.py", "Open Your data"),)),
    ("In class", ":material/groups:", "Press Present on any page: large type for a projector, and with the key Q a code that "
     "brings phones there.",
     (("play/lesson.py", "A lesson to show, or your own"), ("play/check.py", "Check what was handed in"))),
)

if st.query_params:  # settings once stood at this address
    st.switch_page("../pages/play/playground.py", query_params=st.query_params.to_dict())

without_settings("home")
present, _ = title("See a neural network learn")
st.markdown("Guess how well this network will learn, then watch it.")
player(recordings("home", [RunConfig()]), key="home/player", pictures=("network", "boundary", "loss"), autoplay=True,
       present=present, narration=FIRST_VISIT, tour=FIRST_TOUR)
with st.container(key="ways"):
    places = st.columns(len(WAYS))
for place, (name, icon, sentence, links) in zip(places, WAYS, strict=True):
    with place, st.container(border=True, height="stretch"):
        st.markdown(f"**{icon} {name}**")
        st.caption(sentence)
        for file, label in links:
            st.page_link(f"../pages/{file}", label=label)
for heading, group in (("The lessons", "learn"), ("Architectures", "architectures")):
    st.subheader(heading, anchor=False)
    with st.container(key=f"path_{group}", gap="xxsmall"):
        for one in of_group(group):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.page_link(f"../pages/{one.place}.py", label=one.title, icon=one.icon, width=190)
                st.caption(one.sentence, width="stretch")
                if seen := standing(one):
                    st.caption(seen, width="content")
progress.forget_button("home/forget")
progress.keep()
for trouble in workers().troubles:
    st.caption(f":material/info: For who runs this server: {markdown(trouble)}")
