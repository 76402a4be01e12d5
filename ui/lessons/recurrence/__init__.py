"""The lesson "Recurrence": what its ideas share. Trainings are worked out once for all visitors."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from ann_core import RunConfig
from ann_core.base.arrays import Array
from ann_core.lessons import recurrence_depth as depth
from ann_core.lessons import recurrence_trained as trained
from ann_core.lessons.recurrence_way import Way, way_before
from ann_core.run.link import edited
from ui.lessons.controls import LessonControls
from ui.lessons.parts import worked_out

PAGE = "recurrence"
controls = LessonControls(f"aside/{PAGE}")
"""They live in fragments: a change is no business of the page around them."""

SEED, SEEDS, GROUP = 100, 20, 5
"""The first of the seeds that are measured, how many there are, and how many are trained in one go."""
STEPS = 300
"""Steps of learning after which a network that does not know its task has failed."""
LONG, BIASES = 40, {"0": "0", "1": "1", "3": "3"}
"""Steps that are long for a memory, and the forget biases that are compared."""
THREE, WANTED = (1.0, -0.5, 0.8), 0.3
"""Three inputs of one unit, and the state that is wanted at the end."""
FEW, FORECAST_STEPS = 5, 300
"""Pairs of networks that are trained unasked, and how long a forecast is learned."""

_by_settings: dict[str | type[Any], Callable[[Any], Any]] = {RunConfig: RunConfig.model_dump_json}
_group = st.cache_resource(show_spinner=False, max_entries=150, hash_funcs=_by_settings)(trained.course)
_before = st.cache_resource(show_spinner=False, max_entries=400, hash_funcs=_by_settings)(way_before)


def seeded(config: RunConfig, seeds: int = SEEDS, first: int = SEED) -> RunConfig:
    """The same settings with these seeds side by side."""
    return edited(config, {"seed": first, "seeds": seeds})


def before(config: RunConfig) -> Way:
    """The way back of twenty networks before their first step."""
    return _before(seeded(config))


def alone(config: RunConfig, steps: int, until_known: bool = False) -> trained.Course:
    """One network that learns, the first of the twenty."""
    return _group(seeded(config, 1), steps, until_known)


def twenty(configs: Sequence[RunConfig], steps: int, until_known: bool = True) -> list[trained.Course]:
    """Twenty networks of each of the settings that learn, a few at a time; says how far it is where that takes long."""
    def make(key: tuple[int, int]) -> trained.Course:
        which, first = key
        return _group(seeded(configs[which], GROUP, first), steps, until_known)

    firsts = range(SEED, SEED + SEEDS, GROUP)
    found = worked_out([(which, first) for which in range(len(configs)) for first in firsts], make,
                       f"Networks are being trained, {GROUP} at a time")
    return [trained.together([found[which, first] for first in firsts]) for which in range(len(configs))]


_with_weights = st.cache_resource(show_spinner=False, max_entries=200, hash_funcs={**_by_settings, np.ndarray: bytes})
watched, right_by_step = _with_weights(trained.watched), _with_weights(trained.right_by_step)
_error = st.cache_resource(show_spinner=False, max_entries=100, hash_funcs=_by_settings)(trained.forecast_error)


@st.cache_resource(show_spinner=False, max_entries=2_000)
def median_arriving(kind: str, n: int, scale: float, cure: str) -> Array:
    """What reaches each of n layers (of a `stack`) or steps (of a `chain`) before the first step: the middle of twenty
    networks. (n,)"""
    net = {"stack": depth.stack, "chain": depth.chain}[kind](n, scale, cure)
    return np.asarray(np.median([depth.arriving(net, seed) for seed in range(SEED, SEED + SEEDS)], axis=0))


def forecasts_of(configs: Sequence[RunConfig], steps: int) -> list[float]:
    """The error of each forecast, one network after the other; says how far it is where that takes long."""
    found = worked_out(range(len(configs)), lambda which: _error(configs[which], steps), "Networks are being trained")
    return list(found.values())
