"""Situations of the ideas on whole blocks as settings of a run, for the lab."""

from ann_core import RunConfig
from ann_core.lessons.attention_trained import turns
from ann_core.nn.attention_kinds import TransformerConfig
from ann_core.run.link import edited
from ui.lessons.attention import SEED


def block() -> RunConfig:
    """One block that learns."""
    return turns("places", seed=SEED)


def depth() -> RunConfig:
    """Four blocks behind each other."""
    return _of_blocks(4)


def large() -> RunConfig:
    """Two blocks behind a causal mask, as in models that write."""
    return _of_blocks(2, causal=True)


def _of_blocks(count: int, causal: bool = False) -> RunConfig:
    config = turns("places", seed=SEED)
    token, places, _, last = config.network.layers
    return edited(config, {"network.layers": (token, places, *[TransformerConfig(causal=causal)] * count, last)})
