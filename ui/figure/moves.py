"""What the browser says was moved where. It may have been forged."""

from collections.abc import Mapping
from typing import Any

from ui.figure.parts import Drag

MAX_HANDLES = 200
MAX_COUNT = 2**31 - 1


def read_moves(value: Any, drag: Mapping[str, Drag], sizes: Mapping[str, int]) -> tuple[int, list[tuple[str, dict]]] | None:
    """The number of a message from the browser and what was moved where; None when it is not one (it may have been forged)."""
    if not isinstance(value, dict) or not is_count(value.get("n"), MAX_COUNT) or not isinstance(value.get("moved"), list):
        return None
    if len(value["moved"]) > MAX_HANDLES:
        return None
    moves = [move for entry in value["moved"] if (move := _move(entry, drag, sizes))]
    return (value["n"], moves) if len(moves) == len(value["moved"]) else None


def is_count(value: Any, high: int) -> bool:
    """Whether it is a whole number from 0 to `high`."""
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
        if not is_count(entry.get("point"), sizes[name] - 1):
            return None
        values["point"] = entry["point"]
    return name, values
