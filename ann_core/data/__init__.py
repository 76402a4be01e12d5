"""Data for the network: made, bundled, drawn, or from a table; always ending in a Prepared."""

from functools import partial

import numpy as np

from ann_core.base.registry import Registry
from ann_core.data.dataset import Dataset
from ann_core.data.made.bundled import BUNDLED, Bundled
from ann_core.data.made.drawn import DRAWINGS, DRAWN
from ann_core.data.made.features import FEATURES, offered
from ann_core.data.made.generators import GENERATORS
from ann_core.data.made.pictures import PICTURES, Pictures
from ann_core.data.made.sequences import SEQUENCES
from ann_core.data.made.sketches import SKETCHED, SKETCHES, Sketches, copies
from ann_core.data.prepare import prepare
from ann_core.data.prepared import Prepared

__all__ = [
    "BUNDLED", "COLUMNS", "DRAWN", "FEATURES", "GENERATORS", "PICTURES", "SEQUENCES", "SKETCHED", "SOURCES", "Dataset",
    "Prepared", "WithColumns", "load", "offered", "prepare",
]  # fmt: skip

WithColumns = Pictures | Bundled | Sketches
COLUMNS: Registry[WithColumns] = Registry(
    "data with columns of its own", [*PICTURES.values(), *BUNDLED.values(), *SKETCHES.values()])
SOURCES = Registry("data source", [*GENERATORS.values(), *COLUMNS.values(), *DRAWINGS.values()])
"""Rows of numbers; sequences have a registry of their own."""

# Streams are default_rng([seed, purpose]). Purposes must differ across the whole engine, also where a layer's
# number follows: NumPy pads short seeds with zeros, so [seed, 3] and [seed, 3, 0] are the same stream.
MADE_STREAM = 201


def load(data_config) -> Prepared:
    """The data that the settings describe, ready to train on; the same settings give the same data.

    data_config: source, samples, noise, classes, test_share, seed, features, scaling, plane, drawn, sketches, mirrored,
    shifted, length, text
    (samples, noise, classes matter for made data, features for made points and drawn data, drawn for drawn data, plane for
    data with columns of its own; None: its best pair; sketches to shifted for drawn pictures, length for sequences, text for
    the next character).
    Raises KeyError for an unknown source or feature, ValueError for a number out of range.
    """
    c = data_config
    if c.source in SEQUENCES:
        return SEQUENCES[c.source].prepare(c)
    source, plane, more = SOURCES[c.source], c.plane, None
    if c.source in GENERATORS or c.source in PICTURES:
        rng = np.random.default_rng([c.seed, MADE_STREAM])
        dataset = source.dataset(c.samples, c.noise, rng, c.classes)
    elif c.source == DRAWN:
        dataset = source.dataset(c.drawn)
    elif c.source == SKETCHED:
        dataset, more = source.dataset(c.sketches), partial(copies, mirrored=c.mirrored, shifted=c.shifted)
    else:
        dataset = source.dataset()
    if c.source in COLUMNS:
        plane = c.plane or source.plane
    return prepare(
        dataset, features=c.features, scaling=c.scaling, test_share=c.test_share, seed=c.seed, plane=plane, copies=more
    )
