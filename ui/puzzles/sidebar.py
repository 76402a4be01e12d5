"""The sidebar of a puzzle: what may be changed, and nothing else; and what was changed, each with its undo."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ann_core import RunConfig
from ann_core.puzzles.counting import changes, counted
from ann_core.puzzles.link import Attempt
from ann_core.run.link import edited
from ui.controls.fields import Controls
from ui.controls.layers import layers
from ui.controls.sidebar import first_weights, output_and_loss, regularisation, training, with_layers
from ui.settings import PageSettings, Refusals


def sidebar(settings: PageSettings[Attempt]) -> Refusals:
    """Draws the controls and takes what they say, within the changes that are allowed. Returns what was just refused."""
    attempt = settings.value
    st.caption("Each setting that you change counts as one change, and so does another activation for all layers at once. The "
               "data, the epochs and the seed stay.")
    c = Controls(attempt.config, settings.key)

    def make(wanted: Callable[[], RunConfig]) -> Attempt:
        return replace(attempt, config=attempt.puzzle.check(wanted()))

    layers(c, lambda count: settings.attempt(lambda: make(lambda: with_layers(attempt.config, count))))
    c.field("training.learning_rate")
    with st.expander("Optimiser and batches"):
        training(c, length=False)
    with st.expander("Regularisation and clipping"):
        regularisation(c)
    with st.expander("Inputs, first weights, output and loss"):
        c.field("data.scaling")
        first_weights(c)
        output_and_loss(c)
    try:
        make(c.wanted)
    except ValueError:
        settings.attempt(lambda: make(c.wanted))  # the widgets go back to what is in force
        st.rerun()
    return settings.accept(lambda: make(c.wanted))[1]


def used(settings: PageSettings[Attempt]) -> None:
    """How many changes are used, and which: a button takes each back."""
    attempt = settings.value
    puzzle = attempt.puzzle
    found = changes(puzzle.config, attempt.config)
    st.caption(f"{counted(found)} of {puzzle.most} change{'s' * (puzzle.most > 1)} used", width="content")
    for i, change in enumerate(found):
        st.button(change.words, key=settings.key(f"undo/{i}/{change.words}"), icon=":material/undo:", type="tertiary",
                  help="Undo this change.", on_click=_undo, args=(settings, change.back))


def _undo(settings: PageSettings[Attempt], back: dict) -> None:
    attempt = settings.value
    settings.attempt(lambda: replace(attempt, config=attempt.puzzle.check(edited(attempt.config, back))))
