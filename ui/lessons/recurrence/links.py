"""Situations of the lesson "Recurrence" as settings of a run, for the lab."""

from ann_core import RunConfig
from ann_core.lessons.recurrence_tasks import explodes, forecasts, looks_ahead, lstm, remembers, stretched


def state() -> RunConfig:
    """One unit, five steps."""
    return remembers({"kind": "rnn", "units": 1}, 5)


def unrolled() -> RunConfig:
    """A small net whose steps can be counted."""
    return remembers({"kind": "rnn", "units": 4}, 5)


def through() -> RunConfig:
    """Small normal weights, twenty steps."""
    return remembers("RNN, normal", 20)


def largest() -> RunConfig:
    """Weights that stretch."""
    return stretched("orthogonal", 1.5)


def clipping() -> RunConfig:
    """Exploding gradients, clipped."""
    return explodes(2.5, 1.0)


def gates() -> RunConfig:
    """An LSTM that keeps what it has."""
    return remembers("LSTM, bias 3", 20)


def forget() -> RunConfig:
    """The usual bias, forty steps."""
    return lstm(1.0, 40)


def gru() -> RunConfig:
    """A GRU that keeps what it has."""
    return remembers("GRU, bias 3", 40)


def both() -> RunConfig:
    """Both ways at once."""
    return looks_ahead(True)


def stacked() -> RunConfig:
    """Two recurrent layers."""
    return forecasts(2)


def depth() -> RunConfig:
    """A chain of forty steps with gates."""
    return remembers("LSTM, bias 3", 40)
