"""The recorder: a bar over the page that keeps what stands there as a scene, with a sentence on what is worth saying."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ann_core import explain
from ann_core.film.recording import Recording
from ann_core.lab.openers import OPENERS
from ann_core.lab.recorded import LONGEST, MOST_SCENES, STAGES, Lesson, Scene
from ann_core.lab.twin_openers import LAB_OPENERS
from ann_core.run.config import RunConfig
from ann_core.run.differences import differences
from ui.recorded.kept import keep
from ui.recorded.lessons import own, take
from ui.recorded.stage import AWAITED, BACK, Stage
from ui.text import markdown

RECORDING, SAID, REFUSED = "recorded/recording", "recorded/said", "recorded/refused"
HELP = ("Keeps what you show, scene by scene, as a lesson: settings, where the film stops, and a sentence of yours. Then "
        "edit it, play it with a clicker, save it or share it.")
ONWARD = ("Its table stays here: no file of a lesson holds rows. The scene plays where the table is brought in first, or "
          "offered to the class.")


def invitation() -> None:
    """The button that begins it."""
    if not st.session_state.get(RECORDING):
        st.button("Record a lesson", icon=":material/videocam:", type="tertiary", on_click=_record, args=(True,), help=HELP)


def bar(stage: Stage[Any], runs: Sequence[Recording]) -> None:
    """While it records: how many scenes there are, a sentence, where the film is to stop, and what keeps the scene.

    runs: those of the page's settings"""
    if st.session_state.get(RECORDING) or own().scenes or AWAITED in st.session_state:
        keep()
    if not st.session_state.get(RECORDING):
        return
    count = len(own().scenes)
    with st.container(border=True, key="recording"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/radio_button_checked: **Recording** · {count} scene{'s' * (count != 1)}", width="stretch")
            st.button("Stop", icon=":material/stop:", on_click=_record, args=(False,), key="recorded/stop",
                      help="Ends the recording, and opens it to be edited, played and saved.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("A sentence to say, if something is worth saying", key=SAID, max_chars=LONGEST["say"])
            moments = _moments(stage.settings.page, runs[0])
            chosen = st.selectbox("When it is played, its film", list(moments), width=260,
                                  key=f"recorded/film/{count}/{next(iter(moments))}")
            st.button("Keep this scene", icon=":material/add_a_photo:", type="primary", key="recorded/keep", on_click=_keep,
                      args=(stage, moments[chosen]), disabled=count >= MOST_SCENES)
        if any(run.data.table for run in STAGES[stage.page].runs(stage.settings.value)):
            st.caption(ONWARD)
        if count >= MOST_SCENES:
            st.caption(f"A lesson has at most {MOST_SCENES} scenes.")
        if refused := st.session_state.pop(REFUSED, None):
            st.warning(markdown(refused), icon=":material/block:")


def _record(on: bool) -> None:
    st.session_state[RECORDING], st.session_state[BACK] = on, not on


def _moments(page: str, run: Recording) -> dict[str, float | None]:
    """Where the film may stop, in words; first where it rests, as far as that is known."""
    usual: dict[str, float | None] = {"plays to its end": None, "stands still at its start": 0.0}
    step = st.session_state.get(f"{page}/rest", {}).get(run.id)
    if step is None:
        return usual
    epoch = run.at(step).epoch
    if epoch >= run.config.training.epochs:
        return usual
    if not epoch:
        return dict(reversed(usual.items()))
    return {f"stops at epoch {epoch:.4g}, where it rests": float(epoch), **usual}


def _keep(stage: Stage[Any], moment: float | None) -> None:
    """In a callback: what stands on the page becomes a scene."""
    kind, value = STAGES[stage.page], stage.settings.value
    lesson = own() if own().scenes else Lesson(title="A lesson of my own", aloud=True)
    try:
        scene = Scene(page=stage.page, settings=kind.write(value), moment=moment, pictures=kind.usual,
                      title=_title(stage.page, value), say=st.session_state.get(SAID) or "")
        if scene.value != value:
            raise ValueError("A scene holds what an address has room for, and these settings do not fit into one: so many "
                             "points, pictures or values of your own are left out there.")
    except ValueError as error:
        st.session_state[REFUSED] = f"This was not kept. {explain(error)[0][1]}"
        return
    take(lesson.model_copy(update={"scenes": (*lesson.scenes, scene)}))
    st.session_state[SAID] = ""
    st.toast(f"Scene {len(lesson.scenes) + 1} is kept: {markdown(scene.title)}", icon=":material/add_a_photo:")


def _title(page: str, value: Any) -> str:
    """What it is called to begin with: as the example that it is, or what is special about it."""
    openers: Any = LAB_OPENERS.values() if page == "gradient_lab" else OPENERS.values()
    example = next((one.label for one in openers if (one.twins if page == "gradient_lab" else one.config) == value), None)
    kind = STAGES[page]
    runs = kind.runs(value)
    words = example or (" and ".join(kind.names(value)) if len(runs) > 1 else differences(_usual(page), runs[0]))
    return words if len(words) <= LONGEST["title"] else f"{words[:LONGEST['title'] - 1]}…"


def _usual(page: str) -> RunConfig:
    kind = STAGES[page]
    return kind.runs(kind.read({})[0])[0]
