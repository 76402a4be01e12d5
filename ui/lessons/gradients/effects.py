"""The measured effect of a cause or a cure: one seed in a picture, twenty in a table."""

from collections.abc import Iterable

from ann_core.base.spelling import words
from ann_core.lab.remedies import Pair
from ann_core.lessons.gradients import SEEDS, Trial
from ui.figure import figure
from ui.lessons.gradients import all_tried, pictures, tried
from ui.lessons.parts import table

VEILED = "?"
LEARNED = ("Learned: at least half of the way from guessing to perfect, on held-out rows. Both runs share data, raw weights "
           "and the order of rows. A triangle at an edge of the picture: the value lies beyond it. The size of a layer's "
           "gradient is the root of the mean of the squares of its ∂L/∂w, its RMS.")


def picture(idea: str, pair: Pair, names: tuple[str, str], seed: int, shown: bool = True, gradient: bool = True,
            layers: int = 0) -> None:
    """shown: whether the second run may be seen yet; gradient: whether its gradient may; layers: that the axis has room for"""
    without, *rest = all_tried([pair.without, pair.cured] if shown else [pair.without])
    cured = rest[0] if rest else None
    said = [f"{name}: layer 1 gets a gradient of {words(float(trial.gradient[0, seed]), 3)}, and at the end the training loss "
            f"is {_number(trial.loss[-1, seed])}"
            for name, trial, may in zip(names, (without, cured), (True, gradient), strict=True) if trial and may]
    runs = list(zip(names, (without, cured), strict=True))
    figure(pictures.effect(runs, seed, gradient, layers), key=f"gradients/{idea}/effect", height=440,
           alt=f"Gradients by layer and the training loss, {pair.label}. {'; '.join(said)}.")


def numbers(pair: Pair, names: tuple[str, str], seed: int, shown: bool = True, gradient: bool = True) -> None:
    """What both runs came to."""
    columns = [list(_cells(tried(pair.without), seed)), list(_cells(tried(pair.cured), seed)) if shown else [VEILED] * 4]
    if not gradient:
        columns[1][:2] = [VEILED] * 2
    rows = ("gradient of layer 1", "as a share of the output's", f"{tried(pair.without).measure.label}, seed {seed}",
            f"of {SEEDS} seeds learned")
    table(("", *names), zip(rows, *columns, strict=True))


def _cells(trial: Trial, seed: int) -> Iterable[str]:
    score = float(trial.score[seed])
    return (words(float(trial.gradient[0, seed]), 2), words(float(trial.ratio[seed]), 2),
            "overflowed" if score != score else trial.measure.words(score), str(int(trial.learned.sum())))


def _number(value: float) -> str:
    return words(float(value), 3) if value < float("inf") else "overflowed"
