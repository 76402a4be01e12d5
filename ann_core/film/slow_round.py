"""A round of two networks against each other in slow motion: whose turn it is, and what happens in it, in words."""

from collections.abc import Iterator
from typing import Any

from ann_core.base.spelling import words
from ann_core.base.words import in_sentence, listed
from ann_core.film.noise import noise_names
from ann_core.film.slow_words import backward, forward, is_direct, stage, update
from ann_core.nn.network import Network
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GENERATOR
from ann_core.run.objectives.base import Turn
from ann_core.run.one_step import OneStep
from ann_core.run.run import Run


def told(run: Run, turn: Turn, step: OneStep) -> dict[str, Any]:
    """What belongs to the numbers of a turn, JSON-ready (`docs/wire.md`)."""
    judging = turn.network == DISCRIMINATOR
    return {"noun": "sample" if judging else "noise", "together": "both means" if judging else "mean",
            "direct": all(map(is_direct, run.setup.objective.networks.values())), "stages": list(_stages(run, turn, step))}


def _stages(run: Run, turn: Turn, step: OneStep) -> Iterator[dict[str, Any]]:
    objective, last = run.setup.objective, len(step.layers)
    called = {name: objective.called.get(name, name) for name in objective.chain}
    places = [(name, objective.networks[name], i + 1) for name in objective.chain
              for i in range(len(objective.networks[name].layers))]
    yield stage("forward", step.first, f"The {called[turn.network]}'s turn", _begins(run, turn, step))
    for layer in range(step.first + 1, last + 1):
        name, net, own = places[layer - 1]
        said = forward(net, own, step.layers[layer - 1], step.rows, objective.output(name))
        yield stage("forward", layer, f"Forward: {_called(name, called[name], net, own)}",
                    said.replace("The sum is the answer.", "The sums are the sample.") if name == GENERATOR else said)
    yield stage("loss", last, "Loss", _loss(turn, step))
    for layer in range(last, 0, -1):
        name, net, own = places[layer - 1]
        if turn.network == DISCRIMINATOR and name == GENERATOR:
            break  # nothing goes back to it
        yield stage("backward", layer, f"Backward: {_called(name, called[name], net, own)}", _back(turn, step, name, net, own))
    whose = "The other network stays as it is."
    yield stage("update", last, f"Update: the {called[turn.network]}", update(turn.training, whose))


def _called(name: str, said: str, net: Network, layer: int) -> str:
    if name == GENERATOR and layer == len(net.layers):
        return "the sample"
    return f"{said}, {in_sentence(net.name(layer - 1))}"


def _begins(run: Run, turn: Turn, step: OneStep) -> str:
    half = step.rows // 2
    judge = (f"It is shown {step.rows} samples, first {half} true ones, then {half} made ones. This is number "
             f"{step.row + 1}, ")
    if step.first:
        values = step.layers[step.first - 1].outputs
        given = listed([f"{name} = {words(x, 3)}" for name, x in zip(run.data.input_names, values, strict=False)], 4)
        return f"{judge}a true one: {given}."
    noise = listed([f"{name} = {words(x, 3)}" for name, x in zip(noise_names(len(step.x)), step.x, strict=True)], 4)
    if turn.network == DISCRIMINATOR:
        return f"{judge}which the generator makes of noise: {noise}."
    return f"New noise goes in, {step.rows} rows of it. Number {step.row + 1}: {noise}."


def _loss(turn: Turn, step: OneStep) -> str:
    loss, whole = words(step.loss, 3), words(step.batch_loss, 3)
    if turn.network == GENERATOR:
        return (f"The generator pays where the judge is not fooled: ℓ = {loss} for this sample. The mean over the {step.rows} "
                f"samples is L = {whole}; the step is to lower that.")
    wanted = "near 1, true" if step.y[0] else "near 0, made"
    return (f"Its answer should be {wanted}: ℓ = {loss} for this sample. The mean over the true ones and the mean over the "
            f"made ones add up to L = {whole}; the step is to lower that.")


def _back(turn: Turn, step: OneStep, name: str, net: Network, own: int) -> str:
    said = backward(net, own)
    if turn.network != name:
        return f"{said} The way back leads through the judge, whose weights stay as they are."
    if name == GENERATOR and own == len(net.layers):
        said = "What comes back through the judge says how the loss changes with each number of the sample."
    over = f"the mean over the {step.rows} samples" if name == GENERATOR else "both means together"
    return f"{said} A weight's derivative is ∂ℓ/∂z times what came in; {over} is ∂L/∂w."
