"""The lesson "Initialisation": what its ideas share."""

import streamlit as st

from ann_core.lessons import initialization as core
from ann_core.lessons import initialization_depth as depth
from ann_core.lessons import initialization_training as training
from ann_core.lessons.initialization import Start
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.initializers import INITIALIZERS
from ui.lessons.controls import LessonControls

controls = LessonControls("aside/initialization")
"""They live in fragments: a change is no business of the page around them."""

LABELS = {name: initializer.label for name, initializer in INITIALIZERS.items()}
ACTS = {name: act.label for name, act in ACTIVATIONS.items()}
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}
SIGMAS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
SHAPES = {"32 × 32": (32, 32), "100 × 50": (100, 50), "2 × 8": (2, 8), "8 × 1": (8, 1)}
"""Layers whose first weights are shown, inputs × units."""
FEW = ("linear", "tanh", "sigmoid", "relu", "selu")
TURNED = ("linear", "tanh", "selu")
NETWORKS = 10
"""Networks that are shown together in one picture."""
UNITS_FROM = {start.label: start for start in (Start("zeros"), Start("constant", 0.1), Start("constant", 0.5),
                                               Start("normal", 0.5), Start("glorot_normal"))}
"""Starts of eight units side by side."""
LEARNERS = (Start("zeros"), Start("constant", 0.1), Start("normal", 0.01), Start("normal", 1.0), Start("glorot_normal"),
            Start("he_normal"), Start("lecun_normal"), Start("orthogonal"))
"""Starts that are trained side by side."""

measured = st.cache_resource(show_spinner=False, max_entries=128)(depth.measured)
row = st.cache_resource(show_spinner=False, max_entries=256)(depth.row)
squares = st.cache_resource(show_spinner=False, max_entries=1024)(depth.squares)
spreads = st.cache_resource(show_spinner=False, max_entries=1024)(depth.spreads)
pooled = st.cache_resource(show_spinner=False, max_entries=128)(core.pooled_variance)
symmetry = st.cache_resource(show_spinner=False, max_entries=128)(training.symmetry)
learned = st.cache_resource(show_spinner=False, max_entries=64)(training.learned)


def start_control(name: str, usual: Start) -> Start:
    """An initialiser, and its σ where it has one."""
    initializer = controls.from_list(f"{name}/initializer", "Initialiser", LABELS, usual.initializer)
    if not INITIALIZERS[initializer].uses_sigma:
        return Start(initializer)
    return Start(initializer, controls.series(f"{name}/sigma", "Size σ", SIGMAS, usual.sigma))
