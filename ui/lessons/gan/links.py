"""Situations of the lesson "GAN" as settings of a run, for the lab."""

from ann_core import RunConfig
from ann_core.lessons.gan import settings
from ann_core.run.link import edited
from ui.lessons.gan import SEED


def _usual(change: str = "usual") -> RunConfig:
    return settings(change, SEED)


def noise() -> RunConfig:
    """The training whose generator is shown."""
    return _usual()


def judge() -> RunConfig:
    """The training whose judge is shown."""
    return _usual()


def through() -> RunConfig:
    """The training whose slopes are shown."""
    return _usual()


def round_() -> RunConfig:
    """The training whose rounds are shown."""
    return _usual()


def best() -> RunConfig:
    """A judge that is far better than the generator needs: five turns to one."""
    return edited(_usual(), {"objective.discriminator_steps": 5})


def ahead_() -> RunConfig:
    """The other loss, with a judge that takes five turns to one."""
    return edited(_usual("minimax"), {"objective.discriminator_steps": 5})


def chase() -> RunConfig:
    """The chase."""
    return _usual("both")


def helps() -> RunConfig:
    """One of both changes."""
    return _usual("memory")


def curves() -> RunConfig:
    """Training A."""
    return _usual()
