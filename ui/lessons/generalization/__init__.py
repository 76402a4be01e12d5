"""The lesson "Generalisation": what its ideas share. Trainings are worked out once for all visitors."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ann_core import RunConfig
from ann_core.base.arrays import Array
from ann_core.lessons import generalization as core
from ann_core.lessons import generalization_curves as curves
from ann_core.lessons import generalization_scores as scores
from ui.lessons.controls import LessonControls

controls = LessonControls("aside/generalization")
"""They live in fragments: a change is no business of the page around them."""

DRAWS = (1, 5, 20)
"""How many draws of the data a band may be made of."""
BAND = "Medians of the draws; a band or a line across holds 80 % of them."
SHUFFLES = tuple(range(scores.SPLITS))
EVERY = (*range(150), *(moment for moment in core.MOMENTS if moment >= 150))
"""Epochs that are looked at where the exact one matters."""

_by_settings: dict[str | type[Any], Callable[[Any], Any]] = {RunConfig: RunConfig.model_dump_json}
_few = st.cache_resource(show_spinner=False, max_entries=100, hash_funcs=_by_settings)
_many = st.cache_resource(show_spinner=False, max_entries=5_000, hash_funcs=_by_settings)

ended = _many(core.ending)
polynomial = _many(curves.polynomial)
swept = _many(curves.sweep)
estimated, true_error = _many(scores.estimate), _many(scores.truth)
tried, tries = _many(scores.trial), _many(scores.tries)


@_few
def trained(config: RunConfig) -> core.Course:
    """A training with everything to be seen of it."""
    return core.train(config)


@_few
def watched(config: RunConfig, closely: bool = False) -> tuple[core.Course, core.Part]:
    """The same with one half of the rows held out as validation rows, and the other half. closely: at every early epoch"""
    return core.watched(config, core.HALF, EVERY if closely else ())


@_many
def both_losses(config: RunConfig) -> tuple[float, float, float, float]:
    """Loss and error at the end, on the training rows, then on those held out."""
    course = core.train(config, moments=())
    return tuple(float(part[i][-1]) for part in (course.training, course.held) for i in (0, 1))  # type: ignore[return-value]


@_few
def held_on_the_way(config: RunConfig) -> tuple[NDArray[np.int64], Array, Array]:
    """Epochs, and loss and error on the rows held out at each."""
    course = core.train(config)
    return course.epochs, *course.held


@_few
def judged_on_fresh(config: RunConfig) -> float:
    """The error at the end on rows that nobody has seen."""
    course, more = trained(config), core.fresh(config.data)
    return float(course.judged((course.run.data.to_inputs(more.X), more.y))[1][-1])
