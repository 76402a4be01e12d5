"""Predict, then reveal: one question, an answer to commit to, then what really happened and why."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ann_core import Film, first_frame
from ann_core.film.recording import Recording
from ann_core.lab.questions import Answer, Question
from ui.player.runs import trained_to_end
from ui.text import markdown

PLAY = "Play the film to its end to find out."


def worked_out(question: Question, ends: dict[str, Film], runs: Sequence[Recording], affordable: bool) -> Answer | None:
    """The answer to a question about these runs; None when it needs an end that is not known and would take too long.

    ends: films of ends that are known, by run, which this keeps   affordable: whether one may be worked out now"""
    starts = [first_frame(run.at(0)) for run in runs]
    if question.needs == "start":
        return question.answer(starts)
    latest = {run.id: run.present for run in runs if run.id not in ends}
    if not affordable and not all(run.finished or run.message for run in latest.values()):
        return None
    for gone in ends.keys() - {run.id for run in runs}:
        del ends[gone]
    if latest:
        ends.update(zip(latest, map(first_frame, trained_to_end(list(latest.values()))), strict=True))
    return question.answer(starts, [ends[run.id] for run in runs])


class Predict:
    """A question at a time about the runs of a page. It never stands in the way: it opens on a click and closes on one.
    opened: how often settings were opened so far, so that an answer is never taken for one to another example's question"""

    def __init__(self, page: str, questions: Sequence[Question], opened: int):
        self._key, self._questions, self._opened = f"{page}/predict", questions, opened
        said = self._state["said"]
        if questions and said is not None and said[:3] != self._asked:  # the settings have changed: another question
            self._state["said"] = None

    @property
    def _state(self) -> dict[str, Any]:
        return st.session_state.setdefault(self._key, {"open": False, "place": 0, "said": None})

    @property
    def _question(self) -> Question:
        return self._questions[self._state["place"] % len(self._questions)]

    @property
    def _asked(self) -> tuple[int, str, Sequence[str]]:
        return self._opened, self._question.text, self._question.options

    @property
    def veiled(self) -> bool:
        """Whether the pictures should not give the answer away yet."""
        state = self._state
        return bool(self._questions and state["open"] and state["said"] is None)

    @property
    def answered(self) -> bool:
        """Whether the open question was answered, so that nothing need be kept back."""
        state = self._state
        return bool(self._questions and state["open"] and state["said"] is not None)

    def _set(self, **values: Any) -> None:
        self._state.update(values)

    def invitation(self) -> None:
        """The button that opens it."""
        if self._questions and not self._state["open"]:
            st.button("Predict first", icon=":material/psychology_alt:", type="tertiary", on_click=self._set,
                      kwargs={"open": True, "said": None}, help="A question about these networks, before you look.")

    def card(self, runs: Sequence[Recording], affordable: bool) -> None:
        """The open question, or its answer. affordable: whether the end may be worked out now if it is not known yet."""
        if not self._questions or not self._state["open"]:
            return
        question, said = self._question, self._state["said"]
        with st.container(border=True, key="predict"):
            st.markdown(f"**{markdown(question.text)}**")
            if said is None:
                self._options(question)
            else:
                self._reveal(question, said[3], runs, affordable)

    def _options(self, question: Question) -> None:
        with st.container(horizontal=True, gap="small"):
            for i, option in enumerate(question.options):
                st.button(markdown(option), key=f"{self._key}/{question.key}/{i}", on_click=self._set,
                          kwargs={"said": (*self._asked, i)})
            st.button("Skip", key=f"{self._key}/skip", type="tertiary", on_click=self._set, kwargs={"open": False})

    def _reveal(self, question: Question, said: int, runs: Sequence[Recording], affordable: bool) -> None:
        answer = worked_out(question, self._state.setdefault("ends", {}), runs, affordable)
        if answer is None:
            st.markdown(f"You say: {markdown(question.options[said])}. {PLAY}")
        else:
            right = answer.option == said
            verdict = "Right" if right else f"You said: {markdown(question.options[said])}. It is"
            st.markdown(f":material/{'check_circle' if right else 'lightbulb'}: {verdict}: "
                        f"**{markdown(question.options[answer.option])}**. {markdown(answer.reason)}")
        with st.container(horizontal=True, gap="small"):
            st.button("Another question", key=f"{self._key}/next", on_click=self._set,
                      kwargs={"place": self._state["place"] + 1, "said": None})
            st.button("Close", key=f"{self._key}/close", type="tertiary", on_click=self._set, kwargs={"open": False})
