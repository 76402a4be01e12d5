"""Whether a cure helps: the run without it and with it, on the same seed and on eight others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from pydantic import ValidationError

from ann_core.base.arrays import Array
from ann_core.base.measure import Measure
from ann_core.base.numbers import number
from ann_core.clinic.baseline import guess_loss
from ann_core.clinic.finding import Treatment, Yardstick
from ann_core.clinic.vitals import Advance, recalls
from ann_core.data import Prepared, load
from ann_core.film.advance import advance
from ann_core.film.probes import PROBES
from ann_core.film.turns import PART_MS
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.run import Run, start

SEEDS = 9
CLEARLY, POINTS = 0.05, 0.01
"""What counts as a difference: so much of a loss or an error, or so much of a share."""
LOSS = Measure("loss", "number")
RECALL = Measure("mean recall of the classes", "share")
UNSEEN = frozenset(PROBES) - {"progress"}


@dataclass(frozen=True)
class Pair:
    """One seed without the cure and with it. Of a loss or an error less is better; infinite where numbers left all bounds, and
    0 for a share then."""

    seed: int
    before: float
    after: float


@dataclass(frozen=True)
class Effect:
    """What a cure has done so far. done: share of the work, 0 to 1; at 1 pairs are those of all seeds, before that none

    measure: what is compared   rows: which rows are judged, held-out or training   guess: what always the same answer reaches
    """

    treatment: Treatment
    measure: Measure
    rows: str
    guess: float
    done: float = 0.0
    pairs: tuple[Pair, ...] = ()

    def improves(self, pair: Pair) -> int:
        """1 where the cure helped, −1 where it harmed, 0 where it makes no clear difference."""
        before, after = pair.before, pair.after
        if not np.isfinite([before, after]).all():  # numbers that stay numbers do not help if guessing is better
            return int(after < self.guess) - int(before < self.guess)
        if self.measure.kind == "share":
            return int(np.sign(after - before)) if abs(after - before) >= POINTS else 0
        return int(np.sign(before - after)) if abs(after - before) > CLEARLY * max(before, after) else 0

    @property
    def helped(self) -> int:
        """In how many seeds it did."""
        return sum(self.improves(pair) > 0 for pair in self.pairs)

    @property
    def harmed(self) -> int:
        """In how many seeds it made things worse."""
        return sum(self.improves(pair) < 0 for pair in self.pairs)

    @property
    def median(self) -> tuple[float, float]:
        """Of all seeds, before and after."""
        before, after = zip(*((pair.before, pair.after) for pair in self.pairs), strict=True)
        return float(np.median(before)), float(np.median(after))

    @property
    def says(self) -> str:
        """In one sentence; nothing before it is done."""
        if not self.pairs:
            return ""
        count, (before, after) = len(self.pairs), self.median
        step = f"{self.rows} {self.measure.label} {self._words(before)} → {self._words(after)} (median)"
        if self.treatment.honest:
            return f"{step[0].upper()}{step[1:-1]} of {count} runs): so much is the network's own."
        worse = f", harmed in {self.harmed}" if self.harmed else ""
        return f"Helped in {self.helped} of {count}{worse}: {step}."

    def _words(self, value: float) -> str:
        if not np.isfinite(value):
            return "beyond all numbers"
        return self.measure.words(value) if self.measure.kind == "share" else number(value)


def treating(config: RunConfig, treatment: Treatment, data: Prepared | None = None,
             work: Advance = advance) -> Iterator[Effect]:
    """Trains without the cure and with it, from `config.seed` on with nine seeds: how far that is, and at last the effect.

    Others may have their turn between any two of them, and whoever asks no more has cancelled it. data: as of `examining`
    """
    rows = load(config.data) if data is None else data
    cured = treatment.data if treatment.data is not None else data
    measure = {"loss": LOSS, "score": rows.target.measure, "recall": RECALL}[treatment.yardstick]
    judged = "held-out" if len(rows.X_test) else "training"
    others = _others(config, treatment, data)
    guess = _guessed(config if others is None else treatment.config, others or rows, treatment.yardstick)
    found = Effect(treatment, measure, judged, guess)
    groups = [(one, given, k) for one, given in ((config, data), (treatment.config, cured)) for k in _groups(one)]
    results: list[float] = []
    for done, (one, given, (seed, seeds)) in enumerate(groups):
        run = start(_alone(one, seed, seeds), given, without=UNSEEN)
        while not run.finished and not run.message:
            yield replace(found, done=min(0.99, (done + run.epoch / run.config.training.epochs) / len(groups)))
            run, _ = work(run, 1, run.config.training.epochs - run.state.epoch, None, PART_MS)
        results += _judged(run, treatment.yardstick, others)
    pairs = tuple(Pair(_first(config) + k, *both) for k, both in enumerate(zip(results[:SEEDS], results[SEEDS:], strict=True)))
    yield replace(found, done=1.0, pairs=pairs)


def treated(config: RunConfig, treatment: Treatment, data: Prepared | None = None, work: Advance = advance) -> Effect:
    """The effect at the end of `treating`."""
    *_, found = treating(config, treatment, data, work)
    return found


def _alone(config: RunConfig, seed: int, seeds: int) -> RunConfig:
    return edited(config, {"seed": seed, "seeds": seeds})


def _first(config: RunConfig) -> int:
    """The first seed: its own, unless there are not enough behind it."""
    return min(config.seed, 2**31 - SEEDS)


def _groups(config: RunConfig) -> list[tuple[int, int]]:
    """First seed and number of seeds that train side by side: all of them where settings allow it, else one after the other."""
    first = _first(config)
    try:
        _alone(config, first, SEEDS)
    except ValidationError:
        return [(first + k, 1) for k in range(SEEDS)]
    return [(first, SEEDS)]


def _guessed(config: RunConfig, data: Prepared, yardstick: Yardstick) -> float:
    """What the answer that suits the training rows best, and ignores the inputs, reaches on the rows that are judged."""
    if yardstick == "recall":
        return 1 / len(data.target.class_names)
    if yardstick == "score":
        return data.target.baseline
    return guess_loss(start(config, data).setup, held=len(data.X_test) > 0)


def _others(config: RunConfig, treatment: Treatment, data: Prepared | None) -> Prepared | None:
    """Rows that judge both, where a cure makes more of them: few rows judge by luck. Those that are learned from without the
    cure, since both are drawn alike, are not among them. Else none."""
    if data is not None or treatment.data is not None or treatment.config.data.samples == config.data.samples:
        return None
    few, many = load(config.data), load(treatment.config.data)
    learned = {row.tobytes() for row in _raw(few, few.X_train)}
    new = np.array([row.tobytes() not in learned for row in _raw(many, many.X_test)])
    points = many.points_test[new] if len(many.points_test) == len(new) else many.points_test
    return replace(many, X_test=many.X_test[new], y_test=many.y_test[new], points_test=points)


def _raw(data: Prepared, X: Array) -> Array:
    """Inputs in their own units, without what scaling there and back leaves. + 0.0: −0 and 0 are the same"""
    return np.round(data.scaler.raw(X), 9) + 0.0


def _judged(run: Run, yardstick: Yardstick, others: Prepared | None = None) -> list[float]:
    """Each seed of a run on the rows held out, or on the training rows without any. others: whose rows judge instead"""
    setup, kept = run.setup, run.kept
    held = len(run.data.X_test) > 0
    X, Y, y = ((setup.seen_test, setup.Y_test, setup.answers_test) if held else
               (setup.seen_train, setup.Y_train, setup.answers_train))
    if others is not None:
        X, y = run.data.scaler(others.scaler.raw(others.X_test)), others.y_test
        Y = setup.objective.encode(run.data, X, y)
    thetas, statistics = (one.reshape(-1, one.shape[-1]) if one.size else one.reshape(run.config.seeds, 0)
                          for one in (kept.state.theta, kept.state.statistics))
    found = []
    for place, (theta, kept_statistics) in enumerate(zip(thetas, statistics, strict=True)):
        with np.errstate(all="ignore"):
            Z = setup.net.forward(setup.net.parameters.rows(theta), X, setup.net.evaluation(kept_statistics))[0]
            if run.message or not np.isfinite(Z).all():
                found.append(np.inf if yardstick == "loss" or setup.target.measure.kind == "number" else 0.0)
            elif yardstick == "recall":
                found.append(float(np.nanmean(recalls(kept, place)[0])))
            elif yardstick == "score":
                found.append(float(setup.target.score(Z, setup.net.head.score(Z), y)))
            else:
                value = float(setup.objective.value(Z, Y, None))
                found.append(value if np.isfinite(value) else np.inf)
    return found
