"""Widgets for the hidden layers: how many there are, how wide each is, and which activation all of them or each one has."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core.base.fields import declared
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import MAX_LAYERS
from ann_core.nn.kinds import LAYERS, LayerConfig, LayerSettings
from ui.controls.fields import Controls

QUICK = ("sigmoid", "tanh", "relu")
OTHER = "other"


def layers(c: Controls, set_layers: Callable[[int], None], stage: DeltaGenerator | None = None) -> None:
    """Activation for all layers by one switch (on the `stage`, when there is one); units of each layer; add and remove; each
    layer's own activation. set_layers: hears, in a callback, of another number of layers"""
    count = len(c.config.network.layers)
    each = bool(st.session_state.get("own_activations"))
    if not each:
        activation_for_all(c, stage=stage)
    st.markdown(":small[Hidden layers]", help="Each hidden layer computes new features from the ones before it. "
                "The number is how many units it has.")
    with st.container(height=260 if count > 5 else "content", border=False, gap="xsmall"):
        c.put("network.layers", tuple(_layer(c, i, each) for i in range(count)))
    add, remove = st.columns(2)
    add.button("Add a layer", icon=":material/add:", width="stretch", disabled=count >= MAX_LAYERS,
               on_click=set_layers, args=(count + 1,), type="tertiary")
    remove.button("Remove", icon=":material/remove:", width="stretch", disabled=count == 0, type="tertiary",
                  on_click=set_layers, args=(count - 1,))
    st.toggle("A different activation in each layer", key="own_activations")


def activations(c: Controls, each: bool = False) -> None:
    """The activation of every layer, by widgets of their own when `each`; units stay."""
    before = c.config.network.layers
    with st.container(height=260 if each and len(before) > 4 else "content", border=False, gap="xsmall"):
        for i in range(len(before) if each else 0):
            _activation_of(c, i)
    c.put("network.layers", tuple(_with_activation(c, i) for i in range(len(before))))


def activation_for_all(c: Controls, label: str = "Activation, all layers", stage: DeltaGenerator | None = None) -> None:
    """One switch for all layers. It keeps its key while it is used, so that the keyboard stays on it."""
    bends = [layer.bend for layer in c.config.network.layers]
    chosen = dict(c.begin(f"activation/{i}", bend[0]) for i, bend in enumerate(bends) if bend)
    common = next(iter(chosen.values())) if len(set(chosen.values())) == 1 else None
    shown = common if common in QUICK or common is None else OTHER
    switch, present = c.begin("all_activations" if common else "all_activations/mixed", shown)

    def set_all(source: str) -> None:
        wanted = st.session_state.get(source)  # gone when the settings were set as a whole just now
        st.session_state.update(dict.fromkeys(chosen, "leaky_relu" if wanted == OTHER else wanted) if wanted else {})

    (stage or st).segmented_control(
        label, [*QUICK, OTHER], default=present, key=switch, required=bool(common), disabled=not chosen, on_change=set_all,
        args=(switch,), width="content" if stage else "stretch",
        format_func=lambda key: ACTIVATIONS[key].label if key in ACTIVATIONS else "…",
        help="How each hidden unit bends its weighted sum. Switch it and watch the gradient bars.")
    if common and shown == OTHER:
        key, listed = c.begin("all_activations/list", common)
        _menu(st, "Activation", listed, key, label_visibility="collapsed", on_change=set_all, args=(key,))
        st.caption(ACTIVATIONS[common].advice)


def _layer(c: Controls, i: int, each: bool) -> LayerSettings:
    """A row of widgets. Returns layer i as they have it, unchecked."""
    layer = _with_activation(c, i)
    name, units, kind = st.columns([0.3, 1.6, 2.4] if each else [0.5, 2, 0.01], vertical_alignment="center")
    name.markdown(f":gray[{i + 1}]")
    if isinstance(layer, LayerConfig):
        option = declared(LayerConfig, "units")
        key, count = c.begin(f"units/{i}", layer.units)
        count = units.number_input(f"Units in layer {i + 1}", option.low, option.high, count, key=key,
                                   label_visibility="collapsed")
        layer = layer.model_copy(update={"units": count})
    else:
        units.markdown(LAYERS[layer.kind].label)
    if each:
        _activation_of(c, i, kind, label_visibility="collapsed")
    return layer


def _activation_of(c: Controls, i: int, place: Any = st, **look: Any) -> None:
    if bend := c.config.network.layers[i].bend:
        key, value = c.begin(f"activation/{i}", bend[0])
        _menu(place, f"Activation of layer {i + 1}", value, key, **look)


def _menu(place: Any, label: str, value: str, key: str, **look: Any) -> None:
    names = list(ACTIVATIONS)
    place.selectbox(label, names, names.index(value), key=key, format_func=lambda name: ACTIVATIONS[name].label, **look)


def _with_activation(c: Controls, i: int) -> LayerSettings:
    """Layer i with the activation that its widget has."""
    layer = c.config.network.layers[i]
    if not layer.bend:
        return layer
    _, activation = c.begin(f"activation/{i}", layer.bend[0])
    return layer if activation == layer.bend[0] else layer.bent(activation)
