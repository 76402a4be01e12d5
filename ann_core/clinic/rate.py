"""Whether steps have a size that suits: as a share of the weights, at the beginning; and whether the numbers stay numbers."""

import numpy as np

from ann_core.base.numbers import number, percent, size
from ann_core.base.spelling import words
from ann_core.base.words import in_sentence
from ann_core.clinic.finding import Evidence, Healthy
from ann_core.clinic.signs import Absent, Sign, known, other, over_epochs, scaled
from ann_core.clinic.vitals import Vitals

HIGH = 0.5
"""Of a layer's weights, in the first steps. Healthy patients lie at 0.0007 to 0.22; beyond 0.8 nearly none learned what it
could."""
MOVED, STAYED = 0.3, 0.5
"""So far, as a share of their size, the weights of some layer must be able to come with all steps of the run; unless the loss
has come below so much of what always guessing costs."""


def high(v: Vitals) -> Sign | Absent:
    """Update / weight: the mean over the first steps, of the layer that moves most."""
    first = v.ratios[0]
    if np.isnan(first).all():
        return Absent("All weights are 0 at the start, so a step cannot be a share of them.")
    layer = int(np.nanargmax(first))
    value, name, rate = float(first[layer]), in_sentence(v.layers[layer]), v.config.training.learning_rate
    times = 1 + v.steps[0].overshoot
    told = f" and make the loss of the rows they are made from {number(times)} times as large" if times > 1.01 else ""
    far = f"{percent(value)} of" if value < 10 else f"{number(value)} times"
    return Sign(value, (None, HIGH), f"{size(value)} of the weights a step", f"at most {size(HIGH)} a step",
                f"With a rate of {words(rate)} the first steps move the weights of {name} by {far} their size each{told}.",
                _ratios(v, (None, HIGH), 0.0), known(v, "smaller_rate", "clip_norm"),
                v.setup.net.weighted[layer] + 1, 0.0)


def low(v: Vitals) -> Sign | Absent:
    """The same while it is early, times all steps of the run: how far the weights can come if every step goes the same way."""
    early = v.ratios[:v.early]
    if v.broke:
        return Absent("Its numbers left all bounds.")
    if np.isnan(early).all() or not np.nanmax(early) > 0:
        return Absent("There is no gradient, so no rate would move a weight.")
    if np.nan_to_num(v.ratios[0]).max() > HIGH:
        return Absent("The first steps are too long already.")
    training = v.config.training
    steps = training.epochs * training.steps(v.setup.rows)
    each = np.nanmedian(early[:, ~np.isnan(early).all(0)], axis=0)
    value, least = float(each.max()), MOVED / steps
    ends = float(v.film.train_loss[v.kept]) / v.guess if v.guess > 0 else 0.0
    return Sign(value, (least, None), f"{size(value)} of the weights a step", f"at least {size(least)} with {steps:,} steps",
                f"With a rate of {words(training.learning_rate)} a step moves the weights by {size(value)} of their size at "
                f"most, so all {steps:,} steps together by less than {percent(value * steps)}; the training loss ends at "
                f"{size(ends)} of what always guessing costs.", _ratios(v, (least, None), None),
                (*known(v, "larger_rate"), *other(v, "longer", "Ten times the epochs", "As small steps, but more of them.",
                                                  {"training.epochs": 10 * training.epochs}),
                 *other(v, "adam", "Adam", "Divides each gradient by its usual size, so that small ones move weights, too.",
                        {"training.optimizer": "adam"})),
                None, float(v.epochs[v.early - 1]), fine=value >= least or ends < STAYED)


def _ratios(v: Vitals, band: Healthy, at: float | None) -> Evidence:
    rows = {name: v.ratios[:, i] for i, name in enumerate(v.layers)}
    if len(rows) > 4:  # the lines of many layers hide each other
        rows = {name: rows[name] for name in (v.layers[0], v.layers[len(rows) // 2], v.layers[-1])}
    return over_epochs(v, "How long a step is", "share of the weights", rows, band, at, log=True)


def diverged(v: Vitals) -> Sign | Absent:
    """How much of its epochs a run could train before a number left all bounds."""
    done = float(v.epochs[-1])
    last = v.config.training.epochs
    layer, broke = v.broke or (0, "")
    loss = np.asarray(v.film.train_loss, dtype=float)
    told = f"{done:,.4g} of {last:,} epochs" if v.broke else "all numbers finite"
    return Sign(done / last if v.broke else 1.0, (1.0, None), told, "finite in all epochs",
                f"After {done:,.4g} of {last:,} epochs {broke}; the loss had come to {size(float(loss[-1]))}, from "
                f"{size(float(loss[0]))}.",
                over_epochs(v, "The loss before it broke", "training loss", {"training": loss}, (None, v.guess), done, True),
                (*known(v, "smaller_rate", "clip_norm"), *scaled(v)), v.setup.net.weighted[layer] + 1, done)
