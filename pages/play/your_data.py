"""Your data: from a small file to a trained, judged and usable network."""

import streamlit as st

from ann_core import RunConfig
from ann_core.export.run_file import Loaded
from ann_core.export.saved import trained
from ann_core.run.link import edited
from ui.clinic.onward import to_the_clinic
from ui.compare.kept import Origin, keep
from ui.hand_in.give import hand_in
from ui.page import notes, title
from ui.player.player import player
from ui.player.reopening import reopened
from ui.player.runs import affordable, next_seed, recordings, subject
from ui.player.take_home import take_home
from ui.search.settings import around
from ui.settings import PageSettings
from ui.your_data import moment, session
from ui.your_data.judge import judge
from ui.your_data.look import look
from ui.your_data.report import elsewhere, report
from ui.your_data.settings import OwnSettings, complete, read, write
from ui.your_data.sidebar import own_sidebar
from ui.your_data.source import arrivals, source
from ui.your_data.use import use

VIEWS = ("Watch it learn", "Look at the data", "How good is it?", "Use it")

settings = PageSettings("your_data", read, write)


def new_seed(_: object) -> None:
    """The same settings with a seed that was not used yet."""
    run = settings.value.run
    settings.attempt(lambda: OwnSettings(settings.value.preparation, edited(run, {"seed": next_seed(run)})))


def drop(column: str) -> None:
    """The same settings without a column."""
    before = settings.value
    kept = {"features": tuple(name for name in before.preparation.features if name != column)}
    settings.attempt(lambda: complete(session.table(), before.preparation.model_copy(update=kept), before.run))


def reopen(saved: Loaded) -> None:
    """A run that was saved, with its table. Raises ValueError for one without a table, or one that changed on its way."""
    if saved.own is None or len(saved.history) > 1:
        raise ValueError("This page shows a run on a table, with the settings that it had from the start; this file holds "
                         "another one. Open it on the page where it was saved, at the same place.")
    answers = saved.config.objective.kind == RunConfig().objective.kind
    reopened("your_data", saved, answers, "networks that answer one row at a time")
    session.take_saved(saved.own)
    settings.open(OwnSettings(saved.own.preparation, saved.config))


arrivals(settings)
chosen, link_notes = settings.current()
present, beside = title("Your data")
head = st.container()
stage = st.container(horizontal=True, key="stage") if present else None
with st.sidebar:
    make = own_sidebar(settings, stage)
chosen, refused = settings.accept(make)
run = chosen.run
own = session.own(chosen.preparation, run.data.test_share, run.data.seed)
starts = affordable([run])

with head:
    if not present:
        source(settings)
    report(settings, own)
    notes(refused, link_notes)

recording, = recordings("your_data", [run], session.prepared, always_anew=True, for_all=session.for_all)
learn, data, good, useful = st.tabs(VIEWS, key="own/view", on_change="rerun")
with learn:
    player([recording], key="your_data/player", names=[own.table.name], autoplay=starts, present=present,
           outdated=settings.address_moved, subject=subject(settings.opened, run),
           on={"seed": new_seed, "moved": lambda _: settings.trust_address(), "rest": moment.remember})
    if not present:
        keep("own", [recording], [own.table.name],
             lambda one: Origin("Your data", "play/your_data", write(OwnSettings(chosen.preparation, one))))
        to_the_clinic("own", [recording], [own.table.name])
    elsewhere(chosen, around(run))
    take_home("own", [recording], [own.table.name], reopen, session.own_of)
    hand_in("own", "Your data", [recording], [own.table.name], session.own_of)
if data.open:
    with data:
        look(settings, own, run.data.scaling)
if good.open:
    with good:
        judge(own, moment.chosen(recording, starts), drop)
if useful.open:
    with useful:
        use(own, trained(moment.finished(recording) if starts else recording.latest, own))
