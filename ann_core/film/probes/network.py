"""The drawing of the network: what every shown unit computes over the plane, and the weights between them. Of a generator, what
it computes over its noise."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.drawing import MAP, by_unit
from ann_core.film.film import Column, Columns, same
from ann_core.film.look import Look
from ann_core.film.noise import noise_names, noise_plane
from ann_core.film.probes.base import Probe
from ann_core.film.slow_motion import is_followed
from ann_core.film.view import View
from ann_core.nn.inside import weighs_rows
from ann_core.nn.kinds import LAYERS
from ann_core.run.objectives.adversarial import GENERATOR
from ann_core.run.setup import Setup


class Units(Probe):
    """units: (F, U, 20, 20) bytes, 128 the activation's centre; unit_scale: (F, U) what 127 steps stand for; weights: (F, E),
    biases: (F, U). U shown units, E shown edges. Of the first seed. Without a plane only weights and biases."""

    key, label, pictures = "units", "The network", ("network",)
    columns = (Column("units", same), Column("unit_scale", same), Column("weights", same), Column("biases", same))

    def fits(self, setup: Setup) -> bool:
        return _seen_over_a_plane(setup) or weighs_rows(setup.net)

    def columns_of(self, setup: Setup) -> Sequence[Column]:
        return self.columns if _seen_over_a_plane(setup) else self.columns[2:]

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        return {"layers": _layers(view), "shown_layers": list(view.drawing.layers), "slow": is_followed(view.setup)}, {}

    def measure(self, look: Look) -> Columns:
        view, F = look.view, len(look.states)
        joined = {"weights": view.drawing.edges(look.of_first_seed), "biases": view.drawing.biases(look.of_first_seed)}
        if not _seen_over_a_plane(look.setup):
            return joined
        G = view.grid_size
        answer, hidden = look.on_plane
        places = (np.arange(MAP) * G) // MAP + G // (2 * MAP)
        pick = places if view.is_curve else (places[:, None] * G + places).ravel()
        grid = view.grid.astype(np.float32)[pick].reshape(len(pick), -1)
        inputs = _over_noise(look) or [np.broadcast_to(grid, (F, *grid.shape))]
        maps, scale = view.drawing.maps([*inputs, *(by_unit(A[:, pick]) for A in (*hidden, answer))], view.shapes)
        return {"units": maps, "unit_scale": scale, **joined}


def _over_noise(look: Look) -> list[Array]:
    """What a generator computes over the plane of its noise, from the noise to the samples: (F, MAP², n) each, or (F, MAP, 1).
    Nothing where there is none."""
    net = look.objective.networks.get(GENERATOR)
    if net is None:
        return []
    p = net.parameters.rows(look.of_first_seed[:, look.objective.parts[GENERATOR]])
    noise = noise_plane(net.n_in, MAP)
    Z, _, hidden = net.forward(p, noise)
    return [np.broadcast_to(noise, (len(look.states), *noise.shape)), *hidden, Z]


def _seen_over_a_plane(setup: Setup) -> bool:
    """Whether each unit has a map; else the drawing is of weights alone."""
    return setup.data.plane is not None and setup.objective.has_boundary


def _layers(view: View) -> list[dict[str, Any]]:
    objective, drawing = view.setup.objective, view.drawing
    found: list[dict[str, Any]] = [{"name": "inputs", "activation": None}]
    for name in objective.chain:
        net = objective.networks[name]
        of = {"network": objective.called.get(name, name)} if len(objective.chain) > 1 else {}
        labels = [*(net.bent[i].label if i in net.bent else LAYERS[layer.kind].label
                    for i, layer in enumerate(net.config.layers)), objective.output(name)]
        found += [{"name": net.name(i), "activation": label, **of} for i, label in enumerate(labels)]
    if generator := objective.networks.get(GENERATOR):
        names, made = view.setup.data.input_names, len(generator.layers)
        found[0] = {"name": "noise", "activation": None, "names": list(noise_names(generator.n_in))}
        found[made] = {"name": "sample", "activation": found[made]["activation"],
                       **({"names": list(names)} if len(names) == drawing.widths[made] else {})}
    return [{**layer, "units": units, "shown": list(drawing.units.get(i, ()))}
            for i, (layer, units) in enumerate(zip(found, drawing.widths, strict=True))]


PROBE = Units()
