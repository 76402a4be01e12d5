"""Search: hyperparameters chosen in the open. What is tried, how it is chosen, and how far the winner can be trusted."""

import streamlit as st

from ann_core.search.estimate import seconds
from ui.page import notes, title
from ui.search.controls import controls
from ui.search.results import open_these, pictures, table, winner
from ui.search.running import AT_ONCE, begin, duration, held, left, of, plan
from ui.search.settings import SearchSettings, read, write
from ui.settings import PageSettings
from ui.text import markdown
from ui.your_data import session

known = session.with_known_tables(read, SearchSettings(), lambda value: (value.base,))
settings = PageSettings("search", known, write)

chosen, link_notes = settings.current()
title("Search")
with st.sidebar:
    make = controls(settings, session.present())
chosen, refused = settings.accept(make)
notes(refused, link_notes)
st.caption("Which learning rate, how many layers? Settings that are not learned are searched: many networks are trained, each is "
           "judged on validation rows, and the best one is tested once, at the end.")
if held() is None and not st.session_state.get("search/refused") and seconds(plan(chosen)) < AT_ONCE:
    begin(chosen)


@st.fragment(run_every=0.5 if (search := held()) and search.state == "running" else None)
def going_on() -> None:
    """The search as it goes on: looked after twice a second while it runs."""
    search = held()
    if why := st.session_state.get("search/refused"):
        st.warning(markdown(why), icon=":material/block:")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if search is not None and search.state == "running":
            search.look()
            done = len(search.tried) + search.pending
            st.progress(min(1.0, done / max(1, search.plan.count)), f"{done} of {search.plan.count} trials{left(search)}")
            st.button("Cancel", icon=":material/stop:", on_click=search.cancel)
            if search.state != "running":
                st.rerun()
        else:
            same = of() == chosen
            st.button("Search again" if same else "Search with these settings", type="secondary" if same else "primary",
                      icon=":material/search:", on_click=begin, args=(chosen,))
            if search is not None and search.state == "cancelled":
                st.button("Go on", icon=":material/play_arrow:", on_click=search.go_on)
            st.caption(f"{plan(chosen).count:,} trials, about {duration(seconds(plan(chosen)))} of one core."
                       + ("" if same or search is None else " Below is the search before."))
    if search is None:
        return
    if search.state == "finished":
        winner(search)
    pictures(search)
    open_these(table(search))


going_on()
