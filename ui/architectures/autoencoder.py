"""The lab of the autoencoder: inputs squeezed through a few numbers, and back, while one watches."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from ann_core import RunConfig
from ann_core.data.config import TABLE
from ann_core.export.run_file import Loaded
from ann_core.film.recording import Recording
from ann_core.lab.autoencoder_openers import OPENERS, USUAL
from ann_core.lessons.hourglass import Hourglass
from ann_core.run.link import changes, edited, of_this_version, read_changes
from ui.architectures.decoder import decoder
from ui.architectures.guessing import Guessing
from ui.architectures.hourglass import data, hourglass, noise
from ui.architectures.oddity import odd_rows
from ui.architectures.views import LAB, lab_of, switch
from ui.compare.kept import Origin, keep
from ui.controls.data import without_sequences
from ui.controls.fields import Controls
from ui.controls.sidebar import regularisation, training, weights_and_loss
from ui.hand_in.give import hand_in
from ui.lessons.autoencoder import PAGE
from ui.page import notes, opener_row, title
from ui.player.asks import MAX_RUNS
from ui.player.branch_controls import branch_controls, brancher
from ui.player.branches import branches, moved
from ui.player.reopening import reopened
from ui.player.runs import affordable, next_seed, recordings, subject
from ui.player.take_home import rest, take_home
from ui.settings import PageSettings
from ui.your_data import session

SHOWN = ("again", "codes", "loss", "gradient", "network")
WITHOUT = ("boundary",)
"""A plane over two of the inputs says nothing here."""
OWN = "Your own settings. The address bar holds them all: copy it to share this run."
COSTLY = "This run is much larger than usual, so it waits for you: press play."
NO_HOURGLASS = ("The link's network is no autoencoder of this lab: its layers must become narrower and as wide again, with the "
                "same activation. The usual one stands.")
NAME = lab_of(PAGE)


def _read(query: Mapping[str, str]) -> tuple[RunConfig, list[str]]:
    config, said = read_changes({path: text for path, text in query.items() if path != "v"}, USUAL)
    if config.objective.kind != USUAL.objective.kind or Hourglass.of(config.network.layers) is None:
        config = config.model_copy(update={"objective": USUAL.objective, "network": USUAL.network})
        said = [*said, NO_HOURGLASS]
    return config, of_this_version(query) + said


_known = session.with_known_tables(_read, USUAL, lambda config: (config,))
settings = PageSettings(NAME, without_sequences(_known, USUAL, lambda config: (config,)),
                        lambda config: changes(config, USUAL), LAB, branches=True)


def lab() -> None:
    """The player over an autoencoder, its settings at the left; below it the plane to drag through, or the odd rows."""
    config, link_notes = settings.current()
    present, more = title("Autoencoder")
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
                            lambda opener: settings.open(opener.config))
        guessing = Guessing(NAME, chosen)
        if chosen:
            guessing.show(brief=present)
        elif not present or not starts:
            st.caption(OWN if starts else COSTLY)
        notes(refused, link_notes)
    runs = recordings(NAME, [config], session.prepared, without=WITHOUT, for_all=session.for_all)
    with branch_box:
        branch_controls(settings, runs, starts)
    made = branches(NAME)[:MAX_RUNS - len(runs)]
    everyone, names = [*runs, *(branch.recording for branch in made)], ["this network", *(branch.name for branch in made)]
    guessing.player(
        everyone, key=f"{PAGE}/player", autoplay=starts, by_steps=True, pictures=SHOWN, first=("codes", "again"),
        present=present, names=names, outdated=partial(moved, settings, runs), subject=subject(settings.opened, config),
        on={"seed": _new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher(NAME), "rest": rest(NAME)})
    if not present and not guessing.open:
        keep(NAME, everyone, names, lambda one: Origin("the Autoencoder lab", f"architectures/{PAGE}", settings.address(one)))
        _below(runs[0])
        take_home(NAME, runs, ["this network"], _reopen, session.own_of)
        hand_in(NAME, "Autoencoder", runs, ["this network"], session.own_of)


def _reopen(saved: Loaded) -> None:
    """A run that was saved, with its table. Raises ValueError for one of another page."""
    fits = saved.config.objective.kind == USUAL.objective.kind and Hourglass.of(saved.config.network.layers) is not None
    reopened(NAME, saved, fits, "networks that give their inputs out again, through layers that become narrower and as wide "
             "again", without=WITHOUT)
    session.take_saved(saved.own)
    settings.open(saved.config)


def _below(recording: Recording) -> None:
    """Under the stage: the network as it is where the film rests."""
    step = st.session_state.get(f"{NAME}/rest", {}).get(recording.id)
    with st.container(border=True):
        st.markdown("**Go through the plane of codes: what does the decoder make of a place?**",
                    help="Play the film, pause it anywhere, or drag the timeline: the network answers as it is at that moment.")
        decoder(f"{PAGE}/decoder", recording, step)
    if recording.config.data.picture is None:
        odd_rows(NAME, recording, step)


def _new_seed(_: object) -> None:
    """The same settings with seeds that were not used yet."""
    config = settings.value
    settings.attempt(lambda: edited(config, {"seed": next_seed(config)}))


def _sidebar() -> Callable[[], RunConfig]:
    """Draws the controls. Returns what makes the wanted settings; it raises ValidationError when they are refused."""
    c = Controls(settings.value, settings.key)
    data(c, session.present(), lambda changed: settings.attempt(partial(edited, settings.value, changed)))
    hourglass(c)
    noise(c)
    c.field("training.learning_rate")
    own = c.config.data.source == TABLE
    with st.expander("More about the data"):
        if own:
            st.caption("A table of your own. Its columns, gaps and split are chosen on the page Your data.")
        for name in ("scaling",) if own else (*(("samples",) if c.config.data.source == "shapes" else ()), "test_share",
                                              "scaling", "seed"):
            c.field(f"data.{name}")
    with st.expander("Optimiser and batches"):
        training(c)
    with st.expander("Regularisation and clipping"):
        regularisation(c)
    with st.expander("Weights, loss and seeds"):
        weights_and_loss(c)
    return c.wanted
