"""A lesson that was recorded: scenes on the pages with runs, each a question before its answer where it asks one.

A file is read scene by scene: what is damaged is left out with a sentence, the rest plays.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from ann_core.base.explain import explain
from ann_core.base.fields import Settings
from ann_core.export.sealed import Sealed
from ann_core.lab import twins as tw
from ann_core.lab.questions import askable
from ann_core.run.config import RunConfig
from ann_core.run.link import from_query, to_query

MAX_BYTES, MOST_SCENES = 1_000_000, 40
UNNAMED = "A lesson without a title"


@dataclass(frozen=True)
class Stage:
    """A page that scenes play on. pictures: those of its player that can be shown, and how each is called   usual: those that a
    scene begins with   read, write: settings as its address has them   runs: what these settings train   names: what each run
    is called"""

    title: str
    pictures: Mapping[str, str]
    usual: tuple[str, ...]
    read: Callable[[Mapping[str, str]], tuple[Any, list[str]]]
    write: Callable[[Any], dict[str, str]]
    runs: Callable[[Any], tuple[RunConfig, ...]]
    names: Callable[[Any], list[str]]


PLAIN = {"network": "The network", "boundary": "What it answers", "gradient": "Gradients", "loss": "Loss"}
STAGES: dict[str, Stage] = {
    "gradient_lab": Stage("Gradient lab", PLAIN | {"waterfall": "What happens on the way back", "slope": "Slopes",
                                                   "map": "The whole film: layer by epoch"},
                          ("gradient", "boundary", "loss"), tw.from_query, tw.to_query, lambda twins: twins, tw.names),
    "playground": Stage("Playground", PLAIN, ("network", "boundary", "loss"), from_query, to_query, lambda config: (config,),
                        lambda config: ["this network"]),
}
"""The pages, by their names in addresses."""


def _readable(text: str) -> str:
    """The text without what nobody sees, on one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


LONGEST = {"title": 80, "option": 120, "ask": 300, "click": 400, "say": 600}
"""Characters of what is said."""
_TIDY, _SOME = AfterValidator(_readable), Field(min_length=1)
Topic = Annotated[str, Field(max_length=LONGEST["title"]), _TIDY]
Title = Annotated[str, Field(max_length=LONGEST["title"]), _TIDY, _SOME]
Option = Annotated[str, Field(max_length=LONGEST["option"]), _TIDY, _SOME]
Ask = Annotated[str, Field(max_length=LONGEST["ask"]), _TIDY]
Click = Annotated[str, Field(max_length=LONGEST["click"]), _TIDY]
Say = Annotated[str, Field(max_length=LONGEST["say"]), _TIDY]
Name = Annotated[str, Field(max_length=60)]
Value = Annotated[str, Field(max_length=2_000)]


class Question(Settings):
    """What is asked before the pictures are shown. measured: the key of a question of `ann_core.lab.questions`, whose words are
    made and whose answer is worked out from the scene's own runs; otherwise both are given."""

    ask: Ask = ""
    options: tuple[Option, ...] = Field(default=(), max_length=4)
    """Two to four; hands are counted with the keys 1 to 4."""
    right: int | None = Field(default=None, ge=0)
    measured: Annotated[str, Field(max_length=20)] = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.measured:
            if self.ask or self.options or self.right is not None:
                raise ValueError("Expected either a question with its answers, or one that is measured.")
        elif not self.ask or len(set(self.options)) < 2 or len(set(self.options)) < len(self.options):
            raise ValueError("Expected a question and two to four different answers.")
        elif self.right is None or self.right >= len(self.options):
            raise ValueError(f"Expected which of {len(self.options)} answers is right, counted from 0; {self.right} came.")
        return self


