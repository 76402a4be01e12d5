"""The table of compared runs, and what can be done with those that are chosen in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.spelling import words
from ann_core.base.words import listed
from ann_core.lab import twins
from ann_core.lab.comparison import differing, label, settings
from ann_core.search.space import BEND
from ui.colors import MANY_RUNS, ink_on
from ui.compare.choice import pick, picked, turn
from ui.compare.kept import LONGEST_NAME, Kept, remove
from ui.page import script
from ui.search.controls import spelt
from ui.search.onward import in_the_gradient_lab
from ui.text import csv, markdown
from ui.your_data import session

NUMBER, NAME, TIME = "run", "name", "seconds to train"
REACHED = "training.epochs"
"""Has a column of its own: how far a run came."""
OF_TIME = ("About how long one core of this server needs for the training steps alone, without pictures: the first steps were "
           "timed once more when the run was kept.")


def varied(runs: Sequence[Kept]) -> list[str]:
    """The settings in which these runs differ, by name."""
    return [path for path in differing([one.result.config for one in runs]) if path != REACHED]


def table(runs: Sequence[Kept], own: bool) -> None:
    """Rows can be chosen, columns sorted. own: whether the visitor kept these runs, and may rename and remove them"""
    frame = pd.DataFrame(_rows(runs)).dropna(axis=1, how="all")
    frame = frame.loc[:, [name for name in frame if not (frame[name] == "").all()]]
    key = f"compare/table/{turn()}"

    def chosen() -> None:
        pick(runs[place].number for place in st.session_state[key].selection.rows if place < len(runs))

    at = {one.number: place for place, one in enumerate(runs)}
    plain = frame.style.format(_shown).map(_swatch, subset=[NUMBER])
    st.dataframe(plain, hide_index=True, column_config=_columns(runs), key=key,
                 selection_mode="multi-row", on_select=chosen,
                 selection_default={"selection": {"rows": [at[number] for number in picked() if number in at],
                                                  "columns": [], "cells": []}})
    with st.container(horizontal=True, gap="small"):
        st.download_button("The table as CSV", csv(frame), "compare.csv", "text/csv", icon=":material/download:",
                           type="tertiary", on_click="ignore")
        if own:
            st.button("Remove all", icon=":material/delete_sweep:", type="tertiary", key="compare/remove_all", on_click=_remove,
                      args=(tuple(at),), help="Lets the runs of this table go.")


def _rows(runs: Sequence[Kept]) -> list[dict[str, Any]]:
    paths, rows = varied(runs), []
    each = [settings(one.result.config) for one in runs]
    for one, values in zip(runs, each, strict=True):
        found = one.result
        score = {f"{found.measure.label}, {found.rows}": _finite(found.judged)} if found.score else {}
        rows.append({NUMBER: one.number, NAME: one.name,
                     **{label(path): _cell(path, values.get(path), [other.get(path) for other in each]) for path in paths},
                     **score, **{f"loss, {name}": _finite(found.last(column)) for column, name in found.losses},
                     found.clock: float(f"{found.times[-1]:.4g}"), "parameters": found.parameters, TIME: found.seconds,
                     "changed on the way": found.changed, "how it ended": found.ending or ""})
    return rows


def _cell(path: str, value: Any, column: Sequence[Any]) -> Any:
    """A number where the whole column has numbers, so that it is sorted by size; else words."""
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in column)
    return value if numbers else spelt(path, value)


def _shown(cell: Any) -> Any:
    return "" if pd.isna(cell) else words(cell) if isinstance(cell, float) else cell


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _columns(runs: Sequence[Kept]) -> dict[str, Any]:
    columns = {NUMBER: st.column_config.NumberColumn(width=50, pinned=True), NAME: st.column_config.TextColumn(width="medium"),
               "parameters": st.column_config.NumberColumn(format="localized"),
               TIME: st.column_config.NumberColumn(format="%.2g", help=OF_TIME)}
    for one in runs:
        found = one.result
        columns[found.clock] = st.column_config.NumberColumn(format="%.6g")
        columns |= {f"loss, {name}": st.column_config.NumberColumn(format="%.4g") for _, name in found.losses}
        columns[f"{found.measure.label}, {found.rows}"] = st.column_config.NumberColumn(
            format="percent" if found.measure.kind == "share" else "%.4g")
    return columns


def _swatch(number: int) -> str:
    color = MANY_RUNS[number - 1]
    return f"background-color: {color}; color: {ink_on(color)}; font-weight: 600"


# Chosen runs ------------------------------------------------------------------------------------------------------------

def chosen(runs: Sequence[Kept], own: bool) -> None:
    """What can be done with the runs that are chosen: watched again, renamed, removed, held side by side."""
    there = [one for one in runs if one.number in picked()]
    if not there:
        st.caption("Choose a run by a row of the table, a curve or a dot: it stands out in all pictures, and can be "
                   f"{'renamed, removed or ' if own else ''}watched again. Up to {twins.MOST} at once.")
        return
    for one in there:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True,
                          key=f"compare/chosen/{one.number}"):
            if own:
                key = f"compare/name/{one.number}"
                st.markdown(f"**{one.number}**", width="content")
                st.text_input(f"Name of run {one.number}", one.name, max_chars=LONGEST_NAME, key=key, width=280,
                              label_visibility="collapsed", on_change=_rename, args=(one, key))
            else:
                st.markdown(f"**{one.number}: {markdown(one.name)}**", width="content")
            _watch(one)
            if own:
                st.button("Remove", key=f"compare/remove/{one.number}", type="tertiary", icon=":material/close:",
                          on_click=_remove, args=((one.number,),))
    if len(there) > 1:
        _side_by_side(there)


def _rename(one: Kept, key: str) -> None:
    one.rename(str(st.session_state.get(key, "")))
    st.session_state[key] = one.name


def _remove(numbers: tuple[int, ...]) -> None:
    remove(numbers)
    pick(number for number in picked() if number not in numbers)


def _watch(one: Kept) -> None:
    """The way to the page where the run can be watched again; a table must be there still."""
    if (shape := one.result.config.data.table) is not None:
        own = session.own_of(one.result.config.data)
        if own is None or own.table.digest != session.table().digest:
            st.caption(f"Learned from the table {markdown(shape.name)}. To watch it again, bring that table in on the page "
                       "Your data.", width="stretch")
            return
    again = "With the settings that it had at last, from the first epoch." if len(one.result.history) > 1 else None
    st.page_link(script(one.origin.page), label=f"Watch it in {one.origin.title}", icon=":material/play_circle:",
                 query_params=one.origin.query, help=again)


def _side_by_side(there: Sequence[Kept]) -> None:
    """As twins, where the Gradient lab takes such networks."""
    configs = tuple(one.result.config for one in there)
    if any(config.objective.kind != "supervised" or config.data.sequence or
           any(layer.kind != "dense" for layer in config.network.layers) for config in configs):
        return
    odd = [label(path).lower() for path in differing(configs) if path not in twins.MAY_DIFFER and path != BEND]
    in_the_gradient_lab(configs, f"runs {listed([words(one.number) for one in there], twins.MOST)}", odd)
