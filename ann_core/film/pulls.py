"""Who pulls at a weight, a unit, a spot of the picture or the loss, as it travels to the player: a number for every training
row, and in words who pulls most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.base.words import listed
from ann_core.film.divergence import NOT_FINITE
from ann_core.film.look import Look
from ann_core.film.view import View
from ann_core.run.objectives.supervised import Supervised
from ann_core.run.pulls import answer_gradients, measured, pulls
from ann_core.run.run import Run
from ann_core.run.setup import Setup
from ann_core.run.update import rate

STRONGEST = 8
"""So many rows are listed."""
NO_SUCH = "There is nothing of that kind here to pull at. Choose a weight, a unit, a spot of the picture, or the loss."


@dataclass(frozen=True)
class Target:
    """What is pulled at. at: of a weight the layer it leads to (1 is the first) and the units it joins, from and to; of a unit
    its layer and number; of a spot its place on the plane; of the loss nothing. Units count from 0."""

    kind: Literal["weight", "unit", "spot", "loss"]
    at: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class _Aim:
    """directions: (K, P), see `pulls`; shown: which of them are the numbers   name: of what is pulled at   up, down: what rows
    do to it   way: 1 where a positive number pulls up, else −1"""

    directions: Array
    name: str
    up: str
    down: str
    way: int
    shown: int = 0


def told_pulls(run: Run, target: Target) -> dict[str, Any]:
    """What each measured training row adds at this moment, JSON-ready (`docs/wire.md`), of the first seed.

    Raises ValueError, in a sentence, where that cannot be told.
    """
    setup = run.setup
    objective = setup.objective
    if not isinstance(objective, Supervised):
        raise ValueError("Who pulls can be told where there are right answers, one for each row. These two networks learn from "
                         "one another.")
    theta, _ = run.state.first
    batch = Look(View.of(setup), [run.state], [None]).gradient_batch
    with np.errstate(all="ignore"):  # what is not finite is said
        found = measured(objective, theta, batch)
        aim = _aim(run, objective, target, found.gradient)
        every = pulls(objective, theta, batch, found.dZ, aim.directions)
    parts, total = every[:, aim.shown], float(aim.directions[aim.shown] @ found.gradient)
    if not (np.isfinite(every).all() and np.isfinite(found.losses).all()):
        raise ValueError(NOT_FINITE)
    towards = every.argmax(1) if every.shape[1] > 1 else None
    most = np.argsort(-np.abs(parts), kind="stable")
    strongest = [int(i) for i in most[:STRONGEST] if parts[i]]
    answers = objective.answer(found.Z)
    return {"step": run.state.step, "kind": target.kind, "at": list(target.at), "name": aim.name, "up": aim.up,
            "down": aim.down, "way": aim.way, "total": total, "parts": parts.tolist(),
            "towards": None if towards is None else towards.tolist(), "rows": batch.rows, "all": setup.rows,
            "half": _half(np.abs(parts[most])), "classes": list(_classes(setup)),
            "strongest": [{"place": i, "row": int(setup.row_numbers[i]), "inputs": _inputs(setup, i),
                           **_judged(setup, answers, i), "loss": float(found.losses[i])} for i in strongest]}


def _aim(run: Run, objective: Supervised, target: Target, gradient: Array) -> _Aim:
    if target.kind == "loss":
        return _Aim(gradient[None], "the loss", "gain by a plain step on all", "lose by it", 1)
    if target.kind == "spot":
        return _at_spot(run, objective, target.at)
    if not all(value >= 0 and value == int(value) for value in target.at):
        raise ValueError(NO_SUCH)
    direction, places = np.zeros((1, objective.size)), map(int, target.at)
    place, name = _weight(run.setup, *places) if target.kind == "weight" else _unit(run.setup, *places)
    direction[0, place] = 1.0
    what = "it" if target.kind == "weight" else "the sum of this unit"
    return _Aim(direction, name, f"want {what} larger", f"want {what} smaller", -1)


def _weight(setup: Setup, layer: int, source: int, unit: int) -> tuple[int, str]:
    """The place of a weight in theta, and its name."""
    drawing = View.of(setup).drawing
    if not (1 <= layer < len(drawing.widths) and source < drawing.widths[layer - 1] and unit < drawing.widths[layer]):
        raise ValueError(NO_SUCH)
    part = drawing.joins[layer - 1]
    if part is None:
        raise ValueError(f"No single weight joins these two: {setup.net.name(layer - 1)} does not weigh all numbers of the one "
                         "before it. Choose a unit, a spot of the picture, or the loss.")
    before = setup.data.input_names[source] if layer == 1 else f"{setup.net.name(layer - 2)}, unit {source + 1}"
    return part.start + source * drawing.widths[layer] + unit, f"the weight from {before} to {_unit_name(setup, layer, unit)}"


def _unit(setup: Setup, layer: int, unit: int) -> tuple[int, str]:
    """The place in theta of what shifts a unit's sum, and its name: the bias, or β of batch norm, before which a bias does
    nothing."""
    net, widths = setup.net, View.of(setup).drawing.widths
    if not (1 <= layer < len(widths) and unit < widths[layer]):
        raise ValueError(NO_SUCH)
    normed = net.config.batch_norm and layer < len(widths) - 1
    found = [entry for entry in net.parameters.of("shift" if normed else "bias")
             if entry.layer == layer - 1 and entry.param.size == widths[layer]]
    if len(found) != 1:
        raise ValueError(f"The units of {net.name(layer - 1)} have no bias of their own to pull at. Choose a weight, a spot of "
                         "the picture, or the loss.")
    what = "the shift β" if normed else "the bias"
    return found[0].part.start + unit, f"{what} of {_unit_name(setup, layer, unit)}"


def _unit_name(setup: Setup, layer: int, unit: int) -> str:
    name = setup.net.name(layer - 1)
    if name != "output":
        return f"{name}, unit {unit + 1}"
    return f"the output for {_classes(setup)[unit]}" if setup.net.n_out > 1 and _classes(setup) else "the output"


def _at_spot(run: Run, objective: Supervised, at: Sequence[float]) -> _Aim:
    """How far a plain step on each row would move the answer at a spot; of several classes the share of each, of which the
    answered one's is shown."""
    setup, plane = run.setup, run.data.plane
    if plane is None or not objective.has_boundary or len(at) != plane.points.shape[1]:
        raise ValueError("There is no picture of the answers here to choose a spot of. Choose a weight, a unit, or the loss.")
    x = plane.inputs_at(np.array([at]), run.data.to_inputs).reshape(1, *setup.net.inputs)
    theta, statistics = run.state.first
    answer, moves = answer_gradients(objective, theta, statistics, x)
    eta, names = rate(run.config.training, run.epoch), _classes(setup)
    where = " and ".join(f"{name} = {words(value, 3)}" for name, value in zip((plane.x_name, plane.y_name), at, strict=False))
    if not names:
        moves, value = moves * setup.target.scale, words(float(setup.target.in_units(answer)[0]), 3)
        return _Aim(-eta * moves, f"the answer ({value} at {where})", "pull it up", "pull it down", 1)
    shown = int(answer.argmax())
    share, name = float(answer[shown]), names[shown] if len(answer) > 1 else names[1]
    down = "pull away from it" if len(names) > 2 else f"pull towards {names[0]}"
    return _Aim(-eta * moves, f"the share of {name} ({words(share, 3)} at {where})", f"pull towards {name}", down, 1, shown)


