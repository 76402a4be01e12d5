"""Whether what is dragged, follows or is played is in the figure."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from ui.figure.moves import MAX_HANDLES
from ui.figure.parts import Animation, Drag, FollowingLine, FollowingPoints

SOLID = ("surface", "scatter3d", "mesh3d")
"""Types of traces in three dimensions, which need WebGL. Without it a surface shows as a contour."""


def sizes_of(data: list[dict], layout: dict) -> dict[str, int]:
    """How many points a named trace in the plane has; 1 for a shape, 0 for what cannot be dragged."""
    shapes = {shape["name"]: 1 for shape in layout.get("shapes", ()) if shape.get("name")}
    traces = {trace["name"]: 0 if trace["type"] in SOLID or trace.get("x") is None else len(trace["x"])
              for trace in reversed(data) if trace.get("name")}
    return {**shapes, **traces}


def check(sizes: Mapping[str, int], drag: Mapping[str, Drag], follow: Sequence[FollowingLine | FollowingPoints],
          animation: Animation | None) -> None:
    """Raises ValueError, with what there is, where it is not."""
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
