"""The sidebar of the Attention lab: the task that all networks share, then what each is made of."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ann_core.base.fields import declared
from ann_core.data import SEQUENCES
from ann_core.lab.attention_openers import GRU
from ann_core.lab.attention_twins import (
    CARRIES,
    ENCODER,
    MOST,
    MOST_BLOCKS,
    PLACES,
    TASKS,
    TRANSFORMER,
    blocks,
    fitted,
    foretells,
    kind,
    kinds,
    made,
    must_not_look_ahead,
    places,
    transformer,
    width,
    writes,
)
from ann_core.lab.twins import LETTERS, Twins
from ann_core.nn.attention_kinds import EncoderDecoderConfig, TransformerConfig
from ann_core.nn.layer_settings import LayerSettings
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten
from ui.colors import RUNS
from ui.controls.fields import Controls
from ui.controls.sidebar import training
from ui.settings import PageSettings

LABELS = {ENCODER: "encoder–decoder", TRANSFORMER: "Transformer", CARRIES: "GRU"}
WIDTHS = (8, 16, 24, 32, 48, 64)
OF_FIXED_LENGTH = ("answer_date", "names")


def sidebar(settings: PageSettings[Twins]) -> Callable[[], Twins]:
    """Draws the controls. Returns what makes the wanted networks; it raises ValidationError when they are refused."""
    twins = settings.value
    rules = [f".st-key-twin{letter} {{ --twin: {color} }}" for letter, color in zip(LETTERS, RUNS, strict=True)]
    st.html(f"<style>{' '.join(rules)}</style>")
    common = _task(settings)
    source = common.value("data.source")
    own = [_network(settings, i, twin, len(twins), source) for i, twin in enumerate(twins)]
    st.button("Another network", icon=":material/add:", type="tertiary", disabled=len(twins) >= MOST, width="stretch",
              on_click=lambda: settings.attempt(lambda: (*settings.value, settings.value[-1])))
    common.field("training.learning_rate")
    common.field("training.clip_norm")
    with st.expander("More about the data"):
        for name in ("test_share", "seed") if foretells(source) else ("samples", "test_share", "seed"):
            common.field(f"data.{name}")
    with st.expander("Optimiser and batches"):
        training(common)
    with st.expander("Seeds"):
        for name in ("seed", "seeds"):
            common.field(name)

    def make() -> Twins:
        shared = flatten(common.config) | common.changes
        return tuple(made(shared, layers) for layers in own)

    return make


def _task(settings: PageSettings[Twins]) -> Controls:
    """What is asked, and how long."""
    c = Controls(settings.value[0], settings.key)
    source = c.field("data.source", label="Task", choices=TASKS, labels={key: SEQUENCES[key].label for key in TASKS})
    st.caption(SEQUENCES[source].sentence)
    if foretells(source):
        c.field("data.samples", label="Names")
    if source not in OF_FIXED_LENGTH:
        c.field("data.length", label="Longest question" if writes(source) else None)
    return c


def _network(settings: PageSettings[Twins], i: int, twin: RunConfig, count: int, source: str) -> tuple[LayerSettings, ...]:
    """The layers that one network's controls say, unchecked."""
    letter = LETTERS[i]
    c = Controls(twin, lambda name: settings.key(f"{letter}/{name}"))
    layers = fitted(twin.network.layers, source)
    with st.container(border=True, key=f"twin{letter}", gap="xsmall"):
        where, away = st.columns([5, 1], vertical_alignment="bottom", gap="xsmall")
        offered = kinds(source)
        key, now = c.begin(f"{'/'.join(offered)}/kind", kind(layers))
        chosen = where.selectbox(f"Network {letter}", offered, offered.index(now), key=key, format_func=LABELS.__getitem__)
        away.button("", key=c.key_of("away"), icon=":material/close:", type="tertiary", disabled=count < 2,
                    help=f"Remove network {letter}",
                    on_click=lambda: settings.attempt(lambda: (*settings.value[:i], *settings.value[i + 1:])))
        if chosen == ENCODER:
            return _encoder(c, layers)
        if chosen == CARRIES:
            layer = layers[0] if kind(layers) == CARRIES else GRU[0]
            return (layer.model_copy(update={"units": _field(c, layer, "units")}),)
        return _transformer(c, layers if kind(layers) == TRANSFORMER else transformer(), not must_not_look_ahead(source))


def _encoder(c: Controls, layers: tuple[LayerSettings, ...]) -> tuple[LayerSettings, ...]:
    layer = next((one for one in layers if isinstance(one, EncoderDecoderConfig)), EncoderDecoderConfig())
    for name in ("attention", "cell", "units"):
        layer = layer.model_copy(update={name: _field(c, layer, name)})
    return (layer,)


def _transformer(c: Controls, layers: tuple[LayerSettings, ...], causal_at_will: bool) -> tuple[LayerSettings, ...]:
    block = next(iter(blocks(layers)), TransformerConfig())
    key, placed = c.begin("places", places(layers))
    placed = st.segmented_control("Positions", PLACES, default=placed, key=key, required=True,
                                  help="What tells a token where it stands: numbers of its own for every place, sines and "
                                       "cosines, or nothing.")
    for name in ("heads", *(["causal"] if causal_at_will else [])):
        block = block.model_copy(update={name: _field(c, block, name)})
    if not causal_at_will:
        st.caption("It looks at earlier steps only: while it learns, the right answer stands at the later ones.")
    with st.expander("More", key=c.key_of("more")):
        key, numbers = c.begin("width", width(layers))
        offered = sorted({*WIDTHS, numbers})
        numbers = st.select_slider("Numbers for a token", offered, numbers, key=key)
        count = c.whole("blocks", "Blocks", max(1, len(blocks(layers))), 1, MOST_BLOCKS)
        for name in ("units", "norm", "residual"):
            block = block.model_copy(update={name: _field(c, block, name)})
    return transformer(block, numbers, placed or "learned", count)


def _field(c: Controls, layer: LayerSettings, name: str) -> Any:
    """The widget of one setting of a layer, made from its declaration."""
    option = declared(type(layer), name)
    key, value = c.begin(f"layer/{layer.kind}/{name}", getattr(layer, name))
    if isinstance(option.default, bool):
        return st.toggle(option.label, value, key=key, help=option.help)
    if option.choices is not None:
        offered = list(option.choices)
        return st.selectbox(option.label, offered, offered.index(value), key=key, help=option.help)
    return st.number_input(option.label, option.low, option.high, value, key=key, help=option.help)
