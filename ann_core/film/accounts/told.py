"""Accounts as they travel to the player: what is written out, and its numbers at some moments of a run."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from math import isfinite
from time import perf_counter
from typing import Any

import numpy as np

from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Choice, Passed, Place, Teller
from ann_core.film.accounts.filters import FILTERS
from ann_core.film.accounts.heads import HEADS
from ann_core.film.accounts.states import STATES
from ann_core.film.accounts.weighed import WEIGHED
from ann_core.nn.kinds import LAYERS
from ann_core.run.run import Run
from ann_core.run.setup import Setup

TELLERS: tuple[Teller, ...] = (WEIGHED, FILTERS, STATES, HEADS)
BUDGET_MS = 100
"""After so long no further moments are begun: what is followed asks again."""
REACH, SAMPLES = 4.0, 97
"""Activations are drawn over z from −REACH to REACH."""
NO_SUCH = "There is no such unit in this network. Choose one that is drawn."
NOT_FINITE = ("The numbers of this moment are beyond what the computer can hold: the run diverges here. Go back to an earlier "
              "epoch.")


def told(runs: Iterable[Run], place: Place, budget_ms: float = BUDGET_MS) -> dict[str, Any]:
    """What is written out of a run at some of its moments, JSON-ready (`docs/wire.md`). runs: the same one at each of them

    Raises ValueError, in a sentence, where a place has no account.
    """
    end = perf_counter() + budget_ms / 1000
    moments: list[dict[str, Any]] = []
    head: dict[str, Any] = {}
    for run in runs:
        if not head:
            place, head = _introduced(run.setup, place)
        moments.append({"step": run.state.step, **_moment(run, place)})
        if perf_counter() > end:
            break
    return {**head, "moments": moments}


def _introduced(setup: Setup, wanted: Place) -> tuple[Place, dict[str, Any]]:
    """The place, with all that it left to be chosen, and what is true of it at every moment."""
    net, rows = setup.net, len(setup.data.X_test) if wanted.held_out else setup.rows
    if wanted.layer > len(net.layers) or not rows:
        raise ValueError(NO_SUCH)
    row, units, curve = min(wanted.row, rows - 1), net.n_in, None
    choices: tuple[Choice, ...] = ()
    if wanted.layer:
        teller = _teller(setup, wanted.layer)
        choices = teller.choices(net, wanted.layer - 1, wanted.choices)
        units = teller.units(net, wanted.layer - 1)
        curve = teller.curve(net, wanted.layer - 1, [choice.index for choice in choices])
    if wanted.unit >= units:
        raise ValueError(NO_SUCH)
    place = replace(wanted, row=row, choices=tuple(choice.index for choice in choices))
    bends = [] if curve is None else np.round(curve.f(np.linspace(-REACH, REACH, SAMPLES)), 4).tolist()
    return place, {"at": [place.layer, place.unit, *place.choices], "row": row, "rows": rows, "held_out": place.held_out,
                   "right": _right(setup, place), "choices": [asdict(choice) for choice in choices], "curve": bends,
                   "reach": REACH}


def _teller(setup: Setup, layer: int) -> Teller:
    found = next((teller for teller in TELLERS if teller.fits(setup.net.layers[layer - 1])), None)
    if found is None:
        kind = LAYERS[setup.config.network.layers[layer - 1].kind].label
        raise ValueError(f"{setup.net.name(layer - 1).capitalize()} ({kind}) has no sums to write out: it has no weights for "
                         "what comes in. Choose a unit of another layer.")
    return found


def _moment(run: Run, place: Place) -> dict[str, Any]:
    """One moment's numbers; where they overflow, that in words."""
    with np.errstate(all="ignore"):
        passed = Passed.of(run, place)
        account = _inputs(passed, place) if place.layer == 0 else \
            _teller(run.setup, place.layer).tell(passed, place.layer - 1, place.unit, place.choices)
    numbers = [cell for table in account.tables for row in table.rows for cell in row if not isinstance(cell, str)]
    numbers += account.bend or ()
    return asdict(account) if all(map(isfinite, numbers)) else {"refused": NOT_FINITE}


def _inputs(passed: Passed, place: Place) -> Account:
    """An input hands its number on as it is."""
    names, value = passed.run.data.input_names, passed.X[0].ravel()[place.unit]
    name = names[place.unit] if len(names) == passed.X[0].size else f"input {place.unit + 1}"
    return Account([], [f"{name} = {words(float(value), 3)}, as the network gets it. An input has no weights: it hands its "
                        "number on."])


def _right(setup: Setup, place: Place) -> str:
    """The right answer of a row, in words; "" where it has none, or one at every step."""
    y, target = setup.answers_test if place.held_out else setup.answers_train, setup.target
    if not setup.objective.has_answers or y.ndim != 1:
        return ""
    one = y[place.row]
    return target.class_names[int(one)] if target.class_names else words(float(target.in_units(one)), 3)
