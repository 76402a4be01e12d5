"""Ways on from a search: trials that were chosen, opened elsewhere."""

from collections.abc import Iterable

import streamlit as st

from ann_core.base.words import listed
from ann_core.lab import twins
from ann_core.run.config import RunConfig
from ann_core.run.link import to_query
from ann_core.search.search import Tried
from ann_core.search.space import BEND, offer
from ui.page import script
from ui.search.running import Held
from ui.your_data import session
from ui.your_data import settings as own_settings

MOST = twins.MOST
"""Trials that are chosen at once."""


def open_these(held: Held) -> None:
    """Ways on for the trials that were picked; without any, for the best one."""
    tried = {one.number: one for one in held.search.tried}
    picked = [tried[number] for number in held.picked if number in tried and tried[number].config]
    if not picked:
        st.caption(f"Choose up to {MOST} trials, by a row of the table, a dot or a line: the same ones stand out everywhere, "
                   "and can be opened.")
        return
    open_each(picked)
    if len(picked) > 1:
        _compared(picked)


def open_each(picked: Iterable[Tried]) -> None:
    """Where each of these trials can be watched."""
    with st.container(horizontal=True, gap="small"):
        for one in picked:
            if one.config is not None:
                st.page_link(script("play/playground"), label=f"Watch trial {one.number + 1} learn",
                             icon=":material/play_circle:", query_params=to_query(one.config),
                             help="In the Playground, with these settings.")
                _in_your_data(one.number, one.config)


def _in_your_data(number: int, config: RunConfig) -> None:
    own = session.own_of(config.data)
    if own is None or own.table.digest != session.table().digest:
        return
    st.page_link(script("play/your_data"), label=f"Trial {number + 1} in Your data", icon=":material/table_view:",
                 query_params=own_settings.write(own_settings.OwnSettings(own.preparation, config)))


def _compared(picked: list[Tried]) -> None:
    odd = [offer(path).label.lower() for path in picked[0].picks if len({one.picks[path] for one in picked}) > 1
           and path not in twins.MAY_DIFFER and path != BEND]
    in_the_gradient_lab(tuple(one.config for one in picked if one.config),
                        f"trials {listed([str(one.number + 1) for one in picked], MOST)}", odd)


def in_the_gradient_lab(configs: twins.Twins, called: str, odd: list[str]) -> None:
    """The way to these runs side by side, where they may differ so. called: what they are   odd: in what they differ although
    twins share it, in words"""
    try:
        query = twins.to_query(twins.check(configs))
    except ValueError:
        st.caption("The Gradient lab compares networks that start from the same weights and see the same rows in the same "
                   f"order. {called[0].upper()}{called[1:]} differ in {listed(odd, 4)}, so they cannot stand side by side "
                   "there.")
        return
    st.page_link(script("play/gradient_lab"), label=f"Compare {called} in the Gradient lab",
                 icon=":material/waterfall_chart:", query_params=query)
