"""Situations of the lesson "Autoencoder" as settings of a run, for the lab."""

from ann_core import RunConfig
from ann_core.lessons import autoencoder as core
from ann_core.lessons.hourglass import Hourglass, settings


def itself() -> RunConfig:
    """The first network."""
    return core.NETWORKS["tanh"]


def squeeze() -> RunConfig:
    """One number only."""
    return settings(Hourglass((32,), 1))


def pca() -> RunConfig:
    """The network without bends."""
    return core.NETWORKS["linear"]


def plane() -> RunConfig:
    """The deeper one, whose plane is more in order."""
    return core.NETWORKS["deeper"]


def decode() -> RunConfig:
    """The first network, below whose stage one goes through the plane."""
    return core.NETWORKS["tanh"]


def noise() -> RunConfig:
    """The network that learned under noise."""
    return core.DENOISER


def width() -> RunConfig:
    """A code of eight numbers."""
    return settings(Hourglass((32,), 8))


def lost() -> RunConfig:
    """A code of four numbers."""
    return settings(Hourglass((32,), 4))


def odd() -> RunConfig:
    """The network that knows flowers, with their odd rows listed."""
    return core.FLOWERS
