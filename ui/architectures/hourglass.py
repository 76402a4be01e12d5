"""Widgets of an autoencoder: its data, its widths, the noise that it is to take away."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ann_core.base.fields import declared
from ann_core.base.spelling import words
from ann_core.data import PICTURES
from ann_core.data import SOURCES as ALL
from ann_core.data.config import TABLE
from ann_core.lab.autoencoder_openers import SOURCES
from ann_core.lessons.hourglass import Hourglass, scaling
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.kinds import LayerConfig
from ui.controls.data import TableSettings
from ui.controls.fields import Controls
from ui.text import markdown

MOST_SIDE = 3
"""Layers on each side of the code."""
USUAL_WIDTH = 32


def data(c: Controls, table: TableSettings, change: Callable[[dict[str, Any]], None]) -> None:
    """What is to come back. Other data bring the scaling that suits them, so they are set as a whole. change: sets them"""
    before = c.config.data
    own = table["data.table"].name if table else before.table.name if before.table else None
    offered = [*SOURCES, *([TABLE] if own else [])]
    if before.source not in offered:
        offered.append(before.source)
    key, source = c.begin("data.source", before.source)

    def take() -> None:
        chosen = st.session_state.get(key)
        if chosen is None:
            return  # the settings were set as a whole just now
        change({"data.source": chosen, "data.table": None, "data.plane": None, "data.scaling": scaling(chosen),
                **(table or {} if chosen == TABLE else {})})

    st.selectbox("Data", offered, offered.index(source), key=key, on_change=take,
                 format_func=lambda name: f"Your data: {own}" if name == TABLE else ALL[name].label)
    if source == TABLE:
        st.caption(f"The inputs that {markdown(own or '')} has on the page Your data. What is predicted there is no input "
                   "here: it only colours the codes.")
        return
    st.caption(ALL[source].sentence)
    if not own:
        st.caption("A table of your own? Bring it in on the page Your data, then choose it here.")
    if source in PICTURES:
        c.field("data.noise", label="Noise that belongs to the pictures", most=PICTURES[source].max_noise)


def hourglass(c: Controls) -> None:
    """The layers: how many on each side, how wide, and the code in the middle."""
    found = Hourglass.of(c.config.network.layers)
    assert found is not None  # others are not let in
    inputs, option = c.data().shape[1], declared(LayerConfig, "units")
    key, code = c.begin("code", found.code)
    code = st.number_input("Numbers in the code", option.low, option.high, code, key=key,
                           help="How many numbers pass the middle. The code is a plain sum, without a bend.")
    side = c.whole("side", "Layers on each side of it", len(found.widths), 0, max(MOST_SIDE, len(found.widths)))
    widths = []
    for i in range(side):
        usual = found.widths[i] if i < len(found.widths) else (found.widths or (USUAL_WIDTH,))[-1]
        key, units = c.begin(f"width/{i}", usual)
        widths.append(st.number_input(f"Units in layer {i + 1}, and in its mirror image", option.low, option.high, units,
                                      key=key))
    key, activation = c.begin("bend", found.activation)
    names = list(ACTIVATIONS)
    activation = st.selectbox("Activation", names, names.index(activation), key=key, disabled=not side,
                              format_func=lambda name: ACTIVATIONS[name].label,
                              help="Of all layers but the code and the output, which are plain sums.")
    made = Hourglass(tuple(widths), code, activation, found.alpha if activation == found.activation else None)
    c.put("network.layers", made.layers)
    st.caption(made.spelt(inputs))
    if code >= inputs:
        st.caption(f":material/info: {inputs} {'inputs' if inputs > 1 else 'input'} and a code of {code}: nothing is squeezed. "
                   "The network may simply hand everything on, and learn nothing about the data.")
    elif widths and min(widths) < code:
        st.caption(f":material/info: A layer of {min(widths)} is narrower than the code: no more than {min(widths)} numbers "
                   "get through.")


def noise(c: Controls) -> None:
    """The noise that is added to the inputs and is not to come back."""
    strength = c.field("objective.noise", label="Noise to be taken away", most=1.0)
    size = "standard" if c.value("data.scaling") == "standard" else "0 to 1"
    if strength and size == "standard":
        st.caption(f"Each input varies by 1 (its standard deviation); the noise adds {words(strength)}."
                   + (" That is more noise than data: little but the mean can come back." if strength > 1 else ""))
    elif strength:
        st.caption(f"Inputs go from 0 to 1; the noise has a standard deviation of {words(strength)}."
                   + (" Hardly anything of them is left to be seen." if strength >= 0.8 else ""))
