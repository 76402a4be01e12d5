"""What the page's widgets said when it last ran. A widget may change in the same tick as an ask: Streamlit then runs the
player's fragment alone, and the change would be shown but never take effect."""

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

REMEMBERED = "player/page_values"


def remember_page() -> None:
    """At the end of the page's run, when all of its widgets are there."""
    st.session_state[REMEMBERED] = _page_values()


def page_changed() -> bool:
    """Whether this runs without the page, which would have something new to hear. Widgets that come and go are none."""
    context = get_script_run_ctx()
    if not context or not context.fragment_ids_this_run:
        return False
    before, now = st.session_state.get(REMEMBERED), _page_values()
    return before is None or any(now[key] != before[key] for key in now.keys() & before.keys())


def _page_values() -> dict[str, Any]:
    """Every plain value under a key of this session, as widgets hold them; not of widgets in fragments of their own."""
    plain = (str, int, float, bool, tuple, list, type(None))
    return {str(key): value for key, value in st.session_state.items()
            if isinstance(value, plain) and not str(key).startswith("aside/")}
