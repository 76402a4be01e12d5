"""A run is a value: `start(config)` makes one, `advance(run, …)` gives the next one and the film of the way there."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from time import thread_time

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import Prepared, load
from ann_core.film.divergence import last_finite
from ann_core.film.drawing import Drawing, drawing_of, unit_shapes
from ann_core.film.film import Film, film_of
from ann_core.film.film import State as FilmState
from ann_core.film.snapshot import group_size, snapshots
from ann_core.nn.activations import Activation
from ann_core.nn.network import Network, build_network
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.config import RunConfig
from ann_core.run.trainer import State, Trainer

PLANE_POINTS, CLASS_PLANE_POINTS, CURVE_POINTS = 48, 40, 200


@dataclass(frozen=True, eq=False)
class Run:
    """Settings, data and the present state. Picklable; never changes."""

    config: RunConfig
    data: Prepared
    state: State
    message: str | None = None
    """Why it stopped, when it diverged."""
    in_depth: bool = False
    """Whether its frames also carry what the Gradient lab looks at: factors of the backward product, where units stand."""

    @cached_property
    def net(self) -> Network:
        """The network; holds no numbers."""
        return build_network(self.config.network, self.data.X_train.shape[1], self.n_out, self.data.task)

    @property
    def n_out(self) -> int:
        """Output units: one for regression and two classes, else one a class."""
        return len(self.data.class_names) if len(self.data.class_names) > 2 else 1

    @property
    def rows(self) -> int:
        """N, the training rows."""
        return len(self.data.X_train)

    @property
    def epoch(self) -> float:
        """Epochs done, with the fraction of the present one."""
        return self.state.position(self.rows)

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
        return self.at(replace(self.state, theta=best.theta, statistics=best.statistics), self.message)

    @cached_property
    def Y_train(self) -> Array:
        """Training targets as the loss wants them (N, n_out)."""
        return self.net.head.encode(self.data.y_train, len(self.data.class_names))

    @cached_property
    def Y_test(self) -> Array:
        """Test targets (M, n_out)."""
        return self.net.head.encode(self.data.y_test, len(self.data.class_names))

    @cached_property
    def weights_train(self) -> Array | None:
        """Weights of the training rows (N, 1) with mean 1 when the classes count the same; else none."""
        return self._balanced(self.data.y_train)

    @cached_property
    def weights_test(self) -> Array | None:
        """The same for the rows held out (M, 1)."""
        return self._balanced(self.data.y_test)

    def _balanced(self, y: NDArray) -> Array | None:
        if not self.config.training.class_weights or self.data.task == "regression":
            return None
        counts = np.bincount(y)
        return (len(y) / (np.count_nonzero(counts) * counts[y]))[:, None]

    @property
    def one_input(self) -> bool:
        """True when the picture is a curve over one input."""
        return self.data.points_train.shape[1] == 1

    @property
    def grid_size(self) -> int:
        """G, picture points along an axis."""
        return CURVE_POINTS if self.one_input else CLASS_PLANE_POINTS if self.n_out > 1 else PLANE_POINTS

    @cached_property
    def grid(self) -> Array:
        """Network inputs of the picture's points."""
        return self.data.grid(self.grid_size)

    @cached_property
    def field(self) -> tuple[float, float]:
        """The values shown in the two end colours, for regression: those of the training targets."""
        y = self.data.y_train * self.data.target_scale + self.data.target_mean
        low, high = float(y.min()), float(y.max())
        return (low, high) if high > low else (low - 1, high + 1)

    @cached_property
    def drawing(self) -> Drawing:
        """The part of the network that is drawn."""
        return drawing_of(self.net)

    @cached_property
    def shapes(self) -> list[Activation | None]:
        """The activation behind each layer's output."""
        return unit_shapes(self.net)

    def probe_rows(self, most: int) -> tuple[Array, Array]:
        """The training rows that gradients are measured on: all, or the first `most` of the (shuffled) split."""
        return self.data.X_train[:most], self.Y_train[:most]

    def at(self, state: State, message: str | None = None) -> "Run":
        """The same run at another moment; what follows from settings and data alone is taken along."""
        other = replace(self, state=state, message=message)
        own = {field.name for field in fields(self)}
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name not in own})
        return other

    def trainer(self) -> Trainer:
        """A training loop that starts here."""
        return Trainer(self.config, self.net, self.data, self.Y_train, self.state, self.Y_test, self.weights_train,
                       self.weights_test)

    def __getstate__(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def start(config: RunConfig, data: Prepared | None = None, in_depth: bool = False) -> Run:
    """The untrained run of these settings. data: when given, used instead of what the settings describe."""
    data = load(config.data) if data is None else data
    run = Run(config, data, State(np.empty(0), (), np.empty(0)), in_depth=in_depth)
    members = [run.net.initial(config.seed + k) for k in range(config.seeds)]
    theta = np.stack(members) if config.seeds > 1 else members[0]
    statistics = np.broadcast_to(run.net.initial_statistics(), (*theta.shape[:-1], run.net.statistics.size)).copy()
    return run.at(State(theta, OPTIMIZERS[config.training.optimizer].init(theta), statistics))


def first_frame(run: Run) -> Film:
    """A film of one frame: the run as it is now."""
    with np.errstate(all="ignore"):
        return film_of([snapshots(run, [run.state], [None])], _film_state(run), run.ending)


def advance(run: Run, frames: int = 60, epochs_per_frame: int | None = 1, steps_per_frame: int | None = None,
            budget_ms: float | None = None) -> tuple[Run, Film]:
    """Trains on and films it. Pure: the run that came is unchanged, and the same call gives the same film.

    Frames lie `steps_per_frame` updates apart, or else at whole epochs, `epochs_per_frame` apart. Fewer frames come when
    the run ends or diverges, or when `budget_ms` milliseconds of work are used up (then at least one, perhaps amid an epoch).
    An ended run gives one frame: where it stands. Raises ValueError for counts below 1.
    """
    if frames < 1 or (steps_per_frame or epochs_per_frame or 0) < 1:
        raise ValueError(f"Expected counts of at least 1; frames={frames}, epochs_per_frame={epochs_per_frame}, "
                         f"steps_per_frame={steps_per_frame} came.")
    if run.finished or run.message:
        return run, first_frame(run)
    deadline = np.inf if budget_ms is None else thread_time() + budget_ms / 1e3
    trainer, together, count = run.trainer(), group_size(run), 0
    parts: list[dict[str, NDArray]] = []
    with np.errstate(all="ignore"):  # overflow is caught below and explained
        while count < frames and not run.finished and not run.message and (not count or thread_time() < deadline):
            states, batches = _train(trainer, min(together, frames - count), run.config.training.epochs, epochs_per_frame,
                                     steps_per_frame, deadline, unfinished=not count)
            if not states:
                break
            part = snapshots(run, states, batches)
            sound = np.isfinite(part["train_loss"]).reshape(len(states), -1).any(1)
            sound[-1] &= trainer.is_sane()
            good = len(states) if sound.all() else int(sound.argmin())
            run = run.at(states[good - 1]) if good else run
            parts.append({name: column[:good] for name, column in part.items()})
            if good < len(states):
                run = last_finite(run, states[good].step)
                parts.append(snapshots(run, [run.state], [None]))
            count += len(states)
    return run, film_of(parts, _film_state(run), run.ending)


def _train(trainer: Trainer, moments: int, last_epoch: int, epochs_per_frame: int | None, steps_per_frame: int | None,
           deadline: float, unfinished: bool) -> tuple[list[State], list[tuple[Array, Array] | None]]:
    """The next moments to be shown, and the last step's gradients at each. Fewer when the end, the deadline or bad
    numbers come first. A moment that the deadline cuts short is given only when it is the very first and `unfinished`."""
    states: list[State] = []
    batches: list[tuple[Array, Array] | None] = []
    while len(states) < moments and trainer.epoch < last_epoch and trainer.is_sane() and not trainer.stopped:
        epoch = None if steps_per_frame else min(trainer.epoch + (epochs_per_frame or 1), last_epoch)
        arrived = trainer.run(epoch, trainer.step + (steps_per_frame or 0), deadline)
        if not arrived and (states or not unfinished):
            break  # its steps are taken again next time
        states.append(trainer.state())
        batches.append((trainer.raw_grad.copy(), trainer.grad.copy()) if arrived else None)
        if not arrived:
            break
    return states, batches


def _film_state(run: Run) -> FilmState:
    return "diverged" if run.message else "finished" if run.finished else "running"
