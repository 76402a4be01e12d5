"""The branches that a visitor made of a page's runs, and the part of the address that holds them: opened from there, worked out
again, and written there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ann_core import RunConfig
from ann_core.film.branching import fork, grown
from ann_core.film.recording import Recording
from ann_core.run.differences import differences
from ann_core.run.forks import from_query, settings_at, to_query
from ui.player.asks import MAX_RUNS
from ui.player.runs import FREE
from ui.settings import PageSettings

MOST_CHARACTERS = 1_500
"""Of all branches in an address, beside its settings."""
TOO_LONG = "the address would become too long"
COSTLY = ("This link has branches, which are not worked out by themselves: its run is much larger than usual. Press play, and "
          "branch it where you like.")


@dataclass(eq=False)
class Branch:
    """A run that left another one at some epoch, to go on under settings of its own."""

    number: int
    recording: Recording
    parent: Recording
    before: RunConfig
    moment: str

    def __post_init__(self) -> None:
        self.key = self.recording.id
        """Of its widgets: another branch may have had this number."""

    @property
    def name(self) -> str:
        """What was changed, and where."""
        changed = differences(self.before, self.recording.config)
        return f"branch {self.number}" if changed == "unchanged" else f"{changed} from {self.moment}"


def branches(page: str) -> list[Branch]:
    """The branches of the page's runs; those whose parent is gone go with it."""
    alive, kept = [*st.session_state.get(f"{page}/recordings", [])], []
    for branch in st.session_state.get(f"{page}/branches", []):
        if branch.parent in alive:
            kept.append(branch)
            alive.append(branch.recording)
    st.session_state[f"{page}/branches"] = kept
    return kept


def told(page: str, runs: Sequence[Recording]) -> tuple[dict[str, str], dict[int, str]]:
    """What stands in the address of the page's branches, and by their numbers why some do not. runs: those whose settings stand
    there"""
    places, forks, why = list(runs), [], {}
    for branch in branches(page):
        try:
            if branch.parent not in places:
                raise ValueError("the run that it left does not stand there either")
            forks.append(fork(branch.recording, branch.parent, places.index(branch.parent)))
            places.append(branch.recording)
        except ValueError as reason:
            why[branch.number] = str(reason)
    query = to_query([run.config for run in runs], forks)
    if len(urlencode(query)) <= MOST_CHARACTERS:
        return query, why
    return {}, {branch.number: why.get(branch.number, TOO_LONG) for branch in branches(page)}


def moved(settings: PageSettings[Any], runs: Sequence[Recording]) -> bool:
    """Whether the address names other settings than the page shows, or branches that have gone on otherwise since."""
    return settings.address_moved() or told(settings.page, runs)[0] != settings.branches


def reopen(settings: PageSettings[Any], runs: Sequence[Recording], starts: bool) -> None:
    """Branches that an address names which was opened just now take the place of those before. starts: whether the page's runs
    begin by themselves"""
    page, asked = settings.page, settings.branches_asked_for()
    if asked is None or asked == told(page, runs)[0]:
        return
    st.session_state[f"{page}/branches"] = []
    st.session_state[f"{page}/branch_notes"] = _grow(page, runs, asked) if starts else [COSTLY] * bool(asked)


def _grow(page: str, runs: Sequence[Recording], asked: dict[str, str]) -> list[str]:
    """Works the branches out. Returns a sentence for each part that could not be used."""
    configs = [run.config for run in runs]
    most = max(config.cost for config in configs)
    forks, notes = from_query(asked, configs)
    grove, found = list(runs), st.session_state[f"{page}/branches"]
    for run in runs if forks else ():
        if run.changed:
            run.restart()  # the link's run has these settings from the start
    with st.spinner("Working out the branches of this link …") if forks else st.empty():
        for number, one in enumerate(forks[:MAX_RUNS - len(runs)], 1):
            try:
                before = settings_at(configs, forks, one.parent, one.left)
                if _work(before, one.since) > most or one.config.cost > FREE * most:
                    raise ValueError("It is much more work than the run that it left.")
                grove.append(grown(one, grove, _still_here))
            except ValueError as reason:
                return [*notes, f"Branch {number} of the link, and those after it, cannot be used. {reason}"]
            found.append(Branch(number, grove[-1], grove[one.parent], before, grove[-1].at(one.left).moment))
    return notes


def _work(config: RunConfig, steps: int) -> float:
    """Operations that so many steps take, about; no more than the whole run does."""
    training, rows = config.training, config.data.training_rows
    return config.cost * min(1.0, steps / training.epochs * min(1.0, training.batch_size / rows))


def _still_here() -> None:
    """A script that reads the session stops there when its visitor has left or changed something meanwhile."""
    st.session_state.get("page")
