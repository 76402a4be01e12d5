"""What Streamlit's widgets hold, and how their values travel (Streamlit 1.67)."""

from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState

# Which field of a WidgetState carries the value of which kind of widget.
FIELDS = {
    "button_group": "string_array_value", "multiselect": "string_array_value", "slider": "double_array_value",
    "selectbox": "string_value", "radio": "string_value", "text_input": "string_value",
    "text_area": "string_value", "color_picker": "string_value", "checkbox": "bool_value",
    "number_input": "double_value", "file_uploader": "file_uploader_state_value",
}
ONE_BY_INDEX, MANY_BY_INDEX = ("selectbox", "radio"), ("button_group", "multiselect")


@dataclass
class Node:
    """An element on the page, and the script run that last confirmed it."""

    kind: str
    proto: Message
    fragment_id: str
    run_id: str


def option_texts(node: Node) -> list[str]:
    """The options of a choosing widget as they are sent back."""
    return [f"{o.content_icon} {o.content}".strip() if node.kind == "button_group" else o
            for o in node.proto.options]


def shown_value(node: Node) -> Any:
    """What a widget holds when it appears: the value the server insists on, else its default."""
    proto, kind = node.proto, node.kind
    if kind in ONE_BY_INDEX:
        if proto.set_value:
            return proto.raw_value if proto.HasField("raw_value") else None
        return proto.options[proto.default] if proto.options and proto.HasField("default") else None
    if kind in MANY_BY_INDEX:
        return list(proto.raw_values) if proto.set_value else [option_texts(node)[i] for i in proto.default]
    if kind == "slider":
        if proto.type == Slider.SELECT_SLIDER:
            chosen = [proto.options[int(i)] for i in proto.default]
            return list(proto.raw_value) if proto.set_value else chosen
        return list(proto.value if proto.set_value else proto.default)
    field = "value" if proto.set_value else "default"
    optional = proto.DESCRIPTOR.fields_by_name[field].has_presence
    return getattr(proto, field) if not optional or proto.HasField(field) else None


def widget_state(node: Node, value: Any) -> WidgetState:
    """The value of a widget as it travels; an empty widget travels with its id alone."""
    field = FIELDS[node.kind]
    if node.kind == "slider" and node.proto.type == Slider.SELECT_SLIDER:
        field = "string_array_value"
    if node.kind == "number_input" and node.proto.data_type == node.proto.INT:
        field = "int_value"
    state = WidgetState(id=node.proto.id)
    if value is None:
        return state
    if field.endswith("array_value"):
        getattr(state, field).data.extend(value)
    else:
        setattr(state, field, int(value) if field == "int_value" else value)
    return state
