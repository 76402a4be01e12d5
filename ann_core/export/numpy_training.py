"""The training loop of a run in plain NumPy: the same first weights, order of rows and updates, and so the same losses."""

import numpy as np

from ann_core.base.arrays import Array
from ann_core.export.loss_text import losses
from ann_core.export.numpy_steps import LEARNING
from ann_core.export.steps import INPUTS, Step, network_steps
from ann_core.export.taken import Taken
from ann_core.export.text import numbers, source
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.objectives.base import NOISE
from ann_core.run.run import start
from ann_core.run.trainer import DROPOUT, LOSS_ROWS, ORDER

MOST_NUMBERS = 200_000
"""Numbers of training data that a program holds at most."""
STATISTICS = ("mean", "var")
SCHEDULE = {
    "constant": "1.0",
    "step": "{gamma} ** (epochs_done // {k})",
    "exponential": "{gamma} ** (epochs_done / {k})",
    "cosine": "0.5 * (1 + np.cos(np.pi * min(epochs_done / {k}, 1.0)))",
    "warmup": "min(1.0, epochs_done / {k})",
}
"""What the rate is multiplied by after so many epochs."""


def why_no_training(t: Taken) -> str | None:
    """Why the program cannot train the network again; None where it can."""
    run = t.run
    if run.config.objective.kind not in ("supervised", "autoencoder"):
        return "This program holds no training: it knows how to learn from one answer for each row only."
    if len(t.history) > 1:
        return ("This program holds no training: settings were changed while it ran. Start the run again with the present ones "
                "to have it.")
    if unknown := sorted({step.kind.replace("_", " ") for step in t.steps} - {kind.replace("_", " ") for kind in LEARNING}):
        return f"This program holds no training: the way back through {', '.join(unknown)} is not written down for it."
    if any(step.kind == "dense" and len(step.shape) > 1 for step in t.steps):
        return "This program holds no training: it knows dense layers on rows of numbers only."
    if run.data.X_train.size > MOST_NUMBERS:
        return f"This program holds no training: its {run.data.X_train.size:,} numbers of data would make it too large."
    return None


def training(t: Taken) -> str:
    """Losses, gradient, and the loop."""
    written = losses(t.head, t.run.config.network.huber_delta)
    return "\n\n\n".join([_settings(t), written, _gradient(t.steps), _optimizer(t), _loop(t)])


def _settings(t: Taken) -> str:
    c = t.run.config.training
    return (f"SEED, EPOCHS, BATCH, RATE = {t.run.config.seed}, {c.epochs}, {min(c.batch_size, t.run.setup.rows)}, "
            f"{c.learning_rate!r}\n"
            f"HOW = SimpleNamespace(momentum={c.momentum!r}, beta2={c.beta2!r}, rho={c.rho!r})  # what optimisers read")


def _gradient(steps: list[Step]) -> str:
    """Forward and back, a line a step; a value that is used twice gets both gradients."""
    forward = [LEARNING[step.kind].forward(step, *step.takes) for step in steps]
    reached: set[str] = set()

    def to(value: str, expression: str) -> str:
        if value == INPUTS:
            return ""
        again = value in reached
        reached.add(value)
        return f"d_{value} = d_{value} + {expression}" if again else f"d_{value} = {expression}"
    back = [line for step in reversed(steps) for line in LEARNING[step.kind].back(step, f"d_{step.name}", to, *step.takes)
            if line]
    last = steps[-1].name
    body = "\n".join(f"    {line}" for line in [*forward, f"d_{last} = slope({last}, y) * weight", *back])
    return ('def gradient(inputs, y, weight, w, g, running, drops):\n    """Fills g with the gradient of the loss: forward, '
            f'then back. weight: of the rows   drops: random numbers"""\n{body}')


def _optimizer(t: Taken) -> str:
    record = OPTIMIZERS[t.run.config.training.optimizer]
    return source(record.init, record.update)


def _changes(t: Taken) -> str:
    """What happens to the gradient before the step."""
    c = t.run.config.training
    found = [f"            g_all += {c.l2!r} * IS_WEIGHT * theta" if c.l2 else "",
             f"            g_all += {c.l1!r} * IS_WEIGHT * np.sign(theta)" if c.l1 else "",
             f"            g_all *= min(1.0, {c.clip_norm!r} / max(np.sqrt((g_all * g_all).sum()), 1e-300))"
             if c.clip_norm is not None else "",
             f"            np.clip(g_all, -{c.clip_value!r}, {c.clip_value!r}, out=g_all)" if c.clip_value is not None else ""]
    return "".join(f"{line}\n" for line in found if line)


