"""What an update does with a gradient, as a program spells it: penalties, clipping, the optimiser, the rate."""

from ann_core.export.text import source
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.training import UpdateConfig

SCHEDULE = {
    "constant": "1.0",
    "step": "{gamma} ** (epochs // {k})",
    "exponential": "{gamma} ** (epochs / {k})",
    "cosine": "0.5 * (1 + np.cos(np.pi * min(epochs / {k}, 1.0)))",
    "warmup": "min(1.0, epochs / {k})",
}
"""What the rate is multiplied by after so many epochs."""


def optimizers(*settings: UpdateConfig) -> str:
    """Their functions, each once."""
    records = [OPTIMIZERS[c.optimizer] for c in settings]
    return source(*(function for record in records for function in (record.init, record.update)))


def first_memory(c: UpdateConfig) -> str:
    """The name of the function that gives what the optimiser remembers before its first step."""
    return str(OPTIMIZERS[c.optimizer].init.__name__)


def update(c: UpdateConfig, name: str) -> str:
    """The function that moves numbers by their gradient."""
    rate = "" if c.schedule == "constant" else " * " + SCHEDULE[c.schedule].format(
        gamma=repr(c.schedule_factor), k=repr(c.schedule_epochs))
    lines = [f"g += {c.l2!r} * is_weight * theta" if c.l2 else "",
             f"g += {c.l1!r} * is_weight * np.sign(theta)" if c.l1 else "",
             f"g *= min(1.0, {c.clip_norm!r} / max(np.sqrt((g * g).sum()), 1e-300))" if c.clip_norm is not None else "",
             f"np.clip(g, -{c.clip_value!r}, {c.clip_value!r}, out=g)" if c.clip_value is not None else "",
             f"how = SimpleNamespace(momentum={c.momentum!r}, beta2={c.beta2!r}, rho={c.rho!r})",
             f"rate = {c.learning_rate!r}{rate}",
             f"theta *= 1 - rate * {c.weight_decay!r}" if c.optimizer == "adamw" and c.weight_decay else "",
             f"theta -= {OPTIMIZERS[c.optimizer].update.__name__}(g, memory, count, how) * rate"]
    body = "\n".join(f"    {line}" for line in lines if line)
    return (f"def {name}(theta, g, is_weight, memory, count, epochs):\n"
            f'    """Moves theta by its gradient g. count: of its updates, with this one   epochs: done so far"""\n{body}')
