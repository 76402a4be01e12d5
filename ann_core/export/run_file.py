"""A run as our own JSON: its settings and when they changed, with the table it learns from. Loaded, it gives the same film."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import pandas as pd
from pydantic import Field, model_validator

from ann_core.base.fields import Settings
from ann_core.data.table.own import Own, fit, shape_of
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.prepare import prepared
from ann_core.data.table.reading import from_frame
from ann_core.export.sealed import Sealed
from ann_core.film.recording import Recording
from ann_core.run.config import RunConfig
from ann_core.run.continuing import continues

MAX_BYTES = 50_000_000
History = Sequence[tuple[int, RunConfig]]


class Stretch(Settings):
    """Settings that held from a step on."""

    step: int = Field(ge=0)
    settings: RunConfig


class Column(Settings):
    """A column of a table; an empty cell is null."""

    name: str
    cells: tuple[float | str | None, ...]


class OwnTable(Settings):
    """The columns of a visitor's table that a run uses, and what was chosen about them."""

    name: str
    columns: tuple[Column, ...] = Field(min_length=2)
    preparation: Preparation


class RunFile(Settings):
    """The file, but for its checksum. shown: the step that was looked at"""

    format: Literal["neural playground run"] = "neural playground run"
    version: Literal[1] = 1
    shown: int = Field(ge=0)
    history: tuple[Stretch, ...] = Field(min_length=1, max_length=1000)
    table: OwnTable | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "RunFile":
        steps = [stretch.step for stretch in self.history]
        if steps[0] != 0 or steps != sorted(set(steps)):
            raise ValueError(f"Expected settings that begin at step 0 and follow each other; steps {steps[:5]} came.")
        if not all(continues(a.settings, b.settings) for a, b in pairwise(self.history)):
            raise ValueError("Expected settings of the same data, network shape and seeds all along.")
        if (self.history[0].settings.data.table is None) != (self.table is None):
            raise ValueError("Expected a table where the settings name one, and none where they do not.")
        return self


FILE = Sealed(RunFile, "run", "under Take it home", MAX_BYTES)


@dataclass(frozen=True, eq=False)
class Loaded:
    """A run that was saved. own: its table, prepared"""

    history: History
    shown: int
    own: Own | None

    @property
    def config(self) -> RunConfig:
        """Its latest settings."""
        return self.history[-1][1]

    def recording(self, **how: Any) -> Recording:
        """The run again, trained as far as its settings changed: asked for the same frames it gives the same film. how: as a
        `Recording` is told"""
        data = self.config.data
        found = Recording(self.history[0][1], prepared(self.own, data.scaling, data.plane) if self.own else None, **how)
        for step, config in self.history[1:]:
            if not found.reach(step):
                raise ValueError(f"{FILE.damaged}: its settings change at step {step:,}, and it ends at step "
                                 f"{found.latest.state.step:,}.")
            found.change(config)
            found.settle(step)
        return found


def to_json(history: History, shown: int, own: Own | None = None) -> bytes:
    """The file. own: the table, when the settings name one"""
    stretches = tuple(Stretch(step=step, settings=config) for step, config in history)
    return FILE.write(RunFile(shown=shown, history=stretches, table=None if own is None else _table(own)))


def _table(own: Own) -> OwnTable:
    p = own.preparation
    names = [*p.features, p.target, *([p.split_by] if p.split_by in own.table.frame else [])]
    used = own.table.frame[list(dict.fromkeys(names))]
    columns = tuple(Column(name=name, cells=tuple(None if cell != cell else cell for cell in used[name].tolist()))
                    for name in used)
    return OwnTable(name=own.table.name, columns=columns, preparation=p)


def from_json(data: bytes) -> Loaded:
    """The run of a file made by `to_json`. Raises ValueError, with the reason, for anything else."""
    return FILE.read(data, _loaded)


def _loaded(file: RunFile) -> Loaded:
    own, history = None, [(stretch.step, stretch.settings) for stretch in file.history]
    if file.table is not None:
        own, history = _own(file.table, history)
    return Loaded(history, file.shown, own)


def _own(table: OwnTable, history: list[tuple[int, RunConfig]]) -> tuple[Own, list[tuple[int, RunConfig]]]:
    """The table, prepared again, and the settings with its key."""
    frame = pd.DataFrame({column.name: pd.Series(column.cells, dtype=_kind(column.cells)) for column in table.columns})
    data = history[0][1].data
    own = fit(from_frame(frame, table.name), table.preparation, data.test_share, data.seed)
    shape, said = shape_of(own), data.table
    if said is None or shape != said.model_copy(update={"key": shape.key}):
        raise ValueError(f"{FILE.damaged}: its settings speak of another table than the one that is in it.")
    return own, [(step, config.model_copy(update={"data": config.data.model_copy(update={"table": shape})}))
                 for step, config in history]


def _kind(cells: Sequence[Any]) -> str:
    return "str" if any(isinstance(cell, str) for cell in cells) else "float64"
