"""Widgets made from the settings' own fields: label, help, bounds and choices are declared in `ann_core.run.config` only."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

import streamlit as st

from ann_core.base.fields import Declared, declared
from ann_core.base.registry import Registry
from ann_core.base.spelling import words
from ann_core.data.config import DataConfig
from ann_core.run.config import RunConfig
from ann_core.run.link import edited, nest
from ann_core.run.training import ALL_ROWS


class Controls:
    """Draws widgets for single settings, and keeps in `changes`, by dotted name, what they say otherwise than `config`.

    Every widget is given its value twice: under its key, and as its own default. When a page runs twice in quick succession,
    the browser only ever sees the second run's widgets, and those it mounts with their default. (Streamlit's warning about
    that is off, see config.toml.)

    key_of: gives a widget's key by its name
    """

    def __init__(self, config: RunConfig, key_of: Callable[[str], str]):
        self.config, self.key_of = config, key_of
        self.changes: dict[str, Any] = {}

    def value(self, path: str) -> Any:
        """A setting by dotted name, as the widgets so far have it."""
        return self.changes[path] if path in self.changes else attrgetter(path)(self.config)

    def put(self, path: str, value: Any) -> None:
        """Makes this the wanted value of a setting."""
        self.changes.pop(path, None)
        if value != attrgetter(path)(self.config):
            self.changes[path] = value

    def wanted(self) -> RunConfig:
        """The settings as the widgets have them. Raises ValidationError when they are refused."""
        return edited(self.config, self.changes)

    def data(self) -> DataConfig:
        """The data as the widgets have it, unchecked."""
        return self.config.data.model_copy(update=nest(self.changes).get("data", {}))

    def begin(self, name: str, value: Any) -> tuple[str, Any]:
        """A widget's key and what stands under it, to begin with `value`: so does a widget that was hidden for a while."""
        key = self.key_of(name)
        return key, st.session_state.setdefault(key, value)

    def field(self, path: str, *, label: str | None = None, choices: Iterable[str] | None = None,
              most: float | None = None, labels: Mapping[str, str] | None = None) -> Any:
        """The widget that suits a setting. `choices` are offered (some with `labels`), `most` is a slider's upper end."""
        option = declared(RunConfig, path)
        title, (key, value) = label or option.label, self.begin(path, attrgetter(path)(self.config))
        offered = option.choices if choices is None else choices
        if isinstance(option.default, bool):
            value = st.toggle(title, value, key=key, help=option.help)
        elif offered is not None:
            value = _choice(title, list(offered), key, option, labels or {})
        elif option.options:
            value = _series(title, value, key, option)
        elif option.step:
            kind = type(option.default)
            top = kind(max(most or option.high, value))  # a link may name more than the slider offers
            value = st.slider(title, kind(option.low), top, value, kind(option.step), key=key, help=option.help)
        else:
            value = st.number_input(title, option.low, option.high, value, key=key, help=option.help)
        self.put(path, value)
        return value

    def whole(self, name: str, label: str, value: int, low: int, high: int) -> int:
        """A slider for a number that is no setting by itself."""
        key, value = self.begin(name, value)
        return st.slider(label, low, high, value, key=key)


def _choice(title: str, offered: list[str], key: str, option: Declared, labels: Mapping[str, str]) -> str:
    if st.session_state[key] not in offered:  # for example a loss that does not suit the new data
        st.session_state[key] = offered[0]

    def label(name: str) -> str:
        if name in labels:
            return labels[name]
        known = option.choices
        return known[name].label if isinstance(known, Registry) and name in known else name.replace("_", " ")

    return st.selectbox(title, offered, offered.index(st.session_state[key]), key=key, help=option.help, format_func=label)


def _series(title: str, value: Any, key: str, option: Declared) -> Any:
    """A slider over a series of numbers; a value between them (from a link, say) is put in its place."""
    offered = option.options
    if value not in offered:
        offered = tuple(sorted({*offered, value}, key=lambda v: -1.0 if v is None else v))
    return st.select_slider(title, offered, value, key=key, help=option.help, format_func=_spelt)


def _spelt(value: Any) -> str:
    if value is None:
        return "off"
    if value == ALL_ROWS and isinstance(value, int):
        return "all"
    return f"{value:,}" if isinstance(value, int) else words(value)
