"""The scripted demonstration: scenes that a teacher goes through with one key, in the presenter view."""

import streamlit as st

from ann_core.demonstration import SCENES, Scene
from ann_core.twins import Twins
from ui.settings import PageSettings

KEY = "lab/scene"
NAME = "The gradient that got lost"


def current_scene() -> Scene | None:
    """The scene that is on, if the demonstration is."""
    place = st.session_state.get(KEY)
    return None if place is None else list(SCENES.values())[place]


def _go(settings: PageSettings[Twins], place: int | None) -> None:
    st.session_state[KEY] = place
    st.session_state["present"] = place is not None
    if place is not None:
        settings.apply(list(SCENES.values())[place].twins)


def demonstration(settings: PageSettings[Twins]) -> Scene | None:
    """The scene's words, with the buttons to the others; or the button that begins. Returns the scene."""
    scene, place = current_scene(), st.session_state.get(KEY)
    if scene is None:
        st.button("Demonstration", icon=":material/slideshow:", type="tertiary", on_click=_go, args=(settings, 0),
                  help=f"“{NAME}”: {len(SCENES)} scenes for a class, about ten minutes, with what to say, ask and click.")
        return None
    with st.container(key="scene"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"## {scene.title}")
            st.caption(f"{NAME} · {place + 1} of {len(SCENES)}")
            st.button("Back", icon=":material/arrow_back:", on_click=_go, args=(settings, place - 1), disabled=place == 0,
                      shortcut="PageUp", type="tertiary")
            st.button("Next", icon=":material/arrow_forward:", on_click=_go, args=(settings, place + 1),
                      disabled=place == len(SCENES) - 1, shortcut="PageDown", type="tertiary")
            st.button("End", icon=":material/close:", on_click=_go, args=(settings, None), type="tertiary")
        st.markdown(f"**Ask:** {scene.ask}")
        with st.expander("What to say and click", key="lab/notes"):
            st.markdown(f"{scene.say}\n\n**Click:** {scene.click}")
    return scene
