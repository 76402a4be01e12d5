"""What takes a while on the page Clinic, examinations and treatments: carried on beside the visitors while somebody looks."""

import logging
from collections.abc import Callable, Iterator
from math import inf
from threading import Lock, Thread
from time import monotonic
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.clinic.examination import examining
from ann_core.clinic.finding import Treatment
from ann_core.clinic.treatment import treating
from ann_core.data import Prepared
from ann_core.film.turns import ASKER, Asker
from ui.player.workers import workers
from ui.your_data import session

log = logging.getLogger("playground")

LEFT = 10.0
"""Seconds after which a visitor who has not been heard of has left."""
SOON = 0.3
"""Seconds that a page waits for what may be there at once."""
MOST, KEEP = 100, 30
"""So many results are kept for all, and for a visitor alone."""
FAILED = "It ended before its time, and that is a mistake of ours. Try it again."

Parts = Iterator[Any]


class Course:
    """Work in parts. done: the share that is done   last: the latest part that is no such share   why: it came to no end"""

    def __init__(self, begin: Callable[[], Parts]):
        self._begin, self._parts, self._lock, self._watched = begin, begin(), Lock(), -inf
        self._thread: Thread | None = None
        self.last: Any = None
        self.done, self.ended, self.why = 0.0, False, ""

    def watch(self, wait: float = 0.0) -> None:
        """Somebody looks: it goes on, until nobody has looked for a while. wait: seconds for it to end"""
        self._watched = monotonic()
        with self._lock:
            if not self.ended and not (self._thread and self._thread.is_alive()):
                self._thread = Thread(target=self._carried_on, name="clinic", daemon=True)
                self._thread.start()
        if wait and self._thread:
            self._thread.join(wait)

    def leave(self) -> None:
        """Whoever looked does so no more."""
        self._watched = -inf

    def again(self) -> None:
        """After it came to no end: from its beginning."""
        with self._lock:
            if self.why:  # not again by another visitor meanwhile
                self._parts, self.ended, self.why, self.done = self._begin(), False, "", 0.0

    def _carried_on(self) -> None:
        ASKER.set(Asker("aside"))
        try:
            while monotonic() - self._watched < LEFT:
                part = next(self._parts)
                if isinstance(part, float):
                    self.done = part
                else:
                    self.last, self.done = part, getattr(part, "done", 1.0)
        except StopIteration:
            self.ended = True
        except ValueError as refusal:
            self.why, self.ended = str(refusal), True  # in this order: others look at any time
        except Exception:
            log.exception("The clinic")
            self.why, self.ended = FAILED, True


def examination(patient: RunConfig, data: Prepared | None) -> Course:
    """Its last part is the `Diagnosis`. Kept for all where everybody may have the rows."""
    return _kept(patient, data, "", lambda: examining(patient, data, workers().advance))


def treatment(patient: RunConfig, data: Prepared | None, cure: Treatment) -> Course:
    """Its last part is the `Effect` so far. One cure of two findings is tried once."""
    what = f"{cure.key} {cure.yardstick} {cure.config.model_dump_json()}"
    return _kept(patient, data, what, lambda: treating(patient, cure, data, workers().advance))


def _kept(patient: RunConfig, data: Prepared | None, what: str, begin: Callable[[], Parts]) -> Course:
    if data is None or session.for_all(patient.data):
        return _for_all(patient.model_dump_json(), what, begin)
    own: dict[tuple[str, str], Course] = st.session_state.setdefault("clinic/own", {})
    key = patient.model_dump_json(), what
    own[key] = own.pop(key) if key in own else Course(begin)
    while len(own) > KEEP:
        own.pop(next(iter(own)))
    return own[key]


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _for_all(patient: str, what: str, _begin: Callable[[], Parts]) -> Course:
    return Course(_begin)
