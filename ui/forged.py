"""Values that no browser sends. Streamlit hands a widget whatever a message says: where it cannot read a value the session
never recovers, and an unknown option reaches the page's callbacks. Here such a value is as if it had not been said."""

import logging
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state import session_state
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import Serialized, SessionState

log = logging.getLogger("playground")

TRIGGERS = {"trigger_value", "string_trigger_value", "json_trigger_value"}
ID = "$$"  # what every widget's id begins with; a session that holds another one can no longer be read as a whole
NUMBERS = {"int_value", "double_value"}  # a number field travels as either
take, register = SessionState.set_widgets_from_proto, SessionState.register_widget


def guard() -> None:
    """Every session of this process leaves out what no browser sends. Called once, before the first visitor."""
    SessionState.set_widgets_from_proto = _take  # type: ignore
    SessionState.register_widget = _register  # type: ignore


def _take(self: SessionState, widget_states: WidgetStates) -> None:
    """What a message says of the widgets that were on the page."""
    known = self._new_widget_state.widget_metadata
    fitting = [state for state in widget_states.widgets
               if (_offered(known[state.id], state) if state.id in known else state.id.startswith(ID))]
    if left_out := len(widget_states.widgets) - len(fitting):
        log.warning("Left out %d values that no browser sends", left_out)
    here = [state for state in fitting if state.id not in known or not _left(self, known[state.id], state)]
    take(self, widget_states if len(here) == len(widget_states.widgets) else WidgetStates(widgets=here))


def _left(self: SessionState, metadata: WidgetMetadata[Any], state: WidgetState) -> bool:
    """Whether a widget has left the page since the browser sent this. To Streamlit that looks like a change: the table before
    came back when a film asked for frames while a file was read."""
    return metadata.callback is not None and metadata.id not in self._old_state and state.WhichOneof("value") not in TRIGGERS


def _register(self: SessionState, metadata: WidgetMetadata[Any], user_key: str | None) -> Any:
    """A widget that comes onto the page: what the first message of a session said of it was not looked at yet."""
    states = self._new_widget_state.states
    state = states.get(metadata.id)
    if isinstance(state, Serialized) and not _readable(metadata, state.value):
        log.warning("Left out a value that no browser sends")
        del states[metadata.id]
    return register(self, metadata, user_key)


def _offered(metadata: WidgetMetadata[Any], state: WidgetState) -> bool:
    """Whether the widget can read this value, and offers it if it offers a choice."""
    if not _readable(metadata, state):
        return False
    if metadata.formatted_options is None or state.WhichOneof("value") is None:
        return True
    value = session_state.unpack_widget_state_value(state)
    chosen = [value] if isinstance(value, str) else value
    return set(chosen) <= set(metadata.formatted_options)


def _readable(metadata: WidgetMetadata[Any], state: WidgetState) -> bool:
    field = state.WhichOneof("value")
    if field is None:  # emptied
        return True
    if field != metadata.value_type and not NUMBERS >= {field, metadata.value_type}:
        return False
    if field == "file_uploader_state_value":  # reading it again would cost as much as the files
        return True
    try:
        metadata.deserializer(session_state.unpack_widget_state_value(state))
    except Exception:  # whatever a widget's reader stumbles over
        return False
    return True
