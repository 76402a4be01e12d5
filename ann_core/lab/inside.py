"""What stands inside a network at one moment: each layer's outputs and gradients as small histograms."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.measures import flat_rows, flat_shares, places_as_rows
from ann_core.run.run import Run

BINS, ROWS = 60, 1_000
FAR = 1e300
"""Values beyond are counted as this, so that differences do not overflow."""


@dataclass(frozen=True)
class Ridges:
    """One histogram a layer over a common range: from the lowest 1 % of any layer to the highest 99 % of any.

    All shares are of the layer's own values. What is exactly 0 is counted apart: an off unit, or no gradient at all.
    """

    names: tuple[str, ...]
    edges: NDArray[np.float64]      # (BINS + 1,)
    shares: NDArray[np.float64]     # (L, BINS)
    below: NDArray[np.float64]      # (L,) share below the range
    above: NDArray[np.float64]      # (L,) share above it
    zero: NDArray[np.float64]       # (L,) share that is exactly 0
    missing: NDArray[np.float64]    # (L,) share that overflowed


@dataclass(frozen=True)
class Inside:
    """The first seed on the training rows. dZ and dW as log10 of their magnitude; shares of flat units of hidden layers."""

    outputs: Ridges
    unit_gradients: Ridges
    weight_gradients: Ridges
    saturated: NDArray[np.float64]  # (H,)
    dead: NDArray[np.float64]       # (H,)


def ridges(names: Sequence[str], layers: Sequence[Array], log: bool = False, bins: int = BINS) -> Ridges:
    """Histograms of each layer's values, or of log10 of their size when `log`."""
    flat = [np.asarray(layer, float).ravel() for layer in layers]
    totals = np.array([max(1, len(values)) for values in flat], dtype=float)
    zero = np.array([(values == 0).sum() for values in flat])
    kept = [values[np.isfinite(values) & (values != 0)] for values in flat]
    kept = [np.log10(np.abs(values)) if log else np.clip(values, -FAR, FAR) for values in kept]
    ends = [np.quantile(values, [0.01, 0.99]) for values in kept if len(values)] or [np.array([-1.0, 1.0])]
    low, high = float(min(end[0] for end in ends)), float(max(end[1] for end in ends))
    if high - low <= 1e-9 * max(-low, high):  # as good as one value: it stands in the middle
        reach = max(0.5, 0.5 * abs(low))
        low, high = low - reach, high + reach
    edges = np.linspace(low, high, bins + 1)
    counts = np.stack([np.histogram(values, edges)[0] for values in kept])
    below, above = np.array([((values < edges[0]).sum(), (values > edges[-1]).sum()) for values in kept]).T
    missing = totals - zero - [len(values) for values in kept]
    return Ridges(tuple(names), edges, counts / totals[:, None], *(part / totals for part in (below, above, zero, missing)))


def inside(run: Run) -> Inside:
    """Looks into the run as it is now. Numbers that overflowed count as missing."""
    theta, _ = run.state.first
    X, Y = run.setup.probe_rows(ROWS)
    with np.errstate(all="ignore"):
        layers = run.net.trace(theta, X, Y)
        _, caches, _ = run.net.forward(run.net.parameters.rows(theta), X)
        saturated, dead = flat_shares([flat_rows(places_as_rows(bend.slope, 0)) for bend in run.net.bends(caches)], ())
        names = run.net.layer_names
        return Inside(ridges(names, [layer.A for layer in layers]),
                      ridges(names, [layer.dZ for layer in layers], log=True),
                      ridges(names, [layer.dW for layer in layers], log=True), saturated, dead)
