"""Whether a result is what its settings give: they are run again, and a second time with weights that differ in the last bit.

What the second run changes is what another processor may change; there a result can be neither confirmed nor refuted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ann_core.base.spelling import words
from ann_core.data import Prepared
from ann_core.data.table.own import fit, key_of
from ann_core.data.table.prepare import prepared
from ann_core.data.table.reading import Table
from ann_core.handin.code import HandedIn
from ann_core.handin.marks import ONLY, Mark, replayed
from ann_core.run.config import MAX_COST
from ann_core.run.run import start

SAME, SURE = 2.2e-3, 1.1e-3
"""Two figures are the same, and one is sure, when they differ by no more than this share of their size: two units of their
fourth digit, and one."""
NAMES = {"train_loss": "training loss", "test_loss": "held-out loss", "train_score": "training score",
         "test_score": "held-out score"}
State = Literal["verified", "in part", "differs", "not run"]


@dataclass(frozen=True)
class Checked:
    """state: 'verified' all of it; 'in part' up to an epoch; 'differs'; 'not run' for the reason in the sentence
    found: the marks that came out"""

    state: State
    sentence: str
    found: tuple[Mark, ...] = ()


def check(handed: HandedIn, tables: Sequence[Table] = ()) -> Checked:
    """Runs a result again. Pure and picklable. tables: among which a table's run finds its own"""
    history = [(one.step, one.settings) for one in handed.history]
    if (cost := sum(config.cost for _, config in history)) > MAX_COST / 2:
        return Checked("not run", f"Checking it would take about {2 * cost:.1e} operations, since it is run twice; at most "
                                  f"{MAX_COST:.0e} are possible.")
    try:
        data = _data(handed, tables)
        first = start(history[0][1], data, without=ONLY)
        shaken = first.at(replace(first.state, theta=np.nextafter(first.state.theta, np.inf)))
        steps = [mark.step for mark in handed.marks]
        found, other = (replayed(run, history, steps) for run in (first, shaken))
    except ValueError as error:
        return Checked("not run", str(error))
    state, sentence = verdict(handed.marks, found, other)
    return Checked(state, sentence, tuple(found))


def _data(handed: HandedIn, tables: Sequence[Table]) -> Prepared | None:
    """The rows of a table's run; None for all other runs. Raises ValueError when the table is not there."""
    data = handed.config.data
    if data.table is None or handed.preparation is None:
        return None
    for table in tables:
        if key_of(table, handed.preparation) == data.table.key:
            own = fit(table, handed.preparation, data.test_share, data.seed)
            return prepared(own, data.scaling, data.plane)
    raise ValueError(f"It learned from a table, “{data.table.name}”, that is not here. Drop that table beside the code, "
                     "the same file with the same rows.")


def verdict(said: Sequence[Mark], found: Sequence[Mark], other: Sequence[Mark]) -> tuple[State, str]:
    """What can be said of marks that were handed in. found: of the run again   other: with weights a last bit away"""
    sure = 0
    for place, mark in enumerate(said):
        if len(found) <= place or found[place].step != mark.step or mark.values.keys() != found[place].values.keys():
            return "differs", f"Differs: run again, it does not come to step {mark.step:,} as the code says."
        beside = other[place].values if len(other) > place else {}
        for name, value in mark.values.items():
            again, shaken = found[place].values[name], beside.get(name)
            if _close(again, shaken, SURE) and not _close(value, again, SAME):
                return "differs", (f"Differs at epoch {words(mark.epoch)}: the code says {NAMES.get(name, name)} "
                                   f"{_spelt(value)}, run again it is {_spelt(again)}.")
        if sure == place and all(_close(again, beside.get(name), SURE) for name, again in found[place].values.items()):
            sure += 1
    if sure == len(said):
        return "verified", "Verified: run again, these settings give this result."
    unsure = ("a change in the last bit of its first weights alone changes what it comes to by epoch "
              f"{words(said[sure].epoch)}, and so may another processor")
    if not sure:
        return "in part", f"The settings can be run, the result cannot be told: {unsure}."
    return "in part", f"Agrees up to epoch {words(said[sure - 1].epoch)}. What comes later cannot be told: {unsure}."


def _close(a: float | None, b: float | None, share: float) -> bool:
    return a == b if a is None or b is None else abs(a - b) <= share * max(abs(a), abs(b))


def _spelt(value: float | None) -> str:
    return "no number" if value is None else words(value)