def _half(sizes: Array) -> int:
    """How many of the strongest do half of all pulling. sizes: largest first"""
    sums = sizes.cumsum()
    return int((sums < sums[-1] / 2).sum()) + 1 if sums[-1] else 0


def _classes(setup: Setup) -> tuple[str, ...]:
    """The classes that a row is one of; none for values, and where every step has an answer."""
    return setup.target.class_names if setup.target.key == "classes" else ()


def _inputs(setup: Setup, row: int) -> str:
    """A row in its own units, by name; "" for pictures and sequences."""
    data = setup.data
    if data.X_train.ndim != 2 or setup.config.data.picture is not None or setup.config.data.sequence is not None:
        return ""
    scale = data.scaler.scale
    raw = np.round(data.scaler.raw(data.X_train[row:row + 1])[0] / scale, 9) * scale  # 0, not 10⁻¹⁷
    told = [_input(name, float(f"{x:.9g}"), data.input_names) for name, x in zip(data.input_names, raw, strict=True)]
    return listed([one for one in told if one], STRONGEST)


def _input(name: str, value: float, names: Sequence[str]) -> str:
    """An input and its value. Of a column of words, which has an input `column = word` for each, only the word there is."""
    column, is_word, word = name.partition(" = ")
    if not is_word or value not in (0, 1):
        return f"{name} = {words(value, 3)}"
    alone = sum(other.startswith(f"{column} = ") for other in names) == 1
    return name if value else f"{column} ≠ {word}" if alone else ""


def _judged(setup: Setup, answers: Array, row: int) -> dict[str, Any]:
    """What a row's right answer is, and what it gets, in words; `label`: the number of its class."""
    y: NDArray = setup.answers_train
    if names := _classes(setup):
        sure = answers[row] if answers.shape[-1] > 1 else np.array([1 - answers[row, 0], answers[row, 0]])
        best = int(sure.argmax())
        return {"label": int(y[row]), "right": names[int(y[row])], "answer": f"{names[best]}, {words(float(sure[best]), 2)}"}
    if setup.target.key == "values":
        right, given = (words(float(setup.target.in_units(value)), 3) for value in (y[row], answers[row, 0]))
        return {"label": None, "right": right, "answer": given}
    return {"label": None, "right": "", "answer": ""}
