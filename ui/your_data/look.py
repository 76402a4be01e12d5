"""The view "Look at the data": what to know before trusting it, every column, one column against the target, one row's way."""

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.spelling import words
from ann_core.data.table.cautions import cautions
from ann_core.data.table.classes import class_labels
from ann_core.data.table.columns import describe
from ann_core.data.table.moment_column import MomentColumn, as_amounts
from ann_core.data.table.moments import Order, settled
from ann_core.data.table.own import Own
from ui.charts.columns import describe_chart, describe_overview, overview, relation
from ui.controls.number import number
from ui.text import markdown
from ui.your_data import session
from ui.your_data.edit import editor
from ui.your_data.source import Page

ACROSS = 3


def look(settings: Page, own: Own, scaling: str) -> None:
    """Draws the view for the prepared table."""
    p, columns = own.preparation, session.columns(own.table)
    _cautions(own)
    times = tuple(column for column in own.encoder.columns if isinstance(column, MomentColumn))
    frame, names = session.proposed(("amounts", own.table.digest, times), lambda: as_amounts(own.table.frame, times))
    drawn = session.proposed(("drawn", own.table.digest, times), lambda: describe(frame)) if times else columns
    st.header("Every column")
    st.caption("Drag over one chart, or click a bar: the same rows stay coloured in all the others.")
    labels = class_labels(frame[p.target]) if p.task == "classification" else ()
    described = describe_overview(frame, drawn, p.target)
    chart = session.slow(("overview", own.table.digest, p.target, p.task, times), "Drawing every column …",
                         lambda: overview(frame, drawn, p.target, labels, ACROSS))
    st.altair_chart(chart, width="content", alt=described)
    st.caption(markdown(described))
    left, right = st.columns(2, gap="large")
    with left:
        figures = session.proposed(("figures", own.table.digest, p.day_first),
                                   lambda: _as_table(columns, own.table.frame, p.day_first))
        st.dataframe(figures, hide_index=True, height="content" if len(columns) <= 12 else 460)
    with right:
        others = [*p.features, *(c.name for c in columns if c.kind != "empty" and c.name not in (p.target, *p.features))]
        if others:
            chosen = names.get(name := st.selectbox("One column against the target", others, key="own/against"), name)
            st.altair_chart(relation(frame, chosen, p.target, p.task), alt=describe_chart(frame, chosen, p.target, p.task))
    st.header("The way of one row into the network")
    _way(own, scaling)
    editor(settings)


def _cautions(own: Own) -> None:
    """What a beginner should know, the gravest first."""
    p = own.preparation
    held = own.test if len(own.test) else own.validation
    frame = own.table.frame
    key = ("cautions", own.table.digest, p.target, p.features, p.task, own.rows[own.train].tobytes(), len(own.encoder.names))
    found = session.slow(key, "Looking for what to beware of …", lambda: cautions(
        frame, session.columns(own.table), p.target, p.features, p.task, own.rows[own.train], own.rows[held],
        len(own.encoder.names)))
    if not found:
        st.success("Nothing to warn about in the target and the chosen columns.", icon=":material/check_circle:")
    if own.preparation.split_by is None and (axes := session.time_axes()):
        st.markdown(f":material/schedule: **The rows follow one another in time ({markdown(axes[0])}).**  \n:small[Rows next "
                    "to each other are often alike, so rows held out by chance are easier than the future is. Under *Gaps, "
                    "scaling and split* the last ones can be held out instead.]")
    for caution in found:
        st.markdown(f":material/warning: **{markdown(caution.sentence)}**  \n:small[{markdown(caution.help)}]")


def _as_table(columns: tuple, frame: pd.DataFrame, first: Order | None) -> pd.DataFrame:
    def values(column) -> str:
        if column.kind == "date":
            when = settled(cells := frame[column.name], first).seconds
            return " … ".join(str(cells.iloc[place]) for place in (np.nanargmin(when), np.nanargmax(when)))
        if column.low is not None:
            return " … ".join(words(value, 6) for value in (column.low, column.median, column.high))
        return ", ".join(f"{value} ({count:,})" for value, count in column.common[:4])

    return pd.DataFrame({"column": [c.name for c in columns], "kind": [c.kind for c in columns],
                         "gaps": [c.missing for c in columns], "different": [c.distinct for c in columns],
                         "lowest … middle … highest, first … last, or most common": [values(c) for c in columns]})


def _as_written(cell: object) -> str:
    return words(cell, 10) if isinstance(cell, float) else str(cell)


def _way(own: Own, scaling: str) -> None:
    """From the file to the network, for one row: filled, as numbers, scaled."""
    st.caption("From the file, gaps are filled, words become inputs of 0 and 1 (or their places, where they have an order), "
               "dates and times become amounts, and all inputs are brought to one scale. "
               f"Everything needed for that is measured on the {len(own.train):,} training rows only.")
    place = number("Row of the file", 1, len(own.table.frame), 1, "own/way", width=180) - 1
    cells = own.table.frame.iloc[[place]]
    raw = own.encoder(cells)[0]
    scaled = own.scaler(scaling)(raw[None])[0]
    rows = []
    for column in own.encoder.columns:
        places = own.encoder.groups[column.name]
        cell, known = cells[column.name].iloc[0], bool(cells[column.name].notna().iloc[0])
        for i in places:
            rows.append((column.name, _as_written(cell) if known else "(gap)", "" if known else str(column.fill),
                         own.encoder.names[i], words(float(raw[i]), 6), words(float(scaled[i]), 3)))
    names = ["column", "in the file", "gap filled with", "input", "as a number", "what the network gets"]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, height="content" if len(rows) <= 12 else 460)
    parts = {"training": own.train, "validation": own.validation, "test": own.test}
    role = next((name for name, part in parts.items() if place in own.rows[part]), None)
    st.caption(f"This is a {role} row." if role else "This row is not used: it has no target, or a gap that was dropped.")
