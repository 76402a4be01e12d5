"""Widgets made from the settings' own fields: label, help, bounds and choices are declared in `ann_core.config` only."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st
from pydantic.fields import FieldInfo
from streamlit.delta_generator import DeltaGenerator

from ann_core.data.made.bundled import Bundled
from ann_core.nn.config import MAX_LAYERS, LayerConfig
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten
from ann_core.run.training import ALL_ROWS

QUICK = ("sigmoid", "tanh", "relu")
OTHER = "other"


def _info(path: str) -> FieldInfo:
    """The declaration of a setting, by dotted name."""
    model: Any = RunConfig
    *sections, name = path.split(".")
    for section in sections:
        model = model.model_fields[section].annotation
    return model.model_fields[name]


def _bounds(info: FieldInfo) -> tuple[Any, Any]:
    low = next((getattr(m, kind) for m in info.metadata for kind in ("ge", "gt") if hasattr(m, kind)), None)
    return low, next((m.le for m in info.metadata if hasattr(m, "le")), None)


def _words(value: Any) -> str:
    if value is None:
        return "off"
    if value == ALL_ROWS and isinstance(value, int):
        return "all"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


class Controls:
    """Draws widgets for single settings and collects what they say in `flat` (dotted names).

    Every widget is given its value twice: under its key, and as its own default. When a page runs twice in quick succession,
    the browser only ever sees the second run's widgets, and those it mounts with their default. (Streamlit's warning about
    that is off, see config.toml.)

    key_of: gives a widget's key by its name. set_layers: hears, in a callback, of another number of hidden layers. stage: where
    the switch for all activations stands when not among the others.
    """

    def __init__(self, config: RunConfig, key_of: Callable[[str], str], set_layers: Callable[[int], None] | None = None,
                 stage: DeltaGenerator | None = None):
        self.flat: dict[str, Any] = flatten(config)
        self.key_of, self._set_layers, self._stage = key_of, set_layers, stage
        self._values = {**self.flat, "data.features": list(config.data.features)}
        for i, layer in enumerate(config.network.layers):
            self._values |= {f"{name}/{i}": value for name, value in layer}

    def key(self, name: str) -> str:
        """The widget's key, with its value in place: a widget that was hidden for a while starts from the settings."""
        key = self.key_of(name)
        st.session_state.setdefault(key, self._values.get(name))
        return key

    def field(self, path: str, *, label: str | None = None, choices: Iterable[str] | None = None,
              most: float | None = None, labels: Mapping[str, str] | None = None) -> Any:
        """The widget that suits a setting. `choices` are offered (some with `labels`), `most` is a slider's upper end."""
        info, key = _info(path), self.key(path)
        extra: Any = info.json_schema_extra
        title, help_ = label or info.title or path, info.description
        offered = extra["choices"] if choices is None else choices
        if isinstance(info.default, bool):
            value: Any = st.toggle(title, st.session_state[key], key=key, help=help_)
        elif offered is not None:
            value = self._choice(title, list(offered), key, help_, extra["choices"], labels or {})
        elif extra["options"]:
            value = self._series(title, extra["options"], key, help_)
        elif extra["step"]:
            low, high = _bounds(info)
            kind = type(info.default)
            top = kind(max(most or high, st.session_state[key]))  # a link may name more than the slider offers
            value = st.slider(title, kind(low), top, st.session_state[key], kind(extra["step"]), key=key, help=help_)
        else:
            low, high = _bounds(info)
            value = st.number_input(title, low, high, st.session_state[key], key=key, help=help_)
        self.flat[path] = value
        return value

    def features(self, offered: tuple[str, ...]) -> None:
        """Which inputs the network is given. Inputs that this data does not have stay chosen for other data."""
        info, key = _info("data.features"), self.key_of(f"data.features/{len(offered)}")
        extra: Any = info.json_schema_extra
        before = self.flat["data.features"]
        st.session_state.setdefault(key, [name for name in before if name in offered])
        chosen = st.pills(info.title or "", offered, selection_mode="multi", default=st.session_state[key], key=key,
                          help=info.description, format_func=lambda name: extra["choices"][name].label)
        if not chosen:
            st.caption("A network needs at least one input; the ones before stay.")
            return
        self.flat["data.features"] = tuple(name for name in extra["choices"] if name in chosen or
                                           (name in before and name not in offered))

    def plane(self, record: Bundled) -> None:
        """Which two inputs span the picture; the record's own best pair unless chosen otherwise."""
        names = record.dataset().feature_names
        if len(names) <= 2:
            return
        chosen = self.flat["data.plane"]
        first, second = chosen if isinstance(chosen, tuple) and max(chosen) < len(names) else record.plane
        pair = tuple(st.selectbox(f"Picture: {axis}", range(len(names)), index, format_func=names.__getitem__,
                                    key=self.key_of(f"plane/{record.key}/{axis}"))
                       for axis, index in (("across", first), ("up", second)))
        if pair[0] == pair[1]:
            st.caption("Choose two different inputs; the picture keeps the ones before.")
        else:
            self.flat["data.plane"] = None if pair == tuple(record.plane) else pair

    @staticmethod
    def _choice(title: str, offered: list[str], key: str, help_: str | None, registry: Any, labels: Mapping[str, str]) -> Any:
        if st.session_state[key] not in offered:  # for example a loss that does not suit the new data
            st.session_state[key] = offered[0]

        def label(name: str) -> str:
            if name in labels:
                return labels[name]
            return registry[name].label if hasattr(registry, "kind") and name in registry else name.replace("_", " ")

        return st.selectbox(title, offered, offered.index(st.session_state[key]), key=key, help=help_, format_func=label)

    @staticmethod
    def _series(title: str, options: tuple[Any, ...], key: str, help_: str | None) -> Any:
        """A slider over a series of numbers; a value between them (from a link, say) is put in its place."""
        value = st.session_state[key]
        if value not in options:
            options = tuple(sorted({*options, value}, key=lambda v: -1.0 if v is None else v))
        return st.select_slider(title, options, value, key=key, help=help_, format_func=_words)

    def layers(self) -> None:
        """Activation for all layers by one switch; units of each layer; add and remove; each layer's own activation."""
        count = len(self.flat["network.layers"])
        own = bool(st.session_state.get("own_activations"))
        if not own:
            self.activation_for_all(count)
        st.markdown(":small[Hidden layers]", help="Each hidden layer computes new features from the ones before it. "
                    "The number is how many units it has.")
        with st.container(height=260 if count > 5 else "content", border=False, gap="xsmall"):
            layers = [self._layer(i, own) for i in range(count)]
        add, remove = st.columns(2)
        add.button("Add a layer", icon=":material/add:", width="stretch", disabled=count >= MAX_LAYERS,
                   on_click=self._set_layers, args=(count + 1,), type="tertiary")
        remove.button("Remove", icon=":material/remove:", width="stretch", disabled=count == 0, type="tertiary",
                      on_click=self._set_layers, args=(count - 1,))
        st.toggle("A different activation in each layer", key="own_activations")
        self.flat["network.layers"] = layers

    def _layer(self, i: int, own: bool) -> dict[str, Any]:
        name, units, kind = st.columns([0.3, 1.6, 2.4] if own else [0.5, 2, 0.01], vertical_alignment="center")
        name.markdown(f":gray[{i + 1}]")
        fields = LayerConfig.model_fields
        low, high = _bounds(fields["units"])
        key = self.key(f"units/{i}")
        count = units.number_input(f"Units in layer {i + 1}", low, high, st.session_state[key], key=key,
                                   label_visibility="collapsed")
        if own:
            self._own_activation(kind, i, hidden_label=True)
        return self._with_activation(i, count)

    def _own_activation(self, place: Any, i: int, hidden_label: bool = False) -> None:
        registry: Any = LayerConfig.model_fields["activation"].json_schema_extra["choices"]  # type: ignore[index, call-overload]
        key = self.key(f"activation/{i}")
        place.selectbox(f"Activation of layer {i + 1}", list(registry), list(registry).index(st.session_state[key]), key=key,
                        format_func=lambda key: registry[key].label,
                        label_visibility="collapsed" if hidden_label else "visible")

    def _with_activation(self, i: int, units: int) -> dict[str, Any]:
        """Layer i as the widgets have it."""
        before = self.flat["network.layers"][i]
        activation = st.session_state[self.key(f"activation/{i}")]
        return {"units": units, "activation": activation, "alpha": before.alpha if activation == before.activation else None}

    def activations(self, each: bool = False) -> None:
        """The activation of every layer, by widgets of their own when `each`; units stay."""
        layers = self.flat["network.layers"]
        with st.container(height=260 if each and len(layers) > 4 else "content", border=False, gap="xsmall"):
            for i in range(len(layers) if each else 0):
                self._own_activation(st, i)
        self.flat["network.layers"] = [self._with_activation(i, layer.units) for i, layer in enumerate(layers)]

    def whole(self, name: str, label: str, value: int, low: int, high: int, help_: str | None = None) -> int:
        """A slider for a number that is no setting by itself."""
        key = self.key_of(name)
        st.session_state.setdefault(key, value)
        return st.slider(label, low, high, st.session_state[key], key=key, help=help_)

    def activation_for_all(self, count: int, label: str = "Activation, all layers") -> None:
        """One switch for all layers. It keeps its key while it is used, so that the keyboard stays on it."""
        registry: Any = LayerConfig.model_fields["activation"].json_schema_extra["choices"]  # type: ignore[index, call-overload]
        keys = [self.key(f"activation/{i}") for i in range(count)]
        present = {st.session_state[key] for key in keys}
        common = present.pop() if len(present) == 1 else None
        shown = common if common in QUICK or common is None else OTHER
        switch = self.key_of("all_activations" if common else "all_activations/mixed")
        full_list = self.key_of("all_activations/list")
        st.session_state.setdefault(switch, shown)

        def set_all(source: str) -> None:
            chosen = st.session_state.get(source)  # gone when the settings were set as a whole just now
            st.session_state.update(dict.fromkeys(keys, "leaky_relu" if chosen == OTHER else chosen) if chosen else {})

        place = self._stage or st
        place.segmented_control(label, [*QUICK, OTHER], default=st.session_state[switch], key=switch,
                                required=bool(common), disabled=not count, on_change=set_all, args=(switch,),
                                width="content" if self._stage else "stretch",
                                format_func=lambda key: registry[key].label if key in registry else "…",
                                help="How each hidden unit bends its weighted sum. Switch it and watch the gradient bars.")
        if common and shown == OTHER:
            st.session_state.setdefault(full_list, common)
            place_in_list = list(registry).index(st.session_state[full_list])
            st.selectbox("Activation", list(registry), place_in_list, key=full_list, label_visibility="collapsed",
                         format_func=lambda key: registry[key].label, on_change=set_all, args=(full_list,))
            st.caption(registry[common].advice)
