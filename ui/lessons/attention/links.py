"""Situations of the lesson "Attention" as settings of a run, for the lab."""

from ann_core import RunConfig
from ann_core.lessons.attention_trained import answers, turns
from ui.lessons.attention import SEED


def squeeze() -> RunConfig:
    """All through one state."""
    return answers("none", SEED)


def look() -> RunConfig:
    """A look back at every step, by a plain dot product."""
    return answers("dot", SEED)


def scores() -> RunConfig:
    """A look back by the score that bends."""
    return answers("additive", SEED)


def views() -> RunConfig:
    """A Transformer that learns its queries, keys and values."""
    return turns("places", seed=SEED)


def root() -> RunConfig:
    """A Transformer, whose scores are divided by the root."""
    return turns("places", seed=SEED)


def heads() -> RunConfig:
    """The Transformer whose heads are looked at."""
    return turns("places", seed=SEED)


def order() -> RunConfig:
    """A Transformer without positions."""
    return turns("none", seed=SEED)


def mask() -> RunConfig:
    """A Transformer behind a causal mask."""
    return turns("causal", seed=SEED)
