"""What a generator makes of noise: its samples over the plane, and how it bends the noise's own plane."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.coverage import Truth, truth
from ann_core.film.film import Column, Columns, plain
from ann_core.film.look import Look
from ann_core.film.noise import ALONG, DRAWN, LINES, REACH, noise_net, watched_noise
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.nn.network import Network
from ann_core.run.objectives.adversarial import GENERATOR, Adversarial
from ann_core.run.setup import Setup


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
        rows = net.parameters.rows(look.of_first_seed[:, setup.objective.parts[GENERATOR]])
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


def on_plane(setup: Setup, X: Array) -> Array:
    """Places on the plane of what a network of these data gets. X: (..., 2)"""
    return X * setup.data.scaler.scale + setup.data.scaler.center


PROBE = Samples()
