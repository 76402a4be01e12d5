"""Situations of the lesson "Recurrence" as settings of a run, for the lab."""

from ann_core import RunConfig
from ann_core.lessons.recurrence_tasks import remembers


def state() -> RunConfig:
    """One unit, five steps."""
    return remembers({"kind": "rnn", "units": 1}, 5)


def unrolled() -> RunConfig:
    """A small net whose steps can be counted."""
    return remembers({"kind": "rnn", "units": 4}, 5)
