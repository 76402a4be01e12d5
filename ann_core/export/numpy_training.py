"""The training loop of a run in plain NumPy: the same first weights, order of rows and updates, and so the same losses."""

from collections.abc import Sequence

import numpy as np

from ann_core.base.arrays import Array
from ann_core.export.loss_text import losses
from ann_core.export.numpy_game import game, parts
from ann_core.export.numpy_learning import LEARNING
from ann_core.export.numpy_update import first_memory, optimizers, update
from ann_core.export.steps import INPUTS, Step, Steps, network_steps
from ann_core.export.taken import Taken, prefix
from ann_core.export.text import folded, numbers
from ann_core.run.objectives.adversarial import GENERATOR, Adversarial
from ann_core.run.objectives.base import NOISE
from ann_core.run.run import start
from ann_core.run.trainer import DROPOUT, LOSS_ROWS, ORDER

MOST_NUMBERS = 200_000
"""So many numbers other than 0 the training rows of a program have at most."""


def why_no_training(t: Taken) -> str | None:
    """Why the program cannot train the network again; None where it can."""
    run = t.run
    if len(t.history) > 1:
        return ("This program holds no training: settings were changed while it ran. Start the run again with the present ones "
                "to have it.")
    kinds = {step.kind for steps in players(t).values() for step in steps}
    if unknown := sorted(kind.replace("_", " ") for kind in kinds - set(LEARNING)):
        return f"This program holds no training: the way back through {', '.join(unknown)} is not written down for it."
    if (count := np.count_nonzero(run.data.X_train)) > MOST_NUMBERS:
        return f"This program holds no training: its {count:,} numbers of data would make it too large."
    return None


def players(t: Taken, theta: Array | None = None) -> dict[str, Steps]:
    """The steps of every network that learns, by name. theta: all their numbers (P,); if not given, those of the moment"""
    objective, (present, statistics) = t.run.setup.objective, t.run.state.first
    first = next(iter(objective.networks))  # running statistics are its own
    return {name: network_steps(net, (present if theta is None else theta)[objective.parts[name]],
                                statistics if theta is None and name == first else net.initial_statistics(),
                                prefix(t.run, name)) for name, net in objective.networks.items()}


def training(t: Taken) -> str:
    """Losses, gradients, updates, and the loop."""
    c = t.run.config.training
    settings = f"SEED, EPOCHS, BATCH = {t.run.config.seed}, {c.epochs}, {min(c.batch_size, t.run.setup.rows)}"
    if isinstance(t.run.setup.objective, Adversarial):
        both = players(t)
        gradients = [gradient(f"{name}_gradient", steps, inner=name != GENERATOR) for name, steps in both.items()]
        return "\n\n\n".join([settings, ARRAYS, game(t, both, "\n\n\n".join(gradients))])
    return "\n\n\n".join([settings, ARRAYS, losses(t.head, t.run.config.network.huber_delta), gradient("gradient", t.steps),
                          optimizers(c), update(c, "update"), _loop(t)])


ARRAYS = '''def arrays(flat):
    """The network's arrays by name, as views on one row of all numbers."""
    found, start = {}, 0
    for name, shape in SHAPES.items():
        stop = start + math.prod(shape)
        found[name] = flat[start:stop].reshape(shape)
        start = stop
    return found'''


def gradient(name: str, steps: Sequence[Step], inner: bool = False) -> str:
    """Forward and back, a line a step; a value that is used twice gets both gradients. inner: that of the inputs is wanted"""
    forward = [LEARNING[step.kind].forward(step, *step.takes) for step in steps]
    reached: set[str] = set()

    def to(value: str, expression: str) -> str:
        if value == INPUTS and not inner:
            return ""
        again = value in reached
        reached.add(value)
        return f"d_{value} = d_{value} + {expression}" if again else f"d_{value} = {expression}"
    back = [line for step in reversed(steps) for line in LEARNING[step.kind].back(step, f"d_{step.name}", to, *step.takes)
            if line]
    last = steps[-1].name
    body = "\n".join(f"    {line}" for line in map(folded, [*forward, f"d_{last} = at_output({last})", *back]))
    gives = f"{last}, d_{INPUTS}" if inner else last
    return (f"def {name}(inputs, at_output, w, g, held, drops):\n"
            '    """Fills g with the gradient of the loss: forward, then back. Returns the last sums'
            f'{", and the gradient of the inputs" if inner else ""}.\n\n'
            "    at_output: makes of the last sums their gradient   held: arrays that no gradient moves\n"
            f'    drops: random numbers; None where nothing is dropped"""\n{body}\n    return {gives}')


