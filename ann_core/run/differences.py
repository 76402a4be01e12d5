"""What changed between two configurations, in a few words."""

from typing import Any

from ann_core.base.fields import declared
from ann_core.base.registry import Registry
from ann_core.nn.activations import ACTIVATIONS
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten


def differences(before: RunConfig, after: RunConfig) -> str:
    """For example 'learning rate 0.1 + ReLU'; 'unchanged' when nothing differs."""
    old, new = flatten(before), flatten(after)
    return " + ".join(_words(path, old[path], new[path]) for path in new if new[path] != old[path]) or "unchanged"


def _words(path: str, before: Any, value: Any) -> str:
    if path == "network.layers":
        if [layer.straight for layer in before] != [layer.straight for layer in value]:
            return "other layers"
        kinds = dict.fromkeys(ACTIVATIONS[layer.bend[0]].label for layer in value if layer.bend)
        return "/".join(kinds) if len(kinds) < 3 else "mixed activations"
    option = declared(RunConfig, path)
    title, choices = option.label, option.choices
    title = title if len(title) < 3 or title[1].isupper() or not title[1].isalpha() else title[0].lower() + title[1:]
    if value is None or value is False:
        return f"no {title}"
    if value is True:
        return title
    if isinstance(choices, Registry):
        return choices[value].label if value in choices else f"{title} {value}"
    return f"{title} {value:g}" if isinstance(value, float) else f"{title} {value}"
