"""From the lab's Transformer to large ones: where their parameters are, and what else grows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ann_core.lessons.attention_trained import DIGITS, LENGTH, NETWORKS
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers import Embedding, LayerNorm, Positions, SelfAttention, TransformerBlock
from ann_core.nn.layers.base import Layer, Param
from ann_core.nn.network import Network, build_network

PARTS = ("tokens", "positions", "attention", "feed-forward", "norms", "biases", "output")
"""What the parameters of a Transformer are for."""
HEAD = 64
"""Numbers of a head, where there are as many."""
TIMES_INSIDE = 4
"""Units of the feed-forward layer, as multiples of d."""


@dataclass(frozen=True)
class Sizes:
    """A Transformer that writes, as GPT-2 is built (Radford et al., 2019). d: numbers of a token   vocabulary: kinds of tokens
    context: tokens that it sees at most"""

    blocks: int
    d: int
    vocabulary: int
    context: int

    @property
    def heads(self) -> int:
        """One for each 64 of its numbers."""
        return max(1, self.d // HEAD)

    def layers(self) -> list[Layer]:
        """The engine's layers, with layer norm before each half and one at the end. The output uses the tokens' numbers once
        more, so it adds nothing. Blocks are alike, so that one stands for all."""
        shape = (self.context, self.d)
        block = TransformerBlock(shape, self.heads, TIMES_INSIDE * self.d, ACTIVATIONS["gelu"], causal=True)
        return [Embedding((self.context, self.vocabulary), self.d), Positions(shape), *[block] * self.blocks, LayerNorm(shape)]


GPT2 = Sizes(12, 768, 50_257, 1024)
"""GPT-2 small."""
FAMILY: Mapping[str, Sizes] = {
    "GPT-2 small": GPT2, "GPT-2 medium": Sizes(24, 1024, 50_257, 1024), "GPT-2 large": Sizes(36, 1280, 50_257, 1024),
    "GPT-2 XL": Sizes(48, 1600, 50_257, 1024)}


def counted(layers: Sequence[Layer]) -> dict[str, int]:
    """How many parameters the layers have, by PARTS. A last layer that is no norm is the output."""
    found = dict.fromkeys(PARTS, 0)
    for number, layer in enumerate(layers):
        for inner, param in _own(layer):
            found[_part(layer, inner, param, number == len(layers) - 1)] += param.size
    return found


def lab() -> Network:
    """The Transformer that turns digits round."""
    return build_network(NetworkConfig(layers=NETWORKS["places"]), (LENGTH, DIGITS), DIGITS, "classification")


def looks(layers: Sequence[Layer]) -> int:
    """Weights of attention that one full context takes: T² in each head of each block."""
    inner = (layer for outer in layers for layer in outer.walk())
    return sum(layer.heads * layer.inputs[0] ** 2 for layer in inner if isinstance(layer, SelfAttention))


def in_blocks(d: int, blocks: int) -> int:
    """12 d² + 13 d for each block: attention 4 d² + 4 d, feed-forward 8 d² + 5 d, two norms of 2 d."""
    return blocks * (12 * d**2 + 13 * d)


def _own(layer: Layer) -> Iterator[tuple[Layer, Param]]:
    return ((inner, param) for inner in layer.walk() for param in inner.learns().values())


def _part(layer: Layer, inner: Layer, param: Param, last: bool) -> str:
    if param.role == "bias":
        return "biases"
    if isinstance(inner, LayerNorm):
        return "norms"
    if isinstance(inner, Positions):
        return "positions"
    if isinstance(inner, SelfAttention):
        return "attention"
    if isinstance(layer, TransformerBlock):
        return "feed-forward"
    return "output" if last else "tokens"
