"""The tables that a visitor has brought. They live in the visitor's session and nowhere else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.data import Prepared
from ann_core.data.config import TABLE, DataConfig
from ann_core.data.table import meaning
from ann_core.data.table import prepare as table_data
from ann_core.data.table.columns import Column, describe
from ann_core.data.table.own import Own, fit, key_of
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.reading import Table, read_table
from ui.text import markdown
from ui.your_data.class_tables import ClassTable, prepared_as
from ui.your_data.samples import SAMPLES, read

Reader = Callable[[Mapping[str, str]], tuple[Any, list[str]]]
KEEP, KEEP_SLOW, KEEP_NAMES = 3, 8, 50
"""So many prepared tables, slow results, and preparations by name stay: the Gradient lab may use an earlier one."""


def _state() -> dict[str, Any]:
    """Not by widgets: the tables used lately with their bytes, by digest, and what was made of them."""
    stores: dict[str, Any] = {name: {} for name in ("tables", "known", "fitted", "prepared", "proposed", "slow")}
    return st.session_state.setdefault("own/tables", {"present": None, **stores})


def _kept(store: dict, key: Any, make: Callable[[], Any], most: int = KEEP) -> Any:
    """What was made for this key, or made now; what was not used for longest goes when there are too many."""
    store[key] = store.pop(key) if key in store else make()
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


def known(key: Any) -> bool:
    """Whether a slow result is there already."""
    return key in _state()["slow"]


def table() -> Table:
    """The present table; the first example before there is any other."""
    if _state()["present"] is None:
        take_sample(next(iter(SAMPLES)))
    return _held()[0]


def brought() -> Table | None:
    """The present table; None before there is any, not even an example."""
    return None if _state()["present"] is None else _held()[0]


def _held() -> tuple[Table, bytes | None, Mapping[str, str] | None]:
    return _state()["tables"][_state()["present"]]


def take(new: Table, data: bytes | None = None, offered: Mapping[str, str] | None = None) -> None:
    """Makes this the present table. data: what it was read from, so that it can be read again otherwise   offered: its name in
    addresses, when it is a bundled example or the class's."""
    tables = _state()["tables"]
    tables.pop(new.digest, None)
    _kept(tables, new.digest, lambda: (new, data, offered))
    _state()["present"] = new.digest


def take_back(digest: str) -> bool:
    """Makes a table that was here lately the present one again. Returns whether it is still here."""
    if digest not in _state()["tables"]:
        return False
    take(*_state()["tables"][digest])
    return True


def take_sample(key: str) -> None:
    """Makes a bundled example the present table."""
    data = read(SAMPLES[key])
    take(read_table(data, SAMPLES[key].file), data, {"example": key})


def take_offered(table: ClassTable) -> None:
    """Makes a table of the class the present one. Raises Refusal or OSError when it cannot be read; the one before stays."""
    take(*table.read(), {"table": table.key})


def data() -> bytes | None:
    """What the present table was read from; None when it was pasted or edited."""
    return _held()[1]


def offered() -> dict[str, str] | None:
    """What the present table is called in addresses, when it is an example or the class's; None for a visitor's own."""
    named = _held()[2]
    return None if named is None else dict(named)


def is_still(table: ClassTable) -> bool:
    """Whether the present table is what a file of the class holds now."""
    try:
        return table.read()[0].digest == _state()["present"]
    except (ValueError, OSError):
        return False


def proposed(key: Any, make: Callable[[], Any]) -> Any:
    """What is proposed for a table, worked out once."""
    return _kept(_state()["proposed"], key, make, 3 * KEEP)


def columns(of: Table) -> tuple[Column, ...]:
    """Every column of a table in figures, worked out once."""
    return proposed(("described", of.digest), lambda: describe(of.frame, of.measured))


def time_axes() -> tuple[str, ...]:
    """Columns by which the present table's rows follow one another in time, worked out once."""
    of = table()
    return proposed(("time axes", of.digest), lambda: meaning.time_axes(columns(of), of.frame))


def own(preparation: Preparation, test_share: float, seed: int, of: Table | None = None) -> Own:
    """A table (the present one) prepared and split. Raises ValueError when that cannot be."""
    of = of or table()
    key = key_of(of, preparation)
    found = _kept(_state()["fitted"], (key, test_share, seed), lambda: fit(of, preparation, test_share, seed))
    _kept(_state()["known"], key, lambda: (of.digest, preparation), KEEP_NAMES)
    return found if found.table is of else replace(found, table=of)  # the same content, read another way or from another file


def take_saved(found: Own | None) -> None:
    """Makes the table of a saved run, if it has one, the present one, prepared as it was."""
    if found is not None:
        take(found.table)
        known = found.table.digest, found.preparation
        _kept(_state()["known"], key_of(found.table, found.preparation), lambda: known, KEEP_NAMES)


def own_of(data: DataConfig) -> Own | None:
    """The prepared table that settings name; None when they name none, or one that this session does not have."""
    if data.table is None:
        return None
    digest, preparation = _state()["known"].get(data.table.key, ("", None))
    held = _state()["tables"].get(digest)
    found = (held[0], preparation) if held else prepared_as(data.table)
    return found and own(found[1], data.test_share, data.seed, found[0])


def for_all(data: DataConfig) -> bool:
    """Whether settings name a table that everybody may have: an example, or one of the class's."""
    if data.table is None:
        return False
    digest, _ = _state()["known"].get(data.table.key, ("", None))
    _, _, named = _state()["tables"].get(digest, (None, None, None))
    return named is not None or prepared_as(data.table) is not None


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
    return _kept(_state()["prepared"], key, lambda: table_data.prepared(found, data.scaling, data.plane))


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
