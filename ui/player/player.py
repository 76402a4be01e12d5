"""Mounts the film player of assets/player and answers its asks for frames (docs/wire.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import numpy as np
import streamlit as st

from ann_core.data.made.drawn import Point, points_in
from ann_core.film.recording import Recording
from ann_core.film.wire import pack
from ui.assets import url

PICTURES = ("network", "boundary", "gradient", "loss")
LAB_PICTURES = ("waterfall", "slope", "map")
"""Pictures of runs that are recorded in depth."""
COLORS = ("#c2417c", "#1b8a6b", "#b07a00", "#3c6e9f")
MAX_RUNS = 4
FIRST_FRAMES = 12  # sent with the scene, so that the first picture needs no further trip
BUDGET_MS = 100  # of work for one answer, shared by its runs: other visitors wait no longer
MAX_FRAMES, MAX_EPOCHS, MAX_STEPS = 120, 5_000, 100_000
MAX_COUNT = 2**31 - 1

_component = st.components.v2.component(
    "film_player",
    html='<div class="film-player" data-testid="film-player" data-state="loading"></div>',
    js=f"""
export default async function (component) {{
  const {{ mount }} = await import(new URL({json.dumps(url("player/index.js"))}, location.origin).href)
  return mount(component)
}}
""",
    isolate_styles=False,
)


@dataclass(frozen=True)
class Ask:
    """What the browser wants or tells: frames after a known step of each run, a scene, a reset, a new seed, other points, that
    its visitor went back or forward, a branch at a step, or at which steps it came to rest."""

    n: int
    kind: Literal["frames", "scene", "reset", "seed", "draw", "moved", "branch", "rest"]
    after: Mapping[str, int | None] = field(default_factory=dict)
    frames: int = 1
    epochs: int | None = None
    steps: int | None = None
    points: tuple[Point, ...] = ()


PAGE_WIDE = ("seed", "draw", "branch", "rest")
"""Kinds of ask after which the whole page runs again."""


@dataclass
class _Mount:
    """What the server remembers of one player of one visitor."""

    seq: int = 0
    answer: int = 0
    ask: Ask | None = None
    sent: list[str] = field(default_factory=list)
    furthest: dict[str, int] = field(default_factory=dict)  # run id -> last step the browser was ever sent
    staged: tuple[Any, ...] = ()  # the pictures and the place to stop that the browser was told of
    page: dict[str, Any] = field(default_factory=dict)  # what the page's widgets said when it last ran


def _count(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def read_ask(value: Any, furthest: Mapping[str, int]) -> Ask | None:
    """The ask in a message from the browser, or None when it is not one (it may have been forged).

    `furthest` holds, for every run that was sent, the last step the browser can know of.
    """
    if not isinstance(value, dict) or not _count(value.get("n"), 1, MAX_COUNT):
        return None
    kind, after = value.get("kind"), value.get("after")
    if kind in ("scene", "reset", "seed", "moved"):
        return Ask(value["n"], kind)
    if kind == "draw":
        return _drawing(value)
    if kind not in ("frames", "branch", "rest") or not isinstance(after, dict) or len(after) > MAX_RUNS:
        return None
    known = {run: step for run, step in after.items() if run in furthest}
    if not all(step is None or _count(step, 0, furthest[run]) for run, step in known.items()):
        return None
    if kind != "frames":
        return Ask(value["n"], kind, known) if known and None not in known.values() else None
    epochs, steps = value.get("epochs"), value.get("steps")
    if not _count(value.get("frames"), 1, MAX_FRAMES) or (epochs is None) == (steps is None):
        return None
    if not (_count(epochs, 1, MAX_EPOCHS) if steps is None else _count(steps, 1, MAX_STEPS)):
        return None
    return Ask(value["n"], "frames", known, value["frames"], epochs, steps)


def _drawing(value: dict[str, Any]) -> Ask | None:
    try:
        return Ask(value["n"], "draw", points=points_in(value.get("points")))
    except ValueError:
        return None


def player(
    recordings: Sequence[Recording],
    *,
    key: str,
    names: Sequence[str] | None = None,
    colors: Sequence[str] | None = None,
    pictures: Sequence[str] = PICTURES,
    autoplay: bool = True,
    on: Mapping[str, Callable[[Ask], None]] | None = None,
    outdated: Callable[[], bool] = lambda: False,
    headline: bool = False,
    present: bool = False,
    veiled: bool = False,
    stop_at: float | None = None,
) -> None:
    """Show one to four recordings on one timeline.

    `names` and `colors` tell several runs apart; `pictures` chooses among PICTURES and LAB_PICTURES, the first ones on top.
    `on["seed"]` gives the page's settings another seed, `on["draw"]` other points to a drawing, `on["branch"]` branches a run
    (without them there are no such controls), `on["rest"]` hears where the film came to rest, `on["moved"]` that the visitor
    went back or forward in the browser. `outdated` says when the page must run again before an ask is answered. `headline`: a
    sentence that compares the runs stands on top; `present`: large, for the back of a room; `veiled`: no sentence says what a
    gradient is; `stop_at`: the epoch at which playing pauses.
    Raises ValueError for none or more than four recordings, or an unknown picture.
    """
    if not 1 <= len(recordings) <= MAX_RUNS:
        raise ValueError(f"Expected 1 to {MAX_RUNS} recordings, got {len(recordings)}.")
    if unknown := set(pictures) - {*PICTURES, *LAB_PICTURES}:
        raise ValueError(f"Unknown pictures {sorted(unknown)}. Available: {', '.join(PICTURES + LAB_PICTURES)}")
    mount = st.session_state.setdefault(f"{key}/mount", _Mount())
    called = names or (["this network"] if len(recordings) == 1 else [f"run {i + 1}" for i in range(len(recordings))])
    looks = [{"name": called[i], "color": (colors or COLORS)[i] if len(recordings) > 1 else None,
              "origin": _origin(recording, recordings, called)} for i, recording in enumerate(recordings)]
    mount.page = _page_values()
    on = on or {}
    header = {"pictures": list(pictures), "autoplay": autoplay, "can_reseed": "seed" in on, "can_draw": "draw" in on,
              "can_branch": "branch" in on and len(recordings) < MAX_RUNS, "wants_rest": "rest" in on,
              "headline": headline, "present": present, "veiled": veiled, "stop_at": stop_at,
              "most": {"epochs": MAX_EPOCHS, "steps": MAX_STEPS}}
    _film(mount, list(recordings), key, looks, header, on, outdated)


def _origin(recording: Recording, recordings: Sequence[Recording], names: Sequence[str]) -> dict[str, Any] | None:
    """Where a branch left which run."""
    if recording.origin is None:
        return None
    of = next((name for other, name in zip(recordings, names, strict=True) if other.id == recording.root), None)
    return {"epoch": recording.at(recording.origin).epoch, "of": of}


@st.fragment
def _film(mount: _Mount, recordings: list[Recording], key: str, looks: list[dict[str, Any]], header: dict[str, Any],
          on: Mapping[str, Callable[[Ask], None]], outdated: Callable[[], bool]) -> None:
    """Runs again alone for every ask; the page around it stays as it is."""
    if mount.ask and mount.ask.kind in PAGE_WIDE:
        mount.answer, mount.ask = mount.ask.n, None
        st.rerun()
    if _page_values() != mount.page or outdated():
        # A widget of the page changed in the same tick as an ask: Streamlit then runs this fragment alone, and the
        # change would be shown but never take effect. The ask stays and is answered by the page's run.
        st.rerun()
    ask, mount.ask = mount.ask, None
    if ask and ask.kind == "reset":
        for recording in recordings:
            if recording.changed and recording.origin is None:
                recording.restart()
    data = _message(mount, recordings, looks, header, ask)
    _component(key=key, data=data, on_ask_change=partial(_take, mount, key, on))


def _page_values() -> dict[str, Any]:
    """Every plain value under a key of this session, as widgets hold them; not of widgets in fragments of their own."""
    plain = (str, int, float, bool, tuple, list, type(None))
    return {str(key): value for key, value in st.session_state.items()
            if isinstance(value, plain) and not str(key).startswith("aside/")}


def _take(mount: _Mount, key: str, on: Mapping[str, Callable[[Ask], None]]) -> None:
    """Runs before the script, the only time at which a page may still set its widgets."""
    said = st.session_state.get(key)  # gone when its page is
    mount.ask = read_ask(said.get("ask"), mount.furthest) if said is not None else None
    if mount.ask and mount.ask.kind in on:
        on[mount.ask.kind](mount.ask)


def _message(mount: _Mount, recordings: list[Recording], looks: list[dict[str, Any]], header: dict[str, Any],
             ask: Ask | None) -> bytes:
    budget = BUDGET_MS / len(recordings)
    staged = (header["pictures"], header["stop_at"], header["veiled"])
    afresh = staged != mount.staged or (ask is not None and ask.kind in ("scene", "reset"))
    mount.staged = staged
    runs = []
    for recording, look in zip(recordings, looks, strict=True):
        former = next((known for known in reversed(recording.lineage) if known in mount.sent), None)
        entry = {"id": recording.id, "parent": former or recording.root, "scene": None, "state": "running", "message": None,
                 "name": look["name"], "color": look["color"], "changed": recording.changed}
        if not afresh and recording.id in mount.sent:
            if ask and ask.kind == "frames" and recording.id in ask.after:
                film = recording.frames(ask.after[recording.id], ask.frames, ask.epochs, ask.steps, budget)
                runs.append(({**entry, "kind": "frames"}, {}, film))
            else:
                runs.append(({**entry, "kind": "same"}, {}, None))
        elif not afresh and (former or recording.root in mount.sent):
            scene, blocks = recording.scene()
            turn = {"kind": "continue"} if former else {"kind": "branch", "step": recording.origin}
            runs.append(({**entry, **turn, "scene": {**scene, **look}}, {"slopes": blocks["slopes"]}, None))
            furthest = mount.furthest.get(former, 0) if former else recording.origin
            mount.furthest = {**mount.furthest, recording.id: furthest}
        else:
            scene, blocks = recording.scene()
            film = recording.frames(None, FIRST_FRAMES, 1, None, budget)
            runs.append(({**entry, "kind": "scene", "scene": {**scene, **look}}, blocks, film))
    mount.seq += 1
    mount.answer = ask.n if ask else mount.answer
    mount.sent = [recording.id for recording in recordings]
    packed = [_with_film(mount, *run) for run in _trimmed(runs)]
    mount.furthest = {run: mount.furthest.get(run, 0) for run in mount.sent}
    return pack({"v": 1, "seq": mount.seq, "answer": mount.answer, **header}, packed)


def _trimmed(runs: list[tuple[dict, dict, Any]]) -> list[tuple[dict, dict, Any, int]]:
    """As many frames for every run that goes on, so that all runs stay at the same epochs."""
    films = [film for _, _, film in runs if film is not None and film.state == "running"]
    shortest = min((film.frames for film in films), default=MAX_FRAMES)
    return [(*run, shortest) for run in runs]


def _with_film(mount: _Mount, entry: dict, blocks: dict, film: Any, most: int) -> tuple[dict, dict[str, np.ndarray]]:
    if film is None:
        return entry, blocks
    kept = {name: block[:most] for name, block in film.blocks().items()}
    if film.frames <= most:
        entry |= {"state": film.state, "message": film.message}
    if len(kept["step"]):
        furthest = max(int(kept["step"][-1]), mount.furthest.get(entry["id"], 0))
        mount.furthest = {**mount.furthest, entry["id"]: furthest}
    return entry, {**blocks, **kept}
