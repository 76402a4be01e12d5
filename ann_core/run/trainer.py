"""The training loop: one update after the other, on arrays of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import thread_time

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.layers import Pass
from ann_core.nn.layers.base import Uniform
from ann_core.nn.parameters import Rows
from ann_core.run.objectives.base import Batch, Objective, Turn
from ann_core.run.setup import Setup
from ann_core.run.update import Memory, Update

ORDER, DROPOUT = 2, 3
"""Purposes of random streams: [seed, ORDER, epoch] and [seed, DROPOUT, slot, epoch]. No random state is carried along:
every stream starts again from its key, so any moment can be reached again exactly."""

LARGEST = 1e12
"""A weight beyond this has diverged: stopped here, the pictures still show how it went."""


LOSS_ROWS = 5_000
"""Losses are measured on at most so many rows."""


@dataclass(frozen=True)
class Best:
    """The weights with the lowest validation loss so far."""

    loss: float
    epoch: int
    theta: Array
    statistics: Array


def _waited(best: Best | None, epoch: int, patience: int | None) -> bool:
    return bool(patience and best and epoch - best.epoch >= patience)


@dataclass(frozen=True)
class State:
    """All that changes in a run. Never modified: the trainer works on copies."""

    theta: Array                    # (P,) or (S, P)
    memories: tuple[Memory, ...]    # of the optimiser of each network that is moved
    statistics: Array               # batch norm's running statistics
    step: int = 0                   # steps of the run
    epoch: int = 0                  # whole epochs done
    row: int = 0                    # rows of the present epoch done
    best: Best | None = None        # only when it may stop early

    def position(self, rows: int) -> float:
        """Epochs done, with the fraction of the present one."""
        return self.epoch + self.row / rows

    @property
    def nbytes(self) -> int:
        """Memory it takes."""
        best = self.best.theta.nbytes + self.best.statistics.nbytes if self.best else 0
        return self.theta.nbytes + self.statistics.nbytes + sum(memory.nbytes for memory in self.memories) + best

    @property
    def first(self) -> tuple[Array, Array]:
        """theta (P,) and statistics (Q,) of the first network."""
        return (self.theta[0], self.statistics[0]) if self.theta.ndim > 1 else (self.theta, self.statistics)

    def waited(self, patience: int | None) -> bool:
        """Whether the validation loss has not fallen for so many epochs."""
        return _waited(self.best, self.epoch, patience)


class _Members:
    """The streams of several seeds side by side: random((S, …)) gives each member its own numbers."""

    def __init__(self, sources: Sequence[np.random.Generator]):
        self.sources = sources

    def random(self, shape: tuple[int, ...], /) -> NDArray[np.float64]:
        return np.stack([source.random(shape[1:]) for source in self.sources])


Playing = tuple[Turn, slice, dict[str, Rows], Update]
"""A turn, the part of theta that it moves, where gradients go, and what moves it."""


class Trainer:
    """Carries a State forward."""

    def __init__(self, setup: Setup, state: State):
        self.config, self.net, data = setup.config, setup.net, setup.data
        self.X, self.Y, self.weights = data.X_train, setup.Y_train, setup.weights_train
        self.patience = None
        if data.held_out == "validation":
            self.patience = self.config.training.patience
            self.held = setup.seen_test[:LOSS_ROWS], setup.Y_test[:LOSS_ROWS]
            self.weights_held = None if setup.weights_test is None else setup.weights_test[:LOSS_ROWS]
        self.best = state.best
        self.rows = len(self.X)
        self.theta, self.statistics = state.theta.copy(), state.statistics.copy()
        self.step, self.epoch, self.row = state.step, state.epoch, state.row
        self.grad = np.zeros_like(self.theta)
        self.raw_grad = np.full_like(self.theta, np.nan)  # the last batch's gradient before penalties and clipping
        self._play(setup.objective, state)
        self.batch = min(self.config.training.batch_size, self.rows)
        self._X = self._Y = np.empty(0)
        self.seeds = range(self.config.seed, self.config.seed + self.config.seeds)
        self._each = (slice(None),) * (self.theta.ndim - 1)  # every member, before the rows
        self._weights: Array | None = None
        self._batch = Batch(self._X, self._Y, 0)
        self._arranged = -1  # the epoch whose order is laid out

    def _play(self, objective: Objective, state: State) -> None:
        """Views and updates for every turn. What a turn gives to networks that it does not move is thrown away."""
        self.objective, self.p, is_weight = objective, objective.rows(self.theta), objective.is_weight()
        kept, thrown = (objective.rows(grad) for grad in (self.grad, np.empty_like(self.grad)))
        self.updates: dict[str, Update] = {}
        self.turns: list[Playing] = []
        for turn in objective.turns:
            part, name = objective.parts[turn.network], turn.network
            if name not in self.updates:
                self.updates[name] = Update(turn.training, self.theta[..., part], self.grad[..., part], is_weight[part],
                                            state.memories[len(self.updates)])
            self.turns.append((turn, part, {**thrown, name: kept[name]}, self.updates[name]))

    def state(self) -> State:
        """A copy of the present state."""
        return State(self.theta.copy(), tuple(update.memory() for update in self.updates.values()), self.statistics.copy(),
                     self.step, self.epoch, self.row, self.best)

    def _arrange(self) -> None:
        """Lays out the rows in the order of this epoch, and the dropout streams at this place in it."""
        seeds = self.seeds
        orders = [np.random.default_rng([seed, ORDER, self.epoch]).permutation(self.rows) for seed in seeds]
        order = np.stack(orders) if self.theta.ndim > 1 else orders[0]
        self._X, self._Y = self.X.take(order, 0), self.Y.take(order, 0)  # ten times as fast as X[order]
        self._weights = None if self.weights is None else self.weights.take(order, 0)
        noise: list[Uniform] | None = None
        if self.net.drawing_layers:
            noise = [self._dropout_stream(seeds, i, layer.draws()) for i, layer in enumerate(self.net.drawing_layers)]
        normed = self.net.running(self.statistics) if self.net.statistics.size else None
        self._batch = Batch(self._X, self._Y, self.rows, Pass(True, normed, True, noise), seeds=self.seeds)
        self._arranged = self.epoch

    def _dropout_stream(self, seeds: range, slot: int, draws: int) -> Uniform:
        sources = []
        for seed in seeds:
            bits = np.random.PCG64([seed, DROPOUT, slot, self.epoch])
            bits.advance(self.row * self.objective.passes * draws)
            sources.append(np.random.Generator(bits))
        return _Members(sources) if self.theta.ndim > 1 else sources[0]

    def _stop(self) -> int:
        """The row after the next batch. A remainder of one row joins the batch before it."""
        stop = self.row + self.batch
        return self.rows if stop >= self.rows - (self.batch > 1) else stop

    def upcoming(self) -> Batch:
        """The rows of the next step, and what its random numbers are drawn by. A pass with it draws them, and moves running
        statistics on, so whoever only wants to look asks a trainer of his own."""
        if self._arranged != self.epoch:
            self._arrange()
        start, stop = self.row, self._stop()
        rows, batch = self._each + (slice(start, stop),), self._batch
        batch.X, batch.Y, batch.rows, batch.step = self._X[rows], self._Y[rows], stop - start, self.step
        if self._weights is not None:
            batch.weights = self._weights[rows]
        return batch

    def one_step(self, keep_raw: bool = False) -> None:
        """One update. keep_raw: remember the batch's gradient before penalties and clipping."""
        batch = self.upcoming()
        stop = self.row + batch.rows
        for turn in self.turns:
            self.take(turn, batch, keep_raw)
        self.step += 1
        self.row = stop
        if stop == self.rows:
            self.epoch, self.row = self.epoch + 1, 0
            if self.patience:
                self._validate()

    def take(self, turn: Playing, batch: Batch, keep_raw: bool = False) -> None:
        """One turn of the update on this batch."""
        whose, part, g, update = turn
        self.objective.gradient(whose, self.p, g, batch)
        if keep_raw:
            self.raw_grad[..., part] = update.grad
        update.step(self.epoch + (self.row + batch.rows) / self.rows)

    @property
    def learned_from(self) -> Batch:
        """The rows of the last step, and what its random numbers are drawn by."""
        return self._batch

    def _validate(self) -> None:
        """Keeps the weights when the validation loss is the lowest so far."""
        X, Y = self.held
        batch = Batch(X, Y, len(X), self.net.evaluation(self.statistics), self.weights_held, self.seeds)
        loss = self.objective.watched(self.p, batch)
        if self.best is None or loss < self.best.loss:
            self.best = Best(loss, self.epoch, self.theta.copy(), self.statistics.copy())

    @property
    def stopped(self) -> bool:
        """Whether it is time to stop early."""
        return _waited(self.best, self.epoch, self.patience)

    def run(self, epoch: int | None, step: int | None, deadline: float) -> bool:
        """Goes on to the start of `epoch`, to `step`, or to where it stops early, whichever comes first (None: it does not
        matter); False when this thread's clock passes `deadline` before."""
        while (epoch is None or self.epoch < epoch) and (step is None or self.step < step) and not self.stopped:
            if thread_time() > deadline:
                return False
            self.one_step(keep_raw=self.step + 1 == step or self._stop() == self.rows)
        return True

    def is_sane(self) -> bool:
        """False once every network has weights beyond LARGEST, or none at all (NaN)."""
        return bool((np.abs(self.theta).max(-1) < LARGEST).any())
