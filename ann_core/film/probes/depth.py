"""What every layer does to the gradient on its way back, and where its units stand: for the Gradient lab."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.film import Column, Columns, logarithm, same
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe, by_frame
from ann_core.film.view import View
from ann_core.nn.measures import SUMS_BINS, backward_factors, histograms
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
        return {}, {}

    def measure(self, look: Look) -> Columns:
        lead = len(look.lead)
        by_weights, by_slope = backward_factors(look.flow, lead)
        sums = [bend.by_unit(bend.Z, lead) for bend in look.bends]
        sums = sums if lead == 1 else [Z[:, 0] for Z in sums]
        return {"by_weights": by_frame(by_weights), "by_slope": by_frame(by_slope),
                "sums": histograms(sums) if sums else np.empty((len(look.states), 0, SUMS_BINS), np.uint8)}


PROBE = Depth()
