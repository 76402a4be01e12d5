"""The tables that a visitor has brought. They live in the visitor's session and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.data import Prepared
from ann_core.data.own import Own, Preparation, fit, key_of
from ann_core.data.table import Table, read_table
from ann_core.data_config import TABLE, DataConfig, TableShape
from ui.samples import SAMPLES, read
from ui.text import markdown

Reader = Callable[[Mapping[str, str]], tuple[Any, list[str]]]
KEEP, KEEP_SLOW, KEEP_NAMES = 3, 8, 50
"""So many prepared tables, slow results, and preparations by name stay: the Gradient lab may use an earlier one."""


def _state() -> dict[str, Any]:
    """Not by widgets: the present table with its bytes, and what was made of tables, by key."""
    empty = {"table": None, "bytes": None, "known": {}, "fitted": {}, "prepared": {}, "proposed": {}, "slow": {}}
    return st.session_state.setdefault("own/tables", empty)


def _kept(store: dict, key: Any, make: Callable[[], Any], most: int = KEEP) -> Any:
    """What was made for this key, or made now; the oldest goes when there are too many."""
    if key not in store:
        store[key] = make()
        while len(store) > most:
            store.pop(next(iter(store)))
    return store[key]


def slow(key: Any, words: str, make: Callable[[], Any]) -> Any:
    """A slow result, worked out once for each key, with a word on what goes on."""
    known = _state()["slow"]
    if key not in known:
        with st.spinner(words):
            return _kept(known, key, make, KEEP_SLOW)
    return known[key]


def table() -> Table:
    """The present table; the first example before there is any other."""
    if _state()["table"] is None:
        take_sample(next(iter(SAMPLES)))
    return _state()["table"]


def take(new: Table, data: bytes | None = None) -> None:
    """Makes this the present table. data: what it was read from, so that it can be read again otherwise."""
    _state().update(table=new, bytes=data)


def take_sample(key: str) -> None:
    """Makes a bundled example the present table."""
    sample = SAMPLES[key]
    data = read(sample)
    take(read_table(data, sample.file), data)


def data() -> bytes | None:
    """What the present table was read from; None when it was pasted or edited."""
    return _state()["bytes"]


def proposed(of: Table, make: Callable[[], Any]) -> Any:
    """What is proposed for a table, worked out once."""
    return _kept(_state()["proposed"], (of.digest, of.name), make)


def own(preparation: Preparation, test_share: float, seed: int, of: Table | None = None) -> Own:
    """A table (the present one) prepared and split. Raises ValueError when that cannot be."""
    of = of or table()
    key = key_of(of, preparation)
    _kept(_state()["known"], key, lambda: (of, preparation), KEEP_NAMES)
    return _kept(_state()["fitted"], (key, test_share, seed), lambda: fit(of, preparation, test_share, seed))


def shape(found: Own) -> TableShape:
    """What settings say of it."""
    return TableShape(key=key_of(found.table, found.preparation), name=found.table.name[:80], rows=len(found.train),
                      inputs=len(found.encoder.names), classes=len(found.class_names))


def own_of(data: DataConfig) -> Own | None:
    """The prepared table that settings name; None when they name none, or one that this session does not have."""
    if data.table is None or data.table.key not in _state()["known"]:
        return None
    of, preparation = _state()["known"][data.table.key]
    return own(preparation, data.test_share, data.seed, of)


def prepared(data: DataConfig) -> Prepared | None:
    """What a network trains on, for settings that name a table of this session; None for other data."""
    found = own_of(data)
    if found is None:
        if data.table is not None:
            st.warning(f"The table {markdown(data.table.name)} of these settings is no longer here. Bring it in again on the "
                       "page Your data.", icon=":material/table:")
            st.stop()
        return None
    key = (data.table, data.test_share, data.seed, data.scaling, data.plane)
    return _kept(_state()["prepared"], key, lambda: found.prepared(data.scaling, data.plane))


def present() -> dict[str, Any] | None:
    """The settings of the table that the page "Your data" shows, by dotted name; None when it has not been opened."""
    chosen = st.session_state.get("your_data/settings")
    if chosen is None or own_of(chosen.run.data) is None:
        return None
    data = chosen.run.data
    return {"data.source": TABLE, "data.table": data.table, "data.test_share": data.test_share, "data.seed": data.seed}


def with_known_tables(read: Reader, usual: Any, configs: Callable[[Any], tuple[RunConfig, ...]]) -> Reader:
    """A reader of addresses that replaces settings on a table which this session does not have."""
    def checked(query: Mapping[str, str]) -> tuple[Any, list[str]]:
        value, notes = read(query)
        for config in configs(value):
            if config.data.table is not None and own_of(config.data) is None:
                return usual, [*notes, f"This link is about the table {config.data.table.name}, which stays with the one who "
                               "made it. Bring it in on the page Your data, then choose it here."]
        return value, notes
    return checked
