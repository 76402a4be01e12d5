"""The networks that a run's numbers go through, one behind the other, and what goes in where a place is written out."""

from dataclasses import dataclass

from ann_core.base.arrays import Array
from ann_core.film.alignments import asks_freely
from ann_core.film.noise import DRAWN, noise_names, watched_noise
from ann_core.nn.network import Network
from ann_core.run.decoding import given, write
from ann_core.run.objectives.adversarial import GENERATOR, Adversarial
from ann_core.run.run import Run
from ann_core.run.setup import Setup

SHOWN = ("made", "true")
"""What a discriminator is shown: a sample that the generator makes of the watched noise, or a true one."""
NO_SUCH = "There is no such unit in this network. Choose one that is drawn."


@dataclass(frozen=True)
class Link:
    """One network of a run. first: so many layers stand before it, of the network that it gets its inputs from"""

    setup: Setup
    name: str
    first: int

    @property
    def net(self) -> Network:
        return self.setup.objective.networks[self.name]

    @property
    def shown(self) -> tuple[str, ...]:
        """What there is to choose of what it is shown: nothing, of a network that stands alone or first."""
        return SHOWN if self.first else ()

    def of_noise(self, shown: int) -> bool:
        """Whether what is followed begins as noise. shown: the chosen one of `shown`"""
        return isinstance(self.setup.objective, Adversarial) and not (self.first and SHOWN[shown] == "true")

    def rows(self, held_out: bool, shown: int) -> int:
        """How many rows there are to be followed."""
        if self.of_noise(shown):
            return DRAWN
        return len(self.setup.data.X_test) if held_out else self.setup.rows

    def names(self, n: int) -> list[str]:
        """What its n inputs are called in a list of them."""
        names = noise_names(n) if self.name == GENERATOR else self.setup.data.input_names
        return list(names) if len(names) == n else [f"input {i + 1}" for i in range(n)]

    def meaning(self, unit: int) -> str:
        """What one of its answers is to the other network, in words; "" of a network that stands alone."""
        if self.name == GENERATOR:
            name = Link(self.setup, "", 1).names(self.net.n_out)[unit]
            return f"That is the sample's {name}."
        return "Near 1 it says true, near 0 made." if self.first else ""

    def came(self, run: Run, row: int, held_out: bool, shown: int) -> Array:
        """That row as it gets it, (1, *inputs). run: at this moment"""
        setup, theta = self.setup, run.state.first[0]
        if not self.of_noise(shown):
            X = (setup.seen_test if held_out else setup.seen_train)[row:row + 1]
            return given(X, write(setup.net, theta, X)) if asks_freely(setup) else X  # its own answers, as when it is asked
        generator = setup.objective.networks[GENERATOR]
        noise = watched_noise(setup.config.seed, generator.n_in)[row:row + 1]
        if not self.first:
            return noise
        made, _, _ = generator.forward(generator.parameters.rows(theta[setup.objective.parts[GENERATOR]]), noise)
        return made.reshape(1, *self.net.inputs)


def link_at(setup: Setup, layer: int) -> tuple[Link, int]:
    """The network that layer `layer` of the drawing belongs to (0 are the first inputs), and its number there. Raises
    ValueError, in a sentence, where there is none."""
    first = 0
    for name in setup.objective.chain:
        link = Link(setup, name, first)
        if layer - first <= len(link.net.layers):
            return link, layer - first
        first += len(link.net.layers)
    raise ValueError(NO_SUCH)
