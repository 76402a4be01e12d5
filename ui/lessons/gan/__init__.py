"""The lesson "GAN": what its ideas share."""

import numpy as np
import streamlit as st

from ann_core.lessons import gan_course, gan_round
from ann_core.lessons import gan_judge as judges
from ui.lessons.controls import LessonControls

PAGE = "gan"
controls = LessonControls(f"aside/{PAGE}")
"""They live in fragments: a change is no business of the page around them."""

SEED = 3
"""Of the training that most ideas look at."""
MOMENTS = (0, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000)
"""Rounds that can be looked at."""
ASKED, BACK = 800, 200
"""The round of the chase that is asked about, and over how many rounds a chase is judged."""
FOLLOWED = 24
"""Generated samples that are looked at one by one."""
HALF = float(2 * np.log(2))

course = st.cache_resource(show_spinner="Two networks play against each other …", max_entries=40)(gan_course.one)
slow_motion = st.cache_resource(show_spinner=False, max_entries=30)(gan_round.slow_motion)
on_a_line = st.cache_data(show_spinner=False, max_entries=300)(judges.on_a_line)


@st.cache_resource(show_spinner=False, max_entries=30)
def ahead(rounds: int) -> judges.Ahead:
    """What a judge that learns alone from this round on leaves the generator."""
    return judges.ahead(course("usual", SEED), rounds)


four = st.cache_resource(show_spinner="Four pairs of networks learn side by side …", max_entries=60)(gan_course.several)
"""So many seeds are trained side by side, and counted."""
FOUR = 4
