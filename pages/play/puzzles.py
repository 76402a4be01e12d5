"""Puzzles: networks that will not learn, to be cured by at most three changes; and one to set for others."""

from functools import partial

import streamlit as st

from ann_core.puzzles.link import Attempt, read, write
from ann_core.puzzles.sixteen import PUZZLES
from ui import progress
from ui.page import notes, title
from ui.player.player import player
from ui.player.runs import affordable, recordings, subject
from ui.puzzles.choose import choose, points, story
from ui.puzzles.outcome import outcome, score
from ui.puzzles.set_one import set_one
from ui.puzzles.sidebar import sidebar, used
from ui.puzzles.verdict import at_the_end, verdict
from ui.settings import PageSettings
from ui.your_data import session

first = Attempt.at(next(iter(PUZZLES.values())))
settings = PageSettings("puzzles", session.with_known_tables(read, first, lambda attempt: (attempt.puzzle.config,)), write)
_, link_notes = settings.current()

present, _ = title("Puzzles")
head = st.container()  # always there, so that the player below is never mounted anew
with st.sidebar:
    refused = sidebar(settings)
attempt = settings.value
data = session.prepared(attempt.config.data)
runs = recordings("puzzles", [attempt.config], session.prepared, always_anew=True, for_all=session.for_all)
try:
    found = verdict(attempt, data)
except ValueError as reason:
    found, refused = None, [*refused, ("", str(reason))]
score(settings, found)

with head:
    if not present:
        choose(settings)
    story(settings)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="puzzles_row"):
        points()
        used(settings)
    notes(refused, link_notes)
player(runs, key="puzzles/player", autoplay=affordable([attempt.config]), outdated=settings.address_moved, present=present,
       subject=subject(settings.opened, attempt.config), moment=settings.moment, goal=attempt.puzzle.goal,
       on={"moved": lambda _: settings.trust_address(), "rest": partial(at_the_end, attempt, runs)})
outcome(settings, found)
if not present:
    set_one()
progress.keep()
