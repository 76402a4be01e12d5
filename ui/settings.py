"""A visitor's settings: kept in the session, written in the address, read from it."""

from typing import Any

import streamlit as st
from pydantic import ValidationError

from ann_core import RunConfig, explain
from ann_core.link import flatten, from_query, nest, to_query

PREFIX = "set/"


def widget_values(config: RunConfig) -> dict[str, Any]:
    """The value of every widget that could show a part of these settings, by widget key."""
    flat = flatten(config)
    layers = flat.pop("network.layers")
    values = {PREFIX + path: list(value) if isinstance(value, tuple) else value for path, value in flat.items()}
    for i, layer in enumerate(layers):
        values |= {f"{PREFIX}{name}/{i}": value for name, value in layer}
    return values


def apply(config: RunConfig) -> None:
    """Make these the settings, and let the widgets show them. Call it before the widgets are drawn, or in a callback."""
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
    st.session_state.update(widget_values(config))
    st.session_state["settings"] = config


def current() -> tuple[RunConfig, list[str]]:
    """The settings in force, and what is to be said about the link they came from.

    A new address (a link opened, the back button) replaces what the session had.
    """
    query = {key: st.query_params[key] for key in st.query_params}
    if "settings" in st.session_state and st.session_state.get("address") == query:
        return st.session_state["settings"], st.session_state.get("link_notes", [])
    config, notes = from_query(query)
    apply(config)
    st.session_state["link_notes"] = notes
    write_address(config)
    return config, notes


def write_address(config: RunConfig) -> None:
    """Put the settings in the address bar, so that copying it reproduces the run."""
    query = to_query(config)
    if st.session_state.get("address") != query:
        st.query_params.from_dict(query)
        st.session_state["address"] = query


def attempt(flat: dict[str, Any]) -> None:
    """Make these the settings, in a callback; when they are refused, keep the ones before and say why on the next run."""
    try:
        apply(RunConfig.model_validate(nest(flat)))
    except ValidationError as error:
        st.session_state["refused"] = explain(error)


def accept(flat: dict[str, Any]) -> tuple[RunConfig, list[tuple[str, str]]]:
    """The settings from what the widgets say; when they are refused, the ones before, with (field, reason) pairs."""
    try:
        config = RunConfig.model_validate(nest(flat))
    except ValidationError as error:
        return st.session_state["settings"], explain(error)
    st.session_state["settings"] = config
    write_address(config)
    return config, st.session_state.pop("refused", [])
