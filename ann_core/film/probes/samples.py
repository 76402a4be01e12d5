"""What a generator makes of noise: its samples over the plane, and how it bends the noise's own plane."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.coverage import Truth, truth
from ann_core.film.film import Column, Columns, plain
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.nn.network import Network
from ann_core.run.objectives.adversarial import GENERATOR, Adversarial
from ann_core.run.setup import Setup

WATCHED = 6
"""Purpose of the random stream of the noise that is watched: [seed, WATCHED]. It stays the same, so samples can be followed."""
DRAWN, JUDGED = 256, 512
"""Samples that are drawn, of the first seed, and those that coverage is measured on, of every seed."""
LINES, ALONG, REACH = 9, 25, 2.0
"""Of the net over the noise: so many lines each way, so many points along one, from −REACH to REACH."""


class Samples(Probe):
    """samples: (F, 256, 2) generated points on the plane, and noise_net: (F, 2, 9, 25, 2) lines of equal first and of equal
    second noise number, of the first seed. covered, good: (F[, S]) shares, see `coverage.Truth`."""

    key, label, pictures = "samples", "Samples and coverage", ("samples", "coverage")
    columns = (Column("samples", plain), Column("noise_net", plain), Column("covered", plain), Column("good", plain))

    def fits(self, setup: Setup) -> bool:
        plane = setup.data.plane
        return (isinstance(setup.objective, Adversarial) and plane is not None and not plane.is_curve
                and plane.components is None and setup.data.features == ("x1", "x2"))

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup = view.setup
        held, latent = truth_of(setup), generator_of(setup).n_in
        coverage = {"of": len(held.points) if held.clouds else None, "reach": held.reach, "series": [
            {"column": "covered", "name": "covered", "dash": "solid"},
            {"column": "good", "name": "good samples", "dash": "dash"}]}
        return ({"latent": latent, "noise_reach": REACH, "noise_lines": LINES, "coverage": coverage},
                {"noise": watched_noise(setup.config.seed, latent)[:DRAWN, :2]})

    def measure(self, look: Look) -> Columns:
        setup, net = look.setup, generator_of(look.setup)
        p, seeds = look.p[GENERATOR], range(setup.config.seed, setup.config.seed + setup.config.seeds)
        noise = np.stack([watched_noise(seed, net.n_in) for seed in seeds])
        made = on_plane(setup, net.forward(p, noise if len(seeds) > 1 else noise[0])[0])
        first = look.theta if look.theta.ndim == 2 else look.theta[:, 0]
        rows = net.parameters.rows(first[:, setup.objective.parts[GENERATOR]])
        lines = on_plane(setup, net.forward(rows, noise_net(net.n_in).reshape(-1, net.n_in))[0])
        covered, good = truth_of(setup).measure(made)
        drawn = (made if len(seeds) == 1 else made[:, 0])[:, :DRAWN]
        return {"samples": drawn, "noise_net": lines.reshape(len(lines), 2, LINES, ALONG, 2), "covered": covered, "good": good}


def generator_of(setup: Setup) -> Network:
    """The network that makes the samples."""
    return setup.objective.networks[GENERATOR]


def truth_of(setup: Setup) -> Truth:
    """What its samples are held against."""
    plane = setup.data.plane
    assert plane is not None
    low, high = plane.ranges["x"]
    return truth(setup.config.data, setup.data.points_train, high - low)


def watched_noise(seed: int, latent: int) -> Array:
    """The noise that is followed through a film. Returns (512, latent)"""
    return np.random.default_rng([seed, WATCHED]).standard_normal((JUDGED, latent))


def noise_net(latent: int) -> Array:
    """Lines over the first two noise numbers, the others 0; over a single number one way only, twice. Returns
    (2, 9, 25, latent)"""
    along, across = np.linspace(-REACH, REACH, ALONG), np.linspace(-REACH, REACH, LINES)
    net = np.zeros((2, LINES, ALONG, latent))
    net[0, ..., 0], net[1, ..., 0] = along, across[:, None] if latent > 1 else along
    if latent > 1:
        net[0, ..., 1], net[1, ..., 1] = across[:, None], along
    return net


def on_plane(setup: Setup, X: Array) -> Array:
    """Places on the plane of what a network of these data gets. X: (..., 2)"""
    return X * setup.data.scaler.scale + setup.data.scaler.center


PROBE = Samples()
