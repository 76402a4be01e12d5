"""The sidebar of the Recurrence lab: the task that all networks share, then what each is made of."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ann_core.base.fields import declared
from ann_core.base.registry import Registry
from ann_core.data import SEQUENCES
from ann_core.data.made.series import MOST_VALUES, read_series
from ann_core.data.made.text import MOST_CHARACTERS
from ann_core.lab.recurrence_twins import KINDS, MOST, MOST_LAYERS, TASKS, made, of_kind
from ann_core.lab.twins import LETTERS, Twins
from ann_core.nn.kinds import LAYERS
from ann_core.nn.layer_settings import LayerSettings
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten
from ui.colors import RUNS
from ui.controls.fields import Controls
from ui.controls.sidebar import training
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session

FIRST = ("units", "forget_bias", "update_bias")
MORE = ("recurrent_initializer", "recurrent_scale", "activation", "truncation")
SPELT = {"rnn": "recurrent neural network", "lstm": "long short-term memory", "gru": "gated recurrent unit"}
AS_USUAL = "all steps"
"""What is said of a truncation that is not set."""
WINDOWS: tuple[int | None, ...] = (None, 1, 2, 5, 10, 20, 50)


def sidebar(settings: PageSettings[Twins]) -> Callable[[], Twins]:
    """Draws the controls. Returns what makes the wanted networks; it raises ValidationError when they are refused."""
    twins = settings.value
    rules = [f".st-key-twin{letter} {{ --twin: {color} }}" for letter, color in zip(LETTERS, RUNS, strict=True)]
    st.html(f"<style>{' '.join(rules)}</style>")
    common = _task(settings)
    own = [_network(settings, i, twin, len(twins)) for i, twin in enumerate(twins)]
    st.button("Another network", icon=":material/add:", type="tertiary", disabled=len(twins) >= MOST, width="stretch",
              on_click=lambda: settings.attempt(lambda: (*settings.value, settings.value[-1])))
    common.field("training.learning_rate")
    with st.expander("More about the data"):
        for name in ("samples", "test_share", "seed"):
            if name != "samples" or not (common.value("data.source") == "text" or common.value("data.series")):
                common.field(f"data.{name}")
    with st.expander("Optimiser and batches"):
        training(common)
    with st.expander("Seeds"):
        for name in ("seed", "seeds"):
            common.field(name)

    def make() -> Twins:
        shared = flatten(common.config) | common.changes
        return tuple(made(shared, mine, common.data().every_step) for mine in own)

    return make


def _task(settings: PageSettings[Twins]) -> Controls:
    """What is learned, over how many steps."""
    c = Controls(settings.value[0], settings.key)
    source = c.field("data.source", label="Task", choices=TASKS, labels={key: SEQUENCES[key].label for key in TASKS})
    st.caption(SEQUENCES[source].sentence)
    if source == "text":
        option = declared(RunConfig, "data.text")
        key, text = c.begin("data.text", c.config.data.text)
        c.put("data.text", st.text_area(option.label, text, key=key, help="It stays in this session; nothing of it is stored.",
                                        max_chars=MOST_CHARACTERS))
    if source == "forecast":
        option = declared(RunConfig, "data.series")
        key, typed = c.begin("data.series", " ".join(f"{value:g}" for value in c.config.data.series))
        typed = st.text_area(option.label, typed, key=key, help=f"{option.help} Apart by spaces or lines: a column of a table, "
                             "say. It stays in this session; nothing of it is stored.", placeholder="made cycles")
        _put_series(c, typed)
        _column_as_series(key)
    c.field("data.length")
    return c


def _put_series(c: Controls, typed: str) -> None:
    """The numbers of what was typed; the ones before where that cannot be read."""
    try:
        values = read_series(typed)
    except ValueError as error:
        st.warning(markdown(f"{error} The series before stays."), icon=":material/block:")
        return
    if values != tuple(float(f"{value:g}") for value in c.config.data.series):
        c.put("data.series", values)


def _column_as_series(series_key: str) -> None:
    """A column of numbers of the visitor's own table as the series, in the order of its rows."""
    table = session.brought()
    columns = [name for name, column in table.frame.items() if column.dtype.kind == "f"] if table is not None else []
    if table is None or not columns:
        st.caption("Bring a table on the page Your data: then a column of it can be foretold here.")
        return
    key = f"{series_key}/column/{table.digest}"

    def take() -> None:
        name = st.session_state[key]
        if name in columns:
            values = table.frame[name].dropna().tail(MOST_VALUES)
            st.session_state[series_key] = " ".join(f"{value:g}" for value in values)

    st.selectbox(f"Or a column of {markdown(table.name)}", columns, index=None, key=key, on_change=take,
                 placeholder="choose",
                 help="Its numbers in the order of the rows, which should be that of time; gaps are left out. Of a long column "
                      f"the last {MOST_VALUES:,}.")


