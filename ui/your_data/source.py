"""Where a table comes from: a file, an example, a paste."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile

from ann_core.data.table.reading import Choices, Refusal, Table, read_table
from ann_core.data.table.workbook import sheets_of
from ui.page import opener_row
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session
from ui.your_data.class_tables import ClassTable, class_tables
from ui.your_data.keeping import Claim, claimed, done_with, keeper, read_back, waits_for
from ui.your_data.samples import SAMPLES, template
from ui.your_data.settings import PENDING, OwnSettings, complete, read, usual

REFUSED, TAKEN, PASTED, PASTING = "own/refused", "own/taken", "own/pasted", "own/pasting"
Page = PageSettings[OwnSettings]
MOST_SHEETS = 20
"""So many sheets of a workbook are looked through for the one that a link is about."""
MOST_PASTED = 200_000
"""Characters: at four bytes each they fit into the longest message that the door lets through."""


@dataclass(frozen=True)
class Refused:
    """Why a table was not taken, and the file and choices with which it can be read again. data: None for an edited table"""

    why: str
    data: bytes | None = None
    name: str = ""
    choices: Choices = Choices()
    can_sample: bool = False
    sheets: tuple[str, ...] = ()


def bring(settings: Page, table: Table, data: bytes | None = None, offered: Mapping[str, str] | None = None) -> None:
    """Makes a table the present one, before widgets are drawn: with the settings of a link that waited for it, those before
    when it has the same columns, or the proposed ones. data, offered: see `session.take`.

    Raises ValueError (a Refusal is one) when nothing can be learned from it; then everything stays as it was.
    """
    value = _kept_settings(settings, table) or usual(table)
    session.take(table, data, offered)
    st.session_state[REFUSED] = None
    waits = st.session_state.get(PENDING)
    if waits and waits_for(waits) == table.digest:
        settings.apply(read(waits[0])[0])
        settings.no_notes()
    else:
        settings.apply(value)


def _kept_settings(settings: Page, table: Table) -> OwnSettings | None:
    """The settings before, when this table has the same columns as the one before."""
    before = session.table().frame
    if list(before) != list(table.frame) or list(before.dtypes) != list(table.frame.dtypes):
        return None
    try:
        return complete(table, settings.value.preparation, settings.value.run)
    except ValueError:
        return None


def refuse(refusal: ValueError) -> None:
    """Keeps what stood before, and says why on the next run."""
    st.session_state[REFUSED] = Refused(str(refusal))


def arrivals(settings: Page) -> None:
    """Reads a file that has just been dropped. Called at the top of the page, where a spinner can be seen."""
    given = st.session_state.get("own/upload")
    if given is None or isinstance(given, DeletedFile) or settings.value is None:
        return
    if st.session_state.get(TAKEN) == given.file_id:
        if claim := claimed(given.name, given.type):  # another message had ended the run between the two
            done_with(claim)
        return
    with st.spinner(f"Reading {markdown(given.name)} …"):
        if claim := claimed(given.name, given.type):
            _read_back(settings, given.getvalue(), claim)
        else:
            read_file(settings, given.getvalue(), given.name, Choices())
        # Only now: another message may have ended the run before it was read. And before the claim is done with: else the
        # file would be read once more, as if its visitor had just brought it.
        st.session_state[TAKEN] = given.file_id
        if claim:
            done_with(claim)


def _read_back(settings: Page, data: bytes, claim: Claim) -> None:
    try:
        bring(settings, read_back(data, claim), data)
    except ValueError as refusal:
        refuse(refusal)


def read_file(settings: Page, data: bytes, name: str, choices: Choices) -> None:
    """Reads a file and makes it the present table; where that cannot be, what stood before stays, and the page says why."""
    try:
        waited = _sheet_of_link(data, name) if choices == Choices() else None
        bring(settings, waited or read_table(data, name, choices), data)
    except ValueError as refusal:
        can_sample = isinstance(refusal, Refusal) and refusal.can_sample
        st.session_state[REFUSED] = Refused(str(refusal), data, name, choices, can_sample, sheets_of(data))


def _sheet_of_link(data: bytes, name: str) -> Table | None:
    """The sheet that the address waits for, if it is one of the first of this workbook."""
    digest = waits_for(st.session_state.get(PENDING))
    for sheet in sheets_of(data)[:MOST_SHEETS] if digest else ():
        try:
            table = read_table(data, name, Choices(sheet=sheet))
        except Refusal:
            continue
        if table.digest == digest:
            return table
    return None


def source(settings: Page) -> None:
    """The file, the examples, the paste."""
    with st.container(key="own_source"):
        drop, more = st.columns([3, 2], vertical_alignment="center", gap="medium")
        drop.file_uploader("Drop your table here: CSV, Excel (.xlsx) or OpenDocument (.ods)", key="own/upload",
                           max_upload_size=10, help="The server stores nothing: the table lives in this page until you "
                           "close it.")
        given = st.session_state["own/upload"]
        if isinstance(given, DeletedFile) and st.session_state.get(TAKEN) != given.file_id:
            # The browser names it, but it was refused at the door, or the server started anew.
            st.session_state[TAKEN] = given.file_id
            st.session_state[REFUSED] = Refused("Your file is not here: either it was too large, or the server has started "
                                                 "anew and keeps nothing. Drop it here again.")
        with more:
            _class_row(settings)
            st.caption("Or try one of these, or paste cells from a spreadsheet:")
            opener_row(SAMPLES.values(), lambda sample: session.offered() == {"example": sample.key},
                       lambda sample: _example(settings, sample.key))
            with st.container(horizontal=True, gap="small"):
                with st.popover("Paste", icon=":material/content_paste:", type="tertiary", on_change="rerun",
                                key=f"{PASTING}/{st.session_state.get(PASTING, 0)}"):
                    st.text_area("Cells from a spreadsheet, the names of the columns first", key=PASTED, height=180,
                                 max_chars=MOST_PASTED, help="Longer tables come as a file.")
                    st.button("Use these cells", on_click=_paste, args=(settings,), type="primary")
                st.download_button("Template", template(), "template.csv", "text/csv", icon=":material/download:",
                                   type="tertiary", on_click="ignore", help="A small table to write your own over.")
        keeper(waits_for(st.session_state.get(PENDING)))


def _paste(settings: Page) -> None:
    """Reads the cells as a file, so that they can be read otherwise too, and closes the window over them.

    Only a window of another name is surely closed: the browser may not have heard from us that this one is open.
    """
    st.session_state[PASTING] = st.session_state.get(PASTING, 0) + 1
    read_file(settings, st.session_state[PASTED].encode("utf-8", "replace"), "pasted cells", Choices(encoding="utf-8"))


def _class_row(settings: Page) -> None:
    """The tables that the teacher offers, if there are any."""
    offered, here = class_tables(), (session.offered() or {}).get("table", "")
    if not offered:
        return
    st.caption("Tables of your class:")
    chosen = opener_row(offered.values(), lambda table: table.key == here and session.is_still(table),
                        lambda table: _offered(settings, table), "openers/class")
    if here in offered and chosen is None:
        st.caption(f":material/update: {markdown(here)} has changed since you took it. Press its button for the new rows.")


def _offered(settings: Page, table: ClassTable) -> None:
    """Takes a table of the class as it is now."""
    try:
        bring(settings, *table.read(), {"table": table.key})
    except (ValueError, OSError) as error:
        why = str(error) if isinstance(error, ValueError) else "It can no longer be opened."
        st.session_state[REFUSED] = Refused(f"{table.key}: {why}")


def _example(settings: Page, key: str) -> None:
    session.take_sample(key)
    st.session_state[REFUSED] = None
    settings.apply(usual(session.table()))
