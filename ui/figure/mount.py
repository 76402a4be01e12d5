"""Mounts a Plotly figure that lives in the browser: parts of it are dragged, it is read with a cursor, it plays an animation.

Colours are our tokens, `marker_color="var(--accent)"`, and follow Streamlit's theme; assets/figure/figure.css names them.
The texts of traces (names, labels, categories, hover texts) may come from visitors and show as they are. Titles, annotations
and templates are read as Plotly reads them: what a visitor wrote goes through `ui.text.plotly` there.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from math import isfinite
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from plotly.io.json import to_json_plotly

from ui.assets import mounted
from ui.figure.checks import SOLID, check, sizes_of
from ui.figure.moves import is_count, read_moves
from ui.figure.parts import Animation, Cursor, Drag, FollowingLine, FollowingPoints, Rest

_component = mounted("live_figure", "figure/index.js",
                     '<div class="live-figure" data-testid="figure" data-state="loading"></div>')


@dataclass
class _Mount:
    """What the server remembers of one figure of one visitor."""

    answer: int = 0


def figure(
    fig: go.Figure,
    *,
    key: str,
    height: int = 360,
    least: int = 0,
    toward: float = 0.0,
    alt: str,
    drag: Mapping[str, Drag] = MappingProxyType({}),
    follow: Sequence[FollowingLine | FollowingPoints] = (),
    cursor: Cursor | None = None,
    animation: Animation | None = None,
    rest: Rest | None = None,
    on: Callable[[str, dict[str, float]], None] | None = None,
) -> None:
    """Show `fig`, as wide as its place and `height` pixels high; the same `key` updates the same picture in place. Where its
    place is narrower than `least` pixels, it is scrolled sideways, and comes up with its part at `toward` (0 to 1) in view.

    `alt` says in words what the picture shows. `drag` names the traces and shapes that can be moved or pressed, `follow` what
    moves with them in the browser. `on(name, values)` hears where something was dragged, at most eight times a second and
    always of the end, before the page's script runs: it may set widgets. `values` holds "x" and "y" as far as they can move,
    and "point" where each point of a trace can. Without `on` a drag stays in the browser.
    Raises ValueError for names that are not in the figure, or too many handles.
    """
    data = [trace.to_plotly_json() for trace in fig.data]
    layout = {name: value for name, value in fig.layout.to_plotly_json().items() if name != "template"}
    sizes = sizes_of(data, layout)
    check(sizes, drag, follow, animation)
    mount = st.session_state.setdefault(f"{key}/figure", _Mount())
    message = {
        "answer": mount.answer, "tells": on is not None, "height": height, "least": least, "toward": toward, "alt": alt,
        "data": data, "layout": layout, "solid": any(trace["type"] in SOLID for trace in data),
        "drag": [asdict(spec) | {"name": name, "step": spec.steps, "label": spec.label or name} for name, spec in drag.items()],
        "follow": [asdict(rule) for rule in follow], "film": animation and _told(animation), "rest": rest and rest.at,
        "cursor": cursor is not None, "at": cursor and cursor.at, "sets": bool(cursor and cursor.on),
    }
    _component(
        key=key, data=to_json_plotly(message).encode(), on_moved_change=partial(_take, mount, key, dict(drag), sizes, on),
        on_set_change=partial(_hear, key, "set", cursor.on if cursor else None,
                              lambda value: type(value) in (int, float) and isfinite(value)),
        on_rest_change=partial(_hear, key, "rest", rest.on if rest else None,
                               lambda value: animation is not None and is_count(value, len(animation.frames) - 1)))


def _hear(key: str, name: str, on: Callable[[Any], None] | None, fine: Callable[[Any], bool]) -> None:
    """A number from the browser, which may have been forged."""
    said = st.session_state.get(key)
    value = said.get(name) if said is not None else None
    if on is not None and fine(value):
        on(value)


def _told(animation: Animation) -> dict[str, Any]:
    """The animation as it travels. Its id tells the browser whether it is another one, which starts from its beginning; and so
    does one that is to play by itself now, and was not before."""
    told = {"rate": animation.rate, "noun": animation.noun, "loop": animation.loop, "frames": [
        {"traces": dict(frame.traces), "shapes": dict(frame.shapes), "caption": frame.caption} for frame in animation.frames]}
    return {"id": hashlib.sha256(to_json_plotly(told).encode()).hexdigest()[:16], "autoplay": animation.autoplay, **told}


def _take(mount: _Mount, key: str, drag: Mapping[str, Drag], sizes: Mapping[str, int],
          on: Callable[[str, dict[str, float]], None] | None) -> None:
    """Runs before the script, the only time at which a page may still set its widgets."""
    said = st.session_state.get(key)  # gone when its page is
    read = read_moves(said.get("moved"), drag, sizes) if said is not None else None
    if read is None or on is None:
        return
    mount.answer, moves = read
    for name, values in moves:
        on(name, values)
