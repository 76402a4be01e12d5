"""The objectives there are: what can be set about each, and the networks that come of it."""

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, field_validator

from ann_core.base.fields import Settings, alternatives, known, option
from ann_core.base.registry import Registry
from ann_core.nn.config import AnyLayer, NetworkConfig
from ann_core.nn.kinds import LayerConfig
from ann_core.nn.layers.base import Layer, Shape
from ann_core.nn.network import Network
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GAMES, GENERATOR, PASSES, Adversarial
from ann_core.run.objectives.base import Objective, Turn
from ann_core.run.objectives.sequence import Sequence
from ann_core.run.objectives.supervised import Autoencoder, Supervised
from ann_core.run.training import TrainingConfig, UpdateConfig


@dataclass(frozen=True)
class Problem:
    """What a network is made for. sample: shape of what it gets; outputs: units; task: as in `build_network`"""

    sample: Shape
    outputs: int
    task: str


class ObjectiveSettings(Settings):
    """What one update is for.

    whose: in words, the training that the run's own settings are, where there are several networks
    """

    kind: str
    whose: ClassVar[str] = ""

    @property
    def straight(self) -> Self:
        """All that fixes the shapes of its networks."""
        return self

    def problem(self, asked: Problem) -> Problem:
        """What the network that the settings describe is made for, when the data ask for this."""
        return asked

    def suits(self, network: NetworkConfig, training: TrainingConfig) -> None:
        """Raises ValueError for settings that would mean nothing here."""

    def stacks(self, network: NetworkConfig, asked: Problem) -> list[tuple[int, Layer]]:
        """The layers of all networks, for limits and costs, each behind the number of rows that it works on for a row of the
        batch in one step. Raises ValueError where they do not go together."""
        problem = self.problem(asked)
        return [(1, layer) for layer in network.stack(problem.sample, problem.outputs)]

    def build(self, network: NetworkConfig, training: TrainingConfig, asked: Problem) -> Objective:
        """The objective, with its networks."""
        raise NotImplementedError

    def _net(self, network: NetworkConfig, asked: Problem) -> Network:
        problem = self.problem(asked)
        return Network(network, problem.sample, problem.outputs, problem.task)


class SupervisedConfig(ObjectiveSettings):
    """To answer what the data say."""

    kind: Literal["supervised"] = "supervised"

    def build(self, network: NetworkConfig, training: TrainingConfig, asked: Problem) -> Objective:
        return Supervised(self._net(network, asked), training)


class AutoencoderConfig(ObjectiveSettings):
    """To give the inputs out again, through layers that are narrower."""

    kind: Literal["autoencoder"] = "autoencoder"
    noise: float = option(0.0, "Noise", "What is added to the inputs while learning, as a standard deviation; the answer asked "
                          "for has none.", ge=0, le=10, step=0.05)

    @property
    def straight(self) -> Self:
        return self.model_copy(update={"noise": 0.0})

    def problem(self, asked: Problem) -> Problem:
        return Problem(asked.sample, prod(asked.sample), "regression")

    def build(self, network: NetworkConfig, training: TrainingConfig, asked: Problem) -> Objective:
        return Autoencoder(self._net(network, asked), training, self.noise)


class SequenceConfig(ObjectiveSettings):
    """To answer at every step of a sequence."""

    kind: Literal["sequence"] = "sequence"

    def build(self, network: NetworkConfig, training: TrainingConfig, asked: Problem) -> Objective:
        return Sequence(self._net(network, asked), training)


class AdversarialConfig(ObjectiveSettings):
    """A generator that makes samples like the data's, and a discriminator that tells them apart. The network that the other
    settings describe is the discriminator, and they train it."""

    kind: Literal["adversarial"] = "adversarial"
    whose = "judge's training"
    game: str = option("non_saturating", "Loss", "What both players pay.", choices=GAMES)
    latent: int = option(2, "Noise numbers", "How many random numbers the generator makes a sample of.", ge=1, le=64)
    generator: Annotated[tuple[AnyLayer, ...], Field(max_length=16)] = option(
        (LayerConfig(units=32), LayerConfig(units=32)), "Generator's layers", "From the noise to the sample.")
    generator_training: UpdateConfig = option(UpdateConfig(learning_rate=0.002, momentum=0.5), "Generator's training",
                                              "How the generator's weights are changed.")
    discriminator_steps: int = option(1, "Judge's updates a round", "How often it learns in one round.", ge=1, le=10)
    generator_steps: int = option(1, "Generator's updates a round", "How often it learns in one round.", ge=1, le=10)

    _game = field_validator("game")(known(GAMES))

    @field_validator("generator", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @property
    def straight(self) -> Self:
        layers = tuple(layer.straight for layer in self.generator)
        return AdversarialConfig(latent=self.latent, generator=layers)  # type: ignore[return-value]

    def problem(self, asked: Problem) -> Problem:
        return Problem(asked.sample, 1, "classification")

    def suits(self, network: NetworkConfig, training: TrainingConfig) -> None:
        if (network.output, network.loss) != ("auto", "auto"):
            raise ValueError("Two networks against each other have a loss of their own, which also fixes the judge's "
                             f"output; output '{network.output}' with loss '{network.loss}' came. Leave both on 'auto'.")
        if training.patience:
            raise ValueError("Stopping early waits for a loss that falls, but of two networks against each other one's loss "
                             "rises when the other gets better. Switch it off.")
        if training.class_weights or training.reduction != "mean":
            raise ValueError("Two networks against each other pay the mean over their samples, true and made ones "
                             "counting the same. Leave the loss over rows on 'mean' and do not balance classes.")

    def _generator(self) -> NetworkConfig:
        return NetworkConfig(layers=self.generator, output="linear")

    def _made(self, asked: Problem) -> Problem:
        return Problem((self.latent,), prod(asked.sample), "regression")

    def stacks(self, network: NetworkConfig, asked: Problem) -> list[tuple[int, Layer]]:
        made, order = self._made(asked), self._order
        judged = sum(PASSES[name] for name in order)
        return [*((judged, layer) for _, layer in super().stacks(network, asked)),
                *((len(order), layer) for layer in self._generator().stack(made.sample, made.outputs))]

    @property
    def _order(self) -> tuple[str, ...]:
        """The network that each turn of a step moves."""
        return (DISCRIMINATOR,) * self.discriminator_steps + (GENERATOR,) * self.generator_steps

    def build(self, network: NetworkConfig, training: TrainingConfig, asked: Problem) -> Objective:
        made = self._made(asked)
        by = {DISCRIMINATOR: training, GENERATOR: self.generator_training}
        turns = tuple(Turn(name, by[name], number) for number, name in enumerate(self._order))
        return Adversarial(Network(self._generator(), made.sample, made.outputs, made.task), self._net(network, asked), turns,
                           self.game)


@dataclass(frozen=True)
class Aim:
    """One objective. settings: its fields with their defaults"""

    key: str
    label: str
    settings: type[ObjectiveSettings]


OBJECTIVES: Registry[Aim] = Registry("objective", [
    Aim("supervised", "right answers", SupervisedConfig),
    Aim("autoencoder", "the inputs again", AutoencoderConfig),
    Aim("sequence", "an answer at every step", SequenceConfig),
    Aim("adversarial", "two networks against each other", AdversarialConfig),
])
if TYPE_CHECKING:
    AnyObjective = ObjectiveSettings
else:
    AnyObjective = alternatives(OBJECTIVES, "supervised")
