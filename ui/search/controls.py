"""The sidebar of the page Search: what is learned, which settings are tried with which values, and how."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ann_core.base.fields import declared
from ann_core.base.registry import Registry
from ann_core.base.spelling import words
from ann_core.data.config import TABLE
from ann_core.nn.activations import ACTIVATIONS
from ann_core.run.config import RunConfig
from ann_core.search.space import BEND, LAYERS, PATHS, Listed, Range, Setting, Space, Value, offer
from ann_core.search.ways import WAYS
from ui.controls.data import TableSettings, data_source
from ui.controls.fields import Controls
from ui.controls.number import number
from ui.search.settings import MOST_FOLDS, MOST_SEEDS, MOST_TRIALS, SearchSettings, ranged
from ui.settings import PageSettings

TRIALS = (10, 20, 40, 60, 100, 200, MOST_TRIALS)


def controls(settings: PageSettings[SearchSettings], table: TableSettings) -> Callable[[], SearchSettings]:
    """Draws the controls. Returns what makes the wanted settings; it raises ValueError when they do not go together."""
    value = settings.value
    c = Controls(value.base, settings.key)
    own = data_source(c, table) == TABLE
    there = [path for path in PATHS if not (own and path == "data.scaling")]
    paths = st.multiselect("Settings to search", there, [path for path in value.space.paths if path in there],
                           key=settings.key("paths"), format_func=lambda path: offer(path).label,
                           placeholder="Choose at least one",
                           help="Each gets a list of values or a range below. All other settings are those of the run that is "
                                "searched around.")
    if not paths:
        st.caption("A search needs at least one setting; the ones before stay.")
    before = {one.path: one for one in value.space.settings}
    chosen = [_values(settings, path, before.get(path)) for path in paths or value.space.paths]
    way = st.segmented_control("How trials are chosen", list(WAYS), default=value.way, required=True, key=settings.key("way"),
                               format_func=WAYS.__getitem__, width="stretch",
                               help="A grid: every combination. At random: each setting drawn anew for each trial, so that no "
                                    "two trials have the same rate. Informed: where good trials were, more are tried.")
    offered = sorted({*TRIALS, value.trials})
    trials = st.select_slider("Trials", offered, value.trials, key=settings.key("trials"))
    if "training.epochs" not in paths:
        c.field("training.epochs")
    hopeless = st.toggle("End hopeless trials early", value.hopeless, key=settings.key("hopeless"),
                         help="After a quarter and after half of the epochs a trial ends that is behind half of those before.")
    with st.expander("How each trial is judged"):
        seeds = st.slider("Networks a trial", 1, MOST_SEEDS, value.seeds, key=settings.key("seeds"),
                          help="From several first weights; the score is their mean, and less a matter of luck.")
        folds = st.slider("Folds", 1, MOST_FOLDS, value.folds, key=settings.key("folds"),
                          help="1: judged on the validation rows. More: the training rows in so many parts, each of which "
                               "judges once. Test rows are never looked at before the end.")
        seed = number("Seed of the search", 0, 2**31 - 1, value.seed, settings.key("seed"))

    def make() -> SearchSettings:
        return SearchSettings(c.wanted(), Space(settings=tuple(one() for one in chosen)), way, int(trials), folds, seeds,
                              hopeless, seed)

    return make


def _values(settings: PageSettings[SearchSettings], path: str, before: Setting | None) -> Callable[[], Setting]:
    """A list of values, or for a number a range. Returns what makes it; it raises ValueError for a range that is none."""
    told, key = offer(path), settings.key
    usual = before or _usual(path)
    if told.low is not None:
        kind = st.segmented_control(f"{told.label}: tried are", ["list", "range"], default=usual.kind, required=True,
                                    key=key(f"kind/{path}"), width="stretch",
                                    format_func={"list": "some values", "range": "a range"}.__getitem__)
        if kind == "range":
            return _range(settings, path, usual)
    values = usual.values if isinstance(usual, Listed) else told.values[:3]
    offered = [*told.values, *(value for value in values if value not in told.values)]
    picked = st.multiselect(told.label, offered, list(values), key=key(f"list/{path}"),
                            label_visibility="collapsed" if told.low is not None else "visible",
                            format_func=lambda one: spelt(path, one), placeholder="The ones before")
    return lambda: Listed(path=path, values=tuple(picked) or values)


def _range(settings: PageSettings[SearchSettings], path: str, usual: Setting) -> Callable[[], Setting]:
    told = offer(path)
    numbers = _numbers(path)
    ends = (usual.low, usual.high) if isinstance(usual, Range) else (numbers[0], numbers[-1])
    offered = sorted({*numbers, *ends})
    low, high = st.select_slider(told.label, offered, ends, key=settings.key(f"range/{path}"), format_func=words,
                                 label_visibility="collapsed")
    return lambda: ranged(path, low, high)


def _usual(path: str) -> Setting:
    """What is proposed for a setting that has just been chosen."""
    told = offer(path)
    if told.log:
        return ranged(path, _numbers(path)[0], _numbers(path)[-1])
    return Listed(path=path, values=told.values[:4])


def _numbers(path: str) -> list[float]:
    """What the ends of a range are chosen from."""
    told = offer(path)
    return sorted({float(value) for value in told.values if isinstance(value, int | float) and (value or not told.log)})


def spelt(path: str, value: Value) -> str:
    """A value of a setting in words."""
    if value is None:
        return "off"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        known: Any = ACTIVATIONS if path == BEND else None if path in LAYERS else declared(RunConfig, path).choices
        return known[value].label if isinstance(known, Registry) and value in known else value.replace("_", " ")
    return f"{value:,}" if isinstance(value, int) else words(value, 3)
