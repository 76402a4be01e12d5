"""Widgets for layers of any kind, one below the other: the kind, its settings as declared, and what the layer gives."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ann_core.base.fields import declared
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import MAX_LAYERS, NetworkConfig
from ann_core.nn.fitting import spelt
from ann_core.nn.kinds import LAYERS, Around, LayerConfig, LayerSettings
from ann_core.nn.layers.base import Layer
from ann_core.nn.stack import fitting
from ui.controls.fields import Controls
from ui.text import markdown

Draft = list[tuple[int, LayerSettings]]
"""Layers as the widgets have them, whether they fit or not; each with a number of its own that its widgets' keys bear."""
DRAFT = "layers/draft"
AS_USUAL = "as usual"
"""What a menu says of a number that is not set."""
ADDED = LayerConfig(units=16, activation="relu")
"""What comes below a layer that cannot stand twice in a row."""


def layer_list(c: Controls) -> None:
    """The layers from the inputs on. Where one cannot follow the one before it, that is said at the layer."""
    key, draft = c.begin(DRAFT, list(enumerate(c.config.network.layers)))
    st.markdown(":small[Layers]", help="From the picture on. Below each stands what it hands to the next.")
    places = []
    for i, (number, layer) in enumerate(draft):
        with st.container(border=True, gap="xsmall"):
            draft[i] = number, _layer(c, i, number, layer, lambda change: _changed(key, change), len(draft))
            places.append(st.empty())
    if not draft:
        st.button("Add a layer", icon=":material/add:", type="tertiary", width="stretch", on_click=_changed,
                  args=(key, lambda draft: _below(draft, -1)))
    places.append(st.empty())
    layers = tuple(layer for _, layer in draft)
    c.put("network.layers", layers)
    _say(c, layers, places)


def _say(c: Controls, layers: tuple[LayerSettings, ...], places: list[Any]) -> None:
    """Below each layer what it gives; at the first that does not fit why."""
    data = c.data()
    pictures = NetworkConfig.model_construct(layers=layers).wants_pictures
    inputs = (data.picture if pictures else None) or (data.shape[1],)
    around = Around(*(c.value(f"network.{name}") for name in ("batch_norm", "dropout", "skip")))
    found, reason = fitting(layers, inputs, data.shape[2], around)
    for i, (place, layer) in enumerate(zip(places, found, strict=False)):
        place.caption(f"{'' if i < len(layers) else '**Output** '}{_given(layer)}")
    if reason is not None:
        places[len(found)].warning(f"{markdown(reason)} The network before stays.", icon=":material/block:")


def _given(layer: Layer) -> str:
    count = layer.n_parameters
    return f"gives {spelt(layer.outputs)}" + (f" · {count:,} parameter{'' if count == 1 else 's'}" if count else "")


def _layer(c: Controls, i: int, number: int, layer: LayerSettings, change: Callable[[Callable[[Draft], None]], None],
           count: int) -> LayerSettings:
    """The widgets of one layer. Returns it as they have it, unchecked."""
    kind, add, away = st.columns([5, 1, 1], vertical_alignment="bottom", gap="xsmall")
    key, chosen = c.begin(f"layer/{number}/kind", layer.kind)

    def take() -> None:
        change(lambda draft: draft.__setitem__(i, (_free(draft), LAYERS[st.session_state[key]].settings.model_validate({}))))

    kind.selectbox(f"Layer {i + 1}", [*LAYERS], [*LAYERS].index(chosen), key=key, on_change=take,
                   format_func=lambda name: LAYERS[name].label)
    add.button(f"Add a layer below layer {i + 1}", key=c.key_of(f"layer/{number}/add"), icon=":material/add:", type="tertiary",
               disabled=count >= MAX_LAYERS, help=f"Add a layer below layer {i + 1}", on_click=change,
               args=(lambda draft: _below(draft, i),))
    away.button(f"Remove layer {i + 1}", key=c.key_of(f"layer/{number}/away"), icon=":material/close:", type="tertiary",
                help=f"Remove layer {i + 1}", on_click=change, args=(lambda draft: draft.pop(i),))
    names = [name for name in LAYERS[layer.kind].fields if name != "alpha"]
    if names:
        columns = st.columns(2, gap="xsmall")
        values = {name: _field(columns[n % 2], c, i, number, layer, name) for n, name in enumerate(names)}
        layer = layer.model_copy(update=values)
    return layer


def _field(place: Any, c: Controls, i: int, number: int, layer: LayerSettings, name: str) -> Any:
    option = declared(type(layer), name)
    now = getattr(layer, name)
    key, value = c.begin(f"layer/{number}/{name}", AS_USUAL if now is None else now)
    if isinstance(option.default, bool):
        return place.toggle(option.label, value, key=key, help=option.help)
    if option.choices is None and option.default is not None:
        return place.number_input(option.label, option.low, option.high, value, key=key, help=option.help)
    offered = [AS_USUAL, *range(option.low, option.high + 1)] if option.choices is None else [*option.choices]
    chosen = place.selectbox(option.label, offered, offered.index(value), key=key, help=option.help, format_func=_spelt)
    return None if chosen == AS_USUAL else chosen


def _spelt(value: Any) -> str:
    return ACTIVATIONS[value].label if value in ACTIVATIONS else str(value)


def _changed(key: str, change: Callable[[Draft], None]) -> None:
    """Before the page runs: another list in the place of the one before."""
    draft: Draft | None = st.session_state.get(key)  # gone when the settings were set as a whole just now
    if draft is not None:
        draft = [*draft]
        change(draft)
        st.session_state[key] = draft


def _below(draft: Draft, i: int) -> None:
    """Puts a layer below layer i: the same again, or a dense one after what cannot stand twice."""
    twice = i >= 0 and LAYERS[draft[i][1].kind].fields
    draft.insert(i + 1, (_free(draft), draft[i][1] if twice else ADDED))


def _free(draft: Draft) -> int:
    return 1 + max((number for number, _ in draft), default=-1)
