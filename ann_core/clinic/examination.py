"""Examining a run: it is trained, measured on the way, and each kind of ailment is looked for in what was measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ann_core.base.registry import Registry
from ann_core.clinic import fit, gradient, rate, rows, units
from ann_core.clinic.finding import Check, Diagnosis, Finding
from ann_core.clinic.signs import Absent, Sign
from ann_core.clinic.vitals import Advance, Vitals, measuring, patient
from ann_core.data import Prepared
from ann_core.film.advance import advance
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start

MOST_CURES = 3
"""The likeliest ones of a finding: of many nobody tries any."""
THUMB, THEORY, MEASURED = "a rule of thumb", "theory", "measured here, over healthy networks"


@dataclass(frozen=True)
class Ailment:
    """A kind of finding. meaning: what it is, for somebody who never heard of it   look: the rule that measures it
    source: where its healthy range comes from

    weight: its place among others, causes before what they cause
    """

    key: str
    label: str
    meaning: str
    weight: float
    source: str
    look: Callable[[Vitals], Sign | Absent]


AILMENTS: Registry[Ailment] = Registry("ailment", [
    Ailment("symmetry", "Units that are all the same",
            "Units have the same weights, so they learn the same and count as one.",
            100, f"{THEORY}: equal units get equal gradients for ever", units.alike),
    Ailment("unscaled", "Inputs that are not scaled",
            "Some inputs are very large or very small numbers, while first weights expect about 1.",
            95, f"{THUMB}: first weights are drawn for inputs of size 1 (LeCun et al., 1998)", rows.unscaled),
    Ailment("leak", "An input that gives the answer away",
            "An input that is only known once the answer is.",
            90, f"{THUMB}, as for tables", rows.leak),
    Ailment("copies", "Held-out rows that were learned from",
            "It is judged on copies of rows that it learned from, and looks better than it is.",
            88, THUMB, rows.copies),
    Ailment("output", "An output that cannot reach the targets",
            "The last activation cannot give the numbers that are asked for.",
            86, MEASURED, fit.output),
    Ailment("exploding", "Exploding gradient",
            "The gradient grows from layer to layer on its way back: the first layers get far too much of it.",
            84, MEASURED, gradient.exploding),
    Ailment("vanishing", "Vanishing gradient",
            "The gradient shrinks from layer to layer on its way back: the first layers hardly learn.",
            82, MEASURED, gradient.vanishing),
    Ailment("rate_high", "Learning rate too high",
            "Steps are so long that they overshoot.",
            80, f"{MEASURED}; a common rule of thumb is a thousandth a step", rate.high),
    Ailment("diverged", "Numbers that left all bounds",
            "Numbers grew until nothing could be computed with them any more.",
            78, f"{THEORY}: nothing can be learned from infinity", rate.diverged),
    Ailment("saturation", "Saturated units",
            "Units stand where their curve is flat: whatever comes in, they answer nearly the same.",
            76, MEASURED, units.saturated),
    Ailment("dead", "Dead units",
            "ReLU units answer 0 to every row, and nothing moves them any more.",
            74, MEASURED, units.dead),
    Ailment("rate_low", "Learning rate too low",
            "Steps are so short that the training is over before they have led anywhere.",
            70,
            f"{MEASURED}: weights that cannot come further than a third of their size stay what they were drawn as", rate.low),
    Ailment("few_rows", "Too few rows",
            "There are too few examples to learn a rule from.",
            60, THUMB, rows.few),
    Ailment("imbalance", "A rare class that is overlooked",
            "One class is so rare that hardly any of its rows are found.",
            55, f"{THUMB}: half of a class is to be found", rows.imbalance),
    Ailment("overfitting", "Overfitting",
            "It learns its training rows by heart, and does worse on others.",
            50, MEASURED, fit.overfitting),
    Ailment("underfitting", "Underfitting",
            "It does not even learn its training rows well, although they could be learned.",
            40, f"{MEASURED}, against the five nearest neighbours", fit.underfitting),
])
"""Every kind there is."""


class NotExaminable(ValueError):
    """A run that cannot be a patient, with why."""


def examining(of: RunConfig | Run, data: Prepared | None = None, work: Advance = advance) -> Iterator[float | Diagnosis]:
    """Trains a run and says what is wrong with it: how far that is, 0 to 1, again and again, and at last the diagnosis.

    of: settings, or a run: one that has begun is taken back to its start, under the settings it has now   data: rows that do
    not follow from the settings, as of a table   Raises NotExaminable for what has no right answers, one for each row
    """
    config = of.config if isinstance(of, Run) else of
    if why := unsuited(config):
        raise NotExaminable(why)
    run = of if isinstance(of, Run) else start(config.model_copy(update={"seeds": 1}), data)
    given = data is not None or config.data.table is not None
    for found in measuring(patient(run), given, work):
        yield found if isinstance(found, float) else diagnosed(found)


def unsuited(config: RunConfig) -> str:
    """Why such a run cannot be a patient, in a sentence; nothing where it can."""
    if config.objective.kind == "supervised":
        return ""
    return _REFUSED.get(config.objective.kind, "Only networks that learn from right answers can be examined.")


def examine(of: RunConfig | Run, data: Prepared | None = None, work: Advance = advance) -> Diagnosis:
    """The diagnosis at the end of `examining`."""
    *_, found = examining(of, data, work)
    assert isinstance(found, Diagnosis)
    return found


def diagnosed(v: Vitals) -> Diagnosis:
    """What the rules say of what was measured."""
    findings, checks = [], []
    for ailment in AILMENTS.values():
        sign = ailment.look(v)
        if isinstance(sign, Absent):
            checks.append(Check(ailment.key, ailment.label, sign.why, "", None))
            continue
        checks.append(Check(ailment.key, ailment.label, sign.words, sign.range, sign.is_fine, sign.value))
        if not sign.is_fine:
            findings.append(Finding(ailment.key, ailment.label, sign.says, sign.layer, sign.epoch, sign.value, sign.healthy,
                                    ailment.source, ailment.weight, sign.evidence, sign.cures[:MOST_CURES]))
    return Diagnosis(tuple(sorted(findings, key=lambda found: -found.weight)), tuple(checks), _notes(v))


def _notes(v: Vitals) -> tuple[str, ...]:
    found = []
    if len(v.setup.net.inputs) == 2:
        found.append("It goes through sequences: what happens from layer to layer is examined here, not from step to step.")
    return tuple(found)


_REFUSED = {
    "autoencoder": "An autoencoder answers with its own inputs, so most of what is measured here does not apply to it.",
    "adversarial": "Of two networks against each other neither has right answers to be measured by.",
    "sequence": "A network that answers at every step has many answers for one row; what is measured here wants one.",
}
