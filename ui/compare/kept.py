"""Runs that were kept to be compared: the button below a stage that keeps them, and where they lie. In the session, nowhere
else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from ann_core import RunConfig
from ann_core.film.recording import Recording
from ann_core.lab.comparison import Result, result
from ann_core.run.differences import differences
from ui.page import script
from ui.text import markdown

MOST, LONGEST_NAME = 12, 40
"""Runs that are kept at once, and characters of a name."""
KEPT = "compare/kept"
FULL = (f"{MOST} runs are kept to compare, as many as there is room for. To keep another one, remove one of them on the page "
        "Compare.")
HELP = ("Keeps what came of it: settings, losses, gradients, score. It is kept as it is where the film rests, or, while the "
        "film plays, as far as it has been trained.")


@dataclass(frozen=True)
class Origin:
    """Where a run can be watched. page: in pages/   query: its address there"""

    title: str
    page: str
    query: dict[str, str]


@dataclass(eq=False)
class Kept:
    """A run that was kept. number: 1 to MOST, it decides the colour   name: the visitor may change it"""

    number: int
    name: str
    result: Result
    origin: Origin

    def rename(self, name: str) -> None:
        """Calls it so; an empty name changes nothing."""
        self.name = tidied(name) or self.name


def tidied(name: str) -> str:
    """A visitor's words as a name: on one line, nothing invisible, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME].strip()


def all_kept() -> list[Kept]:
    """The runs of this session, in the order of keeping."""
    return st.session_state.setdefault(KEPT, [])


def remove(numbers: Iterable[int]) -> None:
    """Lets these go."""
    gone = set(numbers)
    st.session_state[KEPT] = [one for one in all_kept() if one.number not in gone]


def keep(page: str, recordings: Sequence[Recording], names: Sequence[str], origin: Callable[[RunConfig], Origin]) -> None:
    """The place below a stage: a button for each run, and the way to those that are kept.

    page: where `take_home.rest` is remembered   origin: where a run with these settings can be watched again
    """
    several, there = len(recordings) > 1, all_kept()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{page}/to_compare"):
        for place, (recording, name) in enumerate(zip(recordings, names, strict=True)):
            st.button(f"Keep {markdown(name)} to compare" if several else "Keep this run to compare",
                      key=f"{page}/to_compare/{place}", icon=":material/bookmark_add:", type="tertiary", help=HELP,
                      disabled=len(there) >= MOST, on_click=_take, args=(page, recording, name if several else "", origin))
        if there:
            st.page_link(script("play/compare"), label=f"Compare ({len(there)} kept)", icon=":material/stacked_line_chart:")
        if len(there) >= MOST:
            st.caption(FULL)


def _take(page: str, recording: Recording, called: str, origin: Callable[[RunConfig], Origin]) -> None:
    """Keeps a run at the moment where its film rests."""
    there = all_kept()
    if len(there) >= MOST:  # the click of a button that is disabled by now
        return
    step = st.session_state.get(f"{page}/rest", {}).get(recording.id)
    found = result(recording, recording.latest.state.step if step is None else step)
    if (same := next((one for one in there if (one.result.history, one.result.step) == (found.history, found.step)), None)):
        st.toast(f"{markdown(same.name)} is this very run at {found.moment}; it is kept already.", icon=":material/bookmark:")
        return
    number = min(set(range(1, MOST + 1)) - {one.number for one in there})
    there.append(Kept(number, _name(there, number, found, called), found, origin(found.config)))
    far = "" if step is not None else ". It has been trained so far; to keep another moment, pause the film there"
    st.toast(f"Kept at {found.moment}: {markdown(there[-1].name)}{far}", icon=":material/bookmark_added:")


def _name(there: Sequence[Kept], number: int, found: Result, called: str) -> str:
    """What tells it from the first run of its task, unless its page has a name for it."""
    first = next((one.result.config for one in there if one.result.task == found.task), None)
    told = tidied(called) or ("" if first in (None, found.config) else differences(first, found.config))
    usual = f"Run {number}"
    if not told or len(told) >= LONGEST_NAME:
        return usual
    return told if told not in {one.name for one in there} else f"{told[:LONGEST_NAME - 5]} ({number})"
