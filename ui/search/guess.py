"""Questions before answers: what the winner will have, and, once the search rests, which setting mattered most."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import streamlit as st

from ann_core.lessons.ask import Ask
from ann_core.search.search import Search, Tried
from ann_core.search.space import Listed, Setting, offer
from ui.lessons.controls import LessonControls
from ui.question import answered, asked, begin
from ui.search.controls import spelt
from ui.search.settings import SearchSettings, write

PARTS = 3
"""Of a range, as many as can be guessed at."""


def predicted(of: SearchSettings, search: Search) -> bool:
    """Asks what the winner will have; whether scores may be shown. Who answers while it goes on hears at its end."""
    key, chosen = f"winner-{_of(of)}", guessable(search.plan.space.settings)
    begin("search", key)
    unknown = search.state == "running" or not search.ranked()
    if chosen is None or (unknown and (answered() or search.state == "finished")):
        if chosen and search.state == "running":
            st.caption("Who wins is known once all trials are done.")
        return True
    return asked("search", key, lambda: winning(chosen, search), LessonControls("search"))


def guessable(settings: Sequence[Setting]) -> Setting | None:
    """The first setting that has several values to guess at."""
    return next((one for one in settings if len(parts(one)) > 1), None)


def parts(one: Setting) -> list[str]:
    """What can be guessed of a setting: each value of a list, or parts of a range that are equally long on its axis."""
    if isinstance(one, Listed):
        return [spelt(one.path, value) for value in one.values]
    ends = [spelt(one.path, end) for end in one.spread(PARTS + 1)]
    return [f"{low} to {high}" for low, high in zip(ends, ends[1:], strict=False)]


def part_of(one: Setting, tried: Tried) -> int:
    """Which of them a trial took."""
    value = tried.picks[one.path]
    if isinstance(one, Listed):
        return one.values.index(value)
    return sum(float(value or 0) > float(end or 0) for end in one.spread(PARTS + 1)[1:-1])


def winning(one: Setting, search: Search) -> Ask:
    """Which part of a setting's values the best trial has. Before there is one the first stands for it."""
    ranked, words, label = search.ranked(), search.measure.words, offer(one.path).label
    right, names = part_of(one, ranked[0]) if ranked else 0, parts(one)
    options = {}
    for place, name in enumerate(names):
        there = [tried for tried in ranked if part_of(one, tried) == place]
        options[name] = "" if place == right else "No trial with a score had it." if not there else (
            f"The best of {len(there)} trials there: {words(there[0].score)}. The winner: {words(ranked[0].score)}.")
    reason = f"Trial {ranked[0].number + 1} is the best, with {spelt(one.path, ranked[0].picks[one.path])}." if ranked else ""
    return Ask(f"One of {search.plan.count} trials will win. {label} of the winner: what do you guess?", options, right, reason)


def guessed(shares: Mapping[str, float], of: SearchSettings) -> bool:
    """Asks; whether the answer may be shown. shares: of the differences between scores, by setting   of: what was searched"""
    return asked("search", _of(of), lambda: ask(shares), LessonControls("search"))


def ask(shares: Mapping[str, float]) -> Ask:
    """Which setting explains the most. They are offered by name: `shares` begins with the answer."""
    shares = dict(sorted(shares.items()))
    best = max(shares, key=shares.__getitem__)
    options = {name: "" if name == best else f"That would be so if scores had moved most with it. It explains {share:.0%} of "
               f"the differences between them, {best} {shares[best]:.0%}." for name, share in shares.items()}
    return Ask("Look at the lines: which setting mattered most?", options, list(shares).index(best),
               f"{best} explains {shares[best]:.0%} of the differences between the scores of these trials.")


def _of(settings: SearchSettings) -> str:
    """Tells a search from others."""
    return f"{crc32(repr(write(settings)).encode()):08x}"
