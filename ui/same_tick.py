"""What changes in the same tick of the browser travels in one message, and Streamlit lets a message that comes from a part of a
page (an `st.fragment`) run that part alone: a file that has just arrived while a film asked for frames was never read. Here
whatever else such a message says is heard: by its own part of the page, or by the whole page."""

from dataclasses import replace
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state import SessionState

will_rerun = SessionState.on_script_will_rerun


def listen() -> None:
    """Every session of this process hears all that a message says. Called once, before the first visitor."""
    SessionState.on_script_will_rerun = _will_rerun  # type: ignore


def _will_rerun(self: SessionState, fresh_widget_states: WidgetStates | None, **more: Any) -> None:
    """A run begins, with what a message says of all widgets."""
    will_rerun(self, fresh_widget_states, **more)
    context = get_script_run_ctx()
    if not context or not context.script_requests or not (running := context.fragment_ids_this_run):
        return
    if others := _changed_parts(self) - {*running}:
        parts = [] if None in others else [part for part in others if part and context.fragment_storage.contains(part)]
        if None in others or parts:
            context.script_requests.request_rerun(replace(self._build_full_app_rerun(context), fragment_id_queue=parts))


def _changed_parts(state: SessionState) -> set[str | None]:
    """The parts of the page with widgets that the message changed; None stands for the page itself. What has come onto the page
    since, or has left it, was not changed."""
    known = state._new_widget_state.widget_metadata
    return {known[widget].fragment_id for widget in state._new_widget_state
            if widget in known and widget in state._old_state and state._widget_changed(widget)}
