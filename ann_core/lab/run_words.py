"""A run in words: what happened, in at most ten sentences with numbers, for whoever cannot see the film or wants it short."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ann_core.base.spelling import words
from ann_core.base.words import in_sentence, listed
from ann_core.film.camera import first_frame
from ann_core.film.film import Film
from ann_core.film.recording import Recording
from ann_core.nn.measures import FLAT
from ann_core.run.differences import differences
from ann_core.run.run import Run

MOMENTS = 40
MEASURED = ("progress", "gradient")
"""The probes whose columns are told of."""
TURNED = 1.3
"""A test loss that ends so many times above its lowest is said to have risen."""
APART = 0.1
"""Shares that differ by more are said to lie apart."""
REACHES = 0.001
"""Below this share of the output layer's gradient hardly anything reaches the first layer."""


def moments(recording: Recording) -> list[Run]:
    """A run at up to MOMENTS steps, denser at its beginning, where most happens; the last one is the furthest reached."""
    last = recording.latest.state.step
    steps = np.unique(np.rint(np.expm1(np.linspace(0, np.log1p(last), MOMENTS))).astype(int))
    found = [recording.at(0)]
    for step in steps[1:-1]:
        found.append(recording.at(int(step), found[-1]))
    return [*found, recording.latest] if last else found


def in_words(recording: Recording) -> list[str]:
    """What happened so far, up to the furthest moment reached. Only runs with right answers; of several seeds the medians."""
    runs = moments(recording)
    film = first_frame(runs[0], MEASURED)
    for run in runs[1:]:
        film = film.then(first_frame(run, MEASURED))
    changes = [(recording.at(step), differences(before, after))
               for (_, before), (step, after) in zip(recording.history, recording.history[1:], strict=False)]
    return list(_sentences(runs[-1], film, changes))


def _sentences(run: Run, film: Film, changes: Sequence[tuple[Run, str]]) -> Iterator[str]:
    yield _what(run)
    yield from (f"At {there.moment} its settings changed: {what}." for there, what in changes[-1:])
    yield _beginning(run, film)
    yield _loss(film)
    yield _learned(run, film)
    yield from _held_out(run, film)
    yield from _gradient(run, film)
    yield from _flat(run, film)
    yield _end(run)


def _middle(column: NDArray) -> NDArray:
    """(F,) of a column (F[, S]): of several seeds the median."""
    return column if column.ndim == 1 else np.median(column, axis=1)


def _epoch(film: Film, frame: int) -> str:
    return f"epoch {float(film.epoch[frame]):.3g}"


def _score(run: Run, film: Film) -> tuple[str, NDArray]:
    """The score that counts: of the rows held out, or without any of the training rows."""
    held = len(run.data.X_test) > 0
    name = run.data.held_out if held else "training"
    return f"{name} {run.setup.target.measure.label}", _middle(film.test_score if held else film.train_score)


def _what(run: Run) -> str:
    data, net = run.data, run.net
    hidden = [f"{layer.outputs[-1]} {net.bent[i].label if i in net.bent else ''}".strip()
              for i, layer in enumerate(net.layers[:-1])]
    each = f"{hidden[0]} each" if len(hidden) > 2 and len(set(hidden)) == 1 else ", ".join(hidden)
    inside = f"{len(hidden)} hidden layer{'s' * (len(hidden) > 1)} ({each})" if hidden else "no hidden layer"
    held = f"; {len(data.X_test)} {data.held_out} points were kept apart" if len(data.X_test) else ""
    seeds = f" {run.config.seeds} seeds learn side by side; these are their medians." if run.config.seeds > 1 else ""
    return (f"A network with {net.n_in} input{'s' * (net.n_in > 1)} and {inside} learns {_task(run)} from {run.setup.rows} "
            f"points{held}.{seeds}")


def _task(run: Run) -> str:
    target = run.setup.target
    if not target.class_names:
        return f"to answer a value, {target.name},"
    few = len(target.class_names) < 4
    return f"to tell {listed(target.class_names) if few else f'{len(target.class_names)} classes'} apart"


