"""The tables that a teacher offers to everybody: the CSV files of the folder that PLAYGROUND_TABLES names.

The one place that knows which there are. A table is known by its file's name, which stands in addresses, too. The files are
looked at each time; what is read stays for all visitors until its file changes.
"""

import logging
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ann_core.data.config import TableShape
from ann_core.data.table.columns import describe
from ann_core.data.table.own import key_of
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.proposal import propose
from ann_core.data.table.proposed import every
from ann_core.data.table.reading import MAX_BYTES, Table, read_table
from ui.text import markdown

log = logging.getLogger("playground")

FOLDER = "PLAYGROUND_TABLES"
MOST = 30
"""So many files are offered, in the order of their names."""
KEPT = 8
"""So many read tables are kept."""


@dataclass(frozen=True)
class ClassTable:
    """One file. key: its name   state: what changes when the file does"""

    key: str
    path: Path
    state: tuple[int, ...]

    @property
    def label(self) -> str:
        """Its name as a button shows it."""
        return markdown(self.path.stem)

    def read(self) -> tuple[Table, bytes]:
        """The table, and the bytes that it was read from. Raises Refusal, as for a visitor's file, and OSError."""
        return _read(self.path, self.key, self.state)


def class_tables() -> dict[str, ClassTable]:
    """What the folder offers now, by name; nothing when none is named, or it cannot be read."""
    named = os.environ.get(FOLDER, "")
    if not named:
        return {}
    folder = Path(named).expanduser()
    try:
        folder = folder.resolve(strict=True)
        paths = sorted(folder.iterdir())
    except (OSError, RuntimeError, ValueError) as error:
        _say(f"{FOLDER} names no folder that can be read ({type(error).__name__}): {named}. No tables are offered.")
        return {}
    found = [table for path in paths if (table := _table(folder, path))]
    if len(found) > MOST:
        _say(f"{folder} has {len(found)} tables; the first {MOST} are offered.")
    return {table.key: table for table in found[:MOST]}


def prepared_as(shape: TableShape) -> tuple[Table, Preparation] | None:
    """The table that settings on another page name, prepared so that it is the one: as proposed, for whichever column."""
    offered = class_tables().get(shape.name)
    try:
        return _preparations(offered.path, offered.key, offered.state).get(shape.key) if offered else None
    except (ValueError, OSError):
        return None


def _table(folder: Path, path: Path) -> ClassTable | None:
    """A file that is offered; None for hidden ones, for other kinds, and for what lies elsewhere."""
    if path.name.startswith(".") or path.suffix.lower() != ".csv":
        return None
    try:
        real = path.resolve(strict=True)
        about = real.stat()
        path.name.encode()  # a name that is no text could stand in no address
    except (OSError, RuntimeError, UnicodeError):
        return None
    if not stat.S_ISREG(about.st_mode) or not real.is_relative_to(folder):
        _say(f"{path} is not offered: it is no file of that folder.")
    elif about.st_size > MAX_BYTES:
        _say(f"{path} is not offered: it has {about.st_size / 1e6:,.1f} MB, at most {MAX_BYTES // 10**6} MB are read.")
    else:
        return ClassTable(path.name, real, (about.st_ino, about.st_mtime_ns, about.st_size))
    return None


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _read(path: Path, name: str, state: tuple[int, ...]) -> tuple[Table, bytes]:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)  # it may have grown
    return read_table(data, name), data


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _preparations(path: Path, name: str, state: tuple[int, ...]) -> dict[str, tuple[Table, Preparation]]:
    table, _ = _read(path, name, state)
    columns = describe(table.frame, table.measured)
    return {key_of(table, preparation): (table, preparation)
            for preparation in every(columns, table.frame, propose(columns, table.frame))}


@st.cache_resource(max_entries=100, show_spinner=False)
def _say(words: str) -> None:
    """A line for the teacher's log, once."""
    log.warning("%s", words)
