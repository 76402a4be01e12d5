"""Whether a result is what its settings give: they are run again, and beside it with weights that differ in the last bit.

What a last bit changes another processor may change; there a result can be neither confirmed nor refuted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.data import Prepared
from ann_core.data.table.own import fit, key_of
from ann_core.data.table.prepare import prepared
from ann_core.data.table.reading import Table
from ann_core.handin.code import HandedIn
from ann_core.handin.marks import ONLY, Mark, replayed
from ann_core.run.run import start
from ann_core.run.setup import Setup

SAME = 2.2e-3
"""Two figures are the same when they differ by no more than this share of their size: two units of their fourth digit."""
SURE = 2e-5
"""A figure is sure where one bit changes it by no more than this share, a hundredth of SAME: of 60 honest runs that were wild
none was held to be false."""
EXACT = 12
"""Digits of what is found again."""
NAMES = {"train_loss": "training loss", "test_loss": "held-out loss", "train_score": "training score",
         "test_score": "held-out score"}
MOST_COST = 2e10
"""Operations of a run that is checked: some ten seconds of one core, times TWINS + 1."""
TWINS = 3
"""So many runs differ in the last bit: where slopes jump, one of them may miss what another one meets."""
State = Literal["verified", "in part", "differs", "not run"]


@dataclass(frozen=True)
class Checked:
    """state: 'verified' all of it; 'in part' up to an epoch; 'differs'; 'not run' for the reason in the sentence
    found: the marks that came out   score: the last one, in words"""

    state: State
    sentence: str
    found: tuple[Mark, ...] = ()
    score: str = ""


def check(handed: HandedIn, tables: Sequence[Table] = ()) -> Checked:
    """Runs a result again. Pure and picklable. tables: among which a table's run finds its own"""
    history = [(one.step, one.settings) for one in handed.history]
    if (cost := cost_of(handed)) > MOST_COST:
        return Checked("not run", f"It would take about {cost:.1e} operations, and is run {TWINS + 1} times to be checked; at "
                                  f"most {MOST_COST:.0e} are possible. Open its link and look.")
    try:
        data = _data(handed, tables)
        first = start(history[0][1], data, without=ONLY)
        shaken = [first.at(replace(first.state, theta=a_bit_off(first.state.theta, twin))) for twin in range(TWINS)]
        steps = [mark.step for mark in handed.marks]
        found, *others = (replayed(run, history, steps, EXACT) for run in (first, *shaken))
    except ValueError as error:
        return Checked("not run", str(error))
    state, sentence = verdict(handed.marks, found, others)
    return Checked(state, sentence, tuple(found), _score(first.setup, found[-1]))


def cost_of(handed: HandedIn) -> float:
    """Operations of the run itself, at most."""
    return sum(one.settings.cost for one in handed.history)


def _score(setup: Setup, last: Mark) -> str:
    """The score that was found last; of what has none its losses."""
    held, seen = last.values.get("test_score"), last.values.get("train_score")
    measure = setup.target.measure
    if held is not None or seen is not None:
        said = f"{measure.label} {measure.words(seen if held is None else held)}"  # type: ignore[arg-type]
        return f"{said} on rows learned from" if held is None else said
    return ", ".join(f"{NAMES.get(name, name.replace('_', ' '))} {words(value)}"
                     for name, value in last.values.items() if value is not None)


def a_bit_off(theta: Array, twin: int) -> Array:
    """Every weight up or down by its last bit, by chance. Zeros are so everywhere: beside one, a ReLU has another slope."""
    up = np.random.default_rng([theta.size, twin]).random(theta.shape) < 0.5
    return np.where(theta == 0, theta, np.nextafter(theta, np.where(up, np.inf, -np.inf)))


def _data(handed: HandedIn, tables: Sequence[Table]) -> Prepared | None:
    """The rows of a table's run; None for all other runs. Raises ValueError when the table is not there."""
    data = handed.config.data
    if data.table is None or handed.preparation is None:
        return None
    for table in tables:
        if key_of(table, handed.preparation) == data.table.key:
            own = fit(table, handed.preparation, data.test_share, data.seed)
            return prepared(own, data.scaling, data.plane)
    raise ValueError(f"It learned from a table, “{data.table.name}”, that is not here. Drop that table beside the code: "
                     "the same file, with the same rows, as this page reads it by itself.")


def verdict(said: Sequence[Mark], found: Sequence[Mark], others: Sequence[Sequence[Mark]]) -> tuple[State, str]:
    """What can be said of marks that were handed in. found: of the run again   others: with weights a last bit away"""
    sure = 0
    for place, mark in enumerate(said):
        if len(found) <= place or found[place].step != mark.step or mark.values.keys() != found[place].values.keys():
            return "differs", f"Differs: run again, it does not come to step {mark.step:,} as the code says."
        if abs(mark.epoch - found[place].epoch) > 1e-6 * max(1.0, found[place].epoch):
            return "differs", f"Differs: step {mark.step:,} is epoch {words(found[place].epoch)}, not {words(mark.epoch)}."
        again, beside = found[place].values, [other[place].values for other in others if len(other) > place]
        if len(beside) < len(others) or not all(_close(again[name], one[name], SURE) for one in beside for name in again):
            break  # runs that have parted meet by chance only
        for name, value in mark.values.items():
            if not _close(value, again[name], SAME):
                return "differs", (f"Differs at epoch {words(mark.epoch)}: the code says {NAMES.get(name, name)} "
                                   f"{_spelt(value)}, run again it is {_spelt(again[name])}.")
        sure += 1
    if sure == len(said):
        return "verified", f"Verified: run again, these settings give this result at epoch {words(said[-1].epoch)}."
    unsure = ("a change in the last bit of its first weights alone changes what it comes to by epoch "
              f"{words(said[sure].epoch)}, and so may another processor")
    if not sure:
        return "in part", f"The settings can be run, the result cannot be told: {unsure}."
    return "in part", f"Agrees up to epoch {words(said[sure - 1].epoch)}. What comes later cannot be told: {unsure}."


def _close(a: float | None, b: float | None, share: float) -> bool:
    return a == b if a is None or b is None else abs(a - b) <= share * max(abs(a), abs(b))


def _spelt(value: float | None) -> str:
    return "no number" if value is None else words(value)
