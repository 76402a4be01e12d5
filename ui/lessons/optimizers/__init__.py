"""The lesson "Optimisers": what its ideas share."""

from typing import Any

import numpy as np
import streamlit as st

from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_batches
from ann_core.lessons.optimizers_grounds import PLATEAU
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.training import TrainingConfig
from ui.lessons.controls import LessonControls

controls = LessonControls("aside/optimizers")
"""They live in fragments: a change is no business of the page around them."""

LABELS = {key: optimizer.label for key, optimizer in OPTIMIZERS.items()}
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 1.5, 1.9)
WALKERS = tuple(key for key in OPTIMIZERS if key != "adamw")
"""All but AdamW, which without decay is Adam."""
SHELVES = (-8.0, -6.0, -4.0, -2.0, 0.0)
"""Where one may start on the plateau."""
STEEP = 100.0
"""How much steeper the ravine is along w₂."""
RHOS = (0.5, 0.75, 0.84, 0.9, 0.96, 0.99)
"""Of what the mean of RMSProp and AdaDelta keeps."""
BATCHES = (1, 4, 16, 32, 64, 128, 256, 512)

moments = st.cache_resource(show_spinner=False, max_entries=2)(optimizers_batches.moments)
course = st.cache_resource(show_spinner=False, max_entries=len(BATCHES))(optimizers_batches.course)


@st.cache_data(show_spinner=False, max_entries=64)
def noisy_runs(rate: float, schedule: str, k: float, gamma: float) -> tuple[Any, Any]:
    """w of one run on ½w² from 2 with N(0, 1) added to each gradient, and the root mean square of 200. Each (1001,)"""
    c = settings("sgd", rate, schedule=schedule, schedule_epochs=k, schedule_factor=gamma)
    w = core.walk(c, core.noisy(core.bowl(1.0), 1.0, 0), np.full((200, 1), 2.0), 1000).thetas[..., 0]
    return w[:, 0], np.sqrt((w**2).mean(1))


@st.cache_data(show_spinner=False, max_entries=1)
def over_the_plateau() -> dict[str, list[int | None]]:
    """For each optimiser and each start on the plateau the first step with σ(w) > ½, of 4,000; the starts side by side."""
    found = {}
    for key in WALKERS:
        past = core.walk(settings(key, own_rate(key)), PLATEAU.gradient, SHELVES, 4000).thetas > 0
        found[key] = [int(column.argmax()) if column.any() else None for column in past.T]
    return found


def own_rate(key: str) -> float:
    """0.1, but 1 for AdaDelta, which takes no rate."""
    return 1.0 if key == "adadelta" else 0.1


def settings(optimizer: str, rate: float, **more: Any) -> TrainingConfig:
    """An optimiser at a rate, as the engine wants it. more: other settings of training"""
    return TrainingConfig(optimizer=optimizer, learning_rate=rate, **more)
