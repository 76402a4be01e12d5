"""The lesson "Attention": what its ideas share. Trainings are worked out once for all visitors."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.lessons import attention_trained as trained
from ui.lessons.controls import LessonControls
from ui.lessons.parts import worked_out

PAGE = "attention"
controls = LessonControls(f"aside/{PAGE}")
"""They live in fragments: a change is no business of the page around them."""

SEED = 100
"""Of the networks that are shown; `python -m benchmarks.attention_lesson` trains this one and nineteen more."""
LOOKS, TURN_STEPS = (100, 200, 300), 200
"""Steps of learning: at which networks that write are looked at, and of those that answer place by place."""
LONG, NUMBER = 8, 3
"""The usual number of places, and of the sequence that is shown."""

_by_settings: dict[str | type[Any], Callable[[Any], Any]] = {RunConfig: RunConfig.model_dump_json}
_by_length = st.cache_resource(show_spinner=False, max_entries=20, hash_funcs=_by_settings)(trained.by_length)
_by_place = st.cache_resource(show_spinner=False, max_entries=50, hash_funcs=_by_settings)(trained.by_place)


def written(*scores: str) -> dict[str, list[trained.Lengths]]:
    """Whole answers right at LOOKS, by length, of networks with these scores; says how far it is where that takes long."""
    return worked_out(scores, lambda score: _by_length(trained.answers(score, SEED), LOOKS), "Networks are being trained")


def turned(length: int, *networks: str) -> dict[str, trained.Places]:
    """What these of the NETWORKS answer, place by place; says how far the training is where it takes long."""
    return worked_out(networks, lambda name: _by_place(trained.turns(name, length, SEED), TURN_STEPS),
                      "Networks are being trained")
