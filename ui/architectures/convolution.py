"""The lab of convolution: a network of filters that learns while one watches."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from ann_core import RunConfig
from ann_core.data import PICTURES as MADE
from ann_core.data import SKETCHED, SOURCES
from ann_core.data.config import LEAST_SIDE, TABLE, TableShape
from ann_core.export.run_file import Loaded
from ann_core.film.recording import Recording
from ann_core.lab.convolution_openers import OPENERS, PICTURES, USUAL
from ann_core.run.link import changes, drawing_fits, edited, of_this_version, read_changes
from ui.architectures.drawing_pad import drawing_pad
from ui.architectures.examples import DRAFT, sketch_controls
from ui.architectures.guessing import Guessing
from ui.architectures.kept import called, kept_beside
from ui.architectures.mistakes import mistakes
from ui.architectures.views import LAB, lab_of, switch
from ui.compare.kept import Origin, keep
from ui.controls.data import TableSettings, data_source, without_sequences
from ui.controls.fields import Controls
from ui.controls.layer_list import layer_list
from ui.controls.sidebar import regularisation, training, weights_and_loss
from ui.hand_in.give import hand_in
from ui.lessons.convolution import PAGE
from ui.page import notes, opener_row, title
from ui.player.asks import MAX_RUNS
from ui.player.branch_controls import branch_controls, brancher
from ui.player.branches import branches, moved
from ui.player.reopening import reopened
from ui.player.runs import affordable, next_seed, recordings
from ui.player.take_home import rest, take_home
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session

SHOWN = ("maps", "filters", "gradient", "loss")
WITHOUT = ("boundary", "units")
"""A plane over two of the pixels says nothing here."""
OWN = "Your own settings. The address bar holds them all: copy it to share this run."
NOT_IN_THE_ADDRESS = ("Your own settings. The address bar holds them, but so many drawings do not fit into it: opened again, "
                      "it shows the example drawings.")
COSTLY = "This run is much larger than usual, so it waits for you: press play."
NAME = lab_of(PAGE)


def _read(query: Mapping[str, str]) -> tuple[RunConfig, list[str]]:
    config, said = read_changes({path: text for path, text in query.items() if path != "v"}, USUAL)
    if config.data.table and not _are_pictures(config.data.table):
        return USUAL, [*said, _no_pictures(config.data.table)]
    return config, of_this_version(query) + said


def _are_pictures(table: TableShape) -> bool:
    return table.picture is not None and table.classes > 0


def _no_pictures(table: TableShape) -> str:
    return (f"The table {table.name} could be learned from here if it had classes and a square number of inputs, "
            f"{LEAST_SIDE**2} or more: 64 are 8 by 8 pixels. It has {table.inputs:,} inputs"
            f"{'' if table.classes else ' and no classes'}.")


settings = PageSettings(NAME, without_sequences(session.with_known_tables(_read, USUAL, lambda config: (config,)), USUAL,
                                                lambda config: (config,)), lambda config: changes(config, USUAL), LAB,
                        branches=True)


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
    with branch_box:
        beside = kept_beside(NAME, config)
    starts = affordable([config, *beside], (USUAL,))
    with head:
        chosen = opener_row(OPENERS.values(), lambda opener: opener.config == config,
                            lambda opener: settings.apply(opener.config))
        guessing = Guessing(NAME, chosen)
        if chosen:
            guessing.show(brief=present)
        elif not present or not starts:
            own = NOT_IN_THE_ADDRESS if config.data.source == SKETCHED and not drawing_fits(config) else OWN
            st.caption(own if starts else COSTLY)
        notes([(field, reason) for field, reason in refused if field != "network"], link_notes)
    runs = recordings(NAME, [config, *beside], session.prepared, without=WITHOUT, for_all=session.for_all)
    with branch_box:
        branch_controls(settings, runs[:1], starts)
    made = branches(NAME)[:MAX_RUNS - len(runs)]
    names = ["this network", *(called(config, kept) for kept in beside), *(branch.name for branch in made)]
    guessing.player(
        [*runs, *(branch.recording for branch in made)], key=f"{PAGE}/player", autoplay=starts, by_steps=True,
        pictures=SHOWN, first=("maps",), present=present, names=names, outdated=partial(moved, settings, runs[:1]),
        on={"seed": _new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher(NAME), "rest": rest(NAME)})
    if not present and not guessing.open:
        everyone = [*runs, *(branch.recording for branch in made)]
        keep(NAME, everyone, names, lambda one: Origin("the Convolution lab", f"architectures/{PAGE}", settings.address(one)))
        _below(runs[0])
        take_home(NAME, everyone, names, _reopen, session.own_of)
        hand_in(NAME, "Convolution", everyone, names, session.own_of)


def _reopen(saved: Loaded) -> None:
    """A run that was saved, with its table. Raises ValueError for one of another page."""
    config = saved.config
    known = config.data.source in PICTURES or config.data.table is not None and _are_pictures(config.data.table)
    reopened(NAME, saved, known and config.objective.kind == USUAL.objective.kind, "networks that tell pictures apart",
             without=WITHOUT)
    session.take_saved(saved.own)
    settings.open(config)


def _below(recording: Recording) -> None:
    """Under the stage: the network as it is where the film rests."""
    step = st.session_state.get(f"{NAME}/rest", {}).get(recording.id)
    teaches = st.session_state.get(settings.key("data.source")) == SKETCHED
    with st.container(border=True):
        st.markdown(f"**Draw one yourself: what does it say?{' Or keep it, and the network learns it.' if teaches else ''}**",
                    help="Play the film, pause it anywhere, or drag the timeline: the network answers as it is at that moment.")
        drawing_pad(f"{PAGE}/pad", recording, step, settings.key(DRAFT) if teaches else None)
    mistakes(NAME, recording, step)


def _new_seed(_: object) -> None:
    """The same settings with seeds that were not used yet."""
    config = settings.value
    settings.attempt(lambda: edited(config, {"seed": next_seed(config)}))


def _sidebar() -> Callable[[], RunConfig]:
    """Draws the controls. Returns what makes the wanted settings; it raises ValidationError when they are refused."""
    c = Controls(settings.value, settings.key)
    source = _data(c, session.present())
    layer_list(c)
    c.field("training.learning_rate")
    with st.expander("More about the data"):
        if source in MADE:
            c.field("data.samples")
        for name in ("scaling",) if source == TABLE else ("test_share", "scaling", "seed"):
            c.field(f"data.{name}")
    with st.expander("Optimiser and batches"):
        training(c)
    with st.expander("Regularisation and clipping"):
        regularisation(c)
    with st.expander("Weights, loss and seeds"):
        weights_and_loss(c)
    return c.wanted


def _data(c: Controls, table: TableSettings) -> str:
    """What is learned from: pictures, or the visitor's table when its rows can be laid out as such. Returns its key."""
    shape = table["data.table"] if table else None
    usable = shape is not None and _are_pictures(shape)
    source = data_source(c, table if usable else None, sources=PICTURES)
    if source == TABLE:
        height, width, _ = c.value("data.table").picture
        st.caption(f"Rows of your own table, each laid out as a picture of {height} by {width} pixels, row by row.")
    else:
        st.caption(SOURCES[source].sentence)
    if shape and not usable:
        st.caption(markdown(_no_pictures(shape)))
    if source == SKETCHED:
        sketch_controls(c)
    return source
