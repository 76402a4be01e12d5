"""Below the Gradient lab's stage, opened on a click: what would help, and what stands inside the layers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from ann_core import RunConfig
from ann_core.clinic.cures import CURES, Cure
from ann_core.film.recording import Recording
from ann_core.lab.cures import cells, effect, measure, score_name
from ann_core.lab.inside import inside
from ann_core.lab.twins import LETTERS, Twins
from ann_core.lessons.gradients_worksheet import gradients_sheet
from ann_core.nn.measures import FLAT
from ui.charts.layers import ridgelines
from ui.colors import RUNS
from ui.controls.which import which
from ui.lessons.controls import LessonControls
from ui.lessons.sheets import sheets
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session

EPOCHS, WORK = 30, 2e8
"""An effect is measured after so many epochs; fewer when one run would take more than so many operations."""
WIDTHS = (1.5, 1.7, 1.5, 1.5)

_as_text: dict[str | type[Any], Callable[[Any], Any]] = {RunConfig: RunConfig.model_dump_json}
_remembered = st.cache_data(show_spinner=False, max_entries=1_000, hash_funcs=_as_text)
_measured = _remembered(measure)


@_remembered
def _shared_effect(config: RunConfig, key: str, epochs: int) -> tuple[bool, str, tuple[str, str, str]]:
    """Whether a cure can be tried on these settings, what is scored, and what it does, before → after."""
    cure = CURES[key]
    found = effect(config, cure, epochs, None if cure.is_on(config) else _measured(config, epochs))
    return found.after is not None, score_name(found), cells(found)


def _own_effect(config: RunConfig, key: str, epochs: int) -> tuple[bool, str, tuple[str, str, str]]:
    """The same for a table of the visitor's own: nothing of it is shared with other visitors."""
    known = st.session_state.setdefault("lab/own_effects", {})
    place = (config.model_dump_json(), key, epochs)
    if place not in known:
        found = effect(config, CURES[key], epochs, table=session.own_of(config.data))
        known[place] = found.after is not None, score_name(found), cells(found)
    return known[place]


def _which(names: list[str], key: str) -> int:
    return which("Of which twin", [f"{letter}: {name}" for letter, name in zip(LETTERS, names, strict=False)], key, 260)


def cures(settings: PageSettings[Twins], names: list[str]) -> None:
    """Each cause and cure as a switch, with what it does to this very network, before → after on the same seed."""
    box = st.expander("Causes and cures: what each one does to this very network", key="lab/cures", on_change="rerun",
                      icon=":material/healing:")
    with box:
        if not box.open:
            return
        twins = settings.value
        place = min(_which(names[:len(twins)], "lab/cured"), len(twins) - 1)
        config = twins[place].model_copy(update={"seeds": 1})
        if config.cost / config.training.epochs > WORK:
            st.caption("One epoch of this network is too much work to try every cure. Use fewer points, layers or units.")
            return
        epochs = int(np.clip(WORK / (config.cost / config.training.epochs), 1, min(EPOCHS, config.training.epochs)))
        st.caption(f"Measured on seed {config.seed}: without it → with it. Same data, same raw weights, same batches.")
        bar = st.progress(0.0, "Trying each one …")
        heads, found = st.columns(WIDTHS), {}
        for i, cure in enumerate(CURES.values()):
            found[cure.key] = (_own_effect if config.data.table else _shared_effect)(config, cure.key, epochs)
            bar.progress((i + 1) / len(CURES), f"Trying each one: {cure.label}")
        bar.empty()
        score = next(iter(found.values()))[1]
        for head, words in zip(heads, ("", "Layer 1's share of the output layer's gradient, before the first step",
                                       "Layer 1's gradient", f"{score.capitalize()} after {epochs} epochs"), strict=True):
            head.caption(words)
        for cure in CURES.values():
            _row(settings, place, config, cure, *found[cure.key])


def _row(settings: PageSettings[Twins], place: int, config: RunConfig, cure: Cure, possible: bool, _: str,
         effects: tuple[str, str, str]) -> None:
    on = cure.is_on(config)
    key = settings.key(f"{LETTERS[place]}/cure/{cure.key}")

    def turn() -> None:
        def make() -> Twins:
            twins = list(settings.value)
            twins[place] = cure.without(twins[place]) if on else cure.apply(twins[place])
            return tuple(twins)
        settings.attempt(make)

    switch, *places = st.columns(WIDTHS, vertical_alignment="center")
    if cure.push:
        switch.button(cure.label, key=key, on_click=turn, help=cure.help, disabled=not possible)
    else:
        switch.toggle(cure.label, value=on, key=key, on_change=turn, help=cure.help, disabled=not on and not possible)
    for where, words in zip(places, effects, strict=True):
        before, arrow, after = markdown(words).partition("→")
        where.markdown(f"{before}{arrow} **{after.strip()}**" if arrow else f":gray[{before}]" if before else "")


def layers(recordings: list[Recording], names: list[str]) -> None:
    """What stands inside the layers of one run, at the epoch where the film rests."""
    box = st.expander("Inside the layers: outputs, gradients, flat and dead units", key="lab/inside", on_change="rerun",
                      icon=":material/stacked_line_chart:")
    with box:
        if not box.open:
            return
        place = min(_which(names, "lab/looked"), len(names) - 1)
        recording = recordings[place]
        step = st.session_state.get("lab/rest", {}).get(recording.id, 0)
        run = recording.at(step or 0)
        found = inside(run)
        st.caption(f"At epoch {run.epoch:.4g}, where the film rests. Pause it or drag the timeline to look at another moment.")
        left, right = st.columns(2)
        color = RUNS[place]
        left.altair_chart(ridgelines(found.outputs, "What each layer puts out", "output of a unit", color))
        right.altair_chart(ridgelines(found.unit_gradients, "What gradient reaches its units", "log10 of |∂L/∂z|", color))
        st.caption(f"Flat: the slope is below {FLAT:.0%} of the activation's steepest. Dead: flat for every training point, so "
                   "the unit learns nothing.")
        if len(found.saturated):
            st.dataframe({"layer": list(found.outputs.names[:-1]), "flat": 100 * found.saturated, "dead": 100 * found.dead},
                         hide_index=True, height="content" if len(found.saturated) <= 10 else 380, column_config={
                             name: st.column_config.ProgressColumn(label, format="%.0f %%", min_value=0, max_value=100)
                             for name, label in (("flat", "flat (unit, point) pairs"), ("dead", "dead units"))})



def by_hand() -> None:
    """The way back as a sheet, for a class without screens."""
    sheets(LessonControls("lab/by_hand"), gradients_sheet, "gradients", "what is left of the error at the first weight")
