"""Whether the rows are fit to be learned from: their scale, their number, and what of the answers has leaked into them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.numbers import percent, size
from ann_core.base.numbers import rows as of_rows
from ann_core.base.words import listed
from ann_core.clinic.baseline import reached_by_neighbours
from ann_core.clinic.finding import Treatment
from ann_core.clinic.signs import Absent, Sign, other, over_values, scaled
from ann_core.clinic.vitals import Vitals
from ann_core.data import COLUMNS, GENERATORS, Prepared
from ann_core.data.table.cautions import LEAK
from ann_core.data.table.telling import amount_power, class_power

SCALES = 0.05, 10.0
"""Root mean square of an input: for standardised ones it is 1."""
OTHERS = 0.8
"""Inputs that together reach so much of the way do not need the one that is suspected: then the task is easy."""
COPIES = 0.1
LEAST_ROWS, ROWS_AN_INPUT = 40, 5
SAMPLE, MOST_COLUMNS = 1_000, 200


def flat(data: Prepared) -> Array:
    """Training rows as rows of numbers (N, D)."""
    return data.X_train.reshape(len(data.X_train), -1)


def unscaled(v: Vitals) -> Sign | Absent:
    """Root mean square of the input that is furthest from 1; what never varies is left aside."""
    X, names = flat(v.setup.data), v.setup.data.input_names
    if len(v.setup.data.X_train.shape) == 3:
        return Absent("Sequences get their inputs step by step, as symbols.")
    top = np.abs(X).max(0)
    sizes = np.sqrt(np.mean((X / np.where(top > 0, top, 1)) ** 2, 0)) * top
    varies = np.ptp(X, axis=0) > 0
    if not varies.any():
        return Absent("No input varies.")
    beyond = np.abs(np.log(np.where(varies & (sizes > 0), sizes, 1.0)))
    picture = is_picture(v)  # pixels at the rim are seldom anything but 0
    place = int((sizes * varies).argmax() if picture or (sizes * varies).max() > SCALES[1] else beyond.argmax())
    value, healthy = float(sizes[place]), (None if picture else SCALES[0], SCALES[1])
    name = names[place] if place < len(names) else f"input {place + 1}"
    return Sign(value, healthy, f"{size(value)} ({name})", f"{size(SCALES[0])} to {size(SCALES[1])}",
                f"The input {name} comes with a size of {size(value)} (root mean square), where first weights expect about 1.",
                over_values("How large the inputs are", "input", "root mean square",
                            {"inputs": np.where(varies, sizes, np.nan)}, names, SCALES, place, log=True), scaled(v))


def leak(v: Vitals) -> Sign | Absent:
    """How well the most telling input alone tells the answer, where those that are no suspects do not even together."""
    data, target = v.setup.data, v.setup.target
    X, y = flat(data)[:SAMPLE], data.y_train[:SAMPLE]
    if not v.given and v.config.data.source not in COLUMNS:
        return Absent("These points are made: what they are told by is all there is.")
    if not 2 <= X.shape[1] <= MOST_COLUMNS or len(data.X_train.shape) > 2 or len(y) < 20:
        return Absent("This is looked for in rows of 2 to 200 inputs, at least 20 of them.")
    powers = np.array([_power(column, y, target.task) for column in X.T])
    place = int(powers.argmax())
    value, suspects = float(powers[place]), np.flatnonzero(powers >= min(LEAK, powers[place]))
    easy = len(suspects) == X.shape[1]
    others = reached_by_neighbours(np.delete(X, suspects, 1), y, target) if value > LEAK and not easy else 0.0
    name, them = data.input_names[place], listed([data.input_names[i] for i in suspects])
    told = "tells {1} in {0} of the cases" if target.task == "classification" else "explains {0} of the differences in {1}"
    cure = Treatment("without", f"Leave out {them}", "Held at the usual value, an input tells nothing.", v.config,
                     without(data, suspects), "score", honest=True)
    return Sign(value, (None, LEAK), f"{percent(value)} by {name} alone", f"at most {percent(LEAK)}, or others do as well",
                f"The input {name} alone {told.format(percent(value), target.name)}, all inputs without {them} together reach "
                f"{percent(max(others, 0.0))} of the way: is it known before the answer is?",
                over_values("How well each input alone tells the answer", "input", "share", {"alone": powers}, data.input_names,
                            (None, LEAK), place), (cure,), fine=value <= LEAK or easy or others > OTHERS)


def _power(column: Array, y: NDArray, task: str) -> float:
    codes = np.unique(column, return_inverse=True)[1].astype(np.int64)
    return class_power(codes, y) if task == "classification" else max(0.0, amount_power(codes, y.astype(float)))


def without(data: Prepared, places: NDArray) -> Prepared:
    """The same rows with some inputs held at their means."""
    train, held = data.X_train.copy(), data.X_test.copy()
    train[:, places] = held[:, places] = data.X_train[:, places].mean(0)
    return replace(data, X_train=train, X_test=held)


def copies(v: Vitals) -> Sign | Absent:
    """Share of the rows held out that the network has learned from word for word, answer included."""
    data = v.setup.data
    if not v.held:
        return Absent("No rows are held out.")
    train, held = (np.column_stack([X.reshape(len(X), -1), y]) + 0.0 for X, y in (  # + 0.0: −0 and 0 are the same
        (data.X_train, data.y_train), (data.X_test, data.y_test)))
    if len(np.unique(train, axis=0)) < len(train) / 5:
        return Absent("Rows repeat by their nature here: there are few different ones.")
    seen = {row.tobytes() for row in train}
    known = np.array([row.tobytes() in seen for row in held])
    value, count = float(known.mean()), int(known.sum())
    points = data.points_test[~known] if len(data.points_test) == len(known) else data.points_test
    rest = replace(data, X_test=data.X_test[~known], y_test=data.y_test[~known], points_test=points)
    cure = Treatment("no_copies", "Judge on new rows only", "Rows held out that were learned from are left out.", v.config,
                     rest, honest=True)
    return Sign(value, (None, COPIES), f"{percent(value)} of {of_rows(len(held))}", f"at most {percent(COPIES)}",
                f"{count:,} of {of_rows(len(held))} held out are copies of training rows: what is known by heart counts as "
                "understood.",
                over_values("Rows held out", "", "rows", {"held out": np.array([count, len(held) - count])}, ("copies", "new"),
                            (None, None), 0), (cure,) if len(rest.y_test) else ())


def few(v: Vitals) -> Sign | Absent:
    """How many rows train, against a rule of thumb."""
    count, inputs = v.setup.rows, int(np.prod(v.setup.data.X_train.shape[1:]))
    if not v.held:
        return Absent("No rows are held out: it is only asked whether these can be learned.")
    least = LEAST_ROWS if is_picture(v) or len(v.setup.data.X_train.shape) > 2 else max(LEAST_ROWS, ROWS_AN_INPUT * inputs)
    held = len(v.setup.data.y_test)
    return Sign(float(count), (float(least), None), of_rows(count), f"at least {of_rows(least)}",
                f"It learns from {of_rows(count)}, and {least:,} would be little for {inputs:,} input{'s' * (inputs != 1)}. "
                f"One of the {held:,} held out counts for {percent(1 / held)}.",
                over_values("Rows", "", "rows", {"rows": np.array([count, held])}, ("training", v.setup.data.held_out),
                            (float(least), None), 0),
                (*more_rows(v), *other(v, "l2", "Small weights (L2)", "A pull towards 0 keeps it from bending for single rows.",
                               {"training.l2": 0.01})))


def more_rows(v: Vitals) -> tuple[Treatment, ...]:
    """Points that are made can be more."""
    if v.given or v.config.data.source not in GENERATORS:
        return ()
    return other(v, "more_rows", "Ten times the points", "The same shape, drawn more densely.",
                 {"data.samples": max(500, 10 * v.config.data.samples)})


def is_picture(v: Vitals) -> bool:
    """Whether its rows are pictures, also where a network gets them as numbers."""
    return len(v.setup.data.X_train.shape) > 3 or v.config.data.picture is not None


def imbalance(v: Vitals) -> Sign | Absent:
    """The lowest recall of a class, where one class outnumbers it three times: accuracy hides it."""
    data, target = v.setup.data, v.setup.target
    if target.task != "classification":
        return Absent("There are no classes.")
    names, said = target.class_names, v.end.kept
    counts = np.bincount(data.y_train, minlength=len(names))
    recalls, judged = v.recalls
    rare = (counts * 3 <= counts.max()) & ~np.isnan(recalls)
    if not rare.any():
        return Absent(f"The classes are about as frequent: {counts.min():,} to {counts.max():,} rows.")
    place = int(np.where(rare, recalls, np.inf).argmin())
    value, accuracy = float(recalls[place]), float(judged)
    return Sign(value, (0.5, None), f"{percent(value)} of {names[place]} found", f"at least {percent(0.5)}",
                f"{percent(accuracy)} of the answers are right, but of the class {names[place]}, "
                f"{percent(counts[place] / counts.sum())} of the rows, only {percent(value)} are found at {said.moment}.",
                over_values("How many of each class are found", "class", "share found",
                            {"found": recalls, "share of the rows": counts / counts.sum()}, names, (0.5, None), place),
                other(v, "class_weights", "Balance the classes", "Rows of a rare class count more: each class counts the same.",
                      {"training.class_weights": True}, "recall"), None, float(v.epochs[v.kept]))
