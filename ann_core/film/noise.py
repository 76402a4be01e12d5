"""The noise that a generator is watched over: points that stay the same through a film, and its plane."""

import numpy as np

from ann_core.base.arrays import Array

WATCHED = 6
"""Purpose of the random stream of the noise that is watched: [seed, WATCHED]. It stays the same, so samples can be followed."""
DRAWN, JUDGED = 256, 512
"""Samples that are drawn, of the first seed, and those that coverage is measured on, of every seed."""
LINES, ALONG, REACH = 9, 25, 2.0
"""Of the net over the noise: so many lines each way, so many points along one, from −REACH to REACH."""


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


def noise_plane(latent: int, G: int) -> Array:
    """G × G points over the first two noise numbers, the others 0, in the order of `Plane.grid`; of a single number G points.
    Returns (G², latent), or (G, 1)"""
    axis = np.linspace(-REACH, REACH, G)
    if latent == 1:
        return axis[:, None]
    plane = np.zeros((G * G, latent))
    plane[:, :2] = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    return plane


def noise_names(latent: int) -> tuple[str, ...]:
    """What each noise number is called."""
    return tuple(f"noise {i + 1}" for i in range(latent))
