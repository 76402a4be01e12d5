"""One step in slow motion as it travels to the player: its stages with the lesson's words, and every number."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from ann_core.base.spelling import words
from ann_core.base.words import in_sentence, listed
from ann_core.film.drawing import MOST_LAYERS, MOST_UNITS
from ann_core.film.view import View
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.one_step import LayerStep, OneStep, one_step
from ann_core.run.run import Run

NOT_FINITE = ("The numbers of this step are beyond what the computer can hold: the run diverges here. Go back to an earlier "
              "epoch.")


def slow_motion(run: Run, row: int = 0) -> dict[str, Any]:
    """The next step of a run, JSON-ready (`docs/wire.md`). Raises ValueError, in a sentence, where it cannot be shown."""
    drawing = View.of(run.setup).drawing
    if len(drawing.layers) < len(drawing.widths) or any(len(drawing.units[i]) < n for i, n in enumerate(drawing.widths)):
        raise ValueError(f"Slow motion is drawn where every unit has its place: up to {MOST_LAYERS - 2} hidden layers of "
                         f"{MOST_UNITS} units, and {MOST_UNITS} inputs. This network is {'-'.join(map(str, drawing.widths))}. "
                         "Make it smaller to see a step.")
    step = one_step(run, row)
    numbers = [{field.name: getattr(layer, field.name) for field in fields(LayerStep)} for layer in step.layers]
    if not all(np.isfinite(array).all() for layer in numbers for array in layer.values()) or not np.isfinite(step.batch_loss):
        raise ValueError(NOT_FINITE)
    return {"step": run.state.step, "row": step.row, "rows": step.rows, "mean": run.config.training.reduction == "mean",
            "x": step.x.tolist(), "y": step.y.tolist(), "loss": step.loss, "batch_loss": step.batch_loss,
            "fused": _is_difference(step), "direct": _is_direct(run), "stages": list(_stages(run, step)),
            "layers": [{name: array.tolist() for name, array in layer.items()} for layer in numbers]}


def _is_direct(run: Run) -> bool:
    """Whether ∂ℓ/∂z = ∂ℓ/∂a · φ′(z) is all that happens on the way back through a hidden layer."""
    network = run.config.network
    return not (network.batch_norm or network.skip or network.dropout)


def _is_difference(step: OneStep) -> bool:
    """Whether the last layer's ∂ℓ/∂z is the plain difference of answer and target, as in the usual pairs."""
    last = step.layers[-1]
    return bool(np.allclose(last.dZ, last.outputs - step.y, rtol=1e-9, atol=1e-12))


def _stages(run: Run, step: OneStep) -> Iterator[dict[str, Any]]:
    """kind, the layer that is looked at (0: inputs), a title, and what happens, in words."""
    names = ["inputs", *(run.net.name(i) for i in range(len(run.net.layers)))]
    last = len(step.layers)
    given = listed([f"{name} = {words(x, 3)}" for name, x in zip(run.data.input_names, step.x, strict=True)], 4)
    yield _stage("forward", 0, "A row goes in", f"Row {step.row + 1} of the {step.rows} in this batch: {given}. Its right "
                 f"answer is {_answer(run, step)}.")
    for layer in range(1, last + 1):
        yield _stage("forward", layer, f"Forward: {in_sentence(names[layer])}", _forward(run, step, layer))
    together = "mean" if run.config.training.reduction == "mean" else "sum"
    yield _stage("loss", last, "Loss", f"The loss says how wrong the answer is: ℓ = {words(step.loss, 3)} for this row. The "
                 f"{together} over the {step.rows} rows of the batch is L = {words(step.batch_loss, 3)}; the step is to lower "
                 "that.")
    for layer in range(last, 0, -1):
        yield _stage("backward", layer, f"Backward: {in_sentence(names[layer])}", _backward(run, step, layer, together))
    yield _stage("update", last, "Update", _update(run))


def _stage(kind: str, layer: int, title: str, said: str) -> dict[str, Any]:
    return {"kind": kind, "layer": layer, "title": title, "words": said}


def _answer(run: Run, step: OneStep) -> str:
    target, y = run.setup.target, step.y
    if len(y) == len(step.x) and not run.setup.objective.has_boundary:
        return "the row itself"
    if not target.class_names:
        return words(float(target.in_units(y)[0]), 3)
    return target.class_names[int(y.argmax()) if len(y) > 1 else int(y[0] > (0 if run.net.head.signed else 0.5))]


def _forward(run: Run, step: OneStep, layer: int) -> str:
    network, numbers = run.config.network, step.layers[layer - 1]
    said = "Each unit adds up its inputs, each times its weight, and its bias: the sum z."
    if layer == len(step.layers):
        output = run.net.head.output
        if output == "softmax":
            return f"{said} Softmax turns the sums into shares of 1."
        return f"{said} The sum is the answer." if output == "linear" else f"{said} It passes through {output}: the answer a."
    if network.batch_norm:
        said += (f" Batch normalisation brings each unit's sums over the {step.rows} rows to mean 0 and spread 1, then scales "
                 "and shifts them.")
    then = "Then it" if network.batch_norm else "It"
    said += f" {then} passes through the activation, {run.net.bent[layer - 1].label}: the answer a."
    if network.skip:
        said += " The skip connection adds what came into the layer."
    if network.dropout:
        off, more = int((numbers.kept == 0).sum()), words(1 / (1 - network.dropout), 3)
        said += (f" Dropout switches {off} of the {len(numbers.kept)} units off for this row; the others count {more} times as "
                 "much.")
    return said


def _backward(run: Run, step: OneStep, layer: int, together: str) -> str:
    last = layer == len(step.layers)
    said = ("Backward starts at the loss: how does it change with the sum of each output?" if last else
            "Each unit's derivative comes from what stands to its right: derivatives already known, each times its weight, "
            "added up; then times the slope of the activation.")
    if not last and run.config.network.batch_norm:
        said += " The way back through batch normalisation leads through all rows of the batch."
    rows = "" if step.rows == 1 else f"; the {together} over the {step.rows} rows of the batch is ∂L/∂w"
    return f"{said} A weight's derivative is ∂ℓ/∂z times what came in{rows}."


def _update(run: Run) -> str:
    c = run.config.training
    rate = f"η = {words(c.learning_rate, 3)}" + ("" if c.schedule == "constant" else ", times what its schedule says")
    bent = [name for name, there in (("penalties", c.l1 or c.l2), ("clipping", c.clip_norm or c.clip_value)) if there]
    before = f" Before that, {' and '.join(bent)} change the derivative." if bent else ""
    if c.optimizer == "sgd":
        return (f"Every weight and bias takes a small step against its derivative: w ← w − η · ∂L/∂w, {rate}.{before} Then it "
                "all begins again.")
    return (f"Every weight and bias takes a step. {OPTIMIZERS[c.optimizer].label} works out its direction from ∂L/∂w now and "
            f"in earlier steps; {rate}.{before} Then it all begins again.")
