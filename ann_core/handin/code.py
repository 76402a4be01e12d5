"""The code of a result: its settings and when they changed, its table's key, and losses on its way, as text to copy."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field, ValidationError, model_validator

from ann_core.base.explain import explain
from ann_core.base.fields import Settings
from ann_core.base.packed import check_of, packed, unpacked
from ann_core.data.table.preparation import Preparation
from ann_core.export.run_file import History, Stretch
from ann_core.handin.marks import Mark
from ann_core.run.config import RunConfig

BEGIN, VERSION = "NP", 1
MAX_TEXT, MAX_BYTES = 100_000, 400_000
"""Characters of a code, and bytes of what it holds."""
WHOLE = "="


class HandedIn(Settings):
    """What a code says. preparation: of a table's run"""

    history: tuple[Stretch, ...] = Field(min_length=1, max_length=200)
    marks: tuple[Mark, ...] = Field(min_length=1, max_length=20)
    preparation: Preparation | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "HandedIn":
        for steps in ([one.step for one in self.history], [one.step for one in self.marks]):
            if steps != sorted(set(steps)):
                raise ValueError(f"Expected moments that follow each other; steps {steps[:5]} came.")
        if self.history[0].step:
            raise ValueError(f"Expected settings from step 0 on; step {self.history[0].step} came.")
        if (self.config.data.table is None) != (self.preparation is None):
            raise ValueError("Expected how a table is prepared where the settings name one, and nowhere else.")
        return self

    @property
    def config(self) -> RunConfig:
        """The latest settings."""
        return self.history[-1].settings


def written(history: History, marks: Sequence[Mark], preparation: Preparation | None = None) -> str:
    """The code."""
    usual = RunConfig().model_dump(mode="json")
    content: dict[str, Any] = {
        "h": [[step, differing(usual, config.model_dump(mode="json"))] for step, config in history],
        "m": [[mark.step, mark.epoch, *mark.values.values()] for mark in marks], "n": list(marks[0].values)}
    if preparation is not None:
        content["p"] = preparation.model_dump(mode="json", exclude_defaults=True)
    body = packed(json.dumps(content, separators=(",", ":"), ensure_ascii=False))
    return f"{BEGIN}{VERSION}.{body}.{check_of(body)}"


def read(text: str) -> HandedIn:
    """What a code says. Raises ValueError, with the reason, for anything else."""
    text = "".join(text.split())
    if len(text) > MAX_TEXT:
        raise ValueError(f"Expected a code of at most {MAX_TEXT:,} characters; this one has {len(text):,}.")
    begin, _, rest = text.partition(".")
    body, _, check = rest.rpartition(".")
    if not begin.startswith(BEGIN) or not begin[len(BEGIN):].isdecimal() or not body:
        raise ValueError("This is no code of a result. A code begins with NP1 and stands in the report.")
    if begin != f"{BEGIN}{VERSION}":
        raise ValueError(f"This code has version {begin[len(BEGIN):][:10]}; this playground reads version {VERSION}.")
    if check != check_of(body):
        raise ValueError("This code was changed, or not copied whole: its last six signs do not fit. Copy it again.")
    try:
        content = json.loads(unpacked(body, MAX_BYTES))
        usual = RunConfig().model_dump(mode="json")
        given = {"history": [{"step": step, "settings": merged(usual, changes)} for step, changes in content["h"]],
                 "marks": [{"step": step, "epoch": epoch, "values": dict(zip(content["n"], values, strict=True))}
                           for step, epoch, *values in content["m"]],
                 "preparation": content.get("p")}
        return HandedIn.model_validate_json(json.dumps(given))
    except ValidationError as error:
        where, why = explain(error)[0]
        raise ValueError(f"This code is damaged at {where or 'its parts'}: {why}") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("This code is damaged: what it holds cannot be read.") from None


def differing(usual: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of nested settings that are not the usual ones. A part that is whole, because it has other names in it than the
    usual one, as one of another kind has, is marked by WHOLE."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        before = usual.get(name)
        if not isinstance(value, dict) or not isinstance(before, dict):
            found |= {} if name in usual and value == before else {name: value}
        elif value.keys() != before.keys():
            found[WHOLE + name] = value
        elif changed := differing(before, value):
            found[name] = changed
    return found


def merged(usual: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The opposite of `differing`."""
    found = dict(usual)
    for name, value in changes.items():
        before = usual.get(name)
        nested = isinstance(value, dict) and isinstance(before, dict)
        found[name.removeprefix(WHOLE)] = merged(before, value) if nested and before is not None else value
    return found
