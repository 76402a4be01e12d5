"""The lesson "Gradients": what its ideas share."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.lab.remedies import Pair
from ann_core.lessons import gradients as core
from ann_core.run.link import edited
from ui.lessons.controls import LessonControls

controls = LessonControls("aside/gradients")
"""They live in fragments: a change is no business of the page around them."""

HELPS, FAILS = "helps", "fails"
STEPS, LAST_SEED = 60, core.SEEDS - 1
"""Steps of a training whose statistics are looked at; the last of the seeds that are measured."""

AS_TEXT: dict[str | type[Any], Callable[[Any], Any]] = {RunConfig: RunConfig.model_dump_json}
"""How settings are told apart by what is remembered for all visitors."""
tried = st.cache_resource(show_spinner="Twenty seeds are being trained …", max_entries=200, hash_funcs=AS_TEXT)(core.trial)


def seed(idea: str) -> int:
    """Which of the measured seeds is shown."""
    return int(controls.slider(f"{idea}/seed", "Seed", 0, LAST_SEED, 0, 1,
                               help="Another seed, other first weights and another order of the rows."))


def seeded(config: RunConfig, number: int) -> RunConfig:
    """The same settings with this seed."""
    return edited(config, {"seed": number})


def situation(idea: str, helps: Pair, fails: Pair) -> str:
    """Which of both situations is looked at: HELPS or FAILS."""
    return str(controls.one_of(f"{idea}/situation", "Situation", {HELPS: helps.label, FAILS: fails.label}, HELPS))