class Scene(Settings):
    """One scene. settings: as the address of its page writes them   moment: the epoch at which its film stops; 0 stands still
    at its start, None plays to the end   pictures: of the player, the first on top   topic: its title until the answer is shown
    say, click: what the teacher reads beside the stage   switches: whether the activations can be switched on the stage,
    once the answer is shown   controls: whether the settings can be brought in"""

    page: str
    settings: dict[Name, Value] = Field(default={}, max_length=80)
    moment: float | None = Field(default=None, ge=0, le=1e7)
    pictures: tuple[Name, ...] = Field(min_length=1, max_length=len(STAGES["gradient_lab"].pictures))
    topic: Topic = ""
    title: Title
    say: Say = ""
    question: Question | None = None
    click: Click = ""
    switches: bool = False
    controls: bool = True

    @model_validator(mode="after")
    def _plays(self) -> Self:
        if self.page not in STAGES:
            raise ValueError(f"There are no scenes on a page called {self.page[:40]!r}, only on {', '.join(STAGES)}.")
        known = self.stage.pictures
        if len(set(self.pictures)) < len(self.pictures) or not set(self.pictures) <= known.keys():
            raise ValueError(f"Expected pictures of {', '.join(known)}, each once.")
        _, notes = self._read
        if notes:
            raise ValueError(f"Its settings cannot all be used; of a link with them this would be said: {notes[0]}")
        usual = RunConfig().objective.kind
        if any(run.data.sequence or run.objective.kind != usual for run in self.runs):
            raise ValueError(f"The page {self.stage.title} shows networks that answer one row at a time, and no others.")
        if self.question and self.question.measured and self.question.measured not in askable(self.runs):
            raise ValueError(f"Expected a question about these runs: {', '.join(askable(self.runs))}; "
                             f"{self.question.measured!r} came.")
        return self

    @property
    def stage(self) -> Stage:
        """Its page."""
        return STAGES[self.page]

    @cached_property
    def _read(self) -> tuple[Any, list[str]]:
        return self.stage.read(self.settings)

    @property
    def value(self) -> Any:
        """Its settings: a configuration, or twins."""
        return self._read[0]

    @property
    def runs(self) -> tuple[RunConfig, ...]:
        """What it trains."""
        return self.stage.runs(self.value)

    @property
    def names(self) -> list[str]:
        """What each run is called."""
        return self.stage.names(self.value)

    def heading(self, open: bool) -> str:
        """What stands over it. open: the class has not chosen yet"""
        return (self.topic or "Before you look") if open else self.title


class Lesson(Settings):
    """What a file holds. aloud: whether what is to be said stands on the stage, too, once the answer is shown"""

    format: Literal["neural playground lesson"] = "neural playground lesson"
    version: Literal[1] = 1
    title: Title = UNNAMED
    aloud: bool = False
    scenes: tuple[Scene, ...] = Field(default=(), max_length=MOST_SCENES)


FILE = Sealed(Lesson, "lesson", "on the page Your lesson", MAX_BYTES)


def plain(lesson: Lesson) -> dict[str, Any]:
    """What differs from the usual, as JSON has it."""
    kept = lesson.model_dump(mode="json", exclude_defaults=True)
    return {"format": lesson.format, "version": lesson.version} | kept


def write(lesson: Lesson) -> bytes:
    """The file, to be read by people, too."""
    return (json.dumps(plain(lesson), indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def read(data: bytes) -> tuple[Lesson, list[str]]:
    """The lesson of a file, and a sentence for each part that could not be used. Raises ValueError, with the reason, where
    nothing of it can be played."""
    return lesson_of(FILE.plain(data))


def lesson_of(given: Mapping[str, Any]) -> tuple[Lesson, list[str]]:
    """As `read`, from JSON of this format and version."""
    listed, notes, scenes = given.get("scenes"), [], []
    if not isinstance(listed, list):
        raise ValueError(f"{FILE.damaged}: it has no list of scenes.")
    if len(listed) > MOST_SCENES:
        notes.append(f"A lesson has at most {MOST_SCENES} scenes; this one has {len(listed):,}. The first {MOST_SCENES} stay.")
    for number, one in enumerate(listed[:MOST_SCENES], 1):
        try:
            scenes.append(Scene.model_validate_json(json.dumps(one)))
        except (ValueError, RecursionError) as error:
            notes.append(f"Scene {number} is left out. {_why(error)}")
    if not scenes:
        raise ValueError(f"This lesson has no scene that can be played. {' '.join(notes[:1])}".strip())
    head = {name: value for name, value in given.items() if name not in ("format", "version", "scenes")}
    try:
        found = Lesson.model_validate_json(json.dumps(head))
    except (ValueError, RecursionError) as error:
        found = Lesson()
        notes.append(f"What it says of all scenes together is left out. {_why(error)}")
    return found.model_copy(update={"scenes": tuple(scenes)}), notes


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError) and error.errors()[0]["type"] != "json_invalid":
        where, why = explain(error)[0]
        return f"{where[:60]}: {why}" if where else why
    return "It is nested too deeply, or holds what JSON cannot say."


def changed(scene: Scene, **values: Any) -> Scene:
    """The same scene with other parts. Raises ValidationError when they are refused."""
    return Scene.model_validate({**dict(scene), **values})


def moved(scenes: Sequence[Scene], place: int, by: int) -> tuple[Scene, ...]:
    """The scenes with one of them so many places later, as far as there are places."""
    rest = [*scenes[:place], *scenes[place + 1:]]
    to = min(max(place + by, 0), len(rest))
    return (*rest[:to], scenes[place], *rest[to:])
