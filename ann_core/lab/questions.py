"""Predict, then reveal: questions about runs, made from their settings, and answered by what the runs really did.

They know no page: `questions` needs settings and names, `Question.answer` the films. All films are read for their first seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from ann_core.base.measure import Measure
from ann_core.base.numbers import number, ratio, share, size
from ann_core.data import Prepared, load
from ann_core.film.film import Film
from ann_core.film.reading import Reading, reading
from ann_core.nn.config import NetworkConfig
from ann_core.run.config import RunConfig

SAME = 10
"""Gradients within this factor count as about the same."""
NEAR = 1.05
"""Losses within this factor count as nearly equal."""


@dataclass(frozen=True)
class Answer:
    """Which option is right, and why, with the figures that were measured."""

    option: int
    reason: str


Judge = Callable[[Sequence[Reading]], Answer]


@dataclass(frozen=True)
class Question:
    """Exactly one of the options is right."""

    key: str
    text: str
    options: tuple[str, ...]
    needs: Literal["start", "end"]
    subject: int | None
    """The twin it is about, counted from 0; None when it is about all."""
    judge: Judge = field(repr=False, compare=False)

    def answer(self, starts: Sequence[Film], ends: Sequence[Film] | None = None) -> Answer:
        """The right option. starts[i]: twin i's first frame; ends[i]: a film whose last frame is twin i's last moment.

        Raises ValueError when the question is about the end and `ends` is missing.
        """
        if self.needs == "start":
            return self.judge([reading(film, 0) for film in starts])
        if ends is None:
            raise ValueError("Expected the films of the end: this question is about how the runs end. Play them first.")
        return self.judge([reading(film) for film in ends])


def questions(twins: Sequence[RunConfig], names: Sequence[str], data: Prepared | None = None) -> list[Question]:
    """Everything that can be asked about these twins: first what shows at the start, then what shows at the end.

    data: when given, what they are trained on, instead of what the settings describe.
    """
    found: list[Question] = []
    for i, (twin, name) in enumerate(zip(twins, names, strict=True)):
        if twin.network.layers:
            found += [_smallest(i, twin, name), _factor(i, twin, name)]
    if len(twins) > 1:
        found.append(Question("lower", "Which twin ends with the lower training loss?",
                              (*names, "Nearly equal (the two lowest within 5 %), or all diverge"), "end", None,
                              partial(_judge_lower, tuple(names))))
    return found + [_learns(i, name, data or load(twin.data)) for i, (twin, name) in enumerate(zip(twins, names, strict=True))]


def askable(twins: Sequence[RunConfig]) -> list[str]:
    """The keys of all `questions` about these twins, known without their data."""
    own = [key for i, twin in enumerate(twins) if twin.network.layers for key in (f"smallest-{i}", f"factor-{i}")]
    return [*own, *(["lower"] if len(twins) > 1 else []), *(f"learns-{i}" for i in range(len(twins)))]


def _smallest(i: int, twin: RunConfig, name: str) -> Question:
    hidden = len(twin.network.layers)
    middle = [] if hidden < 2 else ["Layer 2"] if hidden == 2 else [f"A middle layer (2 to {hidden})"]
    return Question(f"smallest-{i}", f"{name}: which layer of weights has the smallest gradient at the start?",
                    ("Layer 1", *middle, "The output layer", f"About the same everywhere (within {SAME} ×)"), "start", i,
                    partial(_judge_smallest, i, name))


def _judge_smallest(i: int, name: str, seen: Sequence[Reading]) -> Answer:
    gradient = seen[i].gradient
    low, high, last = min(gradient), max(gradient), len(gradient) - 1
    options = 4 if last > 1 else 3
    if low == high:
        return Answer(options - 1, f"{name}: every layer's gradient is {size(low)}.")
    at, top = gradient.index(low), gradient.index(high)
    words = (f"{name}: the smallest gradient is {_called(at, last)}'s with {size(low)}, the largest "
             f"{_called(top, last)}'s with {size(high)}")
    if ratio(high, low) <= SAME:
        return Answer(options - 1, f"{words}: only {share(ratio(high, low))} apart.")
    tie = " Of several equal ones the one nearest to the inputs counts." if gradient.count(low) > 1 else ""
    return Answer(0 if at == 0 else options - 2 if at == last else 1, f"{words}.{tie}")


def _called(layer: int, last: int) -> str:
    return "the output layer" if layer == last else f"layer {layer + 1}"


FACTORS = ("Larger, by more than 10 ×", "About the same (within 10 ×)", "10 to 1,000 × smaller",
           "1,000 to 1,000,000 × smaller", "More than 1,000,000 × smaller")


def _factor(i: int, twin: RunConfig, name: str) -> Question:
    return Question(f"factor-{i}", f"{name}: how does layer 1's gradient compare with the output layer's at the start?",
                    FACTORS, "start", i, partial(_judge_factor, i, name, twin.network))


def _judge_factor(i: int, name: str, network: NetworkConfig, seen: Sequence[Reading]) -> Answer:
    first, last = seen[i].gradient[0], seen[i].gradient[-1]
    smaller = ratio(last, first)
    option = 0 if smaller < 1 / SAME else 1 + sum(smaller > border for border in (SAME, 1e3, 1e6))
    words = f"{name}: layer 1's gradient is {size(first)}, the output layer's {size(last)}"
    if first and last and first != last:
        words += f": {share(ratio(first, last))}{' of it' if ratio(first, last) < 0.01 else ''}"
    return Answer(option, f"{words}. {_why(seen[i], network)}")


def _why(seen: Reading, network: NetworkConfig) -> str:
    slopes = "the slopes and batch normalisation" if network.batch_norm else "the slopes"
    weights = "the weights and skip connections" if network.skip else "the weights"
    if seen.by_slopes is None or seen.by_weights is None:
        return f"On its way back every layer multiplies it: by {slopes} and by {weights}."
    return (f"On its way back to layer 1, {slopes} multiplied it by {size(seen.by_slopes)} in all, "
            f"{weights} by {size(seen.by_weights)}; the sizes of the layers' inputs do the rest.")


def _judge_lower(names: Sequence[str], seen: Sequence[Reading]) -> Answer:
    losses = [float("inf") if one.diverged else one.loss for one in seen]
    best, second = sorted(losses)[:2]
    words = [f"{name} {one.diverged}" if one.diverged else f"{name} ends at {number(one.loss)}"
             for name, one in zip(names, seen, strict=True)]
    close = second <= NEAR * best
    return Answer(len(names) if close else losses.index(best), f"Training loss: {'; '.join(words)}.")


def _learns(i: int, name: str, data: Prepared) -> Question:
    measure, baseline = data.target.measure, data.target.baseline
    needed = measure.halfway(baseline)
    score = f"{'held-out' if len(data.y_test) else 'training'} {measure.label}"
    goal = f"{score} of {measure.words(needed)} or {measure.better}"
    return Question(f"learns-{i}", f"{name}: will it learn? That is, end with a {goal}, at least half of the way from "
                    f"guessing ({measure.words(baseline)}) to perfect.", ("Yes", "No"), "end", i,
                    partial(_judge_learns, i, name, measure, needed, goal, score))


def _judge_learns(i: int, name: str, measure: Measure, needed: float, goal: str, score: str, seen: Sequence[Reading]) -> Answer:
    one = seen[i]
    if one.diverged:
        return Answer(1, f"{name} {one.diverged}: no answer of it can be used.")
    learned = measure.reached(one.score, needed)
    return Answer(0 if learned else 1, f"{name}: after {one.epoch:,.0f} epochs its {score} is "
                  f"{measure.words(one.score)}; asked for was a {goal}.")
