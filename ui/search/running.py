"""The search of a visitor: begun on a click, looked after while the page is open, cancelled when another one begins."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Thread
from time import monotonic, sleep

import streamlit as st

from ann_core.data.config import TABLE
from ann_core.search.estimate import MOST_OF_ONE, MOST_SECONDS, Estimate, estimate
from ann_core.search.plan import Plan
from ann_core.search.search import Search
from ann_core.search.trial import Rows
from ui.player.workers import workers
from ui.search.settings import SearchSettings
from ui.your_data import session

AT_ONCE = 15.0
"""Seconds of work that begin by themselves when the page opens."""
SHORT = 0.3
"""Trials of at most so many seconds may be worked on in all places, while no visitor asks for anything."""
LOOKS, LEFT = 0.02, 10.0
"""Seconds after which is seen whether a batch is done, and after which a visitor who has not been heard of has left."""
INSTEAD = 5
"""So many folds judge where a table has no validation rows."""
HELD, REFUSED, EXPECTED = "search/held", "search/too_large", "search/expected"


@dataclass
class Held:
    """The search that the page shows. of: the settings that it was begun with   since, before: when it was begun or gone on
    with, and how many trials were done then   watched: when its visitor was last heard of   picked:
    numbers of the trials that are chosen   turn: how often they were   mattered: importances, once they are known"""

    of: SearchSettings
    search: Search
    since: float = field(default_factory=monotonic)
    watched: float = field(default_factory=monotonic)
    driver: Thread | None = None
    before: int = 0
    picked: tuple[int, ...] = ()
    turn: int = 0
    mattered: dict[str, float] | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.search.state == "running"

    def watch(self) -> None:
        """Its visitor is here: it is carried on, between his looks too, until he has left."""
        self.watched = monotonic()
        if self.running and (self.driver is None or not self.driver.is_alive()):
            self.driver = Thread(target=self._carried_on, name="search", daemon=True)
            self.driver.start()

    def _carried_on(self) -> None:
        with suppress(RuntimeError):  # the server ends, and takes in no more
            while self.running and monotonic() - self.watched < LEFT:
                while self.search.look():
                    pass
                sleep(LOOKS)

    @property
    def done(self) -> int:
        """How many trials are done."""
        return len(self.search.tried) + self.search.pending

    def left(self) -> str:
        """How long it will still take, from how long it has taken."""
        new, count = self.done - self.before, self.search.plan.count
        if self.done >= count:
            return ". The winner is tested …"
        return f", about {duration((monotonic() - self.since) / new * (count - self.done))} left" if new > 0 else ""

    def go_on(self) -> None:
        """Takes it up again."""
        self.search.go_on()
        self.since, self.before = monotonic(), len(self.search.tried)

    def pick(self, numbers: tuple[int, ...]) -> None:
        """Chooses trials."""
        self.picked, self.turn = numbers, self.turn + 1


def plan(chosen: SearchSettings) -> Plan:
    """What is carried out. A table's test rows are handed over apart from all others."""
    data, test, folds = None, None, chosen.folds
    if chosen.base.data.source == TABLE and (own := session.own_of(chosen.base.data)):
        data = session.prepared(chosen.base.data)
        if data is not None:
            y = own.y[own.test]
            learned = y if own.class_names else (y - data.target.center) / data.target.scale
            test = Rows(data.scaler(own.X[own.test]), learned)
            if not len(own.validation):  # then what is watched are test rows
                data = replace(data, X_test=data.X_test[:0], y_test=data.y_test[:0], points_test=data.points_test[:0])
                folds = max(folds, INSTEAD) if folds < 2 else folds
    return Plan(chosen.base, chosen.space, chosen.way, chosen.trials, folds, chosen.seeds, chosen.hopeless, chosen.seed, data,
                test)


def expected(chosen: SearchSettings) -> Estimate:
    """How long it will take, measured once for these settings."""
    known = st.session_state.get(EXPECTED)
    if known is None or known[0] != chosen:
        known = st.session_state[EXPECTED] = chosen, estimate(plan(chosen))
    return known[1]


def begin(chosen: SearchSettings) -> None:
    """Begins a search; the one before ends. Keeps why when it cannot be."""
    if (before := held()) is not None:
        before.search.cancel()
    st.session_state[HELD], st.session_state[REFUSED] = None, None
    try:
        needed, wanted = expected(chosen), plan(chosen)
        if why := too_large(needed, wanted.count):
            raise ValueError(why)
        submit = workers().submit_short if needed.longest <= SHORT else workers().submit
        st.session_state[HELD] = Held(chosen, Search(wanted, submit, needed.together))
    except ValueError as error:
        st.session_state[REFUSED] = str(error)


def too_large(needed: Estimate, trials: int) -> str:
    """Why a search is refused that would take too long; nothing for others."""
    if needed.longest > MOST_OF_ONE:
        return (f"One trial would take about {duration(needed.longest)}; at most {duration(MOST_OF_ONE)} are possible. Use "
                "fewer epochs, networks a trial, folds or rows, or smaller networks.")
    if needed.all > MOST_SECONDS:
        return (f"{trials:,} trials would take about {duration(needed.all)} on one core; at most {duration(MOST_SECONDS)} are "
                "possible. Use fewer trials, epochs, networks a trial or folds.")
    return ""


def held() -> Held | None:
    """The search that the page shows."""
    return st.session_state.get(HELD)


def duration(seconds: float) -> str:
    """In words: 40 seconds, 12 minutes, 3 hours."""
    if seconds < 90:
        return f"{max(1, round(seconds))} second{'s' * (round(seconds) > 1)}"
    if seconds < 5_400:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3_600:,.1f} hours" if seconds < 172_800 else f"{seconds / 86_400:,.0f} days"
