"""Networks side by side in the Attention lab: the same questions in one order, each with layers of its own."""

from collections.abc import Mapping
from typing import Any

from ann_core.data import SEQUENCES
from ann_core.data.made.answers import Answered
from ann_core.data.made.names import Names
from ann_core.lab.twins import LETTERS, Twins
from ann_core.nn.attention_kinds import EncoderDecoderConfig, LayerNormConfig, PositionsConfig, TransformerConfig
from ann_core.nn.kinds import LayerConfig
from ann_core.nn.layer_settings import LayerSettings
from ann_core.nn.recurrent_kinds import GRUConfig
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten, nest

MOST = 3
OWN = ("network.layers",)
"""What may differ between twins."""
ENCODER, TRANSFORMER, CARRIES = "encoder_decoder", "transformer", "gru"
TASKS = ("answer_turned", "answer_sorted", "answer_copied", "answer_sum", "answer_date", "reverse", "sort", "copy", "names")
PLACES = ("learned", "sinusoids", "none")
MOST_BLOCKS = 4


def writes(source: str) -> bool:
    """Whether the answer is written token by token behind its question."""
    return isinstance(SEQUENCES[source], Answered)


def foretells(source: str) -> bool:
    """Whether the next token is asked for at every step."""
    return isinstance(SEQUENCES[source], Names)


def must_not_look_ahead(source: str) -> bool:
    """Whether the right answer stands at later steps while one learns."""
    return writes(source) or foretells(source)


def kinds(source: str) -> tuple[str, ...]:
    """Networks that a task is for: only what writes has an encoder and a decoder, and a plain state is no use where it has not
    yet seen what is asked."""
    return (ENCODER, TRANSFORMER) if writes(source) else (TRANSFORMER, CARRIES) if foretells(source) else (TRANSFORMER,)


def kind(layers: tuple[LayerSettings, ...]) -> str:
    """Which of them this is."""
    known = (layer.kind for layer in layers if layer.kind in (ENCODER, CARRIES))
    return next(known, TRANSFORMER)


def transformer(block: TransformerConfig | None = None, width: int = 16, places: str = "learned", blocks: int = 1,
                ) -> tuple[LayerSettings, ...]:
    """A Transformer's layers: numbers for each token, places, blocks, layer norm where blocks have it in front."""
    block = block or TransformerConfig()
    placed = () if places == "none" else (PositionsConfig(learned=places == "learned"),)
    last = (LayerNormConfig(),) if block.norm == "before" else ()
    return (LayerConfig(units=width, activation="linear"), *placed, *(block,) * blocks, *last)


def places(layers: tuple[LayerSettings, ...]) -> str:
    """How a Transformer's tokens know their places, one of PLACES."""
    found = next((layer for layer in layers if isinstance(layer, PositionsConfig)), None)
    return "none" if found is None else "learned" if found.learned else "sinusoids"


def blocks(layers: tuple[LayerSettings, ...]) -> list[TransformerConfig]:
    """A Transformer's blocks."""
    return [layer for layer in layers if isinstance(layer, TransformerConfig)]


def width(layers: tuple[LayerSettings, ...]) -> int:
    """How many numbers stand for a token in a Transformer."""
    return next((layer.units for layer in layers if isinstance(layer, LayerConfig)), 16)


def fitted(layers: tuple[LayerSettings, ...], source: str) -> tuple[LayerSettings, ...]:
    """These layers as a task can use them: another kind of network in the place of one that it is not for, and no look ahead
    where the answer is given while one learns to write it."""
    if kind(layers) not in kinds(source):
        layers = transformer()
    if not must_not_look_ahead(source):
        return layers
    causal = {"causal": True}
    return tuple(layer.model_copy(update=causal) if isinstance(layer, TransformerConfig) else layer for layer in layers)


def made(common: Mapping[str, Any], layers: tuple[LayerSettings, ...]) -> RunConfig:
    """A twin of what all share, by dotted name, and its layers. Raises ValidationError when they do not go together."""
    return RunConfig.model_validate(nest({**common, "network.layers": fitted(layers, common["data.source"]),
                                          "objective.kind": "sequence"}))


def together(twins: Twins, like: RunConfig) -> Twins:
    """Every twin with all that is shared as in `like`."""
    common = flatten(like)
    return tuple(made(common, twin.network.layers) for twin in twins)


def fits(config: RunConfig) -> bool:
    """Whether the lab has such a network: a task of its own, and layers that it leaves as they are."""
    return config.data.source in TASKS and together((config,), config) == (config,)


def names(twins: Twins) -> list[str]:
    """What tells each twin from the others; their letters where nothing does."""
    if len(twins) == 1:
        return ["this network"]
    each = [_said(twin.network.layers) for twin in twins]
    kinds_of, found = {parts["network"] for parts in each}, []
    for parts in each:
        others = [other for other in each if other["network"] == parts["network"]]
        unlike = [text for name, text in parts.items() if any(other.get(name) != text for other in others)]
        found.append(", ".join([parts["network"]] * (len(kinds_of) > 1 or not unlike) + unlike))
    return [name if found.count(name) == 1 else f"{name} ({LETTERS[i]})" for i, name in enumerate(found)]


def _said(layers: tuple[LayerSettings, ...]) -> dict[str, str]:
    """What a network is, part by part, in words."""
    encoder = next((layer for layer in layers if isinstance(layer, EncoderDecoderConfig)), None)
    if encoder is not None:
        look = "no attention" if encoder.attention == "none" else f"{encoder.attention} attention"
        return {"network": "encoder–decoder", "look": look, "cell": encoder.cell.upper(), "units": f"{encoder.units} units"}
    carries = next((layer for layer in layers if isinstance(layer, GRUConfig)), None)
    if carries is not None:
        return {"network": "GRU", "units": f"{carries.units} units"}
    found = blocks(layers)
    block = found[0] if found else TransformerConfig()
    where = {"learned": "learned positions", "sinusoids": "sinusoids", "none": "no positions"}[places(layers)]
    return {"network": "Transformer", "places": where, "causal": "causal" if block.causal else "looks ahead",
            "blocks": f"{len(found)} block{'s' * (len(found) != 1)}", "heads": f"{block.heads} head{'s' * (block.heads != 1)}",
            "norm": {"before": "norm before", "after": "norm after", "none": "no norm"}[block.norm],
            "residual": "residual" if block.residual else "no residual", "width": f"width {width(layers)}"}
