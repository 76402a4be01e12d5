"""What the browser asks of a page that is not there. Of tabs that the server does not know (it started anew, or another process
took them over) Streamlit would leave what they ask of a part of their page (an `st.fragment`) unanswered for ever, as it knows
no such part yet. Here their page runs first. And what comes from a page that was left is not heard (`ui/left_page.py`)."""

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from ui.left_page import comes_too_late

request_rerun = AppSession.request_rerun


def welcome() -> None:
    """Every session of this process begins with its page. Called once, before the first visitor."""
    AppSession.request_rerun = _request_rerun  # type: ignore


def _request_rerun(self: AppSession, client_state: ClientState | None) -> None:
    if client_state and not self.page_script_hash:  # nothing has run here yet
        client_state.fragment_id = ""
    if not (client_state and comes_too_late(self, client_state)):
        request_rerun(self, client_state)
