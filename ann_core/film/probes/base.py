"""What a probe is: the measurements behind one or several pictures."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.film import Column, Columns
from ann_core.film.look import Look
from ann_core.film.view import View
from ann_core.run.setup import Setup


class Probe:
    """One picture's measurements. A file in this folder with a `PROBE` in it is found by itself.

    key: its name   pictures: files in assets/player/pictures/ that draw it   shown: whether every player shows them unasked
    also: pictures of other probes that draw its columns, too   columns: what it brings to a film
    """

    key: str
    label: str
    pictures: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    shown: bool = False
    columns: Sequence[Column] = ()

    def columns_of(self, setup: Setup) -> Sequence[Column]:
        """Those that it brings to a film of these runs."""
        return self.columns

    def fits(self, setup: Setup) -> bool:
        """Whether these runs have it."""
        return True

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        """What its pictures need to know once: a part of the scene's header, and blocks."""
        return {}, {}

    def measure(self, look: Look) -> Columns:
        """Its columns, one entry for each moment; a frame must not depend on the others."""
        raise NotImplementedError


def by_frame(values: NDArray) -> NDArray:
    """(L, F, …) of layers as a column (F, L, …)."""
    return np.moveaxis(values, 0, 1)
