"""A forecast beside what came: of the values held out, one after the other."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.film import Column, Columns, plain
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.run.setup import Setup

MOST_VALUES = 120


class Forecast(Probe):
    """forecast: (F, M) what the network tells for each of the first M windows held out, in the series' own units. Of the first
    seed."""

    key, label, pictures = "forecast", "Forecast", ("forecast",)
    columns = (Column("forecast", plain),)

    def fits(self, setup: Setup) -> bool:
        return setup.config.data.source == "forecast" and len(setup.data.X_test) > 0

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        data = view.setup.data
        truth = data.target.in_units(data.y_test[:MOST_VALUES])
        last = data.target.in_units(data.X_test[:MOST_VALUES].reshape(len(truth), -1)[:, -1])
        persistence = float(np.sqrt(np.mean((last - truth) ** 2)))
        return {"forecast_persistence": persistence}, {"forecast_truth": truth}

    def measure(self, look: Look) -> Columns:
        net, data = look.net, look.setup.data
        Z = net.forward(net.parameters.rows(look.first), data.X_test[:MOST_VALUES])[0]
        return {"forecast": data.target.in_units(net.head.score(Z)[..., 0])}


PROBE = Forecast()
