"""Who goes to another page while a film plays has left the one before: an ask of its film that is still on its way names that
page, and Streamlit would run it again in place of the other one: the click on the menu is lost."""

from time import monotonic

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

ON_ITS_WAY = 5
"""Seconds after a change of page in which an ask of the page before may still come."""
WALK = "_walk"
"""On a session: the page that the browser named last, the one it left for it, and until when nothing is heard from there."""


def comes_too_late(session: AppSession, asked: ClientState) -> bool:
    """Whether this asks for a part (an `st.fragment`) of the page that was just left. Hears all that a session is asked."""
    page = asked.page_script_hash
    here, left, until = getattr(session, WALK, ("", "", 0.0))
    if asked.fragment_id and page == left and monotonic() < until:
        return True
    if page:
        gone = not asked.fragment_id and here not in ("", page)
        setattr(session, WALK, (page, here, monotonic() + ON_ITS_WAY) if gone else (page, left, until))
    return False
