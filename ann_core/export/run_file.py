"""A run as our own JSON: its settings and when they changed, with the table it learns from. Loaded, it gives the same film."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from pydantic import Field, ValidationError, model_validator

from ann_core.base.explain import explain
from ann_core.base.fields import Settings
from ann_core.data.table.own import Own, fit, key_of
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.prepare import prepared
from ann_core.data.table.reading import from_frame
from ann_core.export.saved import checksum_of
from ann_core.film.recording import Recording
from ann_core.run.config import RunConfig

FORMAT, VERSION = "neural playground run", 1
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

    format: Literal["neural playground run"] = FORMAT  # type: ignore[assignment]
    version: Literal[1] = VERSION  # type: ignore[assignment]
    shown: int = Field(ge=0)
    history: tuple[Stretch, ...] = Field(min_length=1, max_length=1000)
    table: OwnTable | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "RunFile":
        steps = [stretch.step for stretch in self.history]
        if steps[0] != 0 or steps != sorted(set(steps)):
            raise ValueError(f"Expected settings that begin at step 0 and follow each other; steps {steps[:5]} came.")
        if (self.history[0].settings.data.table is None) != (self.table is None):
            raise ValueError("Expected a table where the settings name one, and none where they do not.")
        return self


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

    def recording(self) -> Recording:
        """The run again, trained as far as its settings changed: asked for the same frames it gives the same film."""
        data = self.config.data
        found = Recording(self.history[0][1], prepared(self.own, data.scaling, data.plane) if self.own else None)
        for step, config in self.history[1:]:
            while found.latest.state.step < step and not found.latest.message:
                found.frames(found.latest.state.step, 1, None, step - found.latest.state.step, None)
            found.change(config)
            found.settle(step)
        return found


def to_json(history: History, shown: int, own: Own | None = None) -> bytes:
    """The file. own: the table, when the settings name one"""
    stretches = tuple(Stretch(step=step, settings=config) for step, config in history)
    content = RunFile(shown=shown, history=stretches, table=None if own is None else _table(own)).model_dump(mode="json")
    return json.dumps({**content, "checksum": checksum_of(content)}, allow_nan=False, ensure_ascii=False).encode()


def _table(own: Own) -> OwnTable:
    p = own.preparation
    used = own.table.frame[[*p.features, p.target]]
    columns = tuple(Column(name=name, cells=tuple(None if cell != cell else cell for cell in used[name].tolist()))
                    for name in used)
    return OwnTable(name=own.table.name, columns=columns, preparation=p)


def from_json(data: bytes) -> Loaded:
    """The run of a file made by `to_json`. Raises ValueError, with the reason, for anything else."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"Expected a file of at most {MAX_BYTES // 10**6} MB; this one has {len(data) / 1e6:.1f} MB.")
    try:
        content = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise ValueError("This is no file of a run: it is not JSON. Choose a file that was saved under Take it home.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("This JSON file holds no run of this playground. Choose a file that was saved under Take it home.")
    if content.get("version") != VERSION:
        raise ValueError(f"This file has version {str(content.get('version'))[:20]}; this playground reads version {VERSION}.")
    checksum = content.pop("checksum", None)
    try:
        file = RunFile.model_validate_json(json.dumps(content))
    except ValidationError as error:
        where, why = explain(error)[0]
        raise ValueError(f"This file of a run is damaged at {where or 'its parts'}: {why}") from None
    if checksum != checksum_of(content):
        raise ValueError("This file of a run was changed after it was saved: its checksum does not fit. Save the run again.")
    own, history = None, [(stretch.step, stretch.settings) for stretch in file.history]
    if file.table is not None:
        own, history = _own(file.table, history)
    return Loaded(history, file.shown, own)


def _own(table: OwnTable, history: list[tuple[int, RunConfig]]) -> tuple[Own, list[tuple[int, RunConfig]]]:
    """The table, prepared again, and the settings with its key."""
    frame = pd.DataFrame({column.name: pd.Series(column.cells, dtype=_kind(column.cells)) for column in table.columns})
    data = history[0][1].data
    own = fit(from_frame(frame, table.name), table.preparation, data.test_share, data.seed)
    assert data.table is not None
    shape = data.table.model_copy(update={"key": key_of(own.table, own.preparation)})
    return own, [(step, config.model_copy(update={"data": config.data.model_copy(update={"table": shape})}))
                 for step, config in history]


def _kind(cells: Sequence[Any]) -> str:
    return "str" if any(isinstance(cell, str) for cell in cells) else "float64"
