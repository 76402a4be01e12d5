"""The playground: settings at the left, one network learning on the stage."""

import streamlit as st

from ann_core import RunConfig
from ann_core.link import flatten
from ann_core.openers import OPENERS
from ann_core.recording import Recording
from ann_core.run import keeps_weights
from ann_core.shelf import Shelf
from ui import settings
from ui.player import player
from ui.sidebar import sidebar
from ui.text import markdown

FREE_START = 10 * RunConfig().cost
"""A run that costs more than ten default runs waits for a click."""
OWN = "Your own settings. The address bar holds them all: copy it to share this run."
COSTLY = "This run is much larger than usual, so it waits for you: press play."


@st.cache_resource
def shelf() -> Shelf:
    """Films that visitors with the same settings share."""
    return Shelf()


def new_seed() -> None:
    """The same settings with seeds that were not used yet."""
    flat = flatten(st.session_state["settings"])
    settings.attempt({**flat, "seed": (flat["seed"] + flat["seeds"]) % 2**31})


config, link_notes = settings.current()

st.title("Playground")
head = st.container()  # always there, so that the player below is never mounted anew

with st.sidebar:
    wanted, keep_on_switch = sidebar(config)
config, refused = settings.accept(wanted)

chosen = next((opener for opener in OPENERS.values() if opener.config == config), None)
with head:
    with st.container(horizontal=True, gap="xsmall", key="openers"):
        for opener in OPENERS.values():
            st.button(opener.label, type="primary" if opener is chosen else "secondary", on_click=settings.apply,
                      args=(opener.config,))
    st.caption(chosen.sentence if chosen else OWN if config.cost <= FREE_START else COSTLY)
    for field, reason in refused:
        st.warning(f"**Not changed: {markdown(field or 'these settings together')}.** {markdown(reason)} "
                   "The run goes on with the settings before.", icon=":material/block:")
    for note in link_notes:
        st.info(markdown(note), icon=":material/link:")

recording: Recording | None = st.session_state.get("playground/recording")
if recording is None or not (recording.config == config or keeps_weights(recording.config, config, keep_on_switch)):
    recording = st.session_state["playground/recording"] = Recording(config, shelf=shelf())
elif recording.config != config:
    recording.change(config)
player([recording], key="player", autoplay=config.cost <= FREE_START, outdated=settings.address_moved,
       on={"seed": new_seed, "moved": settings.trust_address})