def _loop(t: Taken) -> str:
    c, objective = t.run.config.training, t.run.config.objective
    slots = sorted(step.settings["slot"] for step in t.steps if step.kind == "dropout")
    noise = getattr(objective, "noise", 0.0)
    disturbed = (f"            given = given + {noise!r} * np.random.default_rng([SEED, {NOISE}, count - 1, 0])"
                 ".standard_normal((len(rows), given[0].size)).reshape(given.shape)\n") if noise else ""
    weighted = t.run.setup.weights_train is not None
    if objective.kind == "sequence":
        weight = "Y[rows].sum(-1, keepdims=True)" + (" / max(Y[rows].sum(), 1)" if c.reduction == "mean" else "")
        mean = f"(each * Y[:{LOSS_ROWS}].sum(-1)).sum() / max(Y[:{LOSS_ROWS}].sum(), 1)"
        says = "the steps that are asked for"
    else:
        weight = ("ROW_WEIGHTS[rows] * " if weighted else "") + ("1 / len(rows)" if c.reduction == "mean" else "1.0")
        mean, says = f"(each{f' * ROW_WEIGHTS[:{LOSS_ROWS}, 0]' if weighted else ''}).mean()", "the training rows"
    return f'''def loss_now(theta, held):
    """The mean loss of {says}, as the network is when it is used."""
    each = losses(network(X[:{LOSS_ROWS}], {{**arrays(theta), **held}}), Y[:{LOSS_ROWS}])
    return float({mean})


def slope_of(rows):
    """The gradient of the loss of these rows by their last sums, as a function of the sums."""
    return lambda z: slope(z, Y[rows]) * ({weight})


def train(epochs=EPOCHS):
    """Trains from the first weights on. Gives the loss before the first step and after every epoch."""
    theta, g_all, count = FIRST.copy(), np.zeros_like(FIRST), 0
    w, g, memory = arrays(theta), arrays(g_all), {first_memory(c)}(theta)
    held = {{name: array.copy() for name, array in HELD.items()}}
    yield loss_now(theta, held)
    for epoch in range(epochs):
        order = np.random.default_rng([SEED, {ORDER}, epoch]).permutation(len(X))
        drops = {{slot: np.random.Generator(np.random.PCG64([SEED, {DROPOUT}, slot, epoch])) for slot in {slots}}}
        for start, stop in batches(len(X), BATCH):
            rows, count = order[start:stop], count + 1
            given = X[rows]
{disturbed}            gradient(given, slope_of(rows), w, g, held, drops)
            update(theta, g_all, IS_WEIGHT, memory, count, epoch + stop / len(X))
        yield loss_now(theta, held)'''


def learned_from(t: Taken) -> str:
    """The training rows and the first weights."""
    run, setup = t.run, t.run.setup
    begun = _together(players(t, start(run.config, run.data).state.first[0]))
    weights = _together(players(t, setup.objective.is_weight()))
    arrays = {name: array for step in begun for name, array in step.learned.items()}
    shapes = {name: array.shape for name, array in arrays.items()}
    is_weight = " + ".join(f"[{array.flat[0]:.1f}] * {array.size}" for step in weights for array in step.learned.values())
    held = {name: array for step in begun for name, array in step.unlearned.items()}
    rows = [f"X = {numbers(setup.data.X_train)}",
            f"FIRST = {numbers(np.concatenate([array.ravel() for array in arrays.values()]))}",
            f"SHAPES = {shapes!r}", f"IS_WEIGHT = np.array({is_weight})",
            f"HELD = {{{', '.join(f'{name!r}: {numbers(array)}' for name, array in held.items())}}}"]
    if isinstance(setup.objective, Adversarial):
        now = [array.ravel() for step in _together(players(t)) for array in step.learned.values()]
        return "\n".join([*rows, f"NOW = {numbers(np.concatenate(now))}  # both networks' numbers at the moment that was taken",
                          parts(players(t))])
    rows.append(f"Y = {numbers(setup.Y_train)}")
    if setup.weights_train is not None:
        rows.append(f"ROW_WEIGHTS = {numbers(setup.weights_train)}")
    return "\n".join(rows)


def _together(found: dict[str, Steps]) -> list[Step]:
    return [step for steps in found.values() for step in steps]
