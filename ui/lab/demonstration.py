"""The scripted demonstration: scenes that a teacher goes through with one key, in the presenter view.

A scene stands still and asks first. Hands are counted in the player; what happens is shown, and plays, once it is asked for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core.lab.demonstration import DEMONSTRATION, TITLE, DemoScene
from ann_core.lab.twins import Twins
from ui.desk import Notes, desk
from ui.page import leaving, sidebar_switch
from ui.qr import qr_button
from ui.settings import PageSettings

KEY, ANSWERED, TIMES, SHOWN = "stage/scene", "stage/answered", "stage/times", "stage/shown"
CHANGED = "{}, with your own settings"
SCALE = (-9, 3)
"""Powers of ten of one axis for all scenes; what explodes goes beyond it."""


def current_scene(settings: PageSettings[Twins]) -> DemoScene | None:
    """The scene that is on, if the demonstration is. The browser's back and forward go to the scene of that address."""
    if settings.moved and KEY in st.session_state:
        place = next((i for i, scene in enumerate(DEMONSTRATION) if scene.twins == settings.value), None)
        st.session_state.update({KEY: place, "stage/present": place is not None})
    place = st.session_state.get(KEY)
    return None if place is None else DEMONSTRATION[place]


def asks(scene: DemoScene | None) -> bool:
    """Whether the scene still waits for the class to choose."""
    return scene is not None and scene.key not in st.session_state.get(ANSWERED, ())


def poll(scene: DemoScene | None) -> dict[str, Any] | None:
    """What the player needs for counting hands; `right` only once it is to be seen."""
    if scene is None:
        return None
    return {"key": f"{st.session_state.get(TIMES, 0)}/{scene.key}", "options": list(scene.options),
            "right": None if asks(scene) else scene.right}


def answer(_: object = None) -> None:
    """The class has chosen: what happens may be seen."""
    if (place := st.session_state.get(KEY)) is not None:
        st.session_state[ANSWERED] = {*st.session_state.get(ANSWERED, ()), DEMONSTRATION[place].key}


def _go(settings: PageSettings[Twins], place: int | None) -> None:
    st.session_state[KEY] = place
    st.session_state["stage/present"] = place is not None
    st.session_state.pop("lab/predict", None)
    if place is not None:
        settings.open(DEMONSTRATION[place].twins)


def _begin(settings: PageSettings[Twins]) -> None:
    st.session_state[ANSWERED] = set()
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1  # other hands
    _go(settings, 0)


def invitation(settings: PageSettings[Twins]) -> None:
    """The button that begins it."""
    st.button("Demonstration", icon=":material/slideshow:", type="tertiary", on_click=_begin, args=(settings,),
              help=f"“{TITLE}”: {len(DEMONSTRATION)} scenes for a class, about ten minutes; what to say, ask and click.")


def show(scene: DemoScene, settings: PageSettings[Twins]) -> None:
    """The scene's title and question, and the way to the others."""
    place, open_ = DEMONSTRATION.index(scene), asks(scene)
    changed = settings.value != scene.twins
    title = CHANGED.format(scene.topic) if changed else scene.topic if open_ else scene.title
    with st.container(key="scene"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"# {title}", width="stretch")
            st.caption(f"{place + 1} of {len(DEMONSTRATION)}", width="content")
            st.button("Back", icon=":material/arrow_back:", on_click=_go, args=(settings, place - 1), disabled=place == 0,
                      shortcut="PageUp", type="tertiary")
            if open_:
                st.button("Reveal", icon=":material/visibility:", on_click=answer, shortcut="PageDown", type="tertiary")
            else:
                st.button("Next", icon=":material/arrow_forward:", on_click=_go, args=(settings, place + 1),
                          disabled=place == len(DEMONSTRATION) - 1, shortcut="PageDown", type="tertiary")
            sidebar_switch()
            qr_button()
            desk(_notes(place))
            st.button("End", icon=":material/close:", on_click=_go, args=(settings, None), type="tertiary", shortcut=leaving())
        st.markdown(scene.ask)


@contextmanager
def dimmed(scene: DemoScene | None) -> Iterator[None]:
    """While the picture of another scene is on its way, the one before is dimmed: it does not belong to the new title."""
    place, now = st.empty(), (scene and scene.key, asks(scene))
    if st.session_state.get(SHOWN, now) != now:
        place.container(key="stale").caption("The picture of this scene is on its way.")
    st.session_state[SHOWN] = now
    yield
    place.empty()


def _notes(place: int) -> Notes:
    """What the teacher reads of a scene."""
    scene, after = DEMONSTRATION[place], DEMONSTRATION[place + 1:place + 2]
    return Notes(scene.title, f"{place + 1} of {len(DEMONSTRATION)}", scene.ask, scene.options[scene.right], scene.say,
                 scene.click, f"{after[0].topic}: {after[0].ask}" if after else "The end.", shown=not asks(scene))


def stage_for(scene: DemoScene | None, present: bool) -> DeltaGenerator | None:
    """Where the activations stand in the presenter view; in a scene only where it switches them, and not before its answer."""
    if not present or (scene and (asks(scene) or not scene.switches)):
        return None
    return st.container(horizontal=True, key="stage" if scene is None else "stage_of_scene")
