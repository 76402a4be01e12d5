"""Settings in an address: only what differs from the default run, readable, with a version. Never data."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from ann_core.base.explain import explain
from ann_core.data import DRAWN, SKETCHED
from ann_core.data.config import COMPONENTS, TableShape
from ann_core.data.made import drawn, sketches
from ann_core.nn import stack
from ann_core.run.config import RunConfig
from ann_core.run.objectives.config import OBJECTIVES

VERSION = "1"
CHANGED = {"data.left_out": (), "data.relabelled": ()}
SAME_ROWS = {"data.scaling", "data.plane", "data.features", *CHANGED}
"""What may change of the data while training rows keep their numbers."""
LAYERS_AT = ("network.layers", "objective.generator")
KIND = "objective.kind"
MOST_DRAWN = {DRAWN: 60, SKETCHED: 30}
"""Points of a drawing, and drawn pictures, that an address has room for."""
MOST_TEXT, MOST_SERIES = 300, 60
"""Characters of a text, and values of a series, that it has room for."""
_INTEGER = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{0,20})?(e[+-]?[0-9]{1,3})?", re.ASCII)


def flatten(config: BaseModel) -> dict[str, Any]:
    """The settings by dotted name, e.g. 'training.learning_rate'; layers as one tuple under 'network.layers'."""
    found: dict[str, Any] = {}
    for section, value in config:
        if _is_section(value):
            found.update({f"{section}.{name}": inner for name, inner in flatten(value).items()})
        else:
            found[section] = value
    return found


def _is_section(value: Any) -> bool:
    return isinstance(value, BaseModel) and not isinstance(value, TableShape)


def of_kind(config: RunConfig, kind: Any) -> RunConfig:
    """The same settings with an objective of this kind: its own one, or the usual one of another kind that there is."""
    if kind == config.objective.kind or kind not in OBJECTIVES:
        return config
    return config.model_copy(update={"objective": OBJECTIVES[kind].settings.model_validate({})})


def nest(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The opposite of `flatten`, as plain dicts for `RunConfig.model_validate`."""
    nested: dict[str, Any] = {}
    for path, value in flat.items():
        *sections, name = path.split(".")
        place = nested
        for section in sections:
            place = place.setdefault(section, {})
        place[name] = [dict(layer) for layer in value] if path in LAYERS_AT else value
    return nested


def edited(config: RunConfig, changes: Mapping[str, Any]) -> RunConfig:
    """The same settings with some of them, by dotted name, changed. Of other data no rows are left out or relabelled, unless
    that is named, too. Raises ValidationError when they are refused."""
    if any(path.startswith("data.") and path not in SAME_ROWS for path in changes):
        changes = {**CHANGED, **changes}
    return RunConfig.model_validate(_with(of_kind(config, changes.get(KIND, config.objective.kind)), nest(changes)))


def _with(section: BaseModel, changes: Mapping[str, Any]) -> dict[str, Any]:
    wanted = dict(section)
    for name, value in changes.items():
        wanted[name] = _with(wanted[name], value) if _is_section(wanted.get(name)) and isinstance(value, dict) else value
    return wanted


def _write(path: str, value: Any) -> str:
    if path in LAYERS_AT:
        return "~".join(map(stack.written, value)) or "none"
    if path == "data.drawn":
        return drawn.written(value)
    if path == "data.sketches":
        return sketches.written(value)
    if isinstance(value, TableShape):
        return "~".join(map(str, (value.key, value.rows, value.inputs, value.classes, value.name)))
    if path == "data.relabelled":
        return "~".join(f"{row}_{label}" for row, label in value)
    if isinstance(value, tuple):
        return "~".join(map(str, value))
    if isinstance(value, bool):
        return str(int(value))
    return "off" if value is None else repr(value) if isinstance(value, float) else str(value)


def _number(text: str) -> int | float | str:
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _read(path: str, text: str, default: Any) -> Any:
    if path in LAYERS_AT:
        return [stack.read(part, _number) for part in text.split("~")] if text != "none" else []
    if text == "off":
        return None
    if isinstance(default, bool):
        return {"0": False, "1": True}.get(text, text)
    if path == "data.table":
        parts = zip(("key", "rows", "inputs", "classes", "name"), text.split("~", 4), strict=False)
        return {name: part if name in ("key", "name") else _number(part) for name, part in parts}
    if path in ("data.drawn", "data.relabelled"):
        return [[_number(part) for part in point.split("_")] for point in text.split("~") if text]
    if path == "data.sketches":
        return [[one[1:], _number(one[:1])] for one in text.split("~")]
    if path in ("data.series", "data.left_out"):
        return [_number(part) for part in text.split("~") if part]
    if path in ("data.features", "data.plane") and text != COMPONENTS:
        return [_number(part) for part in text.split("~")]
    return text if isinstance(default, str) else _number(text)


def drawing_fits(config: RunConfig) -> bool:
    """Whether these settings are about a drawing, and an address holds it."""
    source = config.data.source
    return source in MOST_DRAWN and len(getattr(config.data, source)) <= MOST_DRAWN[source]


def changes(config: RunConfig, usual: RunConfig) -> dict[str, str]:
    """What differs from the usual settings, as written in an address; a drawing only when it is learned from and fits, a text
    or a series when it fits."""
    room = {f"data.{source}": source == config.data.source and drawing_fits(config) for source in MOST_DRAWN}
    room |= {"data.text": len(config.data.text) <= MOST_TEXT, "data.series": len(config.data.series) <= MOST_SERIES}
    return {path: _write(path, value) for path, value in differing(usual, config).items() if room.get(path, True)}


def differing(before: RunConfig, after: RunConfig) -> dict[str, Any]:
    """What is otherwise in the later settings, by dotted name; of an objective of another kind what is not usual."""
    old = {**flatten(of_kind(before, after.objective.kind)), KIND: before.objective.kind}
    return {path: value for path, value in flatten(after).items() if value != old[path]}


def read_changes(given: Mapping[str, str], usual: RunConfig) -> tuple[RunConfig, list[str]]:
    """The opposite of `changes`, and a sentence for each part that could not be used."""
    before, notes = flatten(of_kind(usual, given.get(KIND))), []
    known = {path: _read(path, given[path][:2_000], value) for path, value in before.items() if path in given}
    if unknown := [path for path in given if path not in before]:
        notes.append(f"Settings of the link that do not exist here are left out ({len(unknown)}): "
                     f"{', '.join(name[:40] for name in unknown[:5])}.")
    try:
        return edited(usual, known), notes
    except ValidationError:
        pass
    config = usual
    for path, value in known.items():  # one by one, data first, so that one bad part does not spoil the others
        try:
            config = edited(config, {path: value})
        except ValidationError as error:
            where, why = explain(error)[0]
            notes.append(f"{where or path} in the link cannot be used; the usual value stands. {why}")
    return config, notes


def of_this_version(query: Mapping[str, str]) -> list[str]:
    """A note when a link was made by another version."""
    if len(query) and query.get("v", VERSION) != VERSION:
        return ["This link was made by another version of the playground; what is still known is used."]
    return []


def to_query(config: RunConfig) -> dict[str, str]:
    """What stands in the address. Empty for the default run."""
    changed = changes(config, RunConfig())
    return {"v": VERSION, **changed} if changed else {}


def from_query(query: Mapping[str, str]) -> tuple[RunConfig, list[str]]:
    """The settings that an address names, and a sentence for each part that could not be used."""
    config, notes = read_changes({path: text for path, text in query.items() if path != "v"}, RunConfig())
    return config, of_this_version(query) + notes
