"""The view "Use it": one row to try, a second file to answer, the network to keep."""

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.numbers import percent
from ann_core.base.spelling import words
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
    st.header("What if …")
    st.caption(f"Change one row and see what the network answers for {markdown(network.saved.target.name)}.")
    _what_if(network, own.table.frame if _suits(network, own.table.frame) else None, own.table.digest)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Answer a whole file")
        answer_file(network, own)
    with right:
        st.header("Keep the network")
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
        asked = pd.DataFrame({name: [value] for name, value in row.items()})
        _answer(network, network.answers(asked)[0])
        _warn(network, asked)


def _fields(columns: tuple, frame: pd.DataFrame | None, place: int, key: str) -> dict:
    found: dict[str, str | float] = {}
    pairs = [st.columns(2) for _ in columns[::2]]  # a row each: on a phone they stand in the table's order
    for i, column in enumerate(columns):
        label, name = markdown(column.name), f"{key}/{column.name}"
        cell = None if frame is None or frame[column.name].isna().iloc[place] else frame[column.name].iloc[place]
        with pairs[i // 2][i % 2]:
            if isinstance(column, CategoryColumn | OrderedColumn):
                offered = list(column.values)
                word = column.fill if cell is None else _word(cell)
                offered += [] if word in offered else [word]
                found[column.name] = st.selectbox(label, offered, offered.index(word), key=name)
            elif isinstance(column, MomentColumn):
                found[column.name] = _moment(column, label, name, column.fill if cell is None else _word(cell))
            else:
                found[column.name] = _number(label, name, None if frame is None else frame[column.name].dropna(),
                                             column.fill if cell is None else float(cell))
    return found


def _moment(column: MomentColumn, label: str, key: str, value: str) -> str:
    """A date or a time as text. For what is none the row's own is asked, and it says so."""
    text = st.text_input(label, value, key=key, max_chars=60)
    if column.unknown(pd.Series([text]))[0] or not text.strip():
        st.warning(f"{markdown(short(text)) if text.strip() else 'Nothing'} is no date or time that a calendar has. The answer "
                   f"is for {markdown(value)}. Type one that is written alike.", icon=":material/block:")
        return value
    return text


def _word(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)


def _number(label: str, key: str, known: pd.Series | None, value: float) -> float:
    """A field in which any number can be typed, and where the data has a range a slider across it, in round steps.

    Both are one value. What is typed outside of the range widens the slider, so that it never shows another number.
    """
    asked = number(label, None, None, value, key)
    if known is None or not len(known):
        return asked
    low, high = float(known.min()), float(known.max())
    if not low < high or high - low > 1e12:
        return asked
    step = 10.0 ** np.floor(np.log10((high - low) / 50))
    if (known == known.round()).all():
        step = max(1.0, step)
    digits = max(0, -int(np.floor(np.log10(step))))
    slider = f"{key}/slider"
    ends = float(np.floor(min(low, asked) / step) * step), float(np.ceil(max(high, asked) / step) * step)
    shown = next(n for n in range(digits, digits + 12) if n == digits + 11 or round(asked, n) == asked)
    st.session_state[slider] = asked

    def slid() -> None:
        st.session_state[key] = round(float(st.session_state[slider]), digits)

    st.slider(label, round(ends[0], digits), round(ends[1], digits), step=float(step), format=f"%.{shown}f", key=slider,
              on_change=slid, label_visibility="collapsed")
    return asked


def _answer(network: Trained, given: np.ndarray) -> None:
    target = network.saved.target
    if not np.isfinite(given).all():
        st.warning("No answer: the numbers left all bounds. Use values nearer to those of the data.")
    elif network.task == "classification":
        best = int(given.argmax())
        st.markdown(f"{markdown(target.name)}: **{markdown(target.classes[best])}**")
        st.altair_chart(probabilities(target.classes, given), alt=f"{target.classes[best]} with {percent(float(given[best]))}")
        st.caption("As sure as the network is of each class. How far such numbers can be trusted, the calibration of a network "
                   "shows.")
    else:
        st.metric(markdown(target.name), words(float(given), 5))
        st.caption(f"The values it learned from lie around {words(target.center)}, most of them no further than "
                   f"{words(2 * target.scale)} away.")


def _warn(network: Trained, asked: pd.DataFrame) -> None:
    """What lies far outside of what was learned: there the answer is a guess."""
    for column in network.saved.columns.columns:
        if column.outside(asked[column.name])[0]:
            st.caption(f":material/warning: **{markdown(column.name)}** lies far outside of what was learned "
                       f"({column.learned}): the answer is a guess, however sure it looks.")


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
