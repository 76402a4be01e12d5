"""What changed between two configurations, in a few words."""

from functools import reduce
from typing import Any

from ann_core.base.fields import declared
from ann_core.base.registry import Registry
from ann_core.base.spelling import words
from ann_core.nn.activations import ACTIVATIONS
from ann_core.run.config import RunConfig
from ann_core.run.link import CHANGED, KIND, LAYERS_AT, differing, flatten
from ann_core.run.objectives.config import OBJECTIVES
from ann_core.run.training import UpdateConfig


def differences(before: RunConfig, after: RunConfig) -> str:
    """For example 'learning rate 0.1 + ReLU'; 'unchanged' when nothing differs."""
    return " + ".join(in_words(before, after, path, value) for path, value in differing(before, after).items()) or "unchanged"


def in_words(before: RunConfig, after: RunConfig, path: str, value: Any) -> str:
    """One setting of those after as it stands in a sentence: 'learning rate 0.1'. path: its dotted name"""
    *sections, name = path.split(".")
    holders = [reduce(getattr, sections[:i], after) for i in range(len(sections) + 1)]
    whose = f"{_inside(declared(type(holders[1]), sections[1]).label)}: " if len(sections) > 1 else ""
    if sections == ["training"] and name in UpdateConfig.model_fields and after.objective.whose:
        whose = f"{after.objective.whose}: "
    if path == KIND:
        return OBJECTIVES[value].label
    if path in CHANGED:
        return _rows(path, flatten(before)[path], value)
    if path in LAYERS_AT:
        return _layers(flatten(before).get(path, ()), value)
    option = declared(type(holders[-1]), name)
    return whose + _setting(_inside(option.label), value, option.choices)


def _rows(path: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    """Rows that were changed by hand since: one by its number, as people count, more by how many they are."""
    what = "relabelled" if path == "data.relabelled" else "left out"
    more, less = ([one for one in some if one not in others] for some, others in ((after, before), (before, after)))
    if not more:
        return f"{len(less)} {'row' if len(less) == 1 else 'rows'} no longer {what}"
    first = more[0] if what == "left out" else more[0][0]
    return f"row {first + 1} {what}" if len(more) == 1 else f"{len(more)} rows {what}"


def _layers(before: Any, after: Any) -> str:
    if [layer.straight for layer in before] != [layer.straight for layer in after]:
        return "other layers"
    kinds = dict.fromkeys(ACTIVATIONS[layer.bend[0]].label for layer in after if layer.bend)
    return "/".join(kinds) if len(kinds) < 3 else "mixed activations"


def _inside(title: str) -> str:
    """A label as it stands in a sentence."""
    return title if len(title) < 3 or title[1].isupper() or not title[1].isalpha() else title[0].lower() + title[1:]


def _setting(title: str, value: Any, choices: Any) -> str:
    if value is None or value is False:
        return f"no {title}"
    if value is True:
        return title
    if isinstance(choices, Registry):
        return choices[value].label if value in choices else f"{title} {value}"
    return f"{title} {words(value)}" if isinstance(value, float) else f"{title} {value}"
