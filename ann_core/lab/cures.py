"""What cures of lost gradients do: each changes one thing about a twin, and its effect is measured on the same seed."""

from dataclasses import dataclass, replace

from pydantic import ValidationError

from ann_core.base.explain import explain
from ann_core.base.measure import MEASURES, Measure
from ann_core.base.numbers import share, size
from ann_core.clinic.cures import Cure
from ann_core.data.table.own import Own
from ann_core.data.table.prepare import prepared
from ann_core.film.advance import advance
from ann_core.film.camera import first_frame
from ann_core.film.reading import Reading, reading
from ann_core.run.config import RunConfig
from ann_core.run.run import start


@dataclass(frozen=True)
class Measured:
    """One run at its start and after some epochs."""

    start: Reading
    end: Reading


def measure(config: RunConfig, epochs: int, table: Own | None = None) -> Measured:
    """Trains the first seed of these settings for so many epochs (or to its end) and reads both moments.

    table: what they learn from, when it is a table of the visitor's own.
    """
    run = start(config.model_copy(update={"seeds": 1}), prepared(table, config.data.scaling) if table else None)
    before = reading(first_frame(run))
    _, film = advance(run, frames=1, epochs_per_frame=epochs)
    return Measured(before, reading(film))


@dataclass(frozen=True)
class Effect:
    """What a cure does to one run, without it and with it. `reason` says why there is nothing to compare."""

    cure: Cure
    measure: Measure
    rows: str
    """Which rows are scored: test, validation or training."""
    before: Measured | None = None
    after: Measured | None = None
    reason: str | None = None


def effect(config: RunConfig, cure: Cure, epochs: int, before: Measured | None = None, table: Own | None = None) -> Effect:
    """Measures a cure on the same seed: without it → with it, whether or not it is on in `config`.

    before: what `measure` gave for the run without it, when that is known already. ValidationError becomes a reason.
    """
    found = Effect(cure, MEASURES[config.data.task], _scored(config, table))
    try:
        plain = cure.without(config) if cure.is_on(config) else config
        cured = cure.apply(plain)
    except ValidationError as error:
        return replace(found, reason=f"not possible here: {explain(error)[0][1]}")
    if plain == cured:
        return replace(found, reason="changes nothing here.")
    return replace(found, before=before or measure(plain, epochs, table), after=measure(cured, epochs, table))


def _scored(config: RunConfig, table: Own | None) -> str:
    if table is None:
        return "held-out" if config.data.test_share > 0 else "training"
    return "validation" if len(table.validation) else "test" if len(table.test) else "training"


def sentence(found: Effect) -> str:
    """The effect in one line."""
    if found.before is None or found.after is None:
        return f"{found.cure.label}: {found.reason}"
    a, b = found.before, found.after
    parts = []
    if len(a.start.gradient) > 1:
        parts.append(_step("Layer 1's share of the output layer's gradient", share(a.start.ratio), share(b.start.ratio)))
    parts.append(_step("its size" if parts else "The gradient's size", size(a.start.gradient[0]), size(b.start.gradient[0])))
    return f"{', '.join(parts)}; {_ending(found, a.end, b.end)}."


def cells(found: Effect) -> tuple[str, str, str]:
    """The effect as three before → after: layer 1's share of the output layer's gradient, its size, the score."""
    if found.before is None or found.after is None:
        return found.reason or "", "", ""
    a, b = found.before, found.after
    ending = "diverges all the same" if a.end.diverged and b.end.diverged else _step("", *_scores(found, a.end, b.end))
    return (_step("", share(a.start.ratio), share(b.start.ratio)),
            _step("", size(a.start.gradient[0]), size(b.start.gradient[0])), ending)


def score_name(found: Effect) -> str:
    """What the score is: for example 'held-out accuracy'."""
    return f"{found.rows} {found.measure.label}"


def _scores(found: Effect, a: Reading, b: Reading) -> list[str]:
    return [f"none ({one.diverged})" if one.diverged else found.measure.words(one.score) for one in (a, b)]


def _ending(found: Effect, a: Reading, b: Reading) -> str:
    if a.diverged and b.diverged:
        return "it diverges all the same"
    return _step(f"{score_name(found)} after {(a if b.diverged else b).epoch:,.0f} epochs", *_scores(found, a, b))


def _step(what: str, before: str, after: str) -> str:
    return f"{what} stays {after}".strip() if before == after else f"{what} {before} → {after}".strip()

