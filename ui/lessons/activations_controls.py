"""The controls of the lesson on activations: each keeps its value while another idea is on the screen."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

PAGE = "activations"
N = TypeVar("N", int, float)


def key(name: str) -> str:
    """The key of the widget with this name."""
    return f"{PAGE}/{name}"


def kept(name: str, usual: Any) -> Any:
    """What a control said last."""
    return st.session_state.setdefault(f"{PAGE}/kept", {}).get(name, usual)


def _keep(name: str, value: Any) -> Any:
    st.session_state[f"{PAGE}/kept"][name] = value
    return value


def slider(name: str, label: str, low: N, high: N, usual: N, step: N, help_: str | None = None) -> N:
    """A number between two others."""
    value = st.slider(label, low, high, kept(name, usual), step, key=key(name), help=help_)
    return _keep(name, min(high, max(low, value)))


def series(name: str, label: str, options: Sequence[Any], usual: Any, help_: str | None = None) -> Any:
    """One of a series of numbers."""
    return _keep(name, st.select_slider(label, options, kept(name, usual), key=key(name), help=help_))


def seed(name: str) -> int:
    """Which random weights."""
    value = st.number_input("Number of the draw", 0, 9999, kept(name, 0), key=key(name),
                            help="Another number, other random weights. The same number gives the same ones again.")
    return _keep(name, min(9999, max(0, value)))


def one_of(name: str, label: str, options: Mapping[str, str], usual: str) -> str:
    """One of a few choices, by key; shown by label."""
    return _keep(name, st.segmented_control(label, list(options), default=kept(name, usual), key=key(name), required=True,
                                            format_func=options.__getitem__))


def some_of(name: str, label: str, options: Mapping[str, str], usual: Sequence[str], help_: str | None = None) -> list[str]:
    """Any of the choices, by key, in their own order; shown by label."""
    chosen = st.pills(label, list(options), selection_mode="multi", default=kept(name, list(usual)), key=key(name),
                      format_func=options.__getitem__, help=help_) or []
    return _keep(name, [option for option in options if option in chosen])


def from_list(name: str, label: str, options: Mapping[str, str], usual: str) -> str:
    """One of many choices."""
    names = list(options)
    return _keep(name, st.selectbox(label, names, names.index(kept(name, usual)), key=key(name),
                                    format_func=options.__getitem__))


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The place of the picture, and the place of the numbers beside it."""
    picture, numbers = st.columns([4, 1], gap="medium", vertical_alignment="center")
    return picture, numbers


def tiles(place: DeltaGenerator, numbers: Mapping[str, str]) -> None:
    """Numbers with their names, and with a minus sign where a hyphen would stand."""
    for name, value in numbers.items():
        place.metric(name, re.sub(r"-(?=[\d.])", "−", value))
