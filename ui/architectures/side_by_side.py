"""A lab of networks side by side: the same data in one order, each with layers of its own, on one timeline."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import streamlit as st

from ann_core import RunConfig
from ann_core.export.run_file import Loaded
from ann_core.film.recording import Recording
from ann_core.lab.twin_openers import LabOpener
from ann_core.lab.twins import LETTERS, Twins, from_query, to_query
from ann_core.run.link import edited
from ui.architectures.guessing import Guessing
from ui.architectures.views import LAB, lab_of, switch
from ui.compare.kept import Origin, keep
from ui.hand_in.give import hand_in
from ui.lesson import Onward
from ui.page import notes, opener_row, title
from ui.player.asks import MAX_RUNS
from ui.player.branch_controls import branch_controls, brancher
from ui.player.branches import branches, moved
from ui.player.reopening import reopened
from ui.player.runs import affordable, next_seed, recordings, subject
from ui.player.take_home import rest, take_home
from ui.settings import PageSettings

WITHOUT = ("boundary", "units")
"""A plane over two of the inputs says nothing here."""
SHARED = "each begins with weights of its own draw. The address bar holds the settings: copy it to share them."
NOT_IN_THE_ADDRESS = ("Your own settings. The address bar holds them, but so long a text or series does not fit into it: "
                      "opened again, it shows the usual one.")
COSTLY = "These networks are much more work than usual, so they wait for you: press play."


@dataclass(frozen=True)
class SideBySide:
    """What such a lab is about. usual: the networks it opens with   together: see `from_query`   names: what tells them apart
    sidebar: draws the controls, and makes the wanted networks   below: what stands under the stage, given the lab's name, the
    recordings and what they are called   shown: pictures   first: the one beside an open question
    own: what is said of settings that no opener has   fits: whether settings are of this lab   shows: what these are about, in
    words"""

    page: str
    title: str
    openers: Iterable[LabOpener]
    usual: Twins
    together: Callable[[Twins, RunConfig], Twins]
    names: Callable[[Twins], list[str]]
    sidebar: Callable[[PageSettings[Twins]], Callable[[], Twins]]
    below: Callable[[str, Sequence[Recording], Sequence[str]], None]
    shown: tuple[str, ...]
    first: str
    own: str
    fits: Callable[[RunConfig], bool]
    shows: str

    @property
    def name(self) -> str:
        """Of its settings."""
        return lab_of(self.page)

    @cached_property
    def settings(self) -> PageSettings[Twins]:
        """Its networks, as widgets and the address hold them."""
        return PageSettings(self.name, self._read, self._write, LAB, branches=True)

    def _read(self, query: Mapping[str, str]) -> tuple[Twins, list[str]]:
        return from_query(query, self.usual, self.together)

    def _write(self, twins: Twins) -> dict[str, str]:
        return to_query(twins, self.usual)

    def onward(self, there: RunConfig) -> Onward:
        """Where a link of the lesson leads: the lab with this network alone."""
        return Onward("Lab", f"architectures/{self.page}", self.settings.address((there,)))

    def show(self) -> None:
        """The player over networks side by side, their settings at the left."""
        settings, name = self.settings, self.name
        twins, link_notes = settings.current()
        present, more = title(self.title)
        with more:
            switch(self.page)
        head = st.container()  # always there, so that the player below is never mounted anew
        with st.sidebar:
            branch_box = st.container()
            make = self.sidebar(settings)
        twins, refused = settings.accept(make)
        called, starts = self.names(twins), affordable(twins, self.usual)
        with head:
            chosen = opener_row(self.openers, lambda opener: opener.twins == twins, lambda opener: settings.open(opener.twins))
            guessing = Guessing(name, chosen)
            if chosen:
                guessing.show(brief=present)
            elif not present or not starts:
                own = self.own if self._read(self._write(twins))[0] == twins else NOT_IN_THE_ADDRESS
                st.caption(own if starts else COSTLY)
            notes(refused, link_notes)
        runs = recordings(name, twins, without=WITHOUT)
        with branch_box:
            branch_controls(settings, runs, starts)
        made = branches(name)[:MAX_RUNS - len(runs)]
        guessing.player(
            [*runs, *(branch.recording for branch in made)], key=f"{self.page}/player", autoplay=starts, by_steps=True,
            pictures=self.shown, first=(self.first,), present=present, names=[*called, *(branch.name for branch in made)],
            places=[*(f"network {letter}" for letter in LETTERS[:len(twins)]), *(branch.name for branch in made)],
            subject=subject(settings.opened, twins[0]), outdated=partial(moved, settings, runs),
            on={"seed": self._new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher(name),
                "rest": rest(name)})
        if not present and not guessing.open:
            keep(name, [*runs, *(branch.recording for branch in made)], [*called, *(branch.name for branch in made)],
                 lambda one: Origin(f"the {self.title} lab", f"architectures/{self.page}", settings.address((one,))))
            self.below(name, runs, called)
            take_home(name, runs, called, self._reopen)
            hand_in(name, self.title, runs, called)

    def _reopen(self, saved: Loaded) -> None:
        """A run that was saved, alone. Raises ValueError for one of another page."""
        reopened(self.name, saved, self.fits(saved.config), self.shows, without=WITHOUT)
        self.settings.open((saved.config,))

    def _new_seed(self, _: object) -> None:
        """The same networks with seeds that were not used yet."""
        seed = next_seed(self.settings.value[0])
        self.settings.attempt(lambda: tuple(edited(twin, {"seed": seed}) for twin in self.settings.value))
