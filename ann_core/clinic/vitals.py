"""What is measured of a run while it trains: its film at some moments, and at each of them a few steps taken aside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ann_core.base.arrays import Array
from ann_core.clinic.baseline import guess_loss, guessing, way
from ann_core.film.camera import first_frame
from ann_core.film.divergence import where_it_broke
from ann_core.film.film import Film
from ann_core.film.probes import PROBES
from ann_core.film.turns import PART_MS
from ann_core.nn.activations import Activation
from ann_core.nn.layers.dense import Activate
from ann_core.nn.measures import layer_rms
from ann_core.run.config import RunConfig
from ann_core.run.objectives.base import Batch
from ann_core.run.run import Run
from ann_core.run.setup import Setup
from ann_core.run.trainer import State

Advance = Callable[..., tuple[Run, Film]]
"""Trains on and films it: `ann_core.film.advance.advance`, or that of `ann_core.film.workers.Workers`."""

MOMENTS = 10
"""About so many moments lie evenly in time, and so many evenly in its logarithm: most happens early."""
STEPS, STEP_COST = 5, 5e7
"""Steps taken aside at a moment; fewer where one takes more operations than this."""
EARLY = 0.1
"""Share of the epochs in which steps and units are judged: later a healthy run rests, and its units have chosen their sides."""
UNSEEN = frozenset(PROBES) - {"progress", "gradient", "depth"}


@dataclass(frozen=True)
class Step:
    """What a few steps from one moment do.

    ratio: (L,) how long a step of each layer's weights is, as a share of the weights (both root mean squares; the mean over the
    steps)   before, after: loss of the very rows that each step was made from, before and after it (the mean over the steps)
    """

    ratio: Array
    before: float
    after: float

    @property
    def overshoot(self) -> float:
        """How much a step raises the loss of its own rows, as a share of it; below 0 it lowers it, as a step is to."""
        return self.after / self.before - 1 if self.before > 0 else 0.0


@dataclass(frozen=True, eq=False)
class Vitals:
    """A run from its start to its end, or to where it broke. F moments, the first one before any step.

    film: progress, gradient and depth of the moments   thetas, steps: of each of them
    given: whether its rows were given, and do not follow from its settings
    broke: the layer of weights, from 0, and in words what became too large to compute with; None where all went well
    """

    end: Run
    film: Film
    thetas: tuple[Array, ...]
    steps: tuple[Step, ...]
    given: bool
    broke: tuple[int, str] | None = None

    @property
    def setup(self) -> Setup:
        return self.end.setup

    @property
    def config(self) -> RunConfig:
        return self.end.config

    @property
    def epochs(self) -> Array:
        """(F,) when the moments are."""
        return np.asarray(self.film.epoch, dtype=float)

    @cached_property
    def early(self) -> int:
        """How many moments count as early: at least one with a step behind it, where there is any."""
        return max(min(2, len(self.epochs)), int((self.epochs <= EARLY * self.config.training.epochs).sum()))

    @property
    def held(self) -> bool:
        """Whether rows are held out."""
        return len(self.setup.data.X_test) > 0

    @cached_property
    def ratios(self) -> Array:
        """(F, L) of the steps; NaN where weights are 0."""
        return np.array([step.ratio for step in self.steps])

    @cached_property
    def arriving(self) -> Array:
        """(F, L) what arrives of the gradient at each layer, as a multiple of what the output sends back: ‖dZˡ‖ / ‖dZᴸ‖."""
        with np.errstate(all="ignore"):
            each = self.film.by_weights * self.film.by_slope
            return np.flip(np.cumprod(np.flip(each, 1), 1), 1)

    @property
    def layers(self) -> list[str]:
        """Names of the layers of weights."""
        return self.setup.net.layer_names

    @property
    def flowing(self) -> list[int]:
        """The numbers, from 0, of the layers that `arriving` tells of."""
        return [*self.setup.net.bent, len(self.setup.net.layers) - 1]

    @cached_property
    def bends(self) -> list[tuple[int, Activation]]:
        """The number of the layer, from 0, and the activation, of each column of `saturated` and `dead`."""
        return [(i, part.function) for i, layer in enumerate(self.setup.net.layers) for part in layer.walk()
                if isinstance(part, Activate)]

    @cached_property
    def guess(self) -> float:
        """Training loss of the best answer that ignores the inputs: what a loss is held against."""
        return guess_loss(self.setup)

    @cached_property
    def kept(self) -> int:
        """The moment of the weights that are used: the last one, or that nearest to the best ones where it stops early."""
        best = self.end.state.best
        return len(self.epochs) - 1 if best is None else int(np.abs(self.epochs - best.epoch).argmin())

    @cached_property
    def recalls(self) -> tuple[Array, float]:
        """The share of each class that is found, NaN without rows, and the accuracy: on the rows held out, or else the training
        rows."""
        return recalls(self.end.kept)

    @cached_property
    def learned(self) -> bool:
        """Whether the training rows are answered as well as a run that has learned answers: half of the way from guessing."""
        return self.broke is None and self.covered >= 0.5

    @cached_property
    def covered(self) -> float:
        """How much of the way from guessing to perfect the score of the training rows has covered; below 0 where it is
        worse."""
        target, y = self.setup.target, self.setup.answers_train
        score = float(self.film.train_score[self.kept])
        return way(score, guessing(y, target), target.measure.perfect)


def recalls(run: Run, seed: int = 0) -> tuple[Array, float]:
    """The share of each class that a run finds, NaN without rows, and its accuracy: on the rows held out, or else on the
    training rows. seed: the place of the network among several"""
    setup, held = run.setup, len(run.data.X_test) > 0
    X, y = (setup.seen_test, setup.answers_test) if held else (setup.seen_train, setup.answers_train)
    theta, statistics = (one if one.ndim == 1 else one[seed] for one in (run.state.theta, run.state.statistics))
    A = setup.net.head.score(setup.net.forward(setup.net.parameters.rows(theta), X, setup.net.evaluation(statistics))[0])
    said = A.argmax(-1) if A.shape[-1] > 1 else (A[..., 0] > 0.5).astype(np.int64)
    counts = np.bincount(y, minlength=len(setup.target.class_names))
    with np.errstate(invalid="ignore"):
        return np.bincount(y, said == y, len(counts)) / np.where(counts, counts, np.nan), float((said == y).mean())


def measuring(start: Run, given: bool, work: Advance) -> Iterator[float | Vitals]:
    """Trains a run from its start to its end: how far it has come, 0 to 1, again and again, and at last what was measured.

    Others may have their turn between any two of them. start: a run before its first step, see `patient`   given: see `Vitals`
    """
    run, film = start, first_frame(start)
    steps, thetas = [_step(run)], [run.state.theta]
    for epoch in moments(run.config.training.epochs):
        last = None
        while run.epoch < epoch and not run.finished and not run.message:
            run, last = work(run, 1, epoch - run.state.epoch, None, PART_MS)
            yield min(1.0, run.epoch / run.config.training.epochs)
        if last is None:
            break
        film = film.then(last)
        steps.append(_step(run))
        thetas.append(run.state.theta)
    yield Vitals(run, film, tuple(thetas), tuple(steps), given, _broke(run))


def patient(run: Run) -> Run:
    """The first seed of a run at its first moment, watched in depth and without what only pictures need. A run that has begun
    is taken back to its start, under the settings that it has now."""
    config = run.config.model_copy(update={"seeds": 1})
    setup = Setup(config, run.data, in_depth=True, without=UNSEEN)
    theta, statistics = run.state.first if run.state.step == 0 else (setup.objective.initial(config.seed),
                                                                     setup.net.initial_statistics())
    return Run(setup, State(theta, setup.objective.memories(theta), statistics))


def moments(epochs: int) -> list[int]:
    """The epochs at whose ends is measured."""
    found = np.concatenate([np.geomspace(1, epochs, MOMENTS), np.linspace(1, epochs, MOMENTS)])
    return [int(epoch) for epoch in np.unique(found.round())]


def _step(run: Run) -> Step:
    """A few steps from here, on arrays of their own."""
    trainer, parts = run.trainer(), run.setup.objective.weight_parts
    batch_cost = run.config.cost / run.config.training.epochs * min(1.0, run.config.training.batch_size / run.setup.rows)
    ratios, losses = [], []
    with np.errstate(all="ignore"):
        for _ in range(int(np.clip(STEP_COST / max(batch_cost, 1), 1, STEPS))):
            coming = trainer.upcoming()
            rows = Batch(coming.X, coming.Y, coming.rows, weights=coming.weights, seeds=trainer.seeds)
            turn, theta = run.setup.objective.turns[0], trainer.theta.copy()
            before = float(trainer.objective.loss(turn, trainer.p, rows))
            trainer.one_step()
            losses.append((before, float(trainer.objective.loss(turn, trainer.p, rows))))
            size = layer_rms(theta, parts)
            ratios.append(np.where(size > 0, layer_rms(trainer.theta - theta, parts) / size, np.nan))
    return Step(np.mean(ratios, axis=0), *(float(one) for one in np.mean(losses, axis=0)))


def _broke(run: Run) -> tuple[int, str] | None:
    if not run.message:
        return None
    trainer = run.trainer()
    with np.errstate(all="ignore"):
        trainer.one_step()
        layer, words, _ = where_it_broke(run, trainer)
    return layer, words
