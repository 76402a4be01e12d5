"""The Gradient lab: matched twins, and what becomes of the gradient on its way back."""

from functools import partial

import streamlit as st

from ann_core import RunConfig
from ann_core.export.run_file import Loaded
from ann_core.lab import twins as tw
from ann_core.lab.questions import questions
from ann_core.lab.recorded import STAGES
from ann_core.lab.twin_openers import LAB_OPENERS
from ann_core.run.link import edited
from ui.clinic.onward import to_the_clinic
from ui.compare.kept import Origin, keep
from ui.controls.data import without_sequences
from ui.controls.twin_sidebar import twin_sidebar
from ui.hand_in.give import hand_in
from ui.lab import details as lab_details
from ui.lab.predict import Predict
from ui.lab.telling import BEFORE, OWN, QUIET, Telling
from ui.page import notes, opener_row, title
from ui.player.asks import MAX_RUNS
from ui.player.branch_controls import branch_controls, brancher
from ui.player.branches import branches, moved
from ui.player.player import player
from ui.player.reopening import reopened
from ui.player.runs import affordable, next_seed, recordings, subject
from ui.player.take_home import rest, take_home
from ui.recorded import recorder
from ui.recorded.play import SCALE, VEILED, asked, dimmed, invitation, poll, show, switches_for
from ui.recorded.stage import Stage
from ui.settings import settings_of
from ui.your_data import session

COSTLY = "These networks are much more work than usual, so they wait for you: press play."
FAIR = "Same data, same raw weights, same batches. Only what you choose for each twin differs."
PICTURES = ("gradient", "waterfall", "slope", "boundary", "loss", "map")

known = session.with_known_tables(tw.from_query, tw.DEFAULT, lambda twins: twins)
stage = Stage("gradient_lab", "lab", without_sequences(known, tw.DEFAULT, lambda twins: twins), tw.to_query)
settings = stage.settings


def new_seed(_: object) -> None:
    """The same twins with seeds that were not used yet."""
    seed = next_seed(settings.value[0])
    settings.attempt(lambda: tuple(edited(twin, {"seed": seed}) for twin in settings.value))


def reopen(saved: Loaded) -> None:
    """A run that was saved, alone. Raises ValueError for one of another page."""
    fits = saved.config.objective.kind == tw.DEFAULT[0].objective.kind and not saved.config.data.sequence
    reopened("lab", saved, fits, "networks that answer one row at a time", in_depth=True)
    session.take_saved(saved.own)
    settings.open((saved.config,))


twins, link_notes = stage.current()
on, scene = stage.on, stage.scene
present, beside = title(stage.title, scene is not None)
head = st.container()

switches = switches_for(on, present)
drawing: RunConfig | None = settings_of("playground")
with st.sidebar:
    branch_box = st.container()
    make, keep_on_switch = twin_sidebar(settings, session.present(), drawing.data.drawn if drawing else None, switches)
twins, refused = settings.accept(make)
names = tw.names(twins)
predict = Predict("lab", questions(twins, names, session.prepared(twins[0].data)), settings.opened)
telling = Telling("lab", settings.opened)
if predict.answered and not telling.told:  # what was guessed before stays
    telling.tell()
starts = affordable(twins, tw.DEFAULT)

runs = recordings("lab", twins, session.prepared, keep_on_switch, in_depth=True, for_all=session.for_all)
with branch_box:
    branch_controls(settings, runs, starts)
made = branches("lab")[:MAX_RUNS - len(runs)]

with beside:
    if scene is None:
        predict.invitation()
        invitation(stage)
        recorder.invitation()
with head:
    question = asked(stage, runs, starts)
    if on is not None:
        show(stage, on, question)
    else:
        recorder.bar(stage, runs)
        chosen = opener_row(LAB_OPENERS.values(), lambda opener: opener.twins == twins,
                            lambda opener: settings.open(opener.twins))
        if not starts:
            st.caption(COSTLY)
        if predict.veiled:
            st.caption(FAIR)
        elif not present:
            telling.line(*(chosen.question, chosen.sentence, chosen.guess) if chosen else (OWN, FAIR, None))
    notes(refused, link_notes)
    if scene is None:
        predict.card(runs, starts)

everyone, called = [*runs, *(branch.recording for branch in made)], [*names, *(branch.name for branch in made)]
places = [*(f"twin {letter}" for letter in tw.LETTERS[:len(twins)]), *called[len(twins):]]
veiled = predict.veiled or (on is not None and on.asks)
told = present or scene is not None or telling.told
pictures = (VEILED if veiled else scene.pictures if scene else STAGES["gradient_lab"].usual if present else
            PICTURES if told else BEFORE)
still = veiled or (scene is not None and scene.moment == 0)
with dimmed(on):
    player(everyone, key="lab", names=called, pictures=pictures, autoplay=starts and not still,
           stop_at=scene.moment if scene else None, veiled=veiled, poll=poll(stage, question), scripted=scene is not None,
           headline=told, narration=None if told else QUIET, unexplained=not told, present=present,
           subject=subject(settings.opened, twins[0]), places=places,
           gradient_range=SCALE if scene else None, moment=settings.moment, outdated=partial(moved, settings, runs),
           on={"seed": new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher("lab"),
               "rest": rest("lab"), "reveal": lambda _: stage.answer()})
if not present and not veiled:
    keep("lab", everyone, called, lambda one: Origin("the Gradient lab", "play/gradient_lab", tw.to_query((one,))))
    to_the_clinic("lab", everyone, called)
    lab_details.cures(settings, names)
    lab_details.layers(everyone, called)
    lab_details.by_hand()
    take_home("lab", everyone, called, reopen, session.own_of)
    hand_in("lab", "Gradient lab", everyone, called, session.own_of)
