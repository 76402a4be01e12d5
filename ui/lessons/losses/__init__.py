"""The lesson "Losses": what its ideas share."""

import numpy as np
import streamlit as st

from ann_core.lessons import losses_surface
from ann_core.lessons.losses import Bowl
from ui.lessons.controls import LessonControls

controls = LessonControls("aside/losses")
"""They live in fragments: a change is no business of the page around them."""

X4, Y4 = np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 3.0, 5.0, 4.0])
DAYS, MISSES = ("Mon", "Tue", "Wed", "Thu", "Fri"), np.array([1.0, -1.0, 2.0, -3.0, 1.0])
X9, Y9 = np.arange(1.0, 10.0), np.array([1.6, 1.8, 2.7, 2.8, 3.7, 3.9, 4.4, 5.2, 5.3])
WILD = 7
"""Which of the nine points is the outlier."""
CLASSES = ("A", "B", "C")
X6, SIGNS = np.array([-2.8, -1.5, -0.5, 0.8, 1.0, 2.5]), np.array([-1.0, -1.0, 1.0, -1.0, 1.0, 1.0])
BOWL = Bowl(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
PAIR = 3, 15
"""The two weights that are shown first: x₁ to unit 4, and unit 4 to the output."""

trained = st.cache_resource(show_spinner=False, max_entries=2)(losses_surface.train)