def _network(settings: PageSettings[Twins], i: int, twin: RunConfig, count: int) -> dict[str, Any]:
    """One network's own settings, by dotted name, unchecked."""
    letter = LETTERS[i]
    c = Controls(twin, lambda name: settings.key(f"{letter}/{name}"))
    with st.container(border=True, key=f"twin{letter}", gap="xsmall"):
        layer = _kind(settings, c, i, count)
        for name in FIRST:
            if name in LAYERS[layer.kind].fields:
                layer = layer.model_copy(update={name: _field(c, layer, name)})
        if "bidirectional" in LAYERS[layer.kind].fields:
            layer = layer.model_copy(update={"bidirectional": _field(c, layer, "bidirectional")})
        clip = c.field("training.clip_norm")
        with st.expander("More", key=c.key_of("more")):
            layers = c.whole("layers", "Layers", len(twin.network.layers), 1, MOST_LAYERS)
            for name in MORE:
                if name in LAYERS[layer.kind].fields:
                    layer = layer.model_copy(update={name: _field(c, layer, name)})
    return {"network.layers": (layer,) * layers, "training.clip_norm": clip}


def _kind(settings: PageSettings[Twins], c: Controls, i: int, count: int) -> LayerSettings:
    """What the network is made of; another kind takes over all that both have."""
    layer = c.config.network.layers[0]
    where, away = st.columns([5, 1], vertical_alignment="bottom", gap="xsmall")
    key, kind = c.begin("kind", layer.kind)
    offered = KINDS if kind in KINDS else (*KINDS, kind)
    chosen = where.selectbox(f"Network {LETTERS[i]}", offered, offered.index(kind), key=key,
                             format_func=lambda name: LAYERS[name].label)
    away.button("", key=c.key_of("away"), icon=":material/close:", type="tertiary", disabled=count < 2,
                help=f"Remove network {LETTERS[i]}",
                on_click=lambda: settings.attempt(lambda: (*settings.value[:i], *settings.value[i + 1:])))
    if chosen in SPELT:
        st.caption(f"{LAYERS[chosen].label}: {SPELT[chosen]}")
    return layer if chosen == layer.kind else of_kind(layer, chosen)


def _field(c: Controls, layer: LayerSettings, name: str) -> Any:
    """The widget of one setting of a layer, made from its declaration."""
    option, now = declared(type(layer), name), getattr(layer, name)
    key, value = c.begin(f"layer/{layer.kind}/{name}", now)
    if isinstance(option.default, bool):
        return st.toggle(option.label, value, key=key, help=option.help)
    known = option.choices
    if isinstance(known, Registry):
        return st.selectbox(option.label, [*known], [*known].index(value), key=key, help=option.help,
                            format_func=lambda one: known[one].label)
    if option.default is None:
        offered = sorted({*WINDOWS, value}, key=lambda steps: steps or 0)
        return st.selectbox(option.label, offered, offered.index(value), key=key, help=option.help,
                            format_func=lambda steps: AS_USUAL if steps is None else f"{steps} steps")
    step = 0.5 if isinstance(option.default, float) else 1
    return st.number_input(option.label, option.low, option.high, value, step, key=key, help=option.help)
