"""The view "Use it": one row to try, a second file to answer, the network to keep."""

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.data.table.columns import short
from ann_core.data.table.encoder import CategoryColumn, NumberColumn, OrderedColumn
from ann_core.data.table.moment_column import MomentColumn
from ann_core.data.table.own import Own
from ann_core.export.saved import Trained, from_json
from ui.charts.answers import probabilities
from ui.controls.number import number
from ui.text import markdown
from ui.your_data.answers import answer_file

FIELDS = 12
"""So many fields of the form stand open; the rest goes into an expander."""


def use(own: Own, here: Trained) -> None:
    """Draws the view for the trained network, or for one that was loaded."""
    loaded: Trained | None = st.session_state.get("own/loaded")
    network = here
    if loaded:
        names = ["this page's network", f"the loaded one ({loaded.saved.data})"]
        which = st.segmented_control("Which network", names, default=names[1], required=True, key="own/which",
                                     format_func=markdown)
        network = loaded if which == names[1] else here
    st.subheader("What if …")
    st.caption(f"Change one row and see what the network answers for {markdown(network.saved.target.name)}.")
    _what_if(network, own.table.frame if _suits(network, own.table.frame) else None, own.table.digest)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Answer a whole file")
        answer_file(network, own)
    with right:
        st.subheader("Keep the network")
        _keep(here)


def _suits(network: Trained, frame: pd.DataFrame) -> bool:
    return all(column.name in frame and (frame[column.name].dtype == np.float64 or not isinstance(column, NumberColumn))
               for column in network.saved.columns.columns)


@st.fragment
def _what_if(network: Trained, frame: pd.DataFrame | None, of: str) -> None:
    """Only this runs again while a slider moves. Its widgets are nobody else's business: their keys begin with aside/."""
    form, answer = st.columns([3, 2], gap="large")
    with form:
        place = 0
        if frame is not None:
            place = number("Start from row", 1, len(frame), 1, "aside/row", width=180) - 1
        columns = network.saved.columns.columns
        key = f"aside/{of}/{network.saved.target.name}/{place}"
        row = _fields(columns[:FIELDS], frame, place, key)
        if len(columns) > FIELDS:
            with st.expander(f"{len(columns) - FIELDS} more columns"):
                row |= _fields(columns[FIELDS:], frame, place, key)
    with answer, st.container(border=True):
        given = network.answers(pd.DataFrame({name: [value] for name, value in row.items()}))[0]
        _answer(network, given)


def _fields(columns: tuple, frame: pd.DataFrame | None, place: int, key: str) -> dict:
    found: dict[str, str | float] = {}
    places = st.columns(2)
    for i, column in enumerate(columns):
        label, name = markdown(column.name), f"{key}/{column.name}"
        cell = None if frame is None or frame[column.name].isna().iloc[place] else frame[column.name].iloc[place]
        with places[i % 2]:
            if isinstance(column, CategoryColumn | OrderedColumn):
                words = list(column.values)
                word = column.fill if cell is None else _word(cell)
                words += [] if word in words else [word]
                found[column.name] = st.selectbox(label, words, words.index(word), key=name)
            elif isinstance(column, MomentColumn):
                found[column.name] = _moment(column, label, name, column.fill if cell is None else _word(cell))
            else:
                found[column.name] = _number(label, name, None if frame is None else frame[column.name].dropna(),
                                             column.fill if cell is None else float(cell))
    return found


def _moment(column: MomentColumn, label: str, key: str, value: str) -> str:
    """A date or a time as text. What is none changes nothing, and it says so."""
    text = st.text_input(label, value, key=key, max_chars=60)
    if column.unknown(pd.Series([text]))[0] or not text.strip():
        st.caption(f"Expected a date or a time such as {markdown(value)}; {markdown(short(text))} is none. The one before "
                   "stays.")
        return value
    return text


def _word(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)


def _number(label: str, key: str, known: pd.Series | None, value: float) -> float:
    """A slider over what the data holds; a field where nothing is known."""
    if known is None or not len(known):
        return number(label, None, None, value, key)
    low, high = known.min(), known.max()
    if not low < high or high - low > 1e12:
        return number(label, None, None, value, key)
    step = 10.0 ** np.floor(np.log10((high - low) / 50))
    if (known == known.round()).all():
        step = max(1.0, step)
    digits = max(0, -int(np.floor(np.log10(step))))
    start = float(min(max(value, low), high))
    return st.slider(label, float(low), float(high), start, float(step), format=f"%.{digits}f", key=key)


def _answer(network: Trained, given: np.ndarray) -> None:
    target = network.saved.target
    if not np.isfinite(given).all():
        st.warning("No answer: the numbers left all bounds. Use values nearer to those of the data.")
    elif network.task == "classification":
        best = int(given.argmax())
        st.markdown(f"{markdown(target.name)}: **{markdown(target.classes[best])}**")
        st.altair_chart(probabilities(target.classes, given), alt=f"{target.classes[best]} with {given[best]:.0%}")
        st.caption("As sure as the network is of each class. How far such numbers can be trusted, the calibration of a network "
                   "shows.")
    else:
        st.metric(markdown(target.name), f"{float(given):,.5g}")
        st.caption(f"The values it learned from lie around {target.center:,.4g}, most of them no further than "
                   f"{2 * target.scale:,.4g} away.")


def _keep(network: Trained) -> None:
    st.caption("The network with its preparation, as one file. Loaded again, here or elsewhere, it answers exactly the "
               "same. It holds no row of your data, but the names of columns and classes.")
    st.download_button("Save the network", network.to_json(), "network.json", "application/json", icon=":material/save:",
                       on_click="ignore", key="own/save")
    st.file_uploader("Load a saved network", key="own/load", on_change=_load, max_upload_size=10)
    if refusal := st.session_state.get("own/load_refusal"):
        st.error(markdown(refusal), icon=":material/block:")


def _load() -> None:
    given = st.session_state.get("own/load")
    st.session_state["own/load_refusal"] = None
    if given is None:
        st.session_state["own/loaded"] = None
        return
    try:
        st.session_state["own/loaded"] = from_json(given.getvalue())
    except ValueError as refusal:
        st.session_state["own/load_refusal"] = str(refusal)
