"""What each column is worth: the network trained again without it, on a click, and one click to leave it out."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.numbers import number, percent, size
from ann_core.data.table.columns import short
from ann_core.data.table.own import Own, key_of
from ann_core.lab.worth import SEEDS, Worth, cost, worths
from ann_core.run.run import Run
from ui.your_data import session
from ui.your_data.settings import START_COST

MOST = 20 * START_COST
"""Operations that a click may take, about a minute and a half."""


def worth(own: Own, run: Run, drop: Callable[[str], None]) -> None:
    """Draws the part. drop: leaves a column out"""
    if len(own.encoder.columns) < 2:
        return
    st.markdown("**Would it be missed?** A network that leans on a column might do as well with the others. Each column is "
                f"left out and the network trained anew, from {SEEDS} first weights.")
    if (much := cost(own, run.config)) > MOST:
        st.caption(f"Here that would be about {size(much)} operations; at most {size(MOST)} are done for a click. Use fewer "
                   "epochs, columns or rows.")
        return
    epochs = max(1, round(run.state.best.epoch if run.state.best else run.epoch))
    key = ("worth", key_of(own.table, own.preparation), run.config.model_dump_json(), epochs)
    if not session.known(key) and not st.button("Leave each one out and train again", icon=":material/playlist_remove:",
                                                key="own/worth"):
        return
    found = session.slow(key, "Training without each column …", lambda: _measured(own, run, epochs))
    whole, *others = found
    others.sort(key=lambda one: -float(np.nanmean(one.falls(whole))))
    st.dataframe(pd.DataFrame([_row(one, whole, own) for one in others]), hide_index=True, height="content")
    st.caption(f"Measured on the same held-out rows as above; with all columns: {_spelt(whole.scores, own)}. *Missed by* "
               "counts the pairs of networks, same first weights, of which the one without the column did worse.")
    names = [one.name for one in others if one.name]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name = st.selectbox("A column to leave out", names, len(names) - 1, key="own/worth/drop", format_func=short, width=320)
        st.button("Leave it out", on_click=drop, args=(name,), key="own/worth/leave")


def _measured(own: Own, run: Run, epochs: int) -> list[Worth]:
    found, all_of_them = [], 1 + len(own.encoder.columns)
    bar = st.progress(0.0, "Training with all columns …")
    for one in worths(own, run.config, epochs):
        found.append(one)
        bar.progress(len(found) / all_of_them, f"{len(found)} of {all_of_them} kinds of network trained …")
    bar.empty()
    return found


def _row(one: Worth, whole: Worth, own: Own) -> dict[str, str]:
    falls = one.falls(whole)
    return {"without": str(one.name), "score": _spelt(one.scores, own),
            "missed by": f"{int((falls > 0).sum())} of {len(falls)} networks"}


def _spelt(scores: np.ndarray, own: Own) -> str:
    """Middle, lowest and highest, in the words of the task: accuracy, or the typical miss."""
    spell: Callable[[float], str] = percent if own.task == "classification" else lambda value: number(abs(value))
    low, middle, high = (spell(float(value)) for value in (np.nanmin(scores), np.nanmedian(scores), np.nanmax(scores)))
    what = "accuracy" if own.task == "classification" else "typical miss"
    return f"{what} {middle} ({low} to {high})" if own.task == "classification" else f"{what} {middle} ({high} to {low})"
