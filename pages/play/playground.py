"""The playground: settings at the left, one network learning on the stage."""

from functools import partial
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.data import DRAWN
from ann_core.export.run_file import Loaded
from ann_core.lab.narration import NARRATIONS
from ann_core.lab.openers import OPENERS
from ann_core.run.link import drawing_fits, edited, from_query, to_query
from ui.clinic.onward import to_the_clinic
from ui.compare.kept import Origin, keep
from ui.controls.data import without_sequences
from ui.controls.sidebar import sidebar
from ui.hand_in.give import hand_in
from ui.page import notes, opener_row, script, title
from ui.player.asks import MAX_RUNS, PlayerAsk
from ui.player.branch_controls import branch_controls, brancher
from ui.player.branches import branches, moved
from ui.player.in_words import run_in_words
from ui.player.player import PICTURES, player
from ui.player.reopening import reopened
from ui.player.runs import affordable, next_seed, recordings, subject
from ui.player.take_home import rest, take_home
from ui.recorded import recorder
from ui.recorded.play import VEILED, asked, dimmed, poll, show, switches_for
from ui.recorded.stage import Stage
from ui.search.settings import around
from ui.your_data import session

OWN = "Your own settings. The address bar holds them all: copy it to share this run."
NOT_IN_THE_ADDRESS = ("Your own settings. The address bar holds them, but so many points do not fit into it: opened again, it "
                      "shows the example drawing.")
COSTLY = "This run is much larger than usual, so it waits for you: press play."

known = session.with_known_tables(from_query, RunConfig(), lambda config: (config,))
stage = Stage("playground", "playground", without_sequences(known, RunConfig(), lambda config: (config,)), to_query)
settings = stage.settings


def new_seed(_: object) -> None:
    """The same settings with seeds that were not used yet."""
    config = settings.value
    settings.attempt(lambda: edited(config, {"seed": next_seed(config)}))


def draw(ask: PlayerAsk) -> None:
    """Other points of the visitor's own drawing."""
    config = settings.value
    changes: dict[str, Any] = {"data.drawn": ask.points}
    if config.data.source != DRAWN or ask.points == config.data.drawn:
        return
    if config.data.model_copy(update={"drawn": ask.points}).shape[2] != config.data.shape[2]:
        changes |= {"network.output": "auto", "network.loss": "auto"}  # the usual ones, for two classes or for several
    settings.attempt(lambda: edited(config, changes))


def reopen(saved: Loaded) -> None:
    """A run that was saved, with its table and the changes on its way. Raises ValueError for one of another page."""
    fits = saved.config.objective.kind == RunConfig().objective.kind and not saved.config.data.sequence
    reopened("playground", saved, fits, "networks that answer one row at a time")
    session.take_saved(saved.own)
    settings.open(saved.config)


config, link_notes = stage.current()
on, scene = stage.on, stage.scene

present, beside = title(stage.title, scene is not None)
top, head = st.container(), st.container()  # always there, so that the player below is never mounted anew

switches = switches_for(on, present)
with st.sidebar:
    branch_box = st.container()
    make, keep_on_switch = sidebar(settings, session.present(), switches)
config, refused = settings.accept(make)
starts = affordable([config])

with head:
    chosen = None if scene else opener_row(OPENERS.values(), lambda opener: opener.config == config,
                                           lambda opener: settings.open(opener.config))
    if scene is None and (not present or not starts):
        own = NOT_IN_THE_ADDRESS if config.data.source == DRAWN and not drawing_fits(config) else OWN
        st.caption(chosen.sentence if chosen else own if starts else COSTLY)
    notes(refused, link_notes)

runs = recordings("playground", [config], session.prepared, keep_on_switch, for_all=session.for_all)
with beside:
    if scene is None:
        recorder.invitation()
with top:
    question = asked(stage, runs, starts)
    if on:
        show(stage, on, question)
    else:
        recorder.bar(stage, runs)
with branch_box:
    branch_controls(settings, runs, starts)
made = branches("playground")[:MAX_RUNS - len(runs)]
everyone, called = [*runs, *(branch.recording for branch in made)], ["this network", *(branch.name for branch in made)]
veiled = on is not None and on.asks
still = veiled or (scene is not None and scene.moment == 0)
with dimmed(on):
    player(everyone, key="player", pictures=VEILED if veiled else scene.pictures if scene else PICTURES,
           autoplay=starts and not still, names=called, outdated=partial(moved, settings, runs), present=present,
           veiled=veiled, stop_at=scene.moment if scene else None, poll=poll(stage, question),
           scripted=scene is not None,
           narration=NARRATIONS[chosen.key] if chosen else None, subject=subject(settings.opened, config),
           moment=settings.moment,
           on={"seed": new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher("playground"), "draw": draw,
               "rest": rest("playground"), "reveal": lambda _: stage.answer()})
if not present:
    run_in_words("playground", everyone, called)
    keep("playground", everyone, called, lambda one: Origin("the Playground", "play/playground", to_query(one)))
    to_the_clinic("playground", everyone, called)
    take_home("playground", everyone, called, reopen, session.own_of)
    hand_in("playground", "Playground", everyone, called, session.own_of)
    with st.container(horizontal=True, gap="small"):
        if (query := around(config)) is not None:
            st.page_link(script("play/search"), label="Search for better settings", icon=":material/manage_search:",
                         query_params=query)
        st.page_link(script("play/puzzles"), label="Puzzles: networks to be mended", icon=":material/extension:")
