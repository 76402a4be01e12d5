"""What a player asks of the server, read from a message that may have been forged (docs/wire.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ann_core.data.made.drawn import Point, points_in
from ann_core.film.accounts.base import Place
from ann_core.film.pulls import Target

MAX_RUNS = 4
MAX_FRAMES, MAX_EPOCHS, MAX_STEPS = 120, 5_000, 100_000
MAX_MOMENTS, MAX_PLACE = 24, 8  # of an account; numbers that say what is written out
MAX_COUNT = 2**31 - 1
MAX_NAME = 64  # letters of a run's id


@dataclass(frozen=True)
class PlayerAsk:
    """What the browser wants or tells: frames after a known step of each run, a scene (of runs
    that it has not heard of, beside those that it has), a reset, a new seed, other points, that
    its visitor went back or forward, a branch at a step (as it is, or with a training row left out or, with `label`, of another
    class), at which steps it came to rest, "show the answer", what happens in the step after a known one, to a row of its
    batch, who pulls at a target at a known step, or how a number comes about at some known steps (moments)."""

    n: int
    kind: Literal["frames", "scene", "reset", "seed", "draw", "moved", "branch", "rest", "reveal", "step", "pull", "account"]
    after: Mapping[str, int | None] = field(default_factory=dict)
    frames: int = 1
    epochs: int | None = None
    steps: int | None = None
    points: tuple[Point, ...] = ()
    row: int | None = None
    label: int | None = None
    target: Target = Target("loss")
    place: Place = Place(0, 0)
    moments: tuple[int, ...] = ()
    has: frozenset[str] = frozenset()


FIELDS: dict[Any, set[str]] = {
    "frames": {"after", "frames", "epochs", "steps"}, "branch": {"after", "row", "label"}, "rest": {"after", "epoch"},
    "draw": {"points"}, "step": {"after", "row"}, "pull": {"after", "target", "at"},
    "account": {"after", "moments", "at", "row", "held_out"},
    "scene": {"has"}, "reset": set(), "seed": set(), "moved": set(), "reveal": set()}
"""What an ask may say beside its number and kind; one that says more is none."""
PAGE_WIDE = ("seed", "draw", "branch", "rest", "reveal")
"""Kinds of ask after which the whole page runs again."""
NUMBERS: dict[Any, tuple[int, ...]] = {"weight": (3,), "unit": (2,), "spot": (1, 2), "loss": (0,)}
"""How many numbers say which weight, unit or spot is meant."""
FARTHEST = 1e9


def read_ask(value: Any, furthest: Mapping[str, int]) -> PlayerAsk | None:
    """The ask in a message from the browser, or None when it is not one (it may have been forged).

    `furthest` holds, for every run that was sent, the last step the browser can know of.
    """
    if not isinstance(value, dict) or not _count(value.get("n"), 1, MAX_COUNT):
        return None
    kind, after = next((known for known in FIELDS if known == value.get("kind")), None), value.get("after")
    if kind is None or not set(value) <= {"n", "kind", *FIELDS[kind]}:
        return None
    if not FIELDS[kind]:
        return PlayerAsk(value["n"], kind)
    if kind == "draw":
        return _drawing(value)
    if kind == "scene":
        return _scene(value)
    if not isinstance(after, dict) or len(after) > MAX_RUNS:
        return None
    known = {run: step for run, step in after.items() if run in furthest}
    if not all(step is None or _count(step, 0, furthest[run]) for run, step in known.items()):
        return None
    if kind != "frames":
        return _of_a_moment(value, kind, known, furthest) if known and None not in known.values() else None
    epochs, steps = value.get("epochs"), value.get("steps")
    if not _count(value.get("frames"), 1, MAX_FRAMES) or (epochs is None) == (steps is None):
        return None
    if not (_count(epochs, 1, MAX_EPOCHS) if steps is None else _count(steps, 1, MAX_STEPS)):
        return None
    return PlayerAsk(value["n"], "frames", known, value["frames"], epochs, steps)


def _of_a_moment(value: dict[str, Any], kind: Any, known: Mapping[str, int | None],
                 furthest: Mapping[str, int]) -> PlayerAsk | None:
    """An ask about what is known of runs already."""
    row, label = value.get("row"), value.get("label")
    if kind == "account":
        return _account(value, known, max(furthest[run] for run in known))
    if kind == "pull":
        target = _target(value)
        return PlayerAsk(value["n"], kind, known, target=target) if target else None
    if not (_count(row, 0, MAX_STEPS) or row is None and kind != "step"):
        return None
    if not (label is None or row is not None and _index(label)):
        return None
    return PlayerAsk(value["n"], kind, known, row=row, label=label)


def _account(value: dict[str, Any], known: Mapping[str, int | None], furthest: int) -> PlayerAsk | None:
    at, moments, row, held_out = (value.get(name) for name in ("at", "moments", "row", "held_out"))
    if not (isinstance(moments, list) and 1 <= len(moments) <= MAX_MOMENTS
            and all(_count(step, 0, furthest) for step in moments)):
        return None
    if not (isinstance(at, list) and 2 <= len(at) <= MAX_PLACE and all(map(_index, at)) and _index(row)
            and isinstance(held_out, bool)):
        return None
    place = Place(at[0], at[1], tuple(at[2:]), value["row"], held_out)
    return PlayerAsk(value["n"], "account", known, place=place, moments=tuple(moments))


def _target(value: dict[str, Any]) -> Target | None:
    kind, at = next((known for known in NUMBERS if known == value.get("target")), None), value.get("at")
    if kind is None or not isinstance(at, list) or len(at) not in NUMBERS[kind]:
        return None
    fits = _place if kind == "spot" else _index
    return Target(kind, tuple(at)) if all(map(fits, at)) else None


def _scene(value: dict[str, Any]) -> PlayerAsk | None:
    has = value.get("has", [])
    if not isinstance(has, list) or len(has) > MAX_RUNS:
        return None
    if not all(isinstance(run, str) and len(run) <= MAX_NAME for run in has):
        return None
    return PlayerAsk(value["n"], "scene", has=frozenset(has))


def _drawing(value: dict[str, Any]) -> PlayerAsk | None:
    try:
        return PlayerAsk(value["n"], "draw", points=points_in(value.get("points")))
    except ValueError:
        return None


def _place(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) <= FARTHEST


def _index(value: Any) -> bool:
    return _count(value, 0, MAX_COUNT)


def _count(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high
