"""The layers of an autoencoder: narrower and narrower down to the code, and as wide again behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ann_core.nn.kinds import LayerConfig, LayerSettings


@dataclass(frozen=True)
class Hourglass:
    """widths: units of the layers before the code, which come again behind it in the opposite order   code: numbers in the
    code, which is a plain sum   activation: of all the others   alpha: its slope, where it has one"""

    widths: tuple[int, ...]
    code: int
    activation: str = "tanh"
    alpha: float | None = None

    @property
    def layers(self) -> tuple[LayerConfig, ...]:
        """As the settings of a network have them."""
        sides = [LayerConfig(units=units, activation=self.activation, alpha=self.alpha) for units in self.widths]
        return (*sides, LayerConfig(units=self.code, activation="linear"), *reversed(sides))

    @classmethod
    def of(cls, layers: Sequence[LayerSettings]) -> "Hourglass | None":
        """The hourglass that these layers are; None when they are none."""
        middle = len(layers) // 2
        before = [layer for layer in layers[:middle + 1] if isinstance(layer, LayerConfig)]
        if not before or len(before) <= middle:
            return None
        bend, alpha = before[0].bend if middle else ("tanh", None)
        found = cls(tuple(layer.units for layer in before[:-1]), before[-1].units, bend, alpha)
        return found if found.layers == tuple(layers) else None

    def spelt(self, inputs: int) -> str:
        """All widths in their order: 64 – 32 – 2 – 32 – 64."""
        return " – ".join(map(str, (inputs, *self.widths, self.code, *reversed(self.widths), inputs)))
