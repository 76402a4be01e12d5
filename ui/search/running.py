"""The search of a visitor: begun on a click, looked after while the page is open, cancelled when another one begins."""

from time import monotonic

import streamlit as st

from ann_core.base.words import listed
from ann_core.data.config import TABLE
from ann_core.search.estimate import MOST_SECONDS, seconds
from ann_core.search.search import Plan, Search
from ann_core.search.trial import Rows
from ui.player.workers import workers
from ui.search.settings import SearchSettings
from ui.your_data import session

AT_ONCE = 10.0
"""Seconds of work that begin by themselves when the page opens."""
HELD = "search/held"


def plan(chosen: SearchSettings) -> Plan:
    """What is carried out. A table's test rows are handed over apart from all others."""
    data = test = None
    if chosen.base.data.source == TABLE and (own := session.own_of(chosen.base.data)):
        data = session.prepared(chosen.base.data)
        if data is not None:
            y = own.y[own.test]
            learned = y if own.class_names else (y - data.target.center) / data.target.scale
            test = Rows(data.scaler(own.X[own.test]), learned)
    return Plan(chosen.base, chosen.space, chosen.way, chosen.trials, chosen.folds, chosen.seeds, chosen.hopeless, chosen.seed,
                data, test)


def begin(chosen: SearchSettings) -> None:
    """Begins a search; the one before ends. Keeps why when it would take too long."""
    wanted = plan(chosen)
    if (before := held()) is not None:
        before.cancel()
    if (needed := seconds(wanted)) > MOST_SECONDS:
        st.session_state[HELD] = None
        st.session_state["search/refused"] = (
            f"{wanted.count:,} trials would take about {duration(needed)} on one core; at most {duration(MOST_SECONDS)} are possible. "
            f"Use fewer {listed(['trials', 'epochs', 'networks a trial', 'folds'], 4)}.")
        return
    st.session_state["search/refused"] = None
    st.session_state[HELD] = chosen, Search(wanted, workers().submit), monotonic()


def held() -> Search | None:
    """The search that the page shows."""
    found = st.session_state.get(HELD)
    return found[1] if found else None


def of() -> SearchSettings | None:
    """The settings that it was begun with."""
    found = st.session_state.get(HELD)
    return found[0] if found else None


def left(search: Search) -> str:
    """How long it will still take, from how long it has taken."""
    began, done = st.session_state[HELD][2], len(search.tried) + search.pending
    if not len(search.tried):
        return ""
    return f", about {duration((monotonic() - began) / done * (search.plan.count - done))} left"


def duration(seconds: float) -> str:
    """In words: 40 seconds, 12 minutes, 3 hours."""
    if seconds < 90:
        return f"{max(1, round(seconds))} second{'s' * (round(seconds) > 1)}"
    return f"{round(seconds / 60)} minutes" if seconds < 5_400 else f"{seconds / 3_600:.1f} hours"
