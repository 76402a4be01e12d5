"""What of a recorded lesson stands over the player: a scene's title, its question, the way to the others, and notes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core.film.recording import Recording
from ann_core.lab.questions import questions
from ui.desk import Notes, desk
from ui.lab.predict import PLAY, worked_out
from ui.page import leaving, sidebar_switch
from ui.qr import qr_button
from ui.recorded.lessons import GRADIENT, built_in
from ui.recorded.stage import On, Stage
from ui.text import markdown
from ui.your_data import session

VEILED = ("network", "boundary")
"""Pictures shown while a question is open: nothing that gives its answer away."""
SHOWN, ENDS = "stage/shown", "recorded/ends"
CHANGED = "{}, with your own settings"
SCALE = (-9, 1)
"""Powers of ten of one axis for the gradients of all scenes; what explodes goes beyond it."""


@dataclass(frozen=True)
class Asked:
    """A scene's question. right: which of its answers, None where it is not known   reason: with figures, of one that is
    measured"""

    text: str
    options: tuple[str, ...]
    right: int | None
    reason: str = ""


def invitation(stage: Stage[Any]) -> None:
    """The button that begins the built-in lesson."""
    lesson = built_in(GRADIENT)
    st.button("Demonstration", icon=":material/slideshow:", type="tertiary", on_click=stage.begin, args=(GRADIENT,),
              help=f"“{lesson.title}”: {len(lesson.scenes)} scenes for a class, about ten minutes; what to say, ask and click.")


def asked(stage: Stage[Any], runs: Sequence[Recording], affordable: bool) -> Asked | None:
    """The question of the scene that is on; a measured one is worked out as soon as its answer may be seen, from the scene's
    own settings. affordable: whether runs may be trained to their end for it"""
    on = stage.on
    if on is None or (question := on.scene.question) is None:
        return None
    if not question.measured:
        return Asked(question.ask, question.options, question.right)
    data = session.prepared(on.scene.runs[0].data)
    made = next(one for one in questions(on.scene.runs, on.scene.names, data) if one.key == question.measured)
    found = on.answers.get(on.place)
    if found is None and not on.asks and stage.settings.value == on.scene.value:
        found = worked_out(made, st.session_state.setdefault(ENDS, {}), runs[:len(on.scene.runs)], affordable)
        stage.answer(found)
    return Asked(made.text, made.options, found.option if found else None, found.reason if found else PLAY)


def poll(stage: Stage[Any], question: Asked | None) -> dict[str, Any] | None:
    """What the player needs for counting hands; `right` only once it is to be seen."""
    on = stage.on
    if on is None or question is None or (not on.asks and question.right is None):
        return None
    return {"key": f"{on.times}/{on.name[-6:]}/{on.place}", "options": list(question.options),
            "right": None if on.asks else question.right}


def show(stage: Stage[Any], on: On, question: Asked | None) -> None:
    """The scene's title and question, and the way to the others."""
    scene, back, further = on.scene, on.beside(-1), on.beside(1)
    title = _said(scene.heading(on.asks))
    if stage.settings.value != scene.value:
        title = CHANGED.format(_said(scene.topic) or title)
    with st.container(key="scene"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small",
                          key="scene_bar" if scene.controls else "scene_alone"):
            st.markdown(f"# {title}", width="stretch")
            st.caption(f"{on.place + 1} of {len(on.lesson.scenes)}", width="content")
            st.button("Back", icon=":material/arrow_back:", on_click=stage.go, args=(back,), disabled=back is None,
                      shortcut="PageUp", type="tertiary")
            if on.asks:
                st.button("Reveal", icon=":material/visibility:", on_click=stage.answer, shortcut="PageDown", type="tertiary")
            else:
                st.button("Next", icon=":material/arrow_forward:", on_click=stage.go, args=(further,), disabled=further is None,
                          shortcut="PageDown", type="tertiary")
            if scene.controls:
                sidebar_switch()
            qr_button()
            desk(_notes(on, question, further), ours=False)
            st.button("End", icon=":material/close:", on_click=stage.end, type="tertiary", shortcut=leaving())
        if question:
            st.markdown(_said(question.text))
        if not on.asks:
            for words in (question.reason if question else "", scene.say if on.lesson.aloud else ""):
                if words:
                    st.caption(_said(words))


def _said(text: str) -> str:
    """The words of a lesson, which are about networks."""
    return markdown(text, about_networks=True)


@contextmanager
def dimmed(on: On | None) -> Iterator[None]:
    """While the picture of another scene is on its way, the one before is dimmed: it does not belong to the new title."""
    place, now = st.empty(), on and (on.name, on.place, on.asks)
    if st.session_state.get(SHOWN, now) != now:
        place.container(key="stale").caption("The picture of this scene is on its way.")
    st.session_state[SHOWN] = now
    yield
    place.empty()


def _notes(on: On, question: Asked | None, further: int | None) -> Notes:
    """What the teacher reads of a scene."""
    scene = on.scene
    answer = "" if question is None else "It is worked out with Reveal." if question.right is None \
        else f"{question.options[question.right]}. {question.reason}" if question.reason else question.options[question.right]
    after = on.lesson.scenes[further] if further is not None else None
    asks = after.question.ask if after and after.question else ""
    called = (after.topic or after.title) if after else "The end."
    following = f"{called}: {asks}" if asks else called
    return Notes(scene.title, f"{on.place + 1} of {len(on.lesson.scenes)}", question.text if question else "", answer,
                 scene.say, scene.click, following, shown=not on.asks)


def switches_for(on: On | None, present: bool) -> DeltaGenerator | None:
    """Where the activations stand in the presenter view; in a scene only where it switches them, and not before its answer."""
    if not present or (on and (on.asks or not on.scene.switches)):
        return None
    return st.container(horizontal=True, key="stage_of_scene" if on else "stage")
