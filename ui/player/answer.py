"""The message that answers a player: what is new of each run since the one before (docs/wire.md)."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.accounts.told import told as told_accounts
from ann_core.film.film import Film
from ann_core.film.probes import PROBES
from ann_core.film.pulls import told_pulls
from ann_core.film.recording import Recording
from ann_core.film.slow_motion import slow_motion
from ann_core.film.turns import one_turn
from ann_core.film.wire import pack
from ann_core.run.run import Run
from ui.player.asks import MAX_FRAMES, PlayerAsk

FIRST_STEPS = 2  # apart, where frames are counted in steps
FIRST_FRAMES, FEW_FRAMES = 12, 4  # sent with the scene, so that the first picture needs no further trip; while others wait
Turn = Callable[[], AbstractContextManager[None]]
BUDGET_MS = 100  # of work for one answer, shared by its runs: other visitors wait no longer


@dataclass(frozen=True)
class RunLabel:
    """How a run is called and coloured (none when it is alone), and where it left which other run, if it is a branch."""

    name: str
    color: str | None = None
    origin: Mapping[str, Any] | None = None


@dataclass
class Mount:
    """What the server remembers of one player of one visitor. id: another one tells the browser that all this was forgotten"""

    id: str = field(default_factory=lambda: token_hex(6))
    seq: int = 0
    answered: int = 0  # the number of the last ask
    ask: PlayerAsk | None = None
    sent: list[str] = field(default_factory=list)
    furthest: dict[str, int] = field(default_factory=dict)  # run id -> last step the browser was ever sent
    account: dict[str, Any] | None = None  # told last: a message that follows at once may take the place of that one
    staged: tuple[Any, ...] = ()  # the pictures and the place to stop that the browser was told of


@dataclass
class _Entry:
    """What an answer says of one run. known: the last step that the browser knows of it, as far as blocks and header say"""

    header: dict[str, Any]
    known: int
    blocks: dict[str, NDArray] = field(default_factory=dict)
    film: Film | None = None

    def add_film(self, most: int, pictures: Sequence[str]) -> None:
        """Takes up to so many frames of the film into header and blocks, as far as these pictures need them."""
        if self.film is None:
            return
        unseen = _unseen(pictures)
        kept = {name: block[:most] for name, block in self.film.blocks().items() if name not in unseen or _told(block)}
        self.blocks = {**self.blocks, **kept}
        self.header["failures"] = dict(self.film.failures)
        if self.film.frames <= most:
            self.header |= {"state": self.film.state, "message": self.film.message}
        if len(kept["step"]):
            self.known = max(self.known, int(kept["step"][-1]))


def answer(mount: Mount, recordings: Sequence[Recording], labels: Sequence[RunLabel], stage: Mapping[str, Any],
           ask: PlayerAsk | None, turn: Turn = nullcontext) -> bytes:
    """The next message to this player, and notes on `mount` what it has been told. stage: what the header says of the page
    turn: in which what is asked of one moment is worked out"""
    staged = (stage["pictures"], stage["stop_at"], stage["veiled"])
    afresh = staged != mount.staged or (ask is not None and ask.kind == "reset")
    lost = ask is not None and ask.kind == "scene"  # a message that another follows at once may never be seen
    heard: Collection[str] = () if afresh else ask.has if ask and lost else mount.sent
    first = FIRST_FRAMES if stage.get("queue", 0) <= 1 else FEW_FRAMES
    with one_turn():
        entries = [_entry(mount, recording, label, heard, ask, BUDGET_MS / len(recordings), stage["by_steps"], first)
                   for recording, label in zip(recordings, labels, strict=True)]
    most = _most_frames(entries)
    for entry in entries:
        entry.add_film(most, stage["pictures"])
    told = {"slow": _asked(recordings, ask, "step", lambda of, step, ask: slow_motion(of.at(step), ask.row or 0), turn),
            "pulls": _asked(recordings, ask, "pull", lambda of, step, ask: told_pulls(of.at(step), ask.target), turn),
            "account": mount.account}
    if ask:
        account = _asked(recordings, ask, "account", lambda of, _, ask: told_accounts(_moments(of, ask), ask.place), turn)
        told["account"] = mount.account = account and {**account, "asked": ask.place.told}
    mount.seq += 1
    mount.answered = ask.n if ask else mount.answered
    mount.staged = staged
    mount.sent = [recording.id for recording in recordings]
    mount.furthest = {entry.header["id"]: entry.known for entry in entries}
    head = {"v": 1, "mount": mount.id, "seq": mount.seq, "answer": mount.answered, **stage, **told}
    return pack(head, [(entry.header, entry.blocks) for entry in entries])


def _asked(recordings: Sequence[Recording], ask: PlayerAsk | None, kind: str,
           tell: Callable[[Recording, int, PlayerAsk], dict[str, Any]], turn: Turn) -> dict[str, Any] | None:
    """What was asked of a run at some of its moments, number by number, or in words why it cannot be told. None for another
    kind of ask."""
    if ask is None or ask.kind != kind:
        return None
    found = next((recording for recording in recordings if recording.id in ask.after), None)
    if found is None:
        return None  # another run has taken its place since
    step = ask.after[found.id] or 0
    found.settle(step)  # settings that were changed hold from the frame on the screen
    try:
        with turn():
            return {"run": found.id, **tell(found, step, ask)}
    except ValueError as reason:
        return {"run": found.id, "step": step, "refused": str(reason)}


def _moments(recording: Recording, ask: PlayerAsk) -> Iterator[Run]:
    """The run at each step that was asked for, one after the other."""
    run = None
    for step in ask.moments:
        run = recording.at(step, run)
        yield run


def _entry(mount: Mount, recording: Recording, label: RunLabel, heard: Collection[str], ask: PlayerAsk | None, budget: float,
           by_steps: bool, first: int) -> _Entry:
    """How the browser gets from what it knows to the recording as it is. heard: the runs that it has; none, when it is
    to forget them   first: so many frames come with a new scene"""
    former = next((known for known in reversed(recording.lineage) if known in heard), None)
    header: dict[str, Any] = {"id": recording.id, "parent": former or recording.root, "scene": None, "state": "running",
                              "message": None, "failures": {}, "name": label.name, "color": label.color,
                              "changed": recording.changed, "kind": "same"}
    entry = _Entry(header, mount.furthest.get(recording.id, 0))
    if recording.id in heard:
        if ask and ask.kind == "frames" and recording.id in ask.after:
            header["kind"] = "frames"
            entry.film = recording.frames(ask.after[recording.id], ask.frames, ask.epochs, ask.steps, budget)
        return entry
    scene, blocks = recording.scene()
    header["scene"] = {**scene, **asdict(label)}
    if former:
        header["kind"] = "continue"
        entry.blocks, entry.known = blocks, mount.furthest.get(former, entry.known)
    elif recording.origin is not None and recording.root in heard:
        header |= {"kind": "branch", "step": recording.origin}
        entry.blocks, entry.known = blocks, recording.origin
    else:
        header["kind"] = "scene"
        epochs, steps = (None, FIRST_STEPS) if by_steps else (1, None)
        entry.blocks, entry.film = blocks, recording.frames(None, first, epochs, steps, budget)
    return entry


def _unseen(pictures: Sequence[str]) -> set[str]:
    """Columns of probes that none of these pictures shows."""
    return {column.name for probe in PROBES.values() if not probe.shown and not {*probe.pictures, *probe.also} & set(pictures)
            for column in probe.columns}


def _told(block: NDArray) -> bool:
    """Whether sentences need it where none of its pictures is shown. What moves in pictures is most of what travels."""
    return not (block.dtype == np.uint8 and block.ndim > 2)


def _most_frames(entries: Sequence[_Entry]) -> int:
    """As many frames for every run that goes on, so that all runs stay at the same epochs."""
    films = [entry.film for entry in entries if entry.film is not None and entry.film.state == "running"]
    return min((film.frames for film in films), default=MAX_FRAMES)
