"""What a browser knows of the films on its screen, and when it asks for more: the rules of assets/player/film."""

import json
import struct
import zlib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

import numpy as np

LOW, FRAMES, RESERVE = 45, 60, 20
STRIDES = ((120, 1), (300, 2), (600, 5), (2000, 10), (5000, 20), (float("inf"), 50))
LEAST, MOST_SPREAD = 10, 4
SAME_TIME = 1e-4


@dataclass
class Run:
    """One run: its frames, and whether more will come."""

    id: str
    steps: list[int] = field(default_factory=list)
    epochs: list[float] = field(default_factory=list)
    ended: bool = False

    def after(self, time: float) -> int:
        """How many of its frames lie up to a time."""
        return bisect_right(self.epochs, time + SAME_TIME)


class BrowserFilm:
    """The runs of one player on one time axis (epochs), and the moment that is shown."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.time = self.credit = 0.0
        self.spread = 1

    @property
    def ids(self) -> list[str]:
        return [run.id for run in self.runs]

    @property
    def open(self) -> list[Run]:
        return [run for run in self.runs if not run.ended]

    @property
    def tail(self) -> float:
        """Up to which every open run is known."""
        return min((run.epochs[-1] for run in self.open), default=float("inf"))

    @property
    def stride(self) -> int:
        """Epochs a frame: the first ones all, longer strides later."""
        return self.spread * next(stride for until, stride in STRIDES if self.tail < until)

    @property
    def ahead(self) -> float:
        """Frames that can still be played."""
        return min((len(run.epochs) - run.after(self.time) for run in self.open), default=float("inf"))

    def take(self, entries: list[dict], columns: list[tuple[list[int], list[float]]]) -> tuple[bool, bool]:
        """Applies a message. Returns whether it brought anything new, and whether the browser knows all of its runs."""
        known, runs, progress, fresh = {run.id: run for run in self.runs}, [], False, not self.runs
        for entry, (steps, epochs) in zip(entries, columns, strict=True):
            run = known.get(entry["id"])
            if entry["kind"] == "scene":
                run, fresh = Run(entry["id"]), True
            elif entry["kind"] == "continue" and (run := known.get(entry["parent"]) or run):
                run.id, run.ended, progress = entry["id"], False, True
                del run.steps[max(1, run.after(self.time)):], run.epochs[max(1, run.after(self.time)):]
            if run is None:
                return False, False
            new = [i for i, step in enumerate(steps) if not run.steps or step > run.steps[-1]]
            run.steps += [steps[i] for i in new]
            run.epochs += [epochs[i] for i in new]
            run.ended = run.ended or entry["state"] != "running"
            progress = progress or bool(steps) or (entry["kind"] != "same" and run.ended)
            runs.append(run)
        self.runs = runs
        self.time = 0.0 if fresh else self.time
        return progress, True

    def pace(self, frames: float, queue: float) -> None:
        """What becomes of the stride when so many frames a second come, and so many wait at the server."""
        self.spread = max(1, min(MOST_SPREAD, round(LEAST / max(frames, 1)))) if queue > 1 else 1

    def play(self) -> bool | None:
        """Time for another frame. True: there is one   False: none has come   None: there is none to wait for"""
        self.credit = min(1.99, self.credit + max(0.1, min(1.0, self.ahead / RESERVE)))
        following = [run.epochs[run.after(self.time)] for run in self.runs if run.after(self.time) < len(run.epochs)]
        if not following and not self.open:
            return None
        if self.credit < 1 or not following or min(following) > self.tail + SAME_TIME:
            return False
        self.credit -= 1
        self.time = min(following)
        return True

    def wanted(self) -> dict[str, Any] | None:
        """The ask that is due, if one is: frames of the runs that are known least far."""
        if not self.open or self.ahead >= LOW:
            return None
        least = [run for run in self.open if run.epochs[-1] <= self.tail + SAME_TIME]
        return {"kind": "frames", "after": {run.id: run.steps[-1] for run in least}, "frames": FRAMES, "epochs": self.stride}


def read_message(data: bytes) -> tuple[dict, list[tuple[list[int], list[float]]]]:
    """The header of a film message, and each run's steps and epochs (the pictures stay packed)."""
    (size,) = struct.unpack_from("<I", data)
    head, body = json.loads(data[4:4 + size]), data[4 + size:]
    places = [{b["name"]: (b["offset"], b["shape"][0]) for b in run["blocks"]} for run in head["runs"]]
    end = max((at[name][0] + 4 * at[name][1] for at in places for name in ("step", "epoch") if name in at),
              default=0)
    plain = zlib.decompressobj().decompress(body, end) if head["deflate"] and end else body

    def column(at: dict, name: str, dtype: str) -> list:
        return np.frombuffer(plain, dtype, at[name][1], at[name][0]).tolist() if name in at else []

    return head, [(column(at, "step", "<i4"), column(at, "epoch", "<f4")) for at in places]
