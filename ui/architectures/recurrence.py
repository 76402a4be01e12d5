"""The lab of recurrence: networks that read the same sequences, side by side, while they learn."""

from collections.abc import Mapping

import streamlit as st

from ann_core import RunConfig
from ann_core.lab.recurrence_openers import OPENERS, USUAL
from ann_core.lab.recurrence_twins import names, together
from ann_core.lab.twins import LETTERS, Twins, from_query, to_query
from ann_core.run.link import edited
from ui.architectures.recurrence_below import below
from ui.architectures.recurrence_sidebar import sidebar
from ui.architectures.views import LAB, lab_of, switch
from ui.lesson import Onward
from ui.lessons.recurrence import PAGE
from ui.page import notes, opener_row, title
from ui.player.asks import MAX_RUNS, PlayerAsk
from ui.player.branches import branch_controls, brancher, branches
from ui.player.player import player
from ui.player.runs import affordable, next_seed, recordings, subject
from ui.settings import PageSettings

SHOWN = ("forecast", "through_time", "loss", "gates", "gradient")
WITHOUT = ("boundary", "units")
"""A plane over two of the inputs says nothing here."""
OWN = ("Your own settings. All networks read the same sequences in the same order; each begins with weights of its own draw. "
       "The address bar holds the settings: copy it to share them.")
NOT_IN_THE_ADDRESS = ("Your own settings. The address bar holds them, but so long a text or series does not fit into it: "
                      "opened again, it shows the usual one.")
COSTLY = "These networks are much more work than usual, so they wait for you: press play."
NAME = lab_of(PAGE)


def _read(query: Mapping[str, str]) -> tuple[Twins, list[str]]:
    return from_query(query, USUAL, together)


def _write(twins: Twins) -> dict[str, str]:
    return to_query(twins, USUAL)


settings: PageSettings[Twins] = PageSettings(NAME, _read, _write, LAB)


def onward(there: RunConfig) -> Onward:
    """Where a link of the lesson leads: the lab with this network alone."""
    return Onward("Lab", f"architectures/{PAGE}", settings.address((there,)))


def lab() -> None:
    """The player over networks side by side, their settings at the left."""
    twins, link_notes = settings.current()
    present, more = title("Recurrence")
    with more:
        switch(PAGE)
    head = st.container()  # always there, so that the player below is never mounted anew
    with st.sidebar:
        branch_box = st.container()
        make = sidebar(settings)
    twins, refused = settings.accept(make)
    called, starts = names(twins), affordable(twins, USUAL)
    with head:
        chosen = opener_row(OPENERS.values(), lambda opener: opener.twins == twins, lambda opener: settings.open(opener.twins))
        if not present or not starts:
            own = OWN if _read(_write(twins))[0] == twins else NOT_IN_THE_ADDRESS
            st.caption(chosen.sentence if chosen else own if starts else COSTLY)
        notes(refused, link_notes)
    runs = recordings(NAME, twins, without=WITHOUT)
    with branch_box:
        branch_controls(NAME)
    made = branches(NAME)[:MAX_RUNS - len(runs)]
    player([*runs, *(branch.recording for branch in made)], key=f"{PAGE}/player", autoplay=starts, by_steps=True,
           pictures=SHOWN, present=present, names=[*called, *(branch.name for branch in made)],
           places=[*(f"network {letter}" for letter in LETTERS[:len(twins)]), *(branch.name for branch in made)],
           subject=subject(settings.opened, twins[0]), outdated=settings.address_moved,
           on={"seed": _new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher(NAME), "rest": _rest})
    if not present:
        below(NAME, runs, called)


def _rest(ask: PlayerAsk) -> None:
    """Remembers at which steps the film came to rest."""
    st.session_state[f"{NAME}/rest"] = dict(ask.after)


def _new_seed(_: object) -> None:
    """The same networks with seeds that were not used yet."""
    seed = next_seed(settings.value[0])
    settings.attempt(lambda: tuple(edited(twin, {"seed": seed}) for twin in settings.value))
