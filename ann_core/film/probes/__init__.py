"""Probes: what is measured of a run for its pictures, one file each. A new file is found by itself."""

from importlib import import_module
from pkgutil import iter_modules

from ann_core.base.registry import Registry
from ann_core.film.probes.base import Probe
from ann_core.run.setup import Setup

PROBES: Registry[Probe] = Registry("probe", [
    import_module(f"{__name__}.{module.name}").PROBE for module in iter_modules(__path__) if module.name != "base"])


def probes_of(setup: Setup) -> list[Probe]:
    """The probes that are measured of such runs."""
    return [probe for probe in PROBES.values() if probe.key not in setup.without and probe.fits(setup)]
