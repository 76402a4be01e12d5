"""The lab of convolution: a network of filters that learns while one watches."""

from collections.abc import Callable, Mapping

import streamlit as st

from ann_core import RunConfig
from ann_core.data import PICTURES as MADE
from ann_core.data import SOURCES
from ann_core.film.recording import Recording
from ann_core.lab.convolution_openers import OPENERS, PICTURES, USUAL
from ann_core.run.link import changes, edited, of_this_version, read_changes
from ui.architectures.drawing_pad import drawing_pad
from ui.architectures.mistakes import mistakes
from ui.architectures.views import LAB, lab_of, switch
from ui.controls.data import without_sequences
from ui.controls.fields import Controls
from ui.controls.layer_list import layer_list
from ui.controls.sidebar import regularisation, training, weights_and_loss
from ui.lessons.convolution import PAGE
from ui.page import notes, opener_row, title
from ui.player.asks import MAX_RUNS, PlayerAsk
from ui.player.branches import branch_controls, brancher, branches
from ui.player.player import player
from ui.player.runs import affordable, next_seed, recordings
from ui.settings import PageSettings

SHOWN = ("maps", "filters", "gradient", "loss")
WITHOUT = ("boundary", "units")
"""A plane over two of the pixels says nothing here."""
OWN = "Your own settings. The address bar holds them all: copy it to share this run."
COSTLY = "This run is much larger than usual, so it waits for you: press play."
NAME = lab_of(PAGE)


def _read(query: Mapping[str, str]) -> tuple[RunConfig, list[str]]:
    config, said = read_changes({path: text for path, text in query.items() if path != "v"}, USUAL)
    return config, of_this_version(query) + said


settings = PageSettings(NAME, without_sequences(_read, USUAL, lambda config: (config,)), lambda config: changes(config, USUAL),
                        LAB)


def lab() -> None:
    """The player over a small network of filters, its settings at the left."""
    config, link_notes = settings.current()
    present, more = title("Convolution")
    with more:
        switch(PAGE)
    head = st.container()  # always there, so that the player below is never mounted anew
    with st.sidebar:
        branch_box = st.container()
        make = _sidebar()
    config, refused = settings.accept(make)
    starts = affordable([config], (USUAL,))
    with head:
        chosen = opener_row(OPENERS.values(), lambda opener: opener.config == config,
                            lambda opener: settings.apply(opener.config))
        if not present or not starts:
            st.caption(chosen.sentence if chosen else OWN if starts else COSTLY)
        notes([(field, reason) for field, reason in refused if field != "network"], link_notes)
    runs = recordings(NAME, [config], without=WITHOUT)
    with branch_box:
        branch_controls(NAME)
    made = branches(NAME)[:MAX_RUNS - len(runs)]
    player([*runs, *(branch.recording for branch in made)], key=f"{PAGE}/player", autoplay=starts, by_steps=True,
           pictures=SHOWN, present=present, names=["this network", *(branch.name for branch in made)],
           outdated=settings.address_moved,
           on={"seed": _new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher(NAME), "rest": _rest})
    if not present:
        _below(runs[0])


def _below(recording: Recording) -> None:
    """Under the stage: the network as it is where the film rests."""
    step = st.session_state.get(f"{NAME}/rest", {}).get(recording.id)
    with st.container(border=True):
        st.markdown("**Draw one yourself: what does it say?**", help="Play the film, pause it anywhere, or drag the timeline: "
                    "the network answers as it is at that moment.")
        drawing_pad(f"{PAGE}/pad", recording, step)
    mistakes(NAME, recording, step)


def _rest(ask: PlayerAsk) -> None:
    """Remembers at which steps the film came to rest."""
    st.session_state[f"{NAME}/rest"] = dict(ask.after)


def _new_seed(_: object) -> None:
    """The same settings with seeds that were not used yet."""
    config = settings.value
    settings.attempt(lambda: edited(config, {"seed": next_seed(config)}))


def _sidebar() -> Callable[[], RunConfig]:
    """Draws the controls. Returns what makes the wanted settings; it raises ValidationError when they are refused."""
    c = Controls(settings.value, settings.key)
    source = c.field("data.source", choices=PICTURES)
    st.caption(SOURCES[source].sentence)
    if source in MADE:
        c.field("data.noise", most=MADE[source].max_noise)
    layer_list(c)
    c.field("training.learning_rate")
    with st.expander("More about the data"):
        for name in (*(("samples",) if source in MADE else ()), "test_share", "scaling", "seed"):
            c.field(f"data.{name}")
    with st.expander("Optimiser and batches"):
        training(c)
    with st.expander("Regularisation and clipping"):
        regularisation(c)
    with st.expander("Weights, loss and seeds"):
        weights_and_loss(c)
    return c.wanted
