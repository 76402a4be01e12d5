"""Where a table comes from: a file, an example, a paste; and the report of how it was read, with corrections by hand."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile

from ann_core.data.table.moments import Order
from ann_core.data.table.own import Own
from ann_core.data.table.reading import Choices, Refusal, Table, read_table
from ann_core.data.table.workbook import sheets_of
from ann_core.lab.twins import to_query as twins_to_query
from ann_core.run.link import edited, to_query
from ui.page import opener_row, script
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session
from ui.your_data.class_tables import ClassTable, class_tables
from ui.your_data.keeping import Claim, claimed, done_with, keeper, read_back, waits_for
from ui.your_data.otherwise import ask, corrections, doubt, sheets
from ui.your_data.samples import SAMPLES, template
from ui.your_data.settings import PENDING, OwnSettings, complete, proposal, read, usual

REFUSED, TAKEN, PASTED, PASTING = "own/refused", "own/taken", "own/pasted", "own/pasting"
Page = PageSettings[OwnSettings]
MOST_SHEETS = 20
"""So many sheets of a workbook are looked through for the one that a link is about."""
MOST_PASTED = 200_000
"""Characters: at four bytes each they fit into the longest message that the door lets through."""


@dataclass(frozen=True)
class _Refused:
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
    st.session_state[REFUSED] = _Refused(str(refusal))


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
            _read(settings, given.getvalue(), given.name, Choices())
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


def _read(settings: Page, data: bytes, name: str, choices: Choices) -> None:
    try:
        waited = _sheet_of_link(data, name) if choices == Choices() else None
        bring(settings, waited or read_table(data, name, choices), data)
    except ValueError as refusal:
        can_sample = isinstance(refusal, Refusal) and refusal.can_sample
        st.session_state[REFUSED] = _Refused(str(refusal), data, name, choices, can_sample, sheets_of(data))


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
            st.session_state[REFUSED] = _Refused("Your file is not here: either it was too large, or the server has started "
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
    _read(settings, st.session_state[PASTED].encode("utf-8", "replace"), "pasted cells", Choices(encoding="utf-8"))


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
        st.session_state[REFUSED] = _Refused(f"{table.key}: {why}")


def _example(settings: Page, key: str) -> None:
    session.take_sample(key)
    st.session_state[REFUSED] = None
    settings.apply(usual(session.table()))


def report(settings: Page, own: Own) -> None:
    """What could not be read, what was read, and what is learned from it."""
    if refused := st.session_state.get(REFUSED):
        _refused(settings, refused)
    table, p, told = session.table(), own.preparation, session.table().report
    given = session.data()

    def again(choices: Choices) -> None:
        _read(settings, given or b"", table.name, choices)

    words, how = st.columns([4, 1], vertical_alignment="center")
    with words:
        classes = f" ({markdown(_listed(own.class_names))})" if own.class_names else ""
        parts = {"validate": own.validation, "test": own.test}
        held = " and ".join(f"{len(part):,} {what}" for what, part in parts.items() if len(part))
        st.markdown(f"**{markdown(table.name)}**: {len(table.frame):,} rows × {len(table.frame.columns):,} columns. Predicts "
                    f"**{markdown(p.target)}**{classes} from {len(p.features):,} "
                    f"column{'s' * (len(p.features) != 1)}; {len(own.train):,} rows train, {held or 'none is held out'}.")
    with how:
        found = proposal(table)
        reasons = dict(found.left_out)
        unused = [f"{name}: {reasons.get(name, 'not chosen')}." for name in table.frame if name not in (p.target, *p.features)]
        count = len(told.changed) + len(told.ignored) + len(own.notes) + len(unused)
        label = f"How it was read{f' · {count} note' + 's' * (count > 1) if count else ''}"
        with st.popover(label, type="tertiary", width="stretch"):
            for head, lines in (("Read", told.read), ("Changed", told.changed), ("Left out", told.ignored),
                                ("Made ready for the network", own.notes),
                                ("Columns not used", unused), ("Proposed", [found.reason])):
                if lines:
                    st.markdown(f"**{head}**\n" + "\n".join(f"- {markdown(line)}" for line in lines))
            if given is not None:
                st.markdown("**Not right? Read it otherwise**")
                corrections(table.digest, told.choices, told.nearly_numbers, again)
    if given is not None:
        sheets(table.digest, told.sheets, told.choices.sheet, again)
        ask(told.questions, again)
    _day_or_month(settings, own)


def _day_or_month(settings: Page, own: Own) -> None:
    """Which comes first in 3/4/2024, where that is guessed."""
    if not own.guesses:
        return
    sentence, order = own.guesses[0]

    def say(first: Order) -> None:
        meant = settings.value.preparation.model_copy(update={"day_first": first})
        settings.attempt(lambda: complete(session.table(), meant, settings.value.run))

    other: Order = "month" if order == "day" else "day"
    doubt("order", f"{sentence} That is a guess.", [(f"The {other} stands first", partial(say, other))],
          partial(say, order))


def _refused(settings: Page, refused: _Refused) -> None:
    """Why a file was not taken, and what else can be tried with it."""
    other = " Perhaps another sheet of the workbook is the table: choose it here." * (len(refused.sheets) > 1)
    st.error(f"{markdown(refused.why)} The table before stays.{other}", icon=":material/block:")
    data = refused.data
    if data is None:
        return

    def again(choices: Choices) -> None:
        _read(settings, data, refused.name, choices)

    sheets(f"refused {zlib.crc32(data)}", refused.sheets, None, again)
    with st.container(horizontal=True, gap="small"):
        if refused.can_sample:
            st.button("Read an even sample of its rows", on_click=again, args=(replace(refused.choices, sample=True),))
        with st.popover("Read it otherwise", icon=":material/tune:"):
            st.caption(f"How {markdown(refused.name)} is to be read. What you do not choose is found out.")
            corrections(f"refused {zlib.crc32(data)}", refused.choices, (), again)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def elsewhere(chosen: OwnSettings, search: Mapping[str, str] | None) -> None:
    """The same table and network on the other pages. search: the address of a search around them"""
    run = chosen.run.model_copy(update={"training": chosen.run.training.model_copy(update={"patience": None})})
    bends = [layer.bend[0] for layer in run.network.layers if layer.bend]
    other = "sigmoid" if bends and bends[0] != "sigmoid" else "relu"
    twin = edited(run, {"network.layers": [layer.bent(other) for layer in run.network.layers]})
    with st.container(horizontal=True, gap="small"):
        st.caption("The same table, the same network:", width="content")
        st.page_link(script("play/playground"), label="Playground", icon=":material/play_circle:",
                     query_params=to_query(run))
        st.page_link(script("play/gradient_lab"), label=f"Gradient lab, against {other}", icon=":material/waterfall_chart:",
                     query_params=twins_to_query((run, twin)))
        if search is not None:
            st.page_link(script("play/search"), label="Search for better settings", icon=":material/manage_search:",
                         query_params=dict(search))
