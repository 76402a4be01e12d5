"""One step in slow motion as it travels to the player: its stages with the lesson's words, and every number."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from ann_core.base.spelling import words
from ann_core.base.words import in_sentence, listed
from ann_core.film import slow_round
from ann_core.film.divergence import NOT_FINITE
from ann_core.film.drawing import MOST_LAYERS
from ann_core.film.slow_words import backward, forward, is_direct, stage, update
from ann_core.film.view import View
from ann_core.nn.inside import weighs_rows
from ann_core.run.objectives.adversarial import Adversarial
from ann_core.run.objectives.supervised import Supervised
from ann_core.run.one_step import LayerStep, OneStep, one_step
from ann_core.run.one_turn import one_round
from ann_core.run.run import Run
from ann_core.run.setup import Setup

MOST_WEIGHTS = 6_000
"""So many numbers travel, four of each weight; of several turns all of them count."""


def is_followed(setup: Setup) -> bool:
    """Whether these kinds of networks can be followed through a step: where every layer weighs all numbers of a row."""
    objective = setup.objective
    return isinstance(objective, Supervised | Adversarial) and all(map(weighs_rows, objective.networks.values()))


def slow_motion(run: Run, row: int = 0) -> dict[str, Any]:
    """The next step of a run, JSON-ready (`docs/wire.md`). Raises ValueError, in a sentence, where it cannot be shown."""
    drawing, objective = View.of(run.setup).drawing, run.setup.objective
    most = MOST_WEIGHTS // len(objective.turns)
    if is_followed(run.setup) and (len(drawing.layers) < len(drawing.widths) or objective.size > most):
        raise ValueError(f"Slow motion is for small networks: up to {MOST_LAYERS - 2} layers between inputs and output, and "
                         f"{most:,} weights and biases. This one is {'-'.join(map(str, drawing.widths))}. Make it smaller to "
                         "see a step.")
    if isinstance(objective, Adversarial):
        told = [{**_numbers(step), **slow_round.told(run, turn, step)} for turn, step in one_round(run, row)]
        return {"step": run.state.step, "turns": told}
    step = one_step(run, row)
    together = "mean" if run.config.training.reduction == "mean" else "sum"
    return {"step": run.state.step, **_numbers(step), "noun": "row", "together": together, "direct": is_direct(run.net),
            "stages": list(_stages(run, step, together))}


def _numbers(step: OneStep) -> dict[str, Any]:
    """Those of a step."""
    found = {(i, field.name): getattr(layer, field.name) for i, layer in enumerate(step.layers) for field in fields(LayerStep)}
    there = {place: array for place, array in found.items() if array is not None}
    if not all(np.isfinite(array).all() for array in there.values()) or not np.isfinite(step.batch_loss):
        raise ValueError(NOT_FINITE)
    layers: list[dict[str, Any]] = [{} for _ in step.layers]
    for (i, name), array in there.items():
        layers[i][name] = array.tolist()
    return {"row": step.row, "rows": step.rows, "first": step.first, "x": step.x.tolist(), "y": step.y.tolist(),
            "loss": step.loss, "batch_loss": step.batch_loss, "fused": _is_difference(step), "layers": layers}


def _is_difference(step: OneStep) -> bool:
    """Whether the last layer's ∂ℓ/∂z is the plain difference of answer and target, as in the usual pairs."""
    last = step.layers[-1]
    return last.dZ is not None and bool(np.allclose(last.dZ, last.outputs - step.y, rtol=1e-9, atol=1e-12))


def _stages(run: Run, step: OneStep, together: str) -> Iterator[dict[str, Any]]:
    """What happens, one after the other."""
    net, last = run.net, len(step.layers)
    names = ["inputs", *(net.name(i) for i in range(last))]
    given = listed([f"{name} = {words(x, 3)}" for name, x in zip(run.data.input_names, step.x, strict=True)], 4)
    yield stage("forward", 0, "A row goes in", f"Row {step.row + 1} of the {step.rows} in this batch: {given}. Its right "
                f"answer is {_answer(run, step)}.")
    for layer in range(1, last + 1):
        yield stage("forward", layer, f"Forward: {in_sentence(names[layer])}",
                    forward(net, layer, step.layers[layer - 1], step.rows, net.head.output))
    yield stage("loss", last, "Loss", f"The loss says how wrong the answer is: ℓ = {words(step.loss, 3)} for this row. The "
                f"{together} over the {step.rows} rows of the batch is L = {words(step.batch_loss, 3)}; the step is to lower "
                "that.")
    rows = "" if step.rows == 1 else f"; the {together} over the {step.rows} rows of the batch is ∂L/∂w"
    for layer in range(last, 0, -1):
        yield stage("backward", layer, f"Backward: {in_sentence(names[layer])}",
                    f"{backward(net, layer)} A weight's derivative is ∂ℓ/∂z times what came in{rows}.")
    yield stage("update", last, "Update", update(run.config.training))


def _answer(run: Run, step: OneStep) -> str:
    target, y = run.setup.target, step.y
    if len(y) == len(step.x) and not run.setup.objective.has_boundary:
        return "the row itself"
    if not target.class_names:
        return words(float(target.in_units(y)[0]), 3)
    return target.class_names[int(y.argmax()) if len(y) > 1 else int(y[0] > (0 if run.net.head.signed else 0.5))]
