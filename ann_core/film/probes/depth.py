"""What every layer does to the gradient on its way back, and where its units stand: for the Gradient lab."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.film import Column, Columns, logarithm, same
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe, by_frame
from ann_core.film.view import View
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.measures import SUMS_BINS, SUMS_REACH, backward_factors, histograms, places_as_rows
from ann_core.nn.network import Network
from ann_core.run.setup import Setup

SLOPE_POINTS = 241


class Depth(Probe):
    """by_weights, by_slope: (F, L[, S]) factors of the backward product (`backward_factors`); sums: (F, H, 96) histograms of
    what the activations get, −6 … 6."""

    key, label, pictures = "depth", "The gradient's way back", ("waterfall", "slope")
    columns = (Column("by_weights", logarithm), Column("by_slope", logarithm), Column("sums", same))

    def fits(self, setup: Setup) -> bool:
        return setup.in_depth and setup.objective.has_answers

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        net, config = view.setup.net, view.setup.config.network
        Z = np.linspace(-SUMS_REACH, SUMS_REACH, SLOPE_POINTS)
        slopes = [np.abs(a.derivative(Z, a.f(Z))) for a in net.activations]
        return ({"steepest": [a.steepest for a in net.activations], "slope_reach": SUMS_REACH,
                 "expected_by_weights": _expected(net), "batch_norm": config.batch_norm, "skip": config.skip},
                {"slopes": np.stack(slopes) if slopes else np.empty((0, SLOPE_POINTS))})

    def measure(self, look: Look) -> Columns:
        lead = len(look.lead)
        by_weights, by_slope = backward_factors(look.flow, lead)
        sums = [places_as_rows(bend.Z, lead) for bend in look.bends]
        sums = sums if lead == 1 else [Z[:, 0] for Z in sums]
        return {"by_weights": by_frame(by_weights), "by_slope": by_frame(by_slope),
                "sums": histograms(sums) if sums else np.empty((len(look.states), 0, SUMS_BINS), np.uint8)}


def _expected(net: Network) -> list[float]:
    """What first weights of this size do to a gradient on its way back through each layer, on average: √(n_in · Var W)."""
    found: dict[int, float] = {}
    for entry in net.parameters.of("weight"):
        n_in, n_out = entry.param.fans
        spread = INITIALIZERS[net.initializer(entry.layer)].spread(n_in, n_out, net.config.sigma, entry.param.shape)
        found.setdefault(entry.layer, float(np.sqrt(n_in) * spread))
    return list(found.values())


PROBE = Depth()
