"""A run is a value: `start(config)` makes one; `ann_core.film.advance` gives the next one and the film of the way there."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from ann_core.data import Prepared, load
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.setup import Setup
from ann_core.run.trainer import State, Trainer


@dataclass(frozen=True, eq=False)
class Run:
    """What does not change, and the present state. Picklable; never changes.

    message: why it stopped, when it diverged
    """

    setup: Setup
    state: State
    message: str | None = None

    @property
    def config(self) -> RunConfig:
        """Its settings."""
        return self.setup.config

    @property
    def data(self) -> Prepared:
        """What it learns from."""
        return self.setup.data

    @property
    def net(self) -> Network:
        """The network; holds no numbers."""
        return self.setup.net

    @property
    def epoch(self) -> float:
        """Epochs done, with the fraction of the present one."""
        return self.state.position(self.setup.rows)

    @property
    def moment(self) -> str:
        """How far it has come, in words: 'epoch 12.5', or 'round 200' where networks take turns."""
        by_rounds = self.setup.objective.by_rounds
        return f"round {self.state.step:,}" if by_rounds else f"epoch {self.epoch:.4g}"

    @property
    def finished(self) -> bool:
        """True when the last epoch of its settings is done, or training has stopped early."""
        return self.state.epoch >= self.config.training.epochs or self.state.waited(self.config.training.patience)

    @property
    def ending(self) -> str | None:
        """Why it ended before its last epoch: it diverged, or stopped early."""
        if self.message or not (self.finished and self.state.waited(self.config.training.patience)) or not self.state.best:
            return self.message
        best = self.state.best.epoch
        return (f"Stopped at epoch {self.state.epoch:,}: the validation loss was lowest at epoch {best:,} and has not fallen "
                f"for {self.config.training.patience} epochs. Drag the timeline to {best:,} to see the weights that are kept.")

    @property
    def kept(self) -> "Run":
        """The run at the weights to judge and use: the best ones when it may stop early, else the present ones."""
        best = self.state.best
        if best is None:
            return self
        return replace(self, state=replace(self.state, theta=best.theta, statistics=best.statistics))

    def at(self, state: State, message: str | None = None) -> "Run":
        """The same run at another moment."""
        return Run(self.setup, state, message)

    def trainer(self) -> Trainer:
        """A training loop that starts here."""
        return Trainer(self.setup, self.state)


def start(config: RunConfig, data: Prepared | None = None, in_depth: bool = False, without: Collection[str] = ()) -> Run:
    """The untrained run of these settings. data: when given, used instead of what the settings describe. in_depth, without: see
    `Setup`"""
    data = load(config.data) if data is None else data
    setup = Setup(config, data.shaped(config.sample), in_depth, frozenset(without))
    objective, net = setup.objective, setup.net
    members = [objective.initial(config.seed + k) for k in range(config.seeds)]
    theta = np.stack(members) if config.seeds > 1 else members[0]
    statistics = np.broadcast_to(net.initial_statistics(), (*theta.shape[:-1], net.statistics.size)).copy()
    return Run(setup, State(theta, objective.memories(theta), statistics))
