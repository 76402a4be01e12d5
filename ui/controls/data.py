"""Widgets for the data: what is learned from, and the rest about it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from ann_core.base.fields import declared
from ann_core.base.words import listed
from ann_core.data import COLUMNS, DRAWN, FEATURES, GENERATORS, PICTURES, SOURCES, WithColumns, offered
from ann_core.data.config import TABLE
from ann_core.data.made.drawn import Point
from ann_core.run.config import RunConfig
from ann_core.run.link import CHANGED
from ui.controls.fields import Controls

TableSettings = Mapping[str, Any] | None
"""Settings that learn from a table of the visitor's own, by dotted name; None when there is none."""


Reader = Callable[[Mapping[str, str]], tuple[Any, list[str]]]


def without_sequences(read: Reader, usual: Any, configs: Callable[[Any], tuple[RunConfig, ...]]) -> Reader:
    """A reader of addresses that replaces settings on sequences, for pages that cannot show them."""
    def checked(query: Mapping[str, str]) -> tuple[Any, list[str]]:
        value, notes = read(query)
        if any(config.data.sequence for config in configs(value)):
            return usual, [*notes, "This link is about sequences, which are learned in the lab of Recurrence. The usual "
                           "settings stand here."]
        return value, notes
    return checked


def data_source(c: Controls, table: TableSettings, drawn: tuple[Point, ...] | None = None,
                sources: Iterable[str] = SOURCES) -> str:
    """What is learned from, and its noise. Returns the source's key.

    table: is offered, too   drawn: the points to begin with, when it is the visitor's drawing   sources: those to choose from
    """
    before, former = c.value("data.table"), c.value("data.source")
    name = table["data.table"].name if table else before.name if before else None
    source = c.field("data.source", choices=[*sources, *([TABLE] if name else [])], labels={TABLE: f"Your data: {name}"})
    changes: dict[str, Any] = {}
    if source != TABLE:
        plane = c.value("data.plane")
        changes = {"data.table": None, "data.plane": None if isinstance(plane, str) else plane}
    elif table and before is None:
        changes = {**table, "data.plane": None}
    if source == DRAWN != former and drawn is not None:
        changes["data.drawn"] = drawn
    for path, value in changes.items():
        c.put(path, value)
    if made := GENERATORS.get(source) or PICTURES.get(source):
        c.field("data.noise", most=made.max_noise)
    return source


def data_more(c: Controls, source: str, scaling: bool = True) -> None:
    """The rest about the data."""
    _changed_rows(c)
    if source == TABLE:
        st.caption("A table of your own. Its columns, gaps and split are chosen on the page Your data.")
        if scaling:
            c.field("data.scaling")
        return
    st.caption(SOURCES[source].sentence)
    if source in PICTURES:
        c.field("data.samples")
    if record := COLUMNS.get(source):
        _plane(c, record)
    else:
        if source in GENERATORS:
            c.field("data.samples")
            low, high = GENERATORS[source].classes
            if high > low:
                c.field("data.classes")
        _features(c, offered(SOURCES[source].n_inputs))
    c.field("data.test_share")
    if scaling:
        c.field("data.scaling")
    c.field("data.seed")


def _changed_rows(c: Controls) -> None:
    """Training rows that are left out or relabelled, and the way back to all of them as they came."""
    by_hand = {"left out": c.config.data.left_out, "given another class": c.config.data.relabelled}
    told = [f"{len(rows)} {what}" for what, rows in by_hand.items() if rows]
    if told and st.button("Take all rows as they came", key=c.key_of("untouched"), icon=":material/undo:",
                          help=f"Training rows: {listed(told)} by hand."):
        for path in CHANGED:
            c.put(path, ())


def _features(c: Controls, names: tuple[str, ...]) -> None:
    """Which inputs the network is given. Inputs that this data does not have stay chosen for other data."""
    option, before = declared(RunConfig, "data.features"), c.value("data.features")
    key, present = c.begin(f"data.features/{len(names)}", [name for name in before if name in names])
    chosen = st.pills(option.label, names, selection_mode="multi", default=present, key=key, help=option.help,
                      format_func=lambda name: FEATURES[name].label)
    if not chosen:
        st.caption("A network needs at least one input; the ones before stay.")
        return
    c.put("data.features", tuple(name for name in FEATURES if name in chosen or (name in before and name not in names)))


def _plane(c: Controls, record: WithColumns) -> None:
    """Which two inputs span the picture; the record's own best pair unless chosen otherwise."""
    names, chosen = record.names, c.value("data.plane")
    if len(names) <= 2:
        return
    first, second = chosen if isinstance(chosen, tuple) and max(chosen) < len(names) else record.plane
    across, up = (
        st.selectbox(f"Picture: {axis}", range(len(names)), index, format_func=names.__getitem__,
                     key=c.key_of(f"plane/{record.key}/{axis}"))
        for axis, index in (("across", first), ("up", second)))
    if across == up:
        st.caption("Choose two different inputs; the picture keeps the ones before.")
    else:
        c.put("data.plane", None if (across, up) == tuple(record.plane) else (across, up))
