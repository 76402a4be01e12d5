"""The lesson "Attention": what its ideas share. Trainings are worked out once for all visitors."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons import attention_trained as trained
from ann_core.run.run import start
from ann_core.run.trainer import State
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

PART = 50
"""Steps of learning after which the bar goes on."""

_KEPT: dict[str, Any] = {"show_spinner": False, "max_entries": 200, "hash_funcs": {RunConfig: RunConfig.model_dump_json}}
"""For all visitors, told apart by the settings."""


@st.cache_resource(**_KEPT)
def _learned(config: RunConfig, step: int) -> State:
    """A training at this step, taken on from where the last part ended. The data is not kept: it is soon made again."""
    run = start(config)
    return trained.further(run if step <= PART else run.at(_learned(config, step - PART)), step).state


@st.cache_resource(**_KEPT)
def _lengths(config: RunConfig, step: int) -> trained.Lengths:
    return trained.lengths(start(config).at(_learned(config, step)))


@st.cache_resource(**_KEPT)
def _places(config: RunConfig, step: int) -> trained.Places:
    return trained.places(start(config).at(_learned(config, step)))


def _train(configs: Iterable[RunConfig], steps: int) -> None:
    """Trains these networks; one bar for all of them says how far it is where that takes long."""
    parts = {(i, step): config for i, config in enumerate(configs) for step in range(PART, steps + 1, PART)}
    worked_out(parts, lambda part: _learned(parts[part], part[1]), f"Training, by {PART} steps")


def written(*scores: str) -> dict[str, list[trained.Lengths]]:
    """Whole answers right at LOOKS, by length, of networks with these scores."""
    configs = {score: trained.answers(score, SEED) for score in scores}
    _train(configs.values(), LOOKS[-1])
    return {score: [_lengths(config, step) for step in LOOKS] for score, config in configs.items()}


def turned(length: int, *networks: str) -> dict[str, trained.Places]:
    """What these of the NETWORKS answer, place by place, and where they look."""
    configs = {name: trained.turns(name, length, SEED) for name in networks}
    _train(configs.values(), TURN_STEPS)
    return {name: _places(config, TURN_STEPS) for name, config in configs.items()}


def pair(v: Array) -> str:
    """A vector of two numbers, spelt."""
    return f"({words(float(v[0]), 3)}, {words(float(v[1]), 3)})"
