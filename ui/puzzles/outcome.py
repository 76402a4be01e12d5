"""Below the stage: check, hint, giving up; then the question, the truth, a cure to look at, and the next puzzle."""

import streamlit as st

from ann_core.base.words import listed
from ann_core.lessons.ask import Ask
from ann_core.puzzles.counting import changes, counted
from ann_core.puzzles.judging import Judged
from ann_core.puzzles.link import Attempt
from ann_core.puzzles.puzzle import FULL, Puzzle
from ann_core.puzzles.sixteen import PUZZLES, after
from ui.puzzles.results import PAGE, Result, controls, note, result
from ui.puzzles.verdict import ask, signs
from ui.question import answered, begin, question
from ui.settings import PageSettings


def outcome(settings: PageSettings[Attempt], found: Judged | None) -> None:
    """What is to be done and said about the present attempt. found: its verdict, if it was asked for"""
    attempt = settings.value
    puzzle, before = attempt.puzzle, result(attempt.puzzle)
    begin(PAGE, puzzle.key)
    if found is not None:
        _verdict(found, attempt, before)
    with st.container(horizontal=True, gap="small"):
        st.button("Check it now", type="secondary" if before.over else "primary", icon=":material/check:", on_click=ask,
                  args=(attempt,), disabled=found is not None,
                  help="Trains it to the end at once. The film does the same when it gets there.")
        if puzzle.truth and not before.over:
            st.button("Hint", icon=":material/lightbulb:", on_click=note, kwargs={"puzzle": puzzle, "hinted": True},
                      disabled=before.hinted, help="Costs two points.")
            st.button("Give up, tell me", type="tertiary", icon=":material/flag:", on_click=note,
                      kwargs={"puzzle": puzzle, "points": 0})
    if puzzle.truth and before.hinted and not before.over:
        st.info(puzzle.truth.hint, icon=":material/lightbulb:")
    if before.over and puzzle.truth:
        _truth(settings, puzzle)
    if before.over:
        _onward(settings, puzzle)


def _verdict(found: Judged, attempt: Attempt, before: Result) -> None:
    puzzle, (own, *others) = attempt.puzzle, found.reached
    reached = found.measure.words(found.scores[0])
    beside = f"With {len(others)} other seeds: {sum(others)} of {len(others)} reach it."
    if not own:
        got = f"It ends with {found.measure.label} {reached}" if reached != "not known" else "It leaves all bounds"
        st.warning(f"**Not yet.** {got}; the goal is {puzzle.goal_in_words}. {beside}", icon=":material/close:")
        return
    used = changes(puzzle.config, attempt.config)
    by = f"with {listed([change.words for change in used])}" if used else "as it stands"
    points = f" {before.points} of {FULL} points." if puzzle.truth and before.solved else ""
    st.success(f"**Solved** {by}: {found.measure.label} {reached}. {beside}{points}", icon=":material/check_circle:")


def score(settings: PageSettings[Attempt], found: Judged | None) -> None:
    """Notes a solution, before anything is drawn that says so."""
    attempt = settings.value
    if found is not None and found.solved:
        note(attempt.puzzle, attempt.puzzle.score(attempt.config, result(attempt.puzzle).hinted))


def _truth(settings: PageSettings[Attempt], puzzle: Puzzle) -> None:
    truth = puzzle.truth
    assert truth is not None
    if truth.options:
        question(lambda: what_is_wrong(puzzle), controls)
        if not answered():
            return
    else:
        st.markdown(f"**What was wrong.** {truth.wrong}")
    label, before, cured = signs(puzzle.key, puzzle)
    st.markdown(f"**In which number one sees it.** {label}: **{before}** as it stood, **{cured}** with the cure.")
    made = changes(puzzle.config, puzzle.cured)
    count = counted(made)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**A cure by {count} change{'s' * (count > 1)}:** {listed([change.words for change in made])}.",
                    width="content")
        st.button("Show me", key=f"{PAGE}/show", icon=":material/play_circle:", on_click=settings.attempt,
                  args=(lambda: Attempt(puzzle, puzzle.cured),), disabled=settings.value.config == puzzle.cured)
    st.markdown(f"**To remember.** {truth.remember}")


def what_is_wrong(puzzle: Puzzle) -> Ask:
    """The question before the truth; the right answer stands in another place each time."""
    truth = puzzle.truth
    assert truth is not None
    said = list(truth.options.items())
    place = list(PUZZLES).index(puzzle.key) % len(said)
    (right, _), others = said[0], said[1:]
    return Ask("What was wrong?", dict([*others[:place], (right, ""), *others[place:]]), place, truth.wrong)


def _onward(settings: PageSettings[Attempt], puzzle: Puzzle) -> None:
    following = after(puzzle.key) if puzzle.truth else next(iter(PUZZLES.values()))
    if following is not None:
        st.button(f"Next: {following.label}", key=f"{PAGE}/next", type="primary", icon=":material/arrow_forward:",
                  on_click=settings.open, args=(Attempt.at(following),))
