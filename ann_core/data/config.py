"""The settings of the data: made, bundled, drawn, or a table of the visitor's own."""

from math import isqrt
from typing import Any, Literal, Self, get_args

from pydantic import field_validator, model_validator

from ann_core.base.fields import Settings, known, option
from ann_core.data import BUNDLED, COLUMNS, DRAWN, FEATURES, PICTURES, SEQUENCES, SKETCHED, SOURCES, offered
from ann_core.data.changes import MOST_CHANGED, ClassNumber, RowNumber, check_changes
from ann_core.data.dataset import Task
from ann_core.data.made.drawn import EXAMPLE, Point, points_in
from ann_core.data.made.series import MOST_VALUES
from ann_core.data.made.sketches import EXAMPLES, MOST_SHIFT, SKETCHES, Sketch, copies_of_each, sketches_in
from ann_core.data.made.text import EXAMPLE as EXAMPLE_TEXT
from ann_core.data.made.text import MOST_CHARACTERS
from ann_core.data.scaling import Scaling
from ann_core.data.sequence import LEAST_STEPS, MOST_STEPS

MAX_ROWS, MAX_INPUTS, MAX_CLASSES = 100_000, 2_000, 50
LEAST_SIDE = 3
"""Pixels along a side of a picture that a table's row can be."""
TABLE = "table"
COMPONENTS = "components"


class TableShape(Settings):
    """What settings say of a visitor's own table: which one it is, never its rows.

    key: hash of its content and preparation   rows: for training   classes: 0 for regression
    """

    key: str = option(..., "Table", "Hash of the content and its preparation.", pattern="^[0-9a-f]{16}$")
    name: str = option(..., "File", "Its name.", min_length=1, max_length=80)
    rows: int = option(..., "Rows", "For training.", ge=1, le=MAX_ROWS)
    inputs: int = option(..., "Inputs", "Columns as the network gets them.", ge=1, le=MAX_INPUTS)
    classes: int = option(..., "Classes", "0 for regression.", ge=0, le=MAX_CLASSES)

    @property
    def picture(self) -> tuple[int, int, int] | None:
        """Height, width and channels of its rows as pictures: when they hold a square of numbers, row by row."""
        side = isqrt(self.inputs)
        return (side, side, 1) if side**2 == self.inputs and side >= LEAST_SIDE else None

    @field_validator("classes")
    @classmethod
    def _classes(cls, value: int) -> int:
        if value == 1:
            raise ValueError("Expected 0 classes (regression) or at least 2; 1 came.")
        return value


