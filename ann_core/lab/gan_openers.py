"""Scenes of the GAN lab. What they claim is tested over 20 seeds (`tests/core/test_gan_openers.py`)."""

from typing import Any

from ann_core.run.config import RunConfig

SHAPES = ("eight_clouds", "moons", "line", "blobs", "grid", "spiral", "drawn")
"""Data that the lab offers: points on a plane."""
BATCH, ROUNDS_AN_EPOCH = 64, 16


def _dense(*units: int, activation: str = "tanh") -> list[dict[str, Any]]:
    return [{"units": n, "activation": activation} for n in units]


def of(source: str, *, rounds: int = 2000, rates: tuple[float, float] = (0.002, 0.004), beta: float = 0.5, units: int = 32,
       activation: str = "tanh", noise: float = 0.0, game: str = "non_saturating", **more: Any) -> RunConfig:
    """rates: of the generator, of the discriminator   beta: β₁ of both"""
    layers = _dense(units, units, activation=activation)
    return RunConfig.model_validate({
        "data": {"source": source, "samples": BATCH * ROUNDS_AN_EPOCH, "noise": noise, "test_share": 0.0, "scaling": "none"},
        "network": {"layers": layers},
        "objective": {"kind": "adversarial", "game": game, "generator": layers,
                      "generator_training": {"learning_rate": rates[0], "momentum": beta}},
        "training": {"learning_rate": rates[1], "momentum": beta, "batch_size": BATCH,
                     "epochs": -(-rounds // ROUNDS_AN_EPOCH)}, **more})


USUAL = of("eight_clouds")
