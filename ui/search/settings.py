"""The settings of the page Search: a run to search around, what is tried and how; proposed, and kept in the address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from pydantic import ValidationError

from ann_core import RunConfig
from ann_core.data.config import TABLE
from ann_core.lessons import generalization_scores as scores
from ann_core.run.link import VERSION, changes, edited, of_this_version, read_changes
from ann_core.run.objectives.config import SupervisedConfig
from ann_core.search.space import BEND, DEPTH, MOST_VALUES, PATHS, WIDTH, Listed, Range, Setting, Space, Value, offer
from ann_core.search.ways import WAYS, Way

MOST_TRIALS, MOST_FOLDS, MOST_SEEDS = 500, 10, 10
USUAL = edited(RunConfig(), {"training.epochs": 80, "data.noise": 0.25, "data.samples": 300})
NUMBERS = ("trials", "folds", "seeds", "hopeless", "seed")
TRY = "try."
"""Begins the names of what is tried, in the address."""


@dataclass(frozen=True)
class SearchSettings:
    """What the visitor chose. base: the run that is searched around; the rest as in `Plan`"""

    base: RunConfig = USUAL
    space: Space = Space(settings=(  # noqa: RUF009  frozen
        Range(path="training.learning_rate", low=0.001, high=1, log=True), Listed(path=DEPTH, values=(1, 2, 3)),
        Listed(path=WIDTH, values=(2, 4, 8)), Listed(path=BEND, values=("tanh", "relu", "sigmoid"))))
    way: Way = "random"
    trials: int = 40
    folds: int = 1
    seeds: int = 1
    hopeless: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        for name, value, low, high in (("trials", self.trials, 2, MOST_TRIALS), ("folds", self.folds, 1, MOST_FOLDS),
                                       ("seeds", self.seeds, 1, MOST_SEEDS), ("seed", self.seed, 0, 2**31 - 1)):
            if not low <= value <= high:
                raise ValueError(f"Expected {low:,} to {high:,} {name}; {value:,} came.")
        if self.way not in WAYS:
            raise ValueError(f"Expected one of the ways {', '.join(WAYS)}; {self.way} came.")
        if self.base.data.source == TABLE and "data.scaling" in self.space.paths:
            raise ValueError("The scaling of a table's inputs is chosen on the page Your data; it is not searched.")
        if self.base.objective.kind != SupervisedConfig().kind:
            raise ValueError("Expected a network that learns right answers; others are not searched.")
        if any(layer.kind != "dense" for layer in self.base.network.layers) or self.base.data.sequence:
            raise ValueError("Expected a network of dense layers; networks for pictures and sequences are not searched.")


def write(value: SearchSettings) -> dict[str, str]:
    """What differs from the usual search."""
    usual = SearchSettings()
    query = {name: str(int(getattr(value, name)) if name != "way" else value.way)
             for name in ("way", *NUMBERS) if getattr(value, name) != getattr(usual, name)}
    if value.space != usual.space:
        query |= {f"{TRY}{one.path}": _written(one) for one in value.space.settings}
    query |= {f"run.{path}": text for path, text in changes(value.base, usual.base).items()}
    return {"v": VERSION, **query} if query else {}


def _written(one: Setting) -> str:
    if isinstance(one, Range):
        return f"{one.low!r}..{one.high!r}"
    return "~".join("off" if value is None else str(int(value) if isinstance(value, bool) else value) for value in one.values)


def read(query: Mapping[str, str]) -> tuple[SearchSettings, list[str]]:
    """The settings that an address names, and a sentence for each part that could not be used."""
    notes, usual = of_this_version(query), SearchSettings()
    base, told = read_changes({path.removeprefix("run."): text for path, text in query.items() if path.startswith("run.")},
                              usual.base)
    asked = [(name.removeprefix(TRY), text) for name, text in query.items() if name.startswith(TRY)]
    try:
        space = Space(settings=tuple(_read(path, text) for path, text in asked[:len(PATHS)])) if asked else usual.space
        numbers = {name: _whole(query.get(name, str(int(getattr(usual, name))))) for name in NUMBERS}
        way = query.get("way", usual.way)
        if way not in get_args(Way):
            raise ValueError(f"{way[:20]} is no way to search.")
        found = SearchSettings(base, space, way, **{**numbers, "hopeless": bool(numbers["hopeless"])})  # type: ignore[arg-type]
        return found, [*notes, *told]
    except (ValueError, KeyError, ValidationError):
        return usual, [*notes, "This link's search could not be used; the usual one stands here."]


def _read(path: str, text: str) -> Setting:
    told = offer(path)
    if ends := re.fullmatch(r"([-+.e\d]{1,24})\.\.([-+.e\d]{1,24})", text):
        return ranged(path, float(ends[1]), float(ends[2]))
    by_name = {_written(Listed(path=path, values=(value,))): value for value in told.values}
    return Listed(path=path, values=tuple(by_name[one] if one in by_name else _number(one, path)
                                          for one in text.split("~")[:MOST_VALUES]))


def _number(text: str, path: str) -> Value:
    told = offer(path)
    value = float(text)
    if told.low is None or told.high is None or not told.low <= value <= told.high:
        raise ValueError(f"{text[:20]} is no value of {told.label}.")
    return int(value) if told.whole else value


def ranged(path: str, low: float, high: float) -> Range:
    """A range of a setting within its bounds. Raises ValueError for another one."""
    told = offer(path)
    if told.low is None or told.high is None or not told.low <= low < high <= told.high:
        raise ValueError(f"Expected a range of {told.label} within its bounds; {low:g} to {high:g} came.")
    return Range(path=path, low=low, high=high, log=told.log and low > 0, whole=told.whole)


def _whole(text: str) -> int:
    if not re.fullmatch("[0-9]{1,10}", text):
        raise ValueError(f"Expected a whole number; {text[:20]} came.")
    return int(text)


def as_the_lesson() -> dict[str, str]:
    """The address of the search that the lesson on generalisation shows."""
    ends = {"training.learning_rate": scores.RATES, "training.l2": scores.SECOND["l2"]}
    space = Space(settings=tuple(ranged(path, *values) for path, values in ends.items()))
    return write(SearchSettings(scores.SEARCHED, space, trials=scores.TRIALS))


def around(base: RunConfig) -> dict[str, str] | None:
    """The address of the usual search around a run; None for a run that cannot be searched around."""
    try:
        return write(replace(SearchSettings(), base=edited(base, {"seeds": 1, "training.patience": None})))
    except ValueError:
        return None
