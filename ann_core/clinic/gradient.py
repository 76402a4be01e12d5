"""Whether the gradient arrives: what each layer gets of what the output sends back, before the first step."""

import numpy as np

from ann_core.base.numbers import share, size
from ann_core.base.words import in_sentence
from ann_core.clinic.finding import Healthy, Treatment
from ann_core.clinic.signs import Absent, Sign, known, other, over_layers
from ann_core.clinic.vitals import Vitals

LEAST, MOST = 0.01, 200.0
"""‖dZˡ‖ / ‖dZᴸ‖ at the start. Healthy patients of up to ten layers lie at 0.047 to 37; ten layers with batch normalisation,
which learn all the same, at up to 136."""


def vanishing(v: Vitals) -> Sign | Absent:
    """‖dZˡ‖ / ‖dZᴸ‖ of the layer that gets least."""
    return _arriving(v, (LEAST, None), int(v.arriving[0].argmin()), "no more than {} of", (
        *_usual_weights(v), *known(v, "relu", "batch_norm", "skip")))


def exploding(v: Vitals) -> Sign | Absent:
    """‖dZˡ‖ / ‖dZᴸ‖ of the layer that gets most."""
    return _arriving(v, (None, MOST), int(v.arriving[0].argmax()), "{}", (
        *_usual_weights(v), *other(v, "no_skip", "Without skip connections", "What goes around the layers is added up no more.",
                                   {"network.skip": False}),
        *known(v, "batch_norm", "smaller_rate", "clip_norm")))


def _usual_weights(v: Vitals) -> tuple[Treatment, ...]:
    """First weights whose size follows the layers' widths, where it does not."""
    return known(v, "he_normal", "glorot_normal") if v.config.network.initializer != "auto" else ()


def _arriving(v: Vitals, healthy: Healthy, place: int, amount: str, cures: tuple[Treatment, ...]) -> Sign | Absent:
    start, layers = v.arriving[0], v.flowing
    if len(start) != len(layers) or len(v.setup.net.inputs) == 2:
        return Absent("What goes back through a sequence is not examined here: the page of its architecture draws it.")
    if len(start) < 2:
        return Absent("There is no hidden layer that a gradient would have to reach.")
    if not np.isfinite(start).all() or not v.film.gradient[0].any():
        return Absent("No gradient leaves the output at the start, so none can be lost on its way.")
    value, name = float(start[place]), in_sentence(v.setup.net.name(layers[place]))
    lines = {"at the start": start, "at the end": v.arriving[v.kept]}
    evidence = over_layers(v, "What arrives of the gradient", "times the output's", lines, (LEAST, MOST),
                           layers[place], True, layers)
    return Sign(value, healthy, f"{share(value)} at {name}", f"{size(LEAST)} to {size(MOST)} times what the output sends back",
                f"Before the first step {name} gets {amount.format(share(value))} the gradient that the output sends back.",
                evidence, cures, layers[place] + 1, 0.0)
