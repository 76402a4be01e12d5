"""What to do when the numbers of a run have left all bounds: back to the last good state, and say where it broke."""

import numpy as np

from ann_core.base.fields import declared
from ann_core.base.spelling import words
from ann_core.base.words import in_sentence
from ann_core.film.look import GRADIENT_ROWS
from ann_core.run.objectives.base import Batch
from ann_core.run.run import Run
from ann_core.run.trainer import LARGEST, Trainer
from ann_core.run.training import TrainingConfig

NOT_FINITE = "The numbers here are beyond what the computer can hold: the run diverges. Go back to an earlier epoch."
"""Instead of numbers that are asked for at such a moment."""


def last_finite(run: Run, failed: int) -> Run:
    """From the last good frame, step by step to the last sane state with a finite loss before step `failed`."""
    trainer, good = run.trainer(), run.state
    X, Y = run.setup.probe_rows(GRADIENT_ROWS)
    probe = Batch(X, Y, len(X), seeds=trainer.seeds)
    while trainer.step < failed - 1:
        trainer.one_step()
        if not trainer.is_sane():
            break
        if not run.setup.objective.sound(trainer.p, probe):
            break
        good = trainer.state()
    c, objective, (_, where, network) = run.config, run.setup.objective, where_it_broke(run, trainer)
    training = next(turn.training for turn in objective.turns if turn.network == network)
    of = f" of the {objective.called.get(network, network)}" if len(objective.networks) > 1 else ""
    rate = training.learning_rate
    cures = [f"a smaller learning rate{of} (it is {words(rate)}; try {words(_smaller(rate))})"]
    if training.clip_norm is None and training.clip_value is None:
        cures.append("gradient clipping")
    if c.data.scaling == "none" and run.setup.objective.has_answers:
        cures.append("input scaling")
    if c.network.initializer in ("normal", "uniform", "constant") and c.network.sigma > 0.5:
        cures.append(f"a smaller σ (it is {words(c.network.sigma)})")
    when = f"round {good.step + 1:,}" if run.setup.objective.by_rounds else f"epoch {good.epoch + 1}"
    message = (f"Diverged in {when}: {where}. "
               f"Shown is the last state before that. Try {' or '.join(cures)}.")
    return run.at(good, message)


def _smaller(rate: float) -> float:
    """The largest offered rate that is at most a fifth of this one."""
    offered = declared(TrainingConfig, "learning_rate").options
    return max((other for other in offered if other <= rate / 5), default=rate / 10)


def where_it_broke(run: Run, trainer: Trainer) -> tuple[int, str, str]:
    """The layer of weights in which numbers first left all bounds, counted over all networks from 0, what is too large, in
    words, and the network that it belongs to: of several the one that was moved first, as it spoils the others. (Of the first
    seed, when there are several.)"""
    networks = run.setup.objective.networks
    owners = [name for name, net in networks.items() for _ in net.weighted]
    theta = trainer.theta.reshape(-1, trainer.theta.shape[-1])[0]
    largest = np.array([max(np.abs(theta[part]).max() for part in parts) for parts in run.setup.objective.weight_parts])
    largest[np.isnan(largest)] = np.inf
    called = [in_sentence(name) for name in run.setup.objective.layer_names]
    if largest.max() >= LARGEST:
        gone = {owner for owner, size in zip(owners, largest, strict=True) if size >= LARGEST}
        owner = next(turn.network for turn in run.setup.objective.turns if turn.network in gone)
        own = np.where(np.array(owners) == owner, largest, 0)
        beyond, most = int((own >= LARGEST).sum()), called[int(own.argmax())]
        told = (f"the weights of {most} were the first numbers too large to compute with" if beyond == 1 else
                f"the weights of {beyond} layers grew too large to compute with in one step, those of {most} furthest")
        return int(own.argmax()), told, owner
    first = theta[next(iter(run.setup.objective.parts.values()))]
    Z, caches, _ = run.net.forward(run.net.parameters.rows(first), run.setup.probe_rows(GRADIENT_ROWS)[0])
    sums = [*(bend.Z for bend in run.net.bends(caches)), Z]
    broken = [i for i, layer in enumerate(sums) if not np.isfinite(layer).all()]
    if not broken and len(networks) > 1:  # it is what the networks make of each other that is beyond all numbers
        place = int(largest.argmax())
        return place, f"the weights of {called[place]} grew until the loss was too large to compute with", owners[place]
    place = broken[0] if broken else len(sums) - 1
    return place, f"the sums in {called[place]} were the first numbers too large to compute with", owners[place]
