"""Mounts a Plotly figure that lives in the browser: parts of it are dragged, it is read with a cursor, it plays an animation.

Colours are our tokens, `marker_color="var(--accent)"`, and follow Streamlit's theme; assets/figure/figure.css names them.
The texts of traces (names, labels, categories, hover texts) may come from visitors and show as they are. Titles, annotations
and templates are read as Plotly reads them: what a visitor wrote goes through `ui.text.plotly` there.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from math import isfinite
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from plotly.io.json import to_json_plotly

from ui.assets import url

MAX_HANDLES = 200
MAX_COUNT = 2**31 - 1
SOLID = ("surface", "scatter3d", "mesh3d")
"""Types of traces in three dimensions, which need WebGL. Without it a surface shows as a contour."""

Amount = float | str | Sequence[Sequence[float | str]]
"""A number, a dragged value (`"w.x"`), or a sum of products of both: `[[-1, "w.x", "p.x"], [3]]` is −w.x·p.x + 3."""

_component = st.components.v2.component(
    "live_figure",
    html='<div class="live-figure" data-testid="figure" data-state="loading"></div>',
    js=f"""
export default async function (component) {{
  const {{ mount }} = await import(new URL({json.dumps(url("figure/index.js"))}, location.origin).href)
  return mount(component)
}}
""",
    isolate_styles=False,
)


@dataclass(frozen=True)
class Drag:
    """How far a point of a trace, or a shape as a whole (its `x0`, `y0`), may be dragged.

    x, y: lowest and highest value, in the units of the axes; None: it does not move in this direction. step: of an arrow key
    and of what a hand can set, one for both directions or (x, y). label: what the handle is called. point: which point of the
    trace; None: each of them.
    """

    x: tuple[float, float] | None = None
    y: tuple[float, float] | None = None
    step: float | tuple[float, float] = 0.1
    label: str = ""
    point: int | None = 0

    def __post_init__(self) -> None:
        if self.x is None and self.y is None:
            raise ValueError("Expected bounds in x, y or both; without them nothing can be dragged.")
        for low, high in filter(None, (self.x, self.y)):
            if not (isfinite(low) and isfinite(high) and low < high):
                raise ValueError(f"Expected finite bounds (low, high) with low < high, got {(low, high)}.")
        if not all(isfinite(step) and step > 0 for step in self.steps):
            raise ValueError(f"Expected a step above 0, got {self.step}.")

    @property
    def steps(self) -> tuple[float, float]:
        return self.step if isinstance(self.step, tuple) else (self.step, self.step)


@dataclass(frozen=True)
class Press(Drag):
    """A shape or point that stays where it is and is pressed, by hand or by Enter: `on` hears of it, without a place.

    chosen: whether it is the one that the page shows, as its button says aloud; None where none is.
    """

    chosen: bool | None = None

    def __post_init__(self) -> None:
        if self.x is not None or self.y is not None:
            raise ValueError("Expected no bounds: what is pressed does not move. For what is moved there is Drag.")


@dataclass(frozen=True)
class FollowingLine:
    """While something is dragged, the trace or line `target` becomes the line a·x + b·y + c = 0, right across the picture."""

    target: str
    a: Amount
    b: Amount
    c: Amount


@dataclass(frozen=True)
class FollowingPoints:
    """While something is dragged, the points of the trace (or the two ends of the shape) `target` lie at these places."""

    target: str
    x: Sequence[Amount]
    y: Sequence[Amount]


@dataclass(frozen=True)
class Keyframe:
    """One moment of an animation: by name, what is new in some traces (`x`, `y`, `z`, `text`, …) and shapes; and a sentence.

    A line that grows says only how far it has come: `upto`, so many of its points.
    """

    traces: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    caption: str = ""


@dataclass(frozen=True)
class Animation:
    """Keyframes that the browser plays, `rate` a second. `noun` names what one of them is, as in "Step 3 / 20"; None
    where they lie unevenly, and the caption says which one it is."""

    frames: Sequence[Keyframe]
    rate: float = 8.0
    noun: str | None = "Step"
    autoplay: bool = False
    loop: bool = False


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
    cursor: str | None = None,
    at: float | None = None,
    on_cursor: Callable[[float], None] | None = None,
    rest: int = 0,
    on_rest: Callable[[int], None] | None = None,
    animation: Animation | None = None,
    on: Callable[[str, dict[str, float]], None] | None = None,
) -> None:
    """Show `fig`, as wide as its place and `height` pixels high; the same `key` updates the same picture in place. Where its
    place is narrower than `least` pixels, it is scrolled sideways, and comes up with its part at `toward` (0 to 1) in view.

    `alt` says in words what the picture shows. `drag` names the traces and shapes that can be moved or pressed, `follow` what
    moves with them in the browser. `on(name, values)` hears where something was dragged, at most eight times a second and
    always of the end, before the page's script runs: it may set widgets. `values` holds "x" and "y" as far as they can move,
    and "point" where each point of a trace can. Without `on` a drag stays in the browser. `cursor="x"`: a line through all
    plots, and every curve's value there below them; it stands `at` a place of the page's, follows the pointer while that is
    over the picture, and tells `on_cursor` where it was set by a press or a key. `on_rest` hears at which keyframe an animation
    rests, if that is not the one that the page has, `rest`.
    Raises ValueError for names that are not in the figure, too many handles, or an unknown cursor.
    """
    data = [trace.to_plotly_json() for trace in fig.data]
    layout = {name: value for name, value in fig.layout.to_plotly_json().items() if name != "template"}
    if cursor not in (None, "x"):
        raise ValueError(f"Expected a cursor along 'x' or None, got {cursor!r}.")
    sizes = _sizes(data, layout)
    _check(sizes, drag, follow, animation)
    mount = st.session_state.setdefault(f"{key}/figure", _Mount())
    message = {
        "answer": mount.answer, "tells": on is not None, "height": height, "least": least, "toward": toward, "alt": alt,
        "data": data, "layout": layout, "solid": any(trace["type"] in SOLID for trace in data),
        "drag": [asdict(spec) | {"name": name, "step": spec.steps, "label": spec.label or name} for name, spec in drag.items()],
        "follow": [asdict(rule) for rule in follow], "cursor": cursor, "at": at,
        "sets": on_cursor is not None, "rest": None if on_rest is None else rest, "film": animation and _told(animation),
    }
    moved = partial(_take, mount, key, dict(drag), sizes, on)
    told = {"set": (on_cursor, lambda value: type(value) in (int, float) and isfinite(value)),
            "rest": (on_rest, lambda value: animation is not None and _count(value, len(animation.frames) - 1))}
    heard: dict[str, Any] = {f"on_{name}_change": partial(_hear, key, name, *one) for name, one in told.items()}
    _component(key=key, data=to_json_plotly(message).encode(), on_moved_change=moved, **heard)


def _hear(key: str, name: str, on: Callable[[Any], None] | None, fine: Callable[[Any], bool]) -> None:
    """A number from the browser, which may have been forged."""
    said = st.session_state.get(key)
    value = said.get(name) if said is not None else None
    if on is not None and fine(value):
        on(value)


def _sizes(data: list[dict], layout: dict) -> dict[str, int]:
    """How many points a named trace in the plane has; 1 for a shape, 0 for what cannot be dragged."""
    shapes = {shape["name"]: 1 for shape in layout.get("shapes", ()) if shape.get("name")}
    traces = {trace["name"]: 0 if trace["type"] in SOLID or trace.get("x") is None else len(trace["x"])
              for trace in reversed(data) if trace.get("name")}
    return {**shapes, **traces}


def _check(sizes: Mapping[str, int], drag: Mapping[str, Drag], follow: Sequence[FollowingLine | FollowingPoints],
           animation: Animation | None) -> None:
    frames = animation.frames if animation else ()
    if animation and not (frames and isfinite(animation.rate) and animation.rate > 0):
        raise ValueError(f"Expected an animation of at least one frame and a rate above 0, got {len(frames)} at "
                         f"{animation.rate}.")
    named = [*drag, *(rule.target for rule in follow), *(name for frame in frames for name in (*frame.traces, *frame.shapes))]
    if unknown := set(named) - set(sizes):
        raise ValueError(f"Unknown names {sorted(unknown)}. The figure's traces and shapes are: {', '.join(sizes)}")
    for name, spec in drag.items():
        if not (spec.point or 0) < sizes[name]:
            raise ValueError(f"Expected a point of {name!r} below {sizes[name]}, got {spec.point}.")
    if sum(sizes[name] if spec.point is None else 1 for name, spec in drag.items()) > MAX_HANDLES:
        raise ValueError(f"Expected at most {MAX_HANDLES} points that can be dragged.")
    single = {f"{name}.{axis}" for name, spec in drag.items() if spec.point is not None for axis in "xy"}
    if unknown := set(_values(follow)) - single:
        raise ValueError(f"Unknown values {sorted(unknown)} in what follows. Available: {', '.join(sorted(single))}")


def _values(follow: Sequence[FollowingLine | FollowingPoints]) -> Iterator[str]:
    """The dragged values that the rules speak of."""
    for rule in follow:
        for amount in (rule.a, rule.b, rule.c) if isinstance(rule, FollowingLine) else (*rule.x, *rule.y):
            if isinstance(amount, str):
                yield amount
            elif isinstance(amount, Sequence):
                yield from (factor for product in amount for factor in product if isinstance(factor, str))


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


def read_moves(value: Any, drag: Mapping[str, Drag], sizes: Mapping[str, int]) -> tuple[int, list[tuple[str, dict]]] | None:
    """The number of a message from the browser and what was moved where; None when it is not one (it may have been forged)."""
    if not isinstance(value, dict) or not _count(value.get("n"), MAX_COUNT) or not isinstance(value.get("moved"), list):
        return None
    if len(value["moved"]) > MAX_HANDLES:
        return None
    moves = [move for entry in value["moved"] if (move := _move(entry, drag, sizes))]
    return (value["n"], moves) if len(moves) == len(value["moved"]) else None


def _count(value: Any, high: int) -> bool:
    return type(value) is int and 0 <= value <= high


def _move(entry: Any, drag: Mapping[str, Drag], sizes: Mapping[str, int]) -> tuple[str, dict[str, float]] | None:
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str) or name not in drag:
        return None
    spec, values = drag[name], {}
    for axis, bounds in (("x", spec.x), ("y", spec.y)):
        if bounds is None:
            continue
        place = entry.get(axis)
        if type(place) not in (int, float) or not bounds[0] <= place <= bounds[1]:  # no number lies beside NaN
            return None
        values[axis] = float(place)
    if spec.point is None:
        if not _count(entry.get("point"), sizes[name] - 1):
            return None
        values["point"] = entry["point"]
    return name, values
