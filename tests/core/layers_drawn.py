"""Settings of any kind of layer, drawn from what its fields declare: a new kind is covered by itself."""

from typing import Any, get_args

from hypothesis import strategies as st

from ann_core.nn.kinds import LAYERS, LayerSettings

SAMPLES = {"numbers": [(1,), (5,), (3, 2)], "pictures": [(4, 4, 1), (5, 3, 2), (1, 6, 3)],
           "steps": [(1, 1), (6, 3), (2, 4), (4, 3)]}
"""Shapes of samples to try a kind on, by what it works on."""


def _values(info: Any, most: float) -> st.SearchStrategy:
    bounds = {type(bound).__name__.lower(): getattr(bound, type(bound).__name__.lower()) for bound in info.metadata}
    types, choices = get_args(info.annotation) or (info.annotation,), info.json_schema_extra["choices"]
    if bool in types:
        return st.booleans()
    if choices:
        return st.sampled_from(sorted(choices))
    between = {"min_value": bounds["ge"], "max_value": min(bounds["le"], most)}
    found = st.integers(**between) if int in types else st.floats(**between)
    return st.none() | found if type(None) in types else found


def settings_of(key: str, most: float = 1e9) -> st.SearchStrategy[LayerSettings]:
    """Settings of this kind, allowed by their bounds. most: no number is larger"""
    kind = LAYERS[key]
    fields = {name: _values(info, most) for name, info in kind.settings.model_fields.items() if name != "kind"}
    return st.fixed_dictionaries(fields).map(kind.settings.model_validate)
