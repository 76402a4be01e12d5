"""Mounts the film player of assets/player and answers its asks for frames (docs/wire.md)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Unpack

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ann_core.film.probes import PROBES, probes_of
from ann_core.film.recording import Recording
from ann_core.film.turns import ASKER, Asker
from ui.assets import mounted
from ui.colors import RUNS
from ui.player.answer import Mount, RunLabel, answer
from ui.player.asks import MAX_EPOCHS, MAX_RUNS, MAX_STEPS, PAGE_WIDE, PlayerAsk, read_ask
from ui.player.showing import Showing, told
from ui.player.workers import workers

PICTURES = ("network", "boundary", "gradient", "loss")
Hearers = Mapping[str, Callable[[PlayerAsk], None]]
"""By kind of ask, what hears of it before the page runs again."""

_component = mounted("film_player", "player/index.js",
                     '<div class="film-player" data-testid="film-player" data-state="loading"></div>')


def player(
    recordings: Sequence[Recording],
    *,
    key: str,
    names: Sequence[str] | None = None,
    colors: Sequence[str] = RUNS,
    pictures: Sequence[str] = PICTURES,
    on: Hearers = MappingProxyType({}),
    outdated: Callable[[], bool] = lambda: False,
    places: Sequence[str] | None = None,
    **showing: Unpack[Showing],
) -> None:
    """Show one to four recordings on one timeline, as `showing` says.

    `names` and `colors` (names of tokens, or hexadecimal) tell several runs apart; `places`: what each is called when its
    settings have just changed. `pictures` chooses among those of the probes, the first ones on top. Those that a run does not
    have are left out; those of probes that are always shown come after them.
    `on["seed"]` gives the page's settings another seed, `on["draw"]` other points to a drawing, `on["branch"]` branches a run
    (without them there are no such controls), `on["rest"]` hears where the film came to rest, `on["moved"]` that the visitor
    went back or forward in the browser, `on["reveal"]` that the answer of a poll is to be seen. `outdated` says when the page
    must run again before an ask is answered.
    Raises ValueError for none or more than four recordings, or an unknown picture.
    """
    if not 1 <= len(recordings) <= MAX_RUNS:
        raise ValueError(f"Expected 1 to {MAX_RUNS} recordings, got {len(recordings)}.")
    known = [picture for probe in PROBES.values() for picture in probe.pictures]
    if unknown := set(pictures) - set(known):
        raise ValueError(f"Unknown pictures {sorted(unknown)}. Available: {', '.join(known)}")
    mount = st.session_state.setdefault(f"{key}/mount", Mount())
    called = names or (["this network"] if len(recordings) == 1 else [f"run {i + 1}" for i in range(len(recordings))])
    labels = [RunLabel(called[i], colors[i] if len(recordings) > 1 else None, _origin(recording, recordings, called))
             for i, recording in enumerate(recordings)]
    stage = {**told(showing), "pictures": _at_hand(recordings, pictures), "places": list(places or called),
             "can_reseed": "seed" in on, "can_draw": "draw" in on, "wants_rest": "rest" in on,
             "can_branch": "branch" in on and len(recordings) < MAX_RUNS, "most": {"epochs": MAX_EPOCHS, "steps": MAX_STEPS}}
    _film(mount, list(recordings), key, labels, stage, on, outdated)


def _at_hand(recordings: Sequence[Recording], wanted: Sequence[str]) -> list[str]:
    """The wanted pictures that all runs have, and those that are always shown."""
    each = [probes_of(recording.present.setup) for recording in recordings]
    common = [probe for probe in each[0] if all(probe in other for other in each)]
    always = [picture for probe in common if probe.shown for picture in probe.pictures if picture not in wanted]
    return [picture for picture in wanted if any(picture in probe.pictures for probe in common)] + always


def _origin(recording: Recording, recordings: Sequence[Recording], names: Sequence[str]) -> dict[str, Any] | None:
    """Where a branch left which run."""
    if recording.origin is None:
        return None
    of = next((name for other, name in zip(recordings, names, strict=True) if other.id == recording.root), None)
    return {"epoch": recording.at(recording.origin).epoch, "of": of}


@st.fragment
def _film(mount: Mount, recordings: list[Recording], key: str, labels: list[RunLabel], stage: dict[str, Any], on: Hearers,
          outdated: Callable[[], bool]) -> None:
    """Runs again alone for every ask; the page around it stays as it is."""
    if mount.ask and mount.ask.kind in PAGE_WIDE:
        mount.answered, mount.ask = mount.ask.n, None
        st.rerun()
    if outdated():
        st.rerun()  # the ask stays and is answered by the page's run
    ask, mount.ask = mount.ask, None
    if ask and ask.kind == "reset":
        for recording in recordings:
            if recording.changed and recording.origin is None:
                recording.restart()
    new = any(recording.id not in mount.sent for recording in recordings)
    ASKER.set(_asker(urgent=new or ask is None or ask.kind != "frames"))
    try:
        message = answer(mount, recordings, labels, {**stage, "queue": workers().queue}, ask, workers().turn)
    except BaseException as end:
        if not isinstance(end, Exception):  # its visitor has changed something meanwhile: the run that follows answers it, too
            mount.ask = ask
        raise
    _component(key=key, data=message, on_ask_change=partial(_take, mount, key, on))


def _asker(urgent: bool) -> Asker:
    """This visitor. A script that reads the session stops there when its visitor has left or changed something meanwhile."""
    context, state = get_script_run_ctx(), st.session_state
    return Asker(context.session_id if context else "", urgent, lambda: state.get("page"))


def _take(mount: Mount, key: str, on: Hearers) -> None:
    """Runs before the script, the only time at which a page may still set its widgets."""
    said = st.session_state.get(key)  # gone when its page is
    mount.ask = read_ask(said.get("ask"), mount.furthest) if said is not None else None
    if mount.ask and mount.ask.kind in on:
        on[mount.ask.kind](mount.ask)
