"""A visitor's settings: kept in the session, written in the address, read from it.

While a film plays, the browser sends asks all the time, each with every widget's value and the address as the browser knows
them. Such a message may have set out before our last answer arrived. So widgets that we set get new keys (an old value for
an old key says nothing), and for a moment an address that we have just replaced counts as old news.
"""

from time import monotonic
from typing import Any

import streamlit as st
from pydantic import ValidationError

from ann_core import RunConfig, explain
from ann_core.link import flatten, from_query, nest, to_query

GRACE = 3.0
"""Seconds for which the browser may still name an address that we have replaced."""


def key_of(name: str) -> str:
    """The key of a setting's widget; another one each time the settings are set as a whole."""
    return f"set{st.session_state.get('generation', 0)}/{name}"


def widget_values(config: RunConfig) -> dict[str, Any]:
    """The value of every widget that could show a part of these settings, by widget key."""
    flat = flatten(config)
    layers = flat.pop("network.layers")
    values = {key_of(path): list(value) if isinstance(value, tuple) else value for path, value in flat.items()}
    for i, layer in enumerate(layers):
        values |= {key_of(f"{name}/{i}"): value for name, value in layer}
    return values


def apply(config: RunConfig) -> None:
    """Make these the settings, and let the widgets show them. Call it before the widgets are drawn, or in a callback."""
    for key in [key for key in st.session_state if str(key).startswith(key_of(""))]:
        del st.session_state[key]
    st.session_state["generation"] = st.session_state.get("generation", 0) + 1
    st.session_state.update(widget_values(config))
    st.session_state["settings"] = config


def _query() -> dict[str, str]:
    return {key: st.query_params[key] for key in st.query_params}


def address_moved() -> bool:
    """Whether the browser names an address other than ours: a link was opened, or the back button pressed."""
    query = _query()
    if st.session_state.get("address") == query:
        return False
    return not any(old == query and monotonic() - since < GRACE for old, since in st.session_state.get("old_addresses", ()))


def trust_address() -> None:
    """The browser says that its visitor went back or forward: an old address is no old news then."""
    st.session_state["old_addresses"] = []


def current() -> tuple[RunConfig, list[str]]:
    """The settings in force, and what is to be said about the link they came from."""
    if "settings" in st.session_state and not address_moved():
        return st.session_state["settings"], st.session_state.get("link_notes", [])
    config, notes = from_query(_query())
    apply(config)
    st.session_state["link_notes"] = notes
    write_address(config)
    return config, notes


def write_address(config: RunConfig) -> None:
    """Put the settings in the address bar, so that copying it reproduces the run."""
    query, now = to_query(config), monotonic()
    if st.session_state.get("address") == query and not address_moved():
        return
    recent = [(old, since) for old, since in st.session_state.get("old_addresses", ()) if now - since < GRACE]
    st.session_state["old_addresses"] = [*recent, (st.session_state.get("address"), now), (_query(), now)]
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
