"""Scenes of the GAN lab. What they claim is tested over 20 seeds (`tests/core/test_gan_openers.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from ann_core.base.registry import Registry
from ann_core.lab.guess import Guess
from ann_core.lab.openers import Opener
from ann_core.run.config import RunConfig
from ann_core.run.link import edited

SHAPES = ("eight_clouds", "moons", "line", "blobs", "grid", "spiral", "drawn")
"""Data that the lab offers: points on a plane."""
BATCH, ROUNDS_AN_EPOCH = 64, 16
GENERATORS = "objective.generator_training."


@dataclass(frozen=True)
class Change:
    """What a second run, beside the first and with the same seed, has otherwise. settings: by dotted name"""

    key: str
    label: str
    settings: Mapping[str, Any]

    def made(self, config: RunConfig) -> RunConfig:
        """The second run's settings. Raises ValidationError where they are refused."""
        return edited(config, self.settings)


CHANGES: Registry[Change] = Registry("change", [
    Change("none", "nothing", {}),
    Change("forgetful", "the same with β₁ 0.5", {"training.momentum": 0.5, GENERATORS + "momentum": 0.5}),
    Change("lasting", "the same with β₁ 0.9", {"training.momentum": 0.9, GENERATORS + "momentum": 0.9}),
    Change("minimax", "the same with minimax loss", {"objective.game": "minimax"}),
    Change("least_squares", "the same with least squares", {"objective.game": "least_squares"}),
    Change("generator_often", "five generator updates a round", {"objective.generator_steps": 5}),
])


@dataclass(frozen=True)
class Duel:
    """What the lab shows: a run, and beside it, perhaps, the same one with a change, by its key. Raises ValueError for a second
    run that cannot be."""

    config: RunConfig
    beside: str = "none"

    def __post_init__(self) -> None:
        if self.beside not in CHANGES:
            raise ValueError(CHANGES.unknown(self.beside))
        self.configs  # noqa: B018  (a second run that cannot be is refused at once)

    @property
    def configs(self) -> tuple[RunConfig, ...]:
        """One or two."""
        return (self.config,) if self.beside == "none" else (self.config, CHANGES[self.beside].made(self.config))


@dataclass(frozen=True)
class GanOpener(Opener):
    """A scene with a second run beside it, perhaps."""

    beside: str = "none"

    @property
    def duel(self) -> Duel:
        """What the lab shows of it."""
        return Duel(self.config, self.beside)


def of(source: str, *, rounds: int = 2000, rates: tuple[float, float] = (0.002, 0.004), beta: float = 0.5, units: int = 32,
       activation: str = "tanh", noise: float = 0.0, game: str = "non_saturating") -> RunConfig:
    """Settings for the lab. rates: of the generator, of the discriminator   beta: β₁ of both"""
    layers = [{"units": units, "activation": activation}] * 2
    return RunConfig.model_validate({
        "data": {"source": source, "samples": BATCH * ROUNDS_AN_EPOCH, "noise": noise, "test_share": 0.0, "scaling": "none"},
        "network": {"layers": layers},
        "objective": {"kind": "adversarial", "game": game, "generator": layers,
                      "generator_training": {"learning_rate": rates[0], "momentum": beta}},
        "training": {"learning_rate": rates[1], "momentum": beta, "batch_size": BATCH,
                     "epochs": ceil(rounds / ROUNDS_AN_EPOCH)}})


USUAL = of("eight_clouds")
COLLAPSE = of("eight_clouds", rounds=4000, rates=(0.002, 0.002), beta=0.9)

OPENERS: Registry[GanOpener] = Registry("opener", [
    GanOpener("eight", "Eight clouds out of noise",
              "**Can a network make what it has never seen?** A GAN, a *generative adversarial network*, is two of them. The "
              "generator makes samples out of noise, which is chance. The *discriminator*, here called the judge, says which "
              "samples are true: the ground is orange where it says so. The generator never sees a true one. How many of the "
              "eight clouds will its samples cover?",
              USUAL, Guess(("one or two", "about half", "all eight"), 2,
                           "All eight, after 1,500 rounds, and at least seven in ten of its samples are good. All that it "
                           "knows of the clouds it has from the judge.")),
    GanOpener("collapse", "A longer memory",
              "**How many clouds are covered after 1,000 rounds?** The same two networks with equal learning rates, and both "
              "optimisers remember older gradients longer (Adam's β₁ is 0.9). Branch there, and try a cure.",
              COLLAPSE, Guess(("at most three", "about five", "all eight"), 0,
                              "At most three. The samples chase from cloud to cloud and the judge follows them: this is called "
                              "*mode collapse*.")),
    GanOpener("cured", "One thing changed",
              "**Does one change bring all clouds back?** Both begin with the same weights, the same rates and the same noise. "
              "The second one has β₁ 0.5 in both networks: older gradients count for less. What does it cover?",
              COLLAPSE, Guess(("as few clouds as the first", "about half", "all eight"), 2, "All eight, by round 2,000."),
              beside="forgetful"),
    GanOpener("moons", "Two moons",
              "**How does noise become two curves?** No clouds this time. A leaky ReLU bends the noise with straight cuts: "
              "look at how it lays the plane around the moons. What do the samples cover in the end?",
              of("moons", noise=0.05, rounds=3000, rates=(0.001, 0.003), activation="leaky_relu"),
              Guess(("one of the moons", "a blot between them", "both moons"), 2,
                    "Both, after 2,000 rounds: nearly all true points have a sample near them.")),
])
