"""How large the gradient is in each layer, and how many units are in the flat part of their activation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.film import Column, Columns, logarithm, plain
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe, by_frame
from ann_core.film.view import View
from ann_core.nn.layers.dense import Activate
from ann_core.nn.measures import FLAT, layer_rms
from ann_core.run.objectives.base import Objective


class Gradient(Probe):
    """gradient: (F, L[, S]) RMS of ∂(data loss)/∂W over the training rows; batch_gradient, clipped_gradient: of the last step's
    batch, before and after penalties and clipping, NaN before the first. saturated, dead: (F, H[, S]) shares."""

    key, label, pictures = "gradient", "Gradient by layer", ("gradient", "map")
    columns = (Column("gradient", logarithm), Column("batch_gradient", logarithm), Column("clipped_gradient", logarithm),
               Column("saturated", plain), Column("dead", plain))

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        objective = view.setup.objective
        networks = [{"name": name, "layers": len(net.layer_names)}
                    for name, net in zip(objective.network_names, objective.networks.values(), strict=True)]
        return {"networks": networks, "weight_layers": objective.layer_names, "activations": _activations(objective),
                "flat": FLAT}, {}

    def measure(self, look: Look) -> Columns:
        unknown = (np.full_like(look.states[0].theta, np.nan),) * 2
        raw, final = (np.stack(kind) for kind in zip(*(batch or unknown for batch in look.batches), strict=True))
        sizes = layer_rms(np.stack([look.gradient, raw, final]), look.objective.weight_parts)  # (L, 3, F, …)
        rms, batch, clipped = (by_frame(sizes[:, i]) for i in range(3))
        saturated, dead = look.flat
        return {"gradient": rms, "batch_gradient": batch, "clipped_gradient": clipped, "saturated": by_frame(saturated),
                "dead": by_frame(dead)}


def _activations(objective: Objective) -> list[dict[str, Any]]:
    """The layers with an activation of the net that answers, as `bends` gives them: H of them."""
    net = next(iter(objective.networks.values()))
    of = f"{objective.network_names[0]}, " if len(objective.networks) > 1 else ""
    return [{"layer": of + net.name(i), "name": part.function.label, "units": part.outputs[-1]}
            for i, layer in enumerate(net.layers) for part in layer.walk() if isinstance(part, Activate)]


PROBE = Gradient()