class DataConfig(Settings):
    """Which rows the network sees."""

    source: str = option("spiral", "Data", "What the network learns from.", choices=SOURCES)
    samples: int = option(500, "Points", "How many points are made, training and test together.", ge=10, le=MAX_ROWS,
                          options=(50, 100, 200, 300, 500, 1000, 2000, 5000))
    noise: float = option(0.1, "Noise", "How far points stray from the clean shape.", ge=0, le=1, step=0.05)
    classes: int = option(3, "Classes", "How many groups (for blobs and rings).", ge=2, le=6)
    test_share: float = option(0.3, "Held-out share", "The share of points kept aside: the network never learns from them, "
                               "so they show what it does with points it has not seen.", ge=0, le=0.9, step=0.05)
    seed: int = option(0, "Data seed", "Another number, another draw of the same data.", ge=0, le=2**31 - 1)
    features: tuple[str, ...] = option(("x1", "x2"), "Inputs", "What the network is given about each point.",
                                       choices=FEATURES, min_length=1, max_length=len(FEATURES))
    scaling: str = option("standard", "Input scaling", "Puts all inputs on the same scale, so that no input drowns "
                          "the others. Measured on the training points only.", choices=get_args(Scaling))
    plane: tuple[int, int] | Literal["components"] | None = option(
        None, "Picture plane", "The two inputs whose plane is drawn, for data with more than two; empty means the best pair.")
    drawn: tuple[Point, ...] = option(EXAMPLE, "Drawing", "The points of your own drawing.")
    sketches: tuple[Sketch, ...] = option(EXAMPLES, "Drawings", "The pictures that you drew yourself.")
    mirrored: bool = option(False, "Mirrored copies", "Each drawing for training is also learned with left and right swapped. "
                            "Only where that is of the same class: it makes a b of a d.")
    shifted: int = option(0, "Shifted copies", "Each drawing for training is also learned moved to every side, by up to so "
                          "many pixels: 1 makes 9 of one, 2 makes 25.", ge=0, le=MOST_SHIFT, options=(0, 1, 2))
    length: int = option(20, "Length T", "How many steps a sequence has.", ge=LEAST_STEPS, le=MOST_STEPS,
                         options=(5, 10, 12, 20, 30, 40, 60, 80, 100))
    text: str = option(EXAMPLE_TEXT, "Text", "What the next character is learned from.", max_length=MOST_CHARACTERS)
    series: tuple[float, ...] = option((), "Own series", "Numbers in their order in time, to forecast; empty means the made "
                                       "one.", max_length=MOST_VALUES)
    table: TableShape | None = option(None, "Own table", "Which table, when the data is the visitor's own.")
    left_out: tuple[RowNumber, ...] = option((), "Left out", "Training rows that are not learned from, by their number from 0.",
                                             max_length=MOST_CHANGED)
    relabelled: tuple[tuple[RowNumber, ClassNumber], ...] = option(
        (), "Other class", "Training rows that are learned as another class: number of the row, and of the class.",
        max_length=MOST_CHANGED)

    @property
    def untouched(self) -> "DataConfig":
        """The same data with all training rows, as they came."""
        return self.model_copy(update={"left_out": (), "relabelled": ()})

    @property
    def shape(self) -> tuple[int, int, int]:
        """Rows, network inputs, and output units (one for regression and two classes) of this data."""
        if self.sequence:
            (steps, numbers), source = self.sequence, SEQUENCES[self.source]
            classes = len(source.answers(self))
            return source.rows(self), steps * numbers, classes if classes > 2 or source.every_step else 1
        if self.table:
            rows, inputs, classes = round(self.table.rows / (1 - self.test_share)), self.table.inputs, self.table.classes
        elif self.source in BUNDLED:
            bundled = BUNDLED[self.source]
            rows, inputs, classes = bundled.rows, bundled.n_inputs, len(bundled.class_names)
        elif self.source in PICTURES:
            made = PICTURES[self.source]
            rows, inputs, classes = self.samples, made.n_inputs, len(made.class_names)
        elif self.source == SKETCHED:
            drawings = SKETCHES[SKETCHED]
            rows, inputs, classes = len(self.sketches), drawings.n_inputs, drawings.class_count(self.sketches)
        else:
            source = SOURCES[self.source]
            given = sum(name in offered(source.n_inputs) for name in self.features)
            rows, wanted = (len(self.drawn), self.drawn) if self.source == DRAWN else (self.samples, self.classes)
            inputs, classes = max(1, given), source.class_count(wanted)
        return rows, inputs, classes if classes > 2 else 1

    @property
    def picture(self) -> tuple[int, int, int] | None:
        """Height, width and channels of a row that is a picture; None for rows of numbers."""
        if self.table:
            return self.table.picture
        return COLUMNS[self.source].picture if self.source in COLUMNS else None

    @property
    def sequence(self) -> tuple[int, int] | None:
        """Steps of a row that is a sequence, and the numbers of a step; None for other rows."""
        if self.source not in SEQUENCES:
            return None
        made = SEQUENCES[self.source]
        return made.steps(self), len(made.symbols(self))

    @property
    def every_step(self) -> bool:
        """Whether an answer is asked for at every step of a sequence."""
        return self.source in SEQUENCES and SEQUENCES[self.source].every_step

    @property
    def training_rows(self) -> int:
        """About how many rows train, copies included."""
        if self.table:
            return self.table.rows - len(self.left_out)
        each = copies_of_each(self.mirrored, self.shifted) if self.source == SKETCHED else 1
        return each * max(1, round(self.shape[0] * (1 - self.test_share))) - len(self.left_out)

    @property
    def task(self) -> Task:
        """Whether classes or numbers are learned."""
        if self.table:
            return "classification" if self.table.classes else "regression"
        return (SEQUENCES if self.source in SEQUENCES else SOURCES)[self.source].task

    _source = field_validator("source")(known(SOURCES, TABLE, *SEQUENCES))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        check_changes(self)
        if (self.source == TABLE) != (self.table is not None):
            raise ValueError("A table of your own is named by source 'table' and its shape together; only one of them came.")
        if self.source in SEQUENCES:
            SEQUENCES[self.source].check(self)
            return self
        inputs = self.table.inputs if self.table else SOURCES[self.source].n_inputs
        measured = self.table is not None or self.source in COLUMNS
        if measured and isinstance(self.plane, tuple) and max(self.plane) >= inputs:
            raise ValueError(f"The picture plane names input {max(self.plane)}, but this data has {inputs}, counted from 0.")
        return self

    @field_validator("features", mode="before")
    @classmethod
    def _features(cls, value: Any) -> Any:
        names = tuple(value) if isinstance(value, list | tuple) else value
        for name in names if isinstance(names, tuple) else ():
            if name not in FEATURES:
                raise ValueError(FEATURES.unknown(name))
        if isinstance(names, tuple) and len(set(names)) < len(names):
            raise ValueError("Each input can be used once; expected different names.")
        return names

    @field_validator("series", mode="before")
    @classmethod
    def _series(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("left_out", "relabelled", mode="before")
    @classmethod
    def _changed(cls, value: Any) -> Any:
        given = value if isinstance(value, list | tuple) else None
        return value if given is None else tuple(tuple(one) if isinstance(one, list) else one for one in given)

    _drawn = field_validator("drawn", mode="before")(points_in)
    _sketches = field_validator("sketches", mode="before")(sketches_in)

    @field_validator("plane", mode="before")
    @classmethod
    def _plane(cls, value: Any) -> Any:
        pair = tuple(value) if isinstance(value, list | tuple) else value
        if isinstance(pair, tuple) and (len(pair) != 2 or pair[0] == pair[1] or
                                        any(not isinstance(i, int) or not 0 <= i < MAX_INPUTS for i in pair)):
            raise ValueError("Expected two different input numbers, counted from 0.")
        return pair

    @field_validator("scaling")
    @classmethod
    def _scaling(cls, value: str) -> str:
        if value not in get_args(Scaling):
            raise ValueError(f"Unknown scaling '{value[:40]}'. Available: {', '.join(get_args(Scaling))}.")
        return value