def _loop(t: Taken) -> str:
    c, objective = t.run.config.training, t.run.config.objective
    record = OPTIMIZERS[c.optimizer]
    factor = SCHEDULE[c.schedule].format(gamma=repr(c.schedule_factor), k=repr(c.schedule_epochs))
    slots = sorted(step.settings["slot"] for step in t.steps if step.kind == "dropout")
    noise = getattr(objective, "noise", 0.0)
    disturbed = (f"            given = given + {noise!r} * np.random.default_rng([SEED, {NOISE}, steps, 0])"
                 ".standard_normal((len(rows), given[0].size)).reshape(given.shape)\n") if noise else ""
    scale = "1 / len(rows)" if c.reduction == "mean" else "1.0"
    weight = f"ROW_WEIGHTS[rows] * {scale}" if t.run.setup.weights_train is not None else scale
    decay = f"            theta *= 1 - rate * {c.weight_decay!r}\n" if c.optimizer == "adamw" and c.weight_decay else ""
    return f'''def arrays(flat):
    """The network's arrays by name, as views on one row of all numbers."""
    found, start = {{}}, 0
    for name, shape in SHAPES.items():
        stop = start + math.prod(shape)
        found[name] = flat[start:stop].reshape(shape)
        start = stop
    return found


def loss_now(theta, running):
    """The mean loss of the training rows, as the network is when it is used."""
    each = losses(network(X[:{LOSS_ROWS}], {{**arrays(theta), **running}}), Y[:{LOSS_ROWS}])
    return float((each{' * ROW_WEIGHTS[:' + str(LOSS_ROWS) + ', 0]' if t.run.setup.weights_train is not None else ''}).mean())


def train(epochs=EPOCHS):
    """Trains from the first weights on. Gives the loss before the first step and after every epoch."""
    theta, g_all = FIRST.copy(), np.zeros_like(FIRST)
    w, g, memory, steps = arrays(theta), arrays(g_all), {record.init.__name__}(theta), 0
    running = {{name: start.copy() for name, start in RUNNING.items()}}
    yield loss_now(theta, running)
    for epoch in range(epochs):
        order = np.random.default_rng([SEED, {ORDER}, epoch]).permutation(len(X))
        drops = {{slot: np.random.Generator(np.random.PCG64([SEED, {DROPOUT}, slot, epoch])) for slot in {slots}}}
        for start, stop in batches(len(X), BATCH):
            rows = order[start:stop]
            given = X[rows]
{disturbed}            gradient(given, Y[rows], {weight}, w, g, running, drops)
{_changes(t)}            steps += 1
            epochs_done = epoch + stop / len(X)
            rate = RATE * {factor}
{decay}            theta -= {record.update.__name__}(g_all, memory, steps, HOW) * rate
        yield loss_now(theta, running)'''


def learned_from(t: Taken) -> str:
    """The training rows and the first weights."""
    run, net = t.run, t.run.net
    first = start(run.config, run.data).state.first[0]
    setup = run.setup
    shapes = {f"{step.name}.{name}": array.shape for step in t.steps for name, array in step.weights.items()
              if name not in STATISTICS}
    begun = network_steps(net, first, net.initial_statistics())
    flat = np.concatenate([array.ravel() for step in begun for name, array in step.weights.items() if name not in STATISTICS])
    rows = [f"X = {numbers(setup.data.X_train)}", f"Y = {numbers(setup.Y_train)}", f"FIRST = {numbers(flat)}",
            f"SHAPES = {shapes!r}", f"IS_WEIGHT = {_is_weight(t.steps)}",
            f"RUNNING = {{{', '.join(f'{name!r}: {numbers(value)}' for name, value in _running(begun).items())}}}"]
    if setup.weights_train is not None:
        rows.append(f"ROW_WEIGHTS = {numbers(setup.weights_train)}")
    return "\n".join(rows)


def _is_weight(steps: list[Step]) -> str:
    """1 for each weight, 0 for biases and batch norm's scales, as an expression."""
    each = [f"[{int(name == 'W')}.0] * {array.size}" for step in steps for name, array in step.weights.items()
            if name not in STATISTICS]
    return f"np.array({' + '.join(each)})"


def _running(steps: list[Step]) -> dict[str, Array]:
    return {f"{step.name}.{name}": array for step in steps for name, array in step.weights.items() if name in STATISTICS}

