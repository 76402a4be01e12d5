"""The lesson "Gradients": what its ideas share."""

from collections.abc import Callable, Sequence
from threading import Lock
from time import monotonic
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
QUICK = 0.4
"""Seconds after which it is said how far a training is."""
way_back = st.cache_resource(show_spinner=False, max_entries=2_000, hash_funcs=AS_TEXT)(core.way_back)


class Training:
    """The twenty seeds of some settings, trained once for all visitors: whoever waits for them takes it a step further."""

    def __init__(self, config: RunConfig):
        self.share, self.done = 0.0, False
        self.trial: core.Trial | None = None
        self._way, self._turn = core.under_way(config), Lock()

    def step(self) -> None:
        with self._turn:
            if self.done:
                return
            try:
                self.share = next(self._way)
            except StopIteration as end:
                self.share, self.trial, self.done = 1.0, end.value, True


_training = st.cache_resource(show_spinner=False, max_entries=200, hash_funcs=AS_TEXT)(Training)


def tried(config: RunConfig) -> core.Trial:
    """What becomes of twenty seeds."""
    return all_tried([config])[0]


def all_tried(configs: Sequence[RunConfig]) -> list[core.Trial]:
    """The same of several settings; and says how many runs are done where that takes long."""
    trainings, began, place = [_training(config) for config in configs], monotonic(), st.empty()
    while waiting := [one for one in trainings if not one.done]:
        waiting[0].step()
        if monotonic() - began > QUICK:
            share = sum(one.share for one in trainings) / len(trainings)
            runs = core.SEEDS * len(trainings)
            place.progress(share, f"Training: {share * runs:.0f} of {runs} runs are done")
    place.empty()
    return [one.trial for one in trainings if one.trial]


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
