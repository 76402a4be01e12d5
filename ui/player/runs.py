"""The runs that a page shows, one for each configuration: begun, kept while its script runs again, trained to their end."""

from collections.abc import Callable, Collection, Sequence
from zlib import crc32

import streamlit as st

from ann_core import Run, RunConfig, advance
from ann_core.data import Prepared
from ann_core.data.config import DataConfig
from ann_core.film.recording import Recording
from ann_core.film.shelf import Shelf
from ann_core.run.continuing import keeps_weights
from ui.player.workers import workers

FREE = 10
"""So many times the work of the usual runs starts by itself; more waits for a click."""
PARTS = 20
"""The way to the end is gone in about so many parts, so that one sees it go on."""


@st.cache_resource
def shelf() -> Shelf:
    """Films that visitors with the same settings share."""
    return Shelf(work=workers().advance)


def recordings(page: str, configs: Sequence[RunConfig], data_of: Callable[[DataConfig], Prepared | None] = lambda data: None,
               keep_on_switch: bool = False, in_depth: bool = False, always_anew: bool = False,
               without: Collection[str] = (), for_all: Callable[[DataConfig], bool] = lambda data: False) -> list[Recording]:
    """A recording for each configuration: the one that already has it, or one that can go on with it, or a new one.

    data_of: gives the rows of data that do not follow from their settings, see `Recording`; always_anew: none that goes on, or
    has gone on, from other settings; without: probes that are not measured; for_all: whether everybody may have those rows
    """
    before: list[Recording] = st.session_state.get(f"{page}/recordings", [])

    def has(recording: Recording, config: RunConfig) -> bool:
        return recording.config == config and not (always_anew and recording.changed)

    found: list[Recording | None] = [r if has(r, c) else None for r, c in zip(before, configs, strict=False)]
    found += [None] * (len(configs) - len(found))
    free = [recording for recording in before if recording not in found]
    for place, config in enumerate(configs):
        if found[place] is None:
            found[place] = next((r for r in free if has(r, config)), None)  # a twin before it went away
            free = [recording for recording in free if recording is not found[place]]
    for place, config in enumerate(configs):
        if not always_anew and found[place] is None and place < len(before) and before[place] in free \
                and keeps_weights(before[place].config, config, keep_on_switch):
            found[place] = before[place]
            before[place].change(config)
    shown = [r or _begun(c, data_of(c.data), in_depth, without, for_all) for r, c in zip(found, configs, strict=True)]
    st.session_state[f"{page}/recordings"] = shown
    return shown


def _begun(config: RunConfig, data: Prepared | None, in_depth: bool, without: Collection[str],
           for_all: Callable[[DataConfig], bool]) -> Recording:
    """A visitor's own rows are worked on for him alone."""
    shared = data is None or for_all(config.data)
    return Recording(config, data, shelf().advance if shared else workers().advance, in_depth, without)


def affordable(configs: Sequence[RunConfig], usual: Sequence[RunConfig] = (RunConfig(),)) -> bool:
    """Whether these runs start by themselves on a page that opens with the usual ones."""
    return sum(config.cost for config in configs) <= FREE * sum(config.cost for config in usual)


def subject(opened: int, config: RunConfig) -> str:
    """Names what films are about: data and seed, and how often other settings were opened. While it stays, what is shown
    can be held against what was shown before."""
    task = f"{config.data.model_dump_json(exclude={'scaling'})} {config.seed} {config.seeds}"
    return f"{opened} {crc32(task.encode())}"


def next_seed(config: RunConfig) -> int:
    """The first seed that these settings have not used yet."""
    return (config.seed + config.seeds) % 2**31


def trained_to_end(runs: Sequence[Run]) -> list[Run]:
    """Each run at its end, with a bar that says how far they are."""
    words, ends = "Training to the end …", []
    bar = st.progress(0.0, words)
    for done, run in enumerate(runs):
        epochs = run.config.training.epochs
        while not (run.finished or run.message):
            run, _ = advance(run, 1, max(1, epochs * len(runs) // PARTS))
            bar.progress(min(1.0, (done + run.epoch / epochs) / len(runs)), words)
        ends.append(run)
    bar.empty()
    return ends
