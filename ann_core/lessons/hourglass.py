"""The layers of an autoencoder: narrower and narrower down to the code, and as wide again behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ann_core.nn.kinds import LayerConfig, LayerSettings
from ann_core.run.config import RunConfig

PICTURES = ("digits", "digits_canvas", "shapes")


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


def scaling(source: str) -> str:
    """The scaling that suits: pixels are brought to 0 … 1 all together, columns of a table each by itself."""
    return "together" if source in PICTURES else "standard"


def settings(hourglass: Hourglass, rate: float = 0.01, epochs: int = 40, noise: float = 0.0, source: str = "digits",
             seed: int = 0) -> RunConfig:
    """An autoencoder on some data, a quarter of them held out; each seed has its own split, too. Of the initialisers LeCun's
    did best under tanh and under ReLU."""
    data: dict[str, Any] = {"source": source, "scaling": scaling(source), "test_share": 0.25, "seed": seed}
    return RunConfig.model_validate({
        "data": data | ({"samples": 600, "noise": 0.0} if source == "shapes" else {}), "seed": seed,
        "network": {"layers": [layer.model_dump() for layer in hourglass.layers], "initializer": "lecun_normal"},
        "objective": {"kind": "autoencoder", "noise": noise}, "training": {"learning_rate": rate, "epochs": epochs}})
