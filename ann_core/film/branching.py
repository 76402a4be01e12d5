"""Branches of recordings as forks, which an address holds, and back."""

from collections.abc import Callable, Sequence

from ann_core.film.recording import Recording
from ann_core.run.forks import Fork


def fork(branch: Recording, parent: Recording, place: int) -> Fork:
    """A branch as an address tells it. place: of its parent

    Raises ValueError for one that could not be worked out again from what an address holds.
    """
    own = dict(branch.own)  # of two changes at one step the later one counts
    if len(own) > 1:
        raise ValueError("its settings changed more than once on its way")
    origin = branch.origin or 0
    since, config = next(iter(own.items()), (origin, branch.config))
    left = min(origin, since)
    if (parent.origin is None and parent.changed) or branch.past != [turn for turn in parent.history if turn[0] <= left]:
        raise ValueError("the run that it left has changed its settings on its way")
    return Fork(place, left, since, config)


def grown(fork: Fork, recordings: Sequence[Recording], still_here: Callable[[], object] = bool) -> Recording:
    """The branch again. recordings: the runs and branches among which it has its parent   still_here: as of `Recording.reach`

    Raises ValueError when its parent never gets to where it left.
    """
    parent = recordings[fork.parent]
    branch = parent.branch(fork.left) if parent.reach(fork.left, still_here) else parent
    if branch is parent or not branch.reach(fork.since, still_here):
        raise ValueError(f"Expected steps that the run reaches; it leaves at step {fork.left:,} and changes at {fork.since:,}, "
                         f"but the run ends at {branch.latest.state.step:,}.")
    if fork.config != branch.config:
        branch.change(fork.config)
        branch.settle(fork.since)
    return branch
