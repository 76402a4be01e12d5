"""Accounts as they travel to the player: what is written out, and its numbers at some moments of a run."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from math import isfinite
from time import perf_counter
from typing import Any

import numpy as np

from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Choice, Chooser, Passed, Place, Teller
from ann_core.film.accounts.filters import FILTERS
from ann_core.film.accounts.heads import HEADS
from ann_core.film.accounts.links import NO_SUCH, link_at
from ann_core.film.accounts.lookups import LOOKUPS
from ann_core.film.accounts.norms import NORMS
from ann_core.film.accounts.pools import POOLS
from ann_core.film.accounts.states import STATES
from ann_core.film.accounts.weighed import WEIGHED
from ann_core.film.divergence import NOT_FINITE
from ann_core.nn.kinds import LAYERS
from ann_core.nn.layers import Layer
from ann_core.nn.network import Network
from ann_core.run.run import Run
from ann_core.run.setup import Setup

TELLERS: tuple[Teller, ...] = (WEIGHED, FILTERS, STATES, HEADS, POOLS, LOOKUPS, NORMS)
BUDGET_MS = 100
"""After so long no further moments are begun: what is followed asks again."""
REACH, SAMPLES = 4.0, 97
"""Activations are drawn over z from −REACH to REACH."""


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
    link, layer = link_at(setup, wanted.layer)
    net, units, noun, curve = link.net, link.net.n_in, Teller.noun, None
    choices: tuple[Choice, ...] = ()
    if layer:
        teller = _teller(net, layer)
        choices = teller.choices(net, layer - 1, wanted.choices)
        units, noun = teller.units(net, layer - 1), teller.noun
        curve = teller.curve(net, layer - 1, [choice.index for choice in choices], setup.objective.output(link.name))
    shown = Chooser(wanted.choices[len(choices):])
    if link.shown:
        choices = (*choices, *shown.add("sample", len(link.shown), 0, link.shown).found)
    rows = link.rows(wanted.held_out, choices[-1].index if link.shown else 0)
    if wanted.unit >= units or not rows:
        raise ValueError(NO_SUCH)
    row = min(wanted.row, rows - 1)
    place = replace(wanted, row=row, choices=tuple(choice.index for choice in choices))
    bends = [] if curve is None else np.round(curve.f(np.linspace(-REACH, REACH, SAMPLES)), 4).tolist()
    return place, {"at": [place.layer, place.unit, *place.choices], "units": units, "noun": noun, "layers": _layers(setup),
                   "row": row, "rows": rows, "held_out": place.held_out,
                   "noise": link.of_noise(choices[-1].index if link.shown else 0), "right": _right(setup, place),
                   "choices": [asdict(choice) for choice in choices], "curve": bends, "reach": REACH}


def has_account(layer: Layer) -> bool:
    return any(teller.fits(layer) for teller in TELLERS)


def _layers(setup: Setup) -> list[dict[str, Any]]:
    """The layers that have accounts: their numbers, and what they are called."""
    objective = setup.objective
    found, first = [], 0
    for name in objective.chain:
        net, whose = objective.networks[name], f"{objective.called.get(name, name)}, " if len(objective.chain) > 1 else ""
        for i, layer in enumerate(net.layers):
            if has_account(layer):
                kind = LAYERS[net.config.layers[i].kind].label if i < len(net.config.layers) else net.name(i)
                found.append({"number": first + i + 1, "name": f"{whose}{i + 1}, {kind}"})
        first += len(net.layers)
    return found


def _teller(net: Network, layer: int) -> Teller:
    found = next((teller for teller in TELLERS if teller.fits(net.layers[layer - 1])), None)
    if found is None:
        kind = LAYERS[net.config.layers[layer - 1].kind].label
        raise ValueError(f"{net.name(layer - 1).capitalize()} ({kind}) has no sums to write out: it has no weights for "
                         "what comes in. Choose a unit of another layer.")
    return found


def _moment(run: Run, place: Place) -> dict[str, Any]:
    """One moment's numbers; where they overflow, that in words."""
    link, layer = link_at(run.setup, place.layer)
    chosen = place.choices[:-1] if link.shown else place.choices
    with np.errstate(all="ignore"):
        passed = Passed.of(run, place)
        account = _teller(link.net, layer).tell(passed, layer - 1, place.unit, chosen) if layer else _inputs(passed, place)
    numbers = [cell for table in account.tables for row in table.rows for cell in row if not isinstance(cell, str)]
    numbers += account.bend or ()
    return asdict(account) if all(map(isfinite, numbers)) else {"refused": NOT_FINITE}


def _inputs(passed: Passed, place: Place) -> Account:
    """An input hands its number on as it is."""
    name, value = passed.link.names(passed.X[0].size)[place.unit], passed.X[0].ravel()[place.unit]
    return Account([], [f"{name} = {words(float(value), 3)}, as the network gets it. An input has no weights: it hands its "
                        "number on."])


def _right(setup: Setup, place: Place) -> str:
    """The right answer of a row, in words; "" where it has none, or one at every step."""
    y, target = setup.answers_test if place.held_out else setup.answers_train, setup.target
    if not setup.objective.has_answers or y.ndim != 1:
        return ""
    one = y[place.row]
    return target.class_names[int(one)] if target.class_names else words(float(target.in_units(one)), 3)
