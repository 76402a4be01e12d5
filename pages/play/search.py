"""Search: hyperparameters chosen in the open. What is tried, how it is chosen, and how far the winner can be trusted."""

import streamlit as st

from ui.page import notes, title
from ui.search.controls import controls
from ui.search.guess import predicted
from ui.search.onward import open_these
from ui.search.results import mattered, pictures, table, tried
from ui.search.running import AT_ONCE, INSTEAD, REFUSED, begin, duration, expected, held, plan, too_large
from ui.search.settings import SearchSettings, read, write
from ui.search.winner import winner
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
st.markdown("A network does not learn its settings, such as its learning rate and its number of layers: somebody has to choose "
            "them. A search trains many networks, each with other settings. Each of them is a **trial**, and the best trial "
            "wins.")
if plan(chosen).folds != chosen.folds:
    st.caption(f":material/info: This table has no validation rows, so {INSTEAD} folds of its training rows judge in turn.")
begins = settings.moved or (held() is None and not st.session_state.get(REFUSED))
if begins and expected(chosen).all < AT_ONCE:
    begin(chosen)
polled = (there := held()) is not None and there.running


@st.fragment(run_every=0.5 if polled else None)
def going_on() -> None:
    """The search as it goes on: looked after twice a second while it runs."""
    now = held()
    if now is not None and now.running:
        now.watch()
    if (now is not None and now.running) != polled:
        st.rerun()
    if why := st.session_state.get(REFUSED):
        st.warning(markdown(why), icon=":material/block:")
    same = now is not None and now.of == chosen
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if now is not None and now.running:
            count = now.search.plan.count
            st.progress(min(1.0, now.done / max(1, count)), f"{now.done} of {count} trials{now.left()}")
            st.button("Cancel", icon=":material/stop:", on_click=now.search.cancel)
            if not same:
                st.button("Search anew", type="primary", icon=":material/search:", on_click=begin, args=(chosen,))
        else:
            st.button("Search again" if same else "Search", type="secondary" if same else "primary", icon=":material/search:",
                      on_click=begin, args=(chosen,))
            if now is not None and now.search.state == "cancelled":
                st.button("Go on", icon=":material/play_arrow:", on_click=now.go_on)
                st.caption(f"Cancelled after {len(now.search.tried)} of {now.search.plan.count} trials.")
            needed, trials = expected(chosen), plan(chosen).count
            st.caption(too_large(needed, trials) or f"{trials:,} trials, about {duration(needed.all)} of work.")
    if now is None:
        return
    if not same:
        st.caption("The settings at the left have changed; what stands here was searched with those before.")
    if not predicted(now.of, now.search):
        tried(now)
        return
    pictures(now)
    if now.search.state == "finished":
        winner(now)
    if not now.running:
        mattered(now)
    table(now)
    if not now.running:
        open_these(now)


going_on()
