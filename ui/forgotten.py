"""Tabs that the server does not know: it started anew, or another process took them over. What they ask of a part of their page
(an `st.fragment`) Streamlit would leave unanswered for ever, as it knows no such part yet. Here their page runs first."""

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

request_rerun = AppSession.request_rerun


def welcome() -> None:
    """Every session of this process begins with its page. Called once, before the first visitor."""
    AppSession.request_rerun = _request_rerun  # type: ignore


def _request_rerun(self: AppSession, client_state: ClientState | None) -> None:
    if client_state and not self.page_script_hash:  # nothing has run here yet
        client_state.fragment_id = ""
    request_rerun(self, client_state)
