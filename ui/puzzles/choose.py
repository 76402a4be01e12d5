"""The head of the page: which puzzle, what it is about, and how many points there are so far."""

import streamlit as st

from ann_core.puzzles.link import Attempt
from ann_core.puzzles.puzzle import FULL, Puzzle
from ann_core.puzzles.sixteen import GRADES, PUZZLES
from ui.puzzles.results import PAGE, result, total
from ui.settings import PageSettings

SCORE = (f"{FULL} points for as few changes as are needed, one fewer for each change more, two fewer with the hint, none for "
         "giving up. This browser keeps them; nobody else has them.")


def choose(settings: PageSettings[Attempt]) -> None:
    """The sixteen as numbers, grade by grade."""
    present = settings.value.puzzle
    numbered = list(enumerate(PUZZLES.values(), 1))
    with st.container(horizontal=True, gap="small", key=f"grades_{PAGE}"):
        for grade, words in GRADES.items():
            with st.container(horizontal=True, vertical_alignment="center", width="content", key=f"openers_{PAGE}_{grade}"):
                st.caption(words, width="content")
                for number, puzzle in numbered:
                    if puzzle.grade == grade:
                        _button(settings, number, puzzle, puzzle.key == present.key)


def _button(settings: PageSettings[Attempt], number: int, puzzle: Puzzle, here: bool) -> None:
    found = result(puzzle)
    mark, became = ((":material/check:", ": solved") if found.solved else (":material/flag:", ": given up")) if found.over \
        else (None, "")
    st.button(str(number), key=f"openers/{PAGE}/{puzzle.key}", icon=mark, type="primary" if here else "secondary",
              help=f"{puzzle.label}{became}", on_click=settings.open, args=(Attempt.at(puzzle),))


def story(settings: PageSettings[Attempt]) -> None:
    """What the present one is about."""
    puzzle = settings.value.puzzle
    number = f"{list(PUZZLES).index(puzzle.key) + 1}. " if puzzle.truth else ""
    allowed = "one setting" if puzzle.most == 1 else f"up to {puzzle.most} settings"
    st.markdown(f"**{number}{puzzle.label}.** {puzzle.story} Find out why: look at anything, and change {allowed} in the "
                f"sidebar. The goal: **{puzzle.goal_in_words}** on held-out points, from which it does not "
                f"learn, after {puzzle.config.training.epochs:,} epochs.")


def points() -> None:
    """How many there are so far, and how they are counted."""
    reached, most = total()
    st.caption(f"{reached} of {most} points so far", width="content", help=SCORE)
