"""Branches in an address: which run each of them left, at which step, and what it does otherwise since."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ann_core.run.config import RunConfig
from ann_core.run.continuing import continues
from ann_core.run.link import changes, read_changes

NAME = re.compile(r"branch([1-3])\.(.+)")
"""Of a part of an address that is about a branch."""
LEFT, SINCE = "left", "since"
_LEFT, _STEP = re.compile(r"([1-4])~([0-9]{1,9})", re.ASCII), re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True)
class Fork:
    """A branch. parent: its place among the runs, branches counted on after those that never left another one   left: the step
    at which it left   since: the step from which its settings hold; before they are its parent's at `left`"""

    parent: int
    left: int
    since: int
    config: RunConfig


def settings_at(configs: Sequence[RunConfig], forks: Sequence[Fork], place: int, step: int) -> RunConfig:
    """The settings that hold at a step of a run: of `configs`, or of a branch after them."""
    if place < len(configs):
        return configs[place]
    fork = forks[place - len(configs)]
    return fork.config if step >= fork.since else settings_at(configs, forks, fork.parent, min(step, fork.left))


def to_query(configs: Sequence[RunConfig], forks: Sequence[Fork]) -> dict[str, str]:
    """What stands in the address for branches of these runs: of the settings what differs from those that were left."""
    query = dict[str, str]()
    for number, fork in enumerate(forks, 1):
        parts = {LEFT: f"{fork.parent + 1}~{fork.left}"} | ({SINCE: str(fork.since)} if fork.since != fork.left else {})
        parts |= changes(fork.config, settings_at(configs, forks, fork.parent, fork.left))
        query |= {f"branch{number}.{name}": text for name, text in parts.items()}
    return query


def from_query(query: Mapping[str, str], configs: Sequence[RunConfig]) -> tuple[list[Fork], list[str]]:
    """The branches that an address names, and a sentence for each part that could not be used. Where one of them cannot be, the
    later ones are left out, too: they count on its place."""
    forks: list[Fork] = []
    notes: list[str] = []
    given: dict[int, dict[str, str]] = {}
    for name, text in query.items():
        if found := NAME.fullmatch(name):
            given.setdefault(int(found[1]), {})[found[2]] = text
    for number in sorted(given):
        try:
            fork, more = _read(given[number], configs, forks, number)
        except ValueError as reason:
            return forks, [*notes, f"Branch {number} of the link, and those after it, cannot be used. {reason}"]
        forks.append(fork)
        notes += [f"Branch {number}: {note}" for note in more]
    return forks, notes


def _read(parts: Mapping[str, str], configs: Sequence[RunConfig], forks: Sequence[Fork], number: int) -> tuple[Fork, list[str]]:
    """One branch. Raises ValueError for one that cannot be."""
    left = _LEFT.fullmatch(parts.get(LEFT, ""))
    if number != len(forks) + 1 or left is None or int(left[1]) > len(configs) + len(forks):
        raise ValueError(f"Expected branches counted from 1, and for each the run that it left and the step, as {LEFT}=1~200.")
    place, step, since = int(left[1]) - 1, int(left[2]), parts.get(SINCE, left[2])
    if not _STEP.fullmatch(since) or int(since) < step:
        raise ValueError(f"Expected that its settings hold from a step on that is {step} or later; {since[:20]} came.")
    base = settings_at(configs, forks, place, step)
    config, notes = read_changes({name: text for name, text in parts.items() if name not in (LEFT, SINCE)}, base)
    if not continues(base, config):
        raise ValueError("Expected settings under which the weights of the run that it left can go on: the same data, network "
                         "shape and seeds.")
    return Fork(place, step, int(since), config), notes
