"""The head of the page: which puzzle, what it is about, and how many points there are so far."""

import streamlit as st

from ann_core.puzzles.link import Attempt
from ann_core.puzzles.puzzle import FULL
from ann_core.puzzles.sixteen import GRADES, PUZZLES
from ui.puzzles.results import PAGE, result, total
from ui.settings import PageSettings

SCORE = (f"{FULL} points for as few changes as are needed, one fewer for each change more, two fewer with the hint, none for "
         "giving up. This browser keeps them; nobody else has them.")


def choose(settings: PageSettings[Attempt]) -> None:
    """The sixteen as numbers, grade by grade."""
    present = settings.value.puzzle
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"openers_{PAGE}"):
        for number, puzzle in enumerate(PUZZLES.values(), 1):
            if (number - 1) % 4 == 0:
                st.caption(GRADES[puzzle.grade], width="content")
            found = result(puzzle)
            mark = ":material/check:" if found.solved else ":material/flag:" if found.over else None
            st.button(str(number), key=f"openers/{PAGE}/{puzzle.key}", icon=mark, on_click=settings.open,
                      type="primary" if puzzle.key == present.key else "secondary", args=(Attempt.at(puzzle),),
                      help=f"{puzzle.label}{': solved' if found.solved else ': given up' if found.over else ''}")
    points, most = total()
    st.caption(f"{points} of {most} points so far.", help=SCORE)


def story(settings: PageSettings[Attempt]) -> None:
    """What the present one is about."""
    puzzle = settings.value.puzzle
    number = f"{list(PUZZLES).index(puzzle.key) + 1}. " if puzzle.truth else ""
    allowed = "one setting" if puzzle.most == 1 else f"up to {puzzle.most} settings"
    st.markdown(f"**{number}{puzzle.label}.** {puzzle.story} You may look at anything and change {allowed}. The goal: "
                f"**{puzzle.goal_in_words}** on rows held out, after {puzzle.config.training.epochs:,} epochs.")