def _beginning(run: Run, film: Film) -> str:
    name, score = _score(run, film)
    measure, target = run.setup.target.measure, run.setup.target
    return (f"Before the first step its {name} is {measure.words(score[0])}; {target.guess} reaches "
            f"{measure.words(target.baseline)}.")


def _loss(film: Film) -> str:
    loss = _middle(film.train_loss)
    first, last = float(loss[0]), float(loss[-1])
    way = "falls" if last < 0.95 * first else "rises" if last > 1.05 * first else "hardly changes"
    return f"Its training loss {way}: from {words(first, 3)} to {words(last, 3)} at {_epoch(film, -1)}."


def _learned(run: Run, film: Film) -> str:
    name, score = _score(run, film)
    target, measure = run.setup.target, run.setup.target.measure
    there = next((i for i, value in enumerate(score) if measure.reached(float(value), target.needed)), None)
    if there is None:
        best = np.nanmax(score) if measure.kind == "share" else np.nanmin(score)
        return (f"It does not learn its task: its {name} gets no better than {measure.words(best)}, and half of the way from "
                f"guessing to perfect would be {measure.words(target.needed)}.")
    return (f"By {_epoch(film, there)} its {name} is {measure.words(score[there])}, more than half of the way from guessing to "
            "perfect.")


def _held_out(run: Run, film: Film) -> Iterator[str]:
    if not len(run.data.X_test):
        return
    held, measure = run.data.held_out, run.setup.target.measure
    loss, train, test = _middle(film.test_loss), _middle(film.train_score), _middle(film.test_score)
    low = int(np.nanargmin(loss))
    lowest, last = words(float(loss[low]), 3), words(float(loss[-1]), 3)
    own = _middle(film.train_loss)
    if loss[-1] > TURNED * loss[low]:
        why = ", while the training loss falls: what it learns from there on does not help with other points"
        yield (f"Its {held} loss is lowest at {_epoch(film, low)}, {lowest}, and then rises to {last}"
               f"{why if own[-1] < own[low] else ''}.")
    else:
        yield f"Its {held} loss ends at {last}; its lowest is {lowest}, at {_epoch(film, low)}."
    apart = bool(measure.kind == "share" and train[-1] - test[-1] > APART)
    yield (f"At the end its {measure.label} is {measure.words(train[-1])} on the points it learned from and "
           f"{measure.words(test[-1])} on the {held} points{': it knows its own points much better' * apart}.")


def _gradient(run: Run, film: Film) -> Iterator[str]:
    names = run.setup.objective.layer_names
    first, last = (_middle(film.gradient[:, i]) for i in (0, -1))
    if len(names) < 2 or not np.isfinite([first[0], last[0], first[-1]]).all() or not last[0]:
        return
    ratio = float(first[0] / last[0])
    how = f"{words(ratio, 2)} times the output layer's"
    yield (f"The gradient that reaches {in_sentence(names[0])} before the first step is {words(float(first[0]), 2)}, "
           f"{how if ratio >= REACHES else f'only {how}: hardly anything comes that far'}; at the end it is "
           f"{words(float(first[-1]), 2)}.")


def _flat(run: Run, film: Film) -> Iterator[str]:
    if not run.net.bent or not film.saturated[-1].any():
        return
    flat, dead = (column[-1] if column.ndim == 2 else column[-1].mean(-1) for column in (film.saturated, film.dead))
    worst = int((dead if dead.any() else flat).argmax())
    name = [run.net.name(i) for i in run.net.bent][worst]
    share = f"{words(100 * float((dead if dead.any() else flat)[worst]), 2)} %"
    meant = f"flat, with a slope below {100 * FLAT:g} % of the steepest,"
    if dead.any():
        yield f"At the end {share} of the units of {name} are {meant} for every point, so that they learn next to nothing."
    else:
        yield f"At the end no unit is {meant} for every point; the flattest layer is {name}: {share} of its units and points."


def _end(run: Run) -> str:
    if run.ending:
        return run.ending
    if run.finished:
        return f"The run has ended, after {run.state.step:,} steps."
    return f"It has not ended yet: this was told at {run.moment}, after {run.state.step:,} steps."
