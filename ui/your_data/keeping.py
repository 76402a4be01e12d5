"""A visitor's own table, kept in the visitor's browser when that is wished, and brought back from there.

The store is the browser's (`assets/kept`): it says which table it wants to keep and is sent its file once; what it brings back
comes as any file does, through the field for files, and a claim says beforehand what that file is. A table is known by its
digest, which is worked out again from what comes back: nothing in the store is taken at its word.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st
from pydantic import TypeAdapter, ValidationError

from ann_core.data.table.reading import MAX_BYTES, Choices, Refusal, Table, read_table
from ann_core.film.wire import pack
from ui.assets import mounted
from ui.your_data import session

KEY, TAKEN = "aside/own/kept", "own/kept/taken"
MOST_TABLES = 5
MARK = "kept="
"""In the type of a file that the browser has kept, before the number of what it says of that file."""

_component = mounted("kept_tables", "kept/index.js", '<div class="kept-tables" data-testid="kept-tables"></div>')


@dataclass(frozen=True)
class Claim:
    """What the browser says that a file is. number: stands in the file's type, too, and grows from claim to claim
    digest: of the table   choices: how to read it"""

    number: int
    digest: str
    name: str
    choices: Choices


@st.fragment
def keeper(wanted: str) -> None:
    """The line about what is kept. wanted: digest of a table that the address names and this session lacks. Runs again by
    itself."""
    table, said = session.table(), st.session_state.get(KEY) or {}
    file = None if session.offered() else _file(table)
    own = file and {"digest": table.digest, "name": table.name, "choices": asdict(table.report.choices), "bytes": len(file)}
    asked = own and said.get("wants") == table.digest
    _component(key=KEY, on_wants_change=lambda: None, on_brings_change=lambda: None, data=pack(
        {"own": own or None, "wanted": wanted, "most_bytes": MAX_BYTES, "most_tables": MOST_TABLES, "present": table.digest,
         "taken": st.session_state.get(TAKEN, 0)},
        [({}, {"file": np.frombuffer(file, np.uint8)} if asked and file else {})]))


def _file(table: Table) -> bytes | None:
    """The file of the present table; a table that was typed in becomes one. None when it would not be the same again."""
    return session.data() or session.proposed(("file", table.digest), lambda: _written(table))


def _written(table: Table) -> bytes | None:
    file = table.frame.to_csv(index=False).encode()
    try:
        return file if read_table(file, table.name, table.report.choices).digest == table.digest else None
    except Refusal:
        return None


def claimed(name: str, kind: str) -> Claim | None:
    """What the browser says of a file that has just come; None when it is the visitor's, or all is done."""
    said = (st.session_state.get(KEY) or {}).get("brings")
    try:
        claim = TypeAdapter(Claim).validate_python(said)
    except ValidationError:
        return None
    ours = kind.endswith(f"{MARK}{claim.number}") and claim.name == name
    return claim if ours and claim.number > st.session_state.get(TAKEN, 0) else None


def done_with(claim: Claim) -> None:
    """A claim counts once."""
    st.session_state[TAKEN] = claim.number


def read_back(data: bytes, claim: Claim) -> Table:
    """The table in a file that was kept. Raises Refusal when it is not the one that it is said to be."""
    try:
        found = read_table(data, claim.name, claim.choices)
    except ValueError:
        found = None
    if found is None or found.digest != claim.digest:
        raise Refusal(f"What this browser kept as {claim.name} is not that table any more: something has damaged or replaced "
                      "it, so it is not used. Drop the file itself here again.")
    return found


def waits_for(query: Any) -> str:
    """The digest of the table that an address waits for; "" when it waits for none."""
    return str(query[0].get("file", "")).partition("~")[0] if query else ""
