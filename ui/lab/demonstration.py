"""The scripted demonstration: scenes that a teacher goes through with one key, in the presenter view."""

import streamlit as st

from ann_core.lab.demonstration import DEMONSTRATION, TITLE, DemoScene
from ann_core.lab.twins import Twins
from ui.page import leaving, sidebar_switch
from ui.settings import PageSettings

KEY = "stage/scene"


def current_scene(settings: PageSettings[Twins]) -> DemoScene | None:
    """The scene that is on, if the demonstration is. The browser's back and forward go to the scene of that address."""
    if settings.moved and KEY in st.session_state:
        place = next((i for i, scene in enumerate(DEMONSTRATION) if scene.twins == settings.value), None)
        st.session_state.update({KEY: place, "stage/present": place is not None})
    place = st.session_state.get(KEY)
    return None if place is None else DEMONSTRATION[place]


def _go(settings: PageSettings[Twins], place: int | None) -> None:
    st.session_state[KEY] = place
    st.session_state["stage/present"] = place is not None
    st.session_state.pop("lab/predict", None)
    if place is not None:
        settings.apply(DEMONSTRATION[place].twins)


def invitation(settings: PageSettings[Twins]) -> None:
    """The button that begins it."""
    st.button("Demonstration", icon=":material/slideshow:", type="tertiary", on_click=_go, args=(settings, 0),
              help=f"“{TITLE}”: {len(DEMONSTRATION)} scenes for a class, about ten minutes; what to say, ask and click.")


def show(scene: DemoScene, settings: PageSettings[Twins]) -> None:
    """The scene's title and question, and the way to the others."""
    place = DEMONSTRATION.index(scene)
    with st.container(key="scene"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"## {scene.title}", width="stretch")
            st.caption(f"{place + 1} of {len(DEMONSTRATION)}", width="content")
            st.button("Back", icon=":material/arrow_back:", on_click=_go, args=(settings, place - 1), disabled=place == 0,
                      shortcut="PageUp", type="tertiary")
            st.button("Next", icon=":material/arrow_forward:", on_click=_go, args=(settings, place + 1),
                      disabled=place == len(DEMONSTRATION) - 1, shortcut="PageDown", type="tertiary")
            sidebar_switch()
            st.button("End", icon=":material/close:", on_click=_go, args=(settings, None), type="tertiary", shortcut=leaving())
        st.markdown(scene.ask)


def teachers_notes(scene: DemoScene) -> None:
    """What to say and to click, out of the way."""
    with st.expander("For the teacher: what to say and click", key="lab/notes"):
        st.markdown(f"{scene.say}\n\n**Click:** {scene.click}")
