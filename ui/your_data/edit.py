"""A handful of rows changed or typed in by hand."""

import pandas as pd
import streamlit as st

from ann_core.data.table.reading import from_frame
from ui.your_data import session
from ui.your_data.source import Page, bring, refuse

MOST_ROWS = 200


def editor(settings: Page) -> None:
    """The present table to edit, when it is small; a few rows of it to write over otherwise."""
    table = session.table()
    small = len(table.frame) <= MOST_ROWS
    box = st.expander("Edit the rows, or type in your own", key="own/edit", on_change="rerun", icon=":material/edit:")
    with box:
        if not box.open:
            return
        if not small:
            st.caption(f"This table has {len(table.frame):,} rows; up to {MOST_ROWS} can be edited here. These are its first "
                       "five: write your own over them.")
        shown = table.frame if small else table.frame.head(5)
        edited = st.data_editor(shown, num_rows="dynamic", hide_index=True, key=f"own/editor/{table.digest}",
                                alt="The rows of the table, to edit")
        if st.button("Use these rows", key="own/use_rows", type="primary", disabled=edited.equals(shown)):
            try:
                bring(settings, from_frame(_typed(edited), table.name))
            except ValueError as refusal:
                refuse(refusal)
            st.rerun()


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """New rows come with indices of their own."""
    return frame.reset_index(drop=True)
