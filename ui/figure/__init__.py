"""A Plotly figure that lives in the browser: parts of it are dragged, it is read with a cursor, it plays an animation."""

from ui.figure.mount import figure
from ui.figure.parts import Animation, Cursor, Drag, FollowingLine, FollowingPoints, Keyframe, Press, Rest

__all__ = ["Animation", "Cursor", "Drag", "FollowingLine", "FollowingPoints", "Keyframe", "Press", "Rest", "figure"]
