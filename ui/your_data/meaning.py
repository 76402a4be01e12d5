"""The part of the sidebar that says what columns mean: dates and times, words in an order, rows that follow one another."""

from typing import Any

import streamlit as st

from ann_core.data.table.classes import MOST_CLASSES, class_labels
from ann_core.data.table.columns import short
from ann_core.data.table.moment_column import PARTS
from ann_core.data.table.own import Own
from ann_core.data.table.preparation import Preparation
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session
from ui.your_data.order import word_order
from ui.your_data.settings import OwnSettings

FIELDS = Preparation.model_fields
SAID = {"elapsed": "time that has passed", "month": "time of year", "weekday": "day of the week", "hour": "time of day"}
BY_CHANCE = "rows by chance"


def meaning(settings: PageSettings[OwnSettings], own: Own, features: tuple[str, ...]) -> dict[str, Any]:
    """Controls for the columns that are used now. own: the table as it was prepared until now.

    What is no longer used is no longer chosen; a new date is read as one.
    """
    p, columns = own.preparation, {column.name: column for column in session.columns(session.table())}
    added = [name for name in features if name not in p.features]
    dates = [name for name in features if columns[name].kind == "date"]
    words = [name for name in features if columns[name].kind == "category" and columns[name].low is None
             and columns[name].distinct <= MOST_CLASSES]
    chosen: dict[str, Any] = {"moments": tuple(name for name in dates if name in (*p.moments, *added)),
                              "ordered": tuple(name for name in words if name in p.ordered)}
    if not dates and not words:
        return chosen
    with st.expander("Dates and words in order"):
        if dates:
            chosen |= _dates(settings, own, dates, chosen["moments"])
        if words:
            chosen |= _words(settings, p, words, chosen["ordered"])
    return chosen


def _dates(settings: PageSettings[OwnSettings], own: Own, dates: list[str], read: tuple[str, ...]) -> dict[str, Any]:
    p = own.preparation
    moments = st.multiselect(FIELDS["moments"].title or "", dates, list(read), key=settings.key("moments"),
                             help=FIELDS["moments"].description, placeholder="None: each date is a word")
    if not moments:
        return {"moments": ()}
    told = [part for part in PARTS if part in (p.moment_parts or ())]
    parts = st.multiselect(FIELDS["moment_parts"].title or "", PARTS, told, format_func=SAID.__getitem__,
                           key=settings.key("moment_parts"), help=FIELDS["moment_parts"].description,
                           placeholder="By itself: what differs")
    circles = st.toggle(FIELDS["circles"].title or "", p.circles, key=settings.key("circles"),
                        help=FIELDS["circles"].description)
    chosen: dict[str, Any] = {"moments": tuple(moments), "moment_parts": tuple(parts) or None, "circles": circles}
    if p.day_first or own.guesses:
        chosen["day_first"] = st.segmented_control(FIELDS["day_first"].title or "", ("day", "month"), default=p.day_first,
                                                   key=settings.key("day_first"), help=FIELDS["day_first"].description,
                                                   width="stretch")
    return chosen


def _words(settings: PageSettings[OwnSettings], p: Preparation, words: list[str], read: tuple[str, ...]) -> dict[str, Any]:
    """Which columns are in order, and for one of them that order by hand."""
    ordered = st.multiselect(FIELDS["ordered"].title or "", words, list(read), key=settings.key("ordered"),
                             help=FIELDS["ordered"].description, placeholder="None: an input for each word")
    orders = {name: places for name, places in p.orders if name in ordered}
    if ordered:
        if added := [name for name in ordered if name not in p.ordered]:
            st.session_state[settings.key("order_of")] = added[-1]
        name = ordered[0] if len(ordered) == 1 else st.selectbox("The order of", ordered, key=settings.key("order_of"))
        usual = class_labels(session.table().frame[name])
        st.caption(f"**{markdown(short(name))}**, from little to much: drag the words. The network gets their numbers.")
        put = word_order(usual, orders.get(name, ()), f"{name}, from little to much", settings.key(f"order/{name}"))
        orders = {of: places for of, places in {**orders, name: put}.items() if places != (*range(len(usual)),) or of != name}
    return {"ordered": tuple(ordered), "orders": tuple(orders.items())}


def held_out(settings: PageSettings[OwnSettings], p: Preparation) -> str | None:
    """Rows by chance, or the last ones by a column that says when; where there is such a column."""
    axes = session.time_axes()
    if not axes:
        return None
    offered = (None, *axes)
    return st.selectbox(FIELDS["split_by"].title or "", offered, offered.index(p.split_by) if p.split_by in axes else 0,
                        key=settings.key("split_by"), help=FIELDS["split_by"].description,
                        format_func=lambda name: BY_CHANCE if name is None else f"the last ones by {name}")
