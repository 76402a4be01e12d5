"""Check: reports and codes that were handed in are run again, and a table says what is verified."""

import streamlit as st
from streamlit.elements.widgets.file_uploader import DeletedFile

from ann_core.data.table.reading import MAX_BYTES
from ui.hand_in.checking import MOST, REPORTS, TABLES, Batch, entries
from ui.hand_in.example import example
from ui.hand_in.report import PROVES
from ui.page import title
from ui.settings import without_settings
from ui.text import csv, markdown

HELD, NOTES = "check/batch", "check/notes"


def begin() -> None:
    """Checks what was dropped and typed; the batch before ends."""
    given = st.session_state.get("check/files") or []
    there = [file for file in given if not isinstance(file, DeletedFile)]
    found, tables, notes = entries([(file.name, file.getvalue()) for file in there], st.session_state.get("check/codes") or "")
    if len(there) < len(given):
        notes.append(f"{len(given) - len(there)} of {len(given)} files did not arrive or are gone. Drop them again.")
    if (before := st.session_state.get(HELD)) is not None:
        before.cancel()
    st.session_state[NOTES] = notes
    st.session_state[HELD] = Batch(found, tables) if found else None


without_settings("check")
title("Check")
st.markdown("**For teachers: are the results that your students hand in true?** Drop their reports here. Each network is "
            "trained again with the same settings, and a table says whose numbers come out again.")
files, codes = st.columns(2, gap="medium")
files.file_uploader(f"Reports, up to {MOST} at once, and the tables that they learned from", key="check/files",
                    accept_multiple_files=True, type=[*REPORTS, *TABLES], max_upload_size=MAX_BYTES // 10**6, on_change=begin)
codes.text_area("Or codes, one in each line, with a name before it if you like", key="check/codes", height=90,
                max_chars=MOST * 4_000, placeholder="Ada NP1.…", on_change=begin, help="A code stands in each report.")
batch: Batch | None = st.session_state.get(HELD)
for note in st.session_state.get(NOTES, []):
    st.warning(markdown(note), icon=":material/block:")
if batch is None:
    batch = example()
polled = batch is not None and batch.running


@st.fragment(run_every=0.5 if polled else None)
def going_on(batch: Batch) -> None:
    """The table as it fills."""
    batch.watch()
    if batch.running != polled:
        st.rerun()
    if batch.running:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.progress(batch.done / len(batch.entries), f"{batch.done} of {len(batch.entries)} checked")
            st.button("Cancel", icon=":material/stop:", on_click=batch.cancel)
    table = batch.table()
    st.dataframe(table, hide_index=True, column_config={
        "Result": st.column_config.TextColumn(width=90), "In words": st.column_config.TextColumn(width=460),
        "Score": st.column_config.TextColumn(width=130), "Settings": st.column_config.TextColumn(width="large")})
    if not batch.running:
        count = (table["Result"] == "verified").sum()
        st.markdown(f"**{count} of {len(table)} verified.** Double-click a cell to read all of it.")
        st.download_button("The table as CSV", csv(table), "checked.csv", "text/csv", icon=":material/download:",
                           type="tertiary", on_click="ignore")


if batch is not None:
    going_on(batch)
st.caption(f"A student makes a report under any film, with *Hand it in*. {PROVES}")
