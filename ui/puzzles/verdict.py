"""Whether the goal is reached: judged when the film has come to its end, or at once when asked."""

from typing import Any

import streamlit as st

from ann_core.data import Prepared
from ann_core.film.recording import Recording
from ann_core.film.turns import ASKER, Asker
from ann_core.puzzles.judging import OTHERS, Judged, judging
from ann_core.puzzles.link import Attempt
from ann_core.puzzles.puzzle import Puzzle
from ann_core.puzzles.signs import SIGNS, course
from ann_core.run.config import RunConfig
from ui.player.asks import PlayerAsk
from ui.player.workers import workers

ASKED = "puzzles/asked"
"""In the session: the attempt whose verdict was asked for last."""
KEPT = 200
"""So many verdicts are kept for all."""


def ask(attempt: Attempt) -> None:
    """In a callback: the verdict on this attempt is wanted."""
    st.session_state[ASKED] = attempt


def at_the_end(attempt: Attempt, recordings: list[Recording], said: PlayerAsk) -> None:
    """In a callback: the film has come to rest; at its end that asks for the verdict."""
    for recording in recordings:
        run = recording.latest
        if (run.finished or run.message) and said.after.get(recording.id) == run.state.step:
            ask(attempt)


def verdict(attempt: Attempt, data: Prepared | None) -> Judged | None:
    """What is known of these settings; None before it was asked for. data: of a table"""
    if st.session_state.get(ASKED) != attempt:
        return None
    return _judged(f"{attempt.puzzle.goal} {attempt.config.model_dump_json()}", attempt.puzzle, attempt.config, data)


def judge(puzzle: Puzzle, data: Prepared | None) -> Judged:
    """What a puzzle comes to as it stands."""
    return _judged(f"{puzzle.goal} {puzzle.config.model_dump_json()}", puzzle, puzzle.config, data)


@st.cache_data(max_entries=KEPT, show_spinner=f"Trained to the end, with {OTHERS} other seeds beside it …")
def _judged(key: str, _puzzle: Puzzle, _config: RunConfig, _data: Any) -> Judged:
    ASKER.set(Asker("aside"))
    found = None
    for part in judging(_puzzle, _config, data=_data, work=workers().advance):
        st.session_state.get(ASKED)  # a script that reads the session stops there when its visitor has changed something
        found = part
    assert isinstance(found, Judged)
    return found


@st.cache_data(max_entries=KEPT, show_spinner=False)
def signs(key: str, _puzzle: Puzzle) -> tuple[str, str, str]:
    """The number in which one sees what was wrong: what it is, as it stood, and with the cure. key: the puzzle's"""
    assert _puzzle.truth is not None
    sign = SIGNS[_puzzle.truth.sign]
    before, after = (sign.spell(sign.of(course(config))) for config in (_puzzle.config, _puzzle.cured))
    return sign.label, before, after
